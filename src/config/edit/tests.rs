//! Edits on real files: what changes, what does not, and what is refused.

use std::{fs, path::PathBuf};

use tempfile::TempDir;

use super::*;

const SOURCE: &str = r#"# Our newsletter
[newsletter]
title = "News"   # short
sections = ["Sea", "Land"]

# The sea first
[[feeds]]
url = "https://sea.example/rss"
section = "Sea"
#weight = 1.0

# Two of one outlet
[[feeds]]
url = 'https://land.example/a'
outlet = "Land Post"
# the second one
[[feeds]]
url = "https://land.example/b"
outlet = "Land Post"

# Mail
[mail]
connections = 2
"#;

/// A folder with one configuration in it.
struct Scene {
    _folder: TempDir,
    path: PathBuf,
}

fn scene(source: &str) -> Scene {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feeds.toml");
    fs::write(&path, source).unwrap();
    Scene { _folder: folder, path }
}

impl Scene {
    fn text(&self) -> String {
        fs::read_to_string(&self.path).unwrap()
    }
}

fn feed(url: &str) -> NewFeed {
    NewFeed { url: url.into(), ..NewFeed::default() }
}

fn refused(result: Result<Config, Error>) -> String {
    match result {
        Err(Error::Refused { reason }) => reason,
        other => panic!("expected a refusal: {other:?}"),
    }
}

#[test]
fn a_feed_is_added_after_the_last_and_nothing_else_changes() {
    let scene = scene(SOURCE);
    let new = NewFeed {
        outlet: Some("Hill \"Daily\"".into()),
        section: Some("Land".into()),
        ..feed("https://hill.example/rss")
    };
    let config = add_feed(&scene.path, &new).unwrap();
    assert_eq!(config.feeds.len(), 4);
    let block =
        "\n[[feeds]]\nurl = \"https://hill.example/rss\"\noutlet = 'Hill \"Daily\"'\nsection = \"Land\"\n";
    assert_eq!(scene.text(), SOURCE.replace("\n\n# Mail", &format!("\n{block}\n# Mail")));
}

#[test]
fn a_feed_added_and_removed_leaves_the_file_as_it_was() {
    for source in [SOURCE, "", "[newsletter]\ntitle = 'x'", &SOURCE.replace('\n', "\r\n")] {
        let scene = scene(source);
        add_feed(&scene.path, &feed("https://hill.example/rss")).unwrap();
        remove_feed(&scene.path, "https://hill.example/rss").unwrap();
        assert_eq!(scene.text().trim_end(), source.trim_end());
        assert_eq!(scene.text().contains('\r'), source.contains('\r'));
    }
}

#[test]
fn a_feed_leaves_with_the_comments_that_are_its_own() {
    let scene = scene(SOURCE);
    remove_feed(&scene.path, "https://sea.example/rss").unwrap();
    assert!(!scene.text().contains("The sea first") && !scene.text().contains("#weight"));
    remove_feed(&scene.path, "https://land.example/a").unwrap();
    let rest =
        "# the second one\n[[feeds]]\nurl = \"https://land.example/b\"\noutlet = \"Land Post\"\n\n# Mail\n";
    assert!(scene.text().contains(&format!("\n\n{rest}")), "{}", scene.text());
    assert!(!scene.text().contains("Two of one"));
    let config = remove_feed(&scene.path, "Land Post").unwrap();
    assert!(config.feeds.is_empty());
    assert!(scene.text().starts_with("# Our newsletter\n[newsletter]\ntitle = \"News\"   # short\n"));
}

#[test]
fn an_edit_that_would_not_be_sound_leaves_the_file_alone() {
    let scene = scene(SOURCE);
    let wrong = NewFeed { section: Some("Lnd".into()), ..feed("https://hill.example/rss") };
    insta::assert_snapshot!(refused(add_feed(&scene.path, &wrong)), @r#""Lnd" is not a section of this newsletter; did you mean "Land"?"#);
    insta::assert_snapshot!(refused(add_feed(&scene.path, &feed("gopher://hill.example"))), @"feeds cannot be read from `gopher:` addresses: write an http or https address, or a file relative to this one");
    insta::assert_snapshot!(refused(remove_feed(&scene.path, "Land Post")), @"Land Post has 2 feeds: name one by its address (`reveille feeds list`)");
    insta::assert_snapshot!(
        refused(remove_feed(&scene.path, "https://sea.example/rs")).replace(&scene.path.display().to_string(), "FILE"), @"there is no feed https://sea.example/rs in FILE; did you mean https://sea.example/rss?");
    let twice = refused(add_feed(&scene.path, &feed("https://SEA.example:443/rss")));
    assert!(twice.starts_with("the feed https://SEA.example:443/rss is already in "), "{twice}");
    assert_eq!(scene.text(), SOURCE);
}

#[test]
fn recipients_come_and_go_by_address() {
    let scene = scene(SOURCE);
    let ada = Reader { email: "ada@example.net".into(), name: "Ada".into(), sections: vec!["Sea".into()] };
    let config = add_recipient(&scene.path, &ada).unwrap();
    assert_eq!(config.readers, [ada]);
    let block = "\n[[recipients]]\nemail = \"ada@example.net\"\nname = \"Ada\"\nsections = [\"Sea\"]\n";
    assert_eq!(scene.text(), format!("{SOURCE}{block}"));
    let again = Reader { email: "ADA@Example.net".into(), ..Reader::default() };
    insta::assert_snapshot!(refused(add_recipient(&scene.path, &again)), @"ADA@Example.net is already a recipient");
    insta::assert_snapshot!(refused(remove_recipient(&scene.path, "ida@example.net")), @"ida@example.net is not a recipient; did you mean ada@example.net?");
    remove_recipient(&scene.path, "Ada@example.net").unwrap();
    assert_eq!(scene.text(), SOURCE);
}

#[test]
fn a_recipient_of_the_readers_file_is_left_to_its_editor() {
    let scene = scene("recipients_file = 'readers.csv'\n");
    fs::write(scene.path.with_file_name("readers.csv"), "email\nbo@example.net\n").unwrap();
    insta::assert_snapshot!(refused(remove_recipient(&scene.path, "bo@example.net")), @"bo@example.net stands in the recipients_file: delete its line there");
}

#[test]
fn an_inline_list_is_not_edited() {
    let scene = scene("feeds = []\n");
    insta::assert_snapshot!(refused(add_feed(&scene.path, &feed("a.xml"))), @"`feeds = [...]` cannot be added to: write the list as [[feeds]] tables");
}

#[cfg(unix)]
#[test]
fn permissions_and_links_survive_an_edit() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let scene = scene(SOURCE);
    fs::set_permissions(&scene.path, fs::Permissions::from_mode(0o640)).unwrap();
    let link = scene.path.with_file_name("link.toml");
    symlink(&scene.path, &link).unwrap();
    add_feed(&link, &feed("https://hill.example/rss")).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(scene.text().contains("hill.example"));
    assert_eq!(fs::metadata(&scene.path).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(scene.path.parent().unwrap()).unwrap().count(), 2);
}

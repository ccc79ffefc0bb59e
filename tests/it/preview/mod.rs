//! The digest looked at before it is mailed: as a reader's own copy.

mod browser;
mod served;

use crate::scene::{MORNING, Scene};

const MILL: &str =
    "<p>The mill of Aldersund, idle since the flood, grinds again from Tuesday, its keeper says.</p>";
const REGATTA: &str =
    "<p>A crew of schoolgirls from Little Hythe won the Stour regatta by two lengths on Saturday.</p>";

/// Two readers: ann takes everything, bob takes only Sport beside the top stories.
pub fn town() -> Scene {
    let scene = Scene::new()
        .outlet("Gazette", &[("Aldersund mill grinds again", MILL)])
        .outlet("Courier", &[("Schoolgirls win Stour regatta", REGATTA)])
        .readers(&["ann"]);
    let config = std::fs::read_to_string(scene.configure()).expect("a configuration");
    let bob = "[[recipients]]\nemail = \"Bob@example.net\"\nsections = [\"Sport\"]\n";
    scene.write(
        "feeds.toml",
        config.replace("outlet = \"Courier\"", "outlet = \"Courier\"\nsection = \"Sport\"") + bob,
    );
    scene
}

#[test]
fn a_readers_own_copy_has_the_readers_address_and_way_out_in_every_form() {
    let scene = town();
    for name in ["p.html", "p.txt", "p.md", "p.eml"] {
        let arguments =
            ["preview", "-c", "feeds.toml", "--at", MORNING, "--as", "bob@EXAMPLE.net", "--output", name];
        scene.reveille(&arguments).expect(0);
        let copy = scene.read(name).replace("=\r\n", "").replace("\\", "");
        assert!(copy.contains("Bob@example.net"), "{name}: {copy}");
        assert!(copy.contains("mailto:post@news.example.com?subject"), "{name}: {copy}");
        assert!(!copy.contains("ann@example.net"), "{name}: {copy}");
    }
    assert!(scene.mailed().is_empty());
}

#[test]
fn nobodys_copy_gives_nobodys_way_out_away() {
    let scene = town();
    for name in ["p.html", "p.txt", "p.md", "p.eml"] {
        scene.reveille(&["preview", "-c", "feeds.toml", "--at", MORNING, "--output", name]).expect(0);
        let copy = scene.read(name);
        assert!(!copy.contains("ann@example.net") && !copy.contains("Bob@example.net"), "{name}: {copy}");
    }
    assert!(scene.read("p.eml").contains("To: <reader@example.net>\r\n"));
}

#[test]
fn an_unknown_reader_is_an_error_that_names_the_nearest_one() {
    let scene = town();
    let unknown =
        scene.reveille(&["preview", "-c", "feeds.toml", "--as", "bop@example.net"]).expect(2).stderr;
    assert!(
        unknown.contains("bop@example.net") && unknown.contains("did you mean Bob@example.net?"),
        "{unknown}"
    );
    assert!(!scene.path("preview.html").exists());
}

#[test]
fn a_dash_prints_the_text_and_writes_nothing() {
    let scene = town();
    let printed =
        scene.reveille(&["preview", "-c", "feeds.toml", "--at", MORNING, "--output", "-"]).expect(0);
    assert!(printed.stdout.contains("Aldersund mill grinds again"), "{}", printed.stdout);
    assert!(printed.stdout.lines().all(|line| line.chars().count() <= 72 || line.contains("://")));
    scene.reveille(&["preview", "-c", "feeds.toml", "--at", MORNING, "--output", "p.txt"]).expect(0);
    assert_eq!(printed.stdout, scene.read("p.txt"));
    assert!(!scene.path("preview.html").exists());
}

#[test]
fn a_readers_page_needs_no_sender_but_a_message_does() {
    let scene = town();
    let config = scene.read("feeds.toml").replace("from = \"Morning Post <post@news.example.com>\"\n", "");
    scene.write("feeds.toml", config);
    let as_ann = ["preview", "-c", "feeds.toml", "--at", MORNING, "--as", "ann@example.net", "--output"];
    scene.reveille(&[&as_ann[..], &["p.html"]].concat()).expect(0);
    assert!(scene.read("p.html").contains("ann@example.net"));
    let refused = scene.reveille(&[&as_ann[..], &["p.eml"]].concat()).expect(3).stderr;
    assert!(refused.contains("[mail] from"), "{refused}");
}

#[test]
fn a_message_is_held_against_the_rules_of_mail() {
    let scene = town();
    let message = ["preview", "-c", "feeds.toml", "--at", MORNING, "--output", "p.eml"];
    let said = scene.reveille(&message).expect(0).stderr;
    assert!(said.contains("WARN there is no List-Unsubscribe-Post: no leaving by one click"), "{said}");
    assert!(said.contains("WARN there is no DKIM-Signature") && !said.contains("ERROR"), "{said}");
    let quiet = scene.reveille(&[&message[..], &["--quiet"]].concat()).expect(0).stderr;
    assert_eq!(quiet, "");
    let page = ["preview", "-c", "feeds.toml", "--at", MORNING, "--output", "p.html"];
    assert_eq!(scene.reveille(&page).expect(0).stderr, "");
}

#[test]
fn a_readers_own_copy_is_for_its_owner_alone_and_has_a_way_out_that_leads_nowhere() {
    use std::{io::Read, os::unix::fs::PermissionsExt};
    let scene = town();
    let mode = |name: &str| std::fs::metadata(scene.path(name)).expect(name).permissions().mode() & 0o777;
    for name in ["p.html", "p.txt", "p.md", "p.eml"] {
        scene.write(name, "open to all");
        std::fs::set_permissions(scene.path(name), std::fs::Permissions::from_mode(0o644)).expect("changed");
        let mut before = std::fs::File::open(scene.path(name)).expect("a file");
        let arguments =
            ["preview", "-c", "feeds.toml", "--at", MORNING, "--as", "ann@example.net", "--output", name];
        scene.reveille(&arguments).expect(0);
        assert_eq!(mode(name), 0o600, "{name}");
        let mut read_along = String::new();
        before.read_to_string(&mut read_along).expect("read");
        assert_eq!(read_along, "open to all", "{name}: whoever had the old file open");
        let copy = scene.read(name).replace("=\r\n", "");
        assert!(copy.contains("sample-leads-nowhere"), "{name}: {copy}");
        assert!(!copy.contains(&scene.token("ann@example.net")), "{name}");
    }
    scene.reveille(&["preview", "-c", "feeds.toml", "--at", MORNING, "--output", "all.html"]).expect(0);
    assert_eq!(mode("all.html") & 0o400, 0o400);
    scene.run().expect(0);
    let id =
        |text: &str| text.split("Message-ID: <").nth(1).map(|rest| rest.split('>').next().map(str::to_owned));
    let mailed = String::from_utf8_lossy(&scene.mail.taken()[0].data).into_owned();
    assert_ne!(id(&scene.read("p.eml")).expect("an id"), id(&mailed).expect("an id"));
}

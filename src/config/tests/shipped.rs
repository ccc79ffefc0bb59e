//! The shipped `feeds.toml` tells the truth: it loads, it shows every key, and the defaults it shows are the real
//! ones.

use std::{collections::BTreeSet, fs, path::Path};

use super::super::{Config, Error, STARTER, document::Document, keys};

fn load(source: &str) -> Result<Config, Error> {
    Config::parse(Path::new("/news/feeds.toml"), source, &|_| None)
}

/// The file with its commented settings in force: the defaults, and with `examples` also what has no default.
fn uncommented(examples: bool) -> String {
    let mut lines = Vec::new();
    let mut is_example = false;
    for line in STARTER.lines() {
        let setting = line
            .strip_prefix('#')
            .filter(|rest| rest.starts_with(|c: char| c == '[' || c.is_ascii_lowercase()));
        if setting.is_none() {
            is_example = line.to_lowercase().ends_with("for example:");
        }
        match setting {
            Some(setting) if examples || !is_example => lines.push(setting),
            _ => lines.push(line),
        }
    }
    lines.join("\n")
}

#[test]
fn it_loads_and_is_a_newsletter_of_many_outlets() {
    let config = load(STARTER).unwrap();
    let outlets: BTreeSet<&str> = config.feeds.iter().map(|feed| feed.outlet.as_str()).collect();
    assert!((15..=30).contains(&config.feeds.len()) && outlets.len() >= 15);
    let home: BTreeSet<&str> =
        config.feeds.iter().filter(|feed| feed.home).map(|feed| feed.outlet.as_str()).collect();
    assert_eq!(home, BTreeSet::from(["Stars and Stripes"]));
    assert!(config.feeds.iter().all(|feed| feed.section.is_some() && feed.url.scheme() == "https"));
    let owned = config.feeds.iter().filter(|feed| feed.owner.is_some()).count();
    assert_eq!(owned, 3);
    assert!(config.readers.is_empty() && config.mail.smtp.is_none());
}

#[test]
fn the_defaults_it_shows_are_the_real_ones() {
    let shown = uncommented(false);
    assert!(shown.contains("\nmax_words = 1300\n") && shown.contains("\n#smtp = "));
    assert_eq!(load(&shown).unwrap(), load(STARTER).unwrap());
}

#[test]
fn every_key_is_shown_and_every_example_is_sound() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("readers.csv"), "email,name,sections\nbo@example.net,Bo,Europe;World\n")
        .unwrap();
    let source = uncommented(true);
    let config = Config::parse(&folder.path().join("feeds.toml"), &source, &|_| None).unwrap();
    assert_eq!(config.readers.len(), 2);
    assert!(config.mail.from.is_some() && config.mail.smtp.is_some());

    let document = Document::parse(&source).unwrap();
    let is_shown = |table: &str, key: &str| {
        let way: Vec<&str> = table.split('.').chain([key]).collect();
        table.is_empty() && document.root().contains_key(key)
            || document.value(&way).is_some()
            || document.list(table).any(|(_, table)| table.contains_key(key))
    };
    let tables = keys::tables();
    let every = tables.iter().flat_map(|(table, keys)| keys.iter().map(move |key| (*table, *key)));
    let missing: Vec<_> = every.filter(|(table, key)| !is_shown(table, key)).collect();
    assert!(missing.is_empty(), "keys that feeds.toml does not show: {missing:?}");
}

#[test]
fn a_configuration_of_every_usual_setting_loads() {
    let source = r#"
        [newsletter]
        title = "Harbour News"
        outlet = "Harbour Post"
        tagline = "what the tide brought"
        timezone = "America/New_York"
        focus = ["harbour", "tide"]
        max_stories = 20
        sections = ["Sea", "Land"]
        [fetch]
        allow_private = true
        pages = "thin"
        host_delay = "1s"
        [store]
        url = "sqlite:state.db"
        [mail]
        from = "Harbour News <news@harbour.example>"
        smtp = "smtp://127.0.0.1:2525"
        postal_address = "1 Quay, Harbour"
        [[feeds]]
        url = "http://127.0.0.1:8080/post.xml"
        outlet = "Harbour Post"
        section = "Sea"
        [[recipients]]
        email = "ada@example.net"
        name = "Ada"
    "#;
    let config = load(source).unwrap();
    assert_eq!(config.store.file, Path::new("/news/state.db"));
    assert!(config.feeds[0].home && config.fetch.allow_private);
    assert_eq!(config.readers[0].name, "Ada");
}

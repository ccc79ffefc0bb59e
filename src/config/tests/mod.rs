//! The configuration as its users meet it: what loads, and what every refusal prints.

mod shape;
mod shipped;
mod slips;
mod values;

use std::{path::Path, time::Duration};

use proptest::prelude::{ProptestConfig, prop_assert, proptest};
use url::Url;

use super::*;
use crate::mailer::smtp;

/// The configuration written in `source`, as of `/news/feeds.toml` and an empty environment.
fn load(source: &str) -> Result<Config, Error> {
    load_in(source, &[])
}

fn load_in(source: &str, environment: &[(&str, &str)]) -> Result<Config, Error> {
    let variable =
        |name: &str| environment.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_string());
    Config::parse(Path::new("/news/feeds.toml"), source, &variable)
}

/// What is printed when `source` is refused.
fn refusal(source: &str) -> String {
    match load(source) {
        Ok(_) => "loads".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn an_empty_file_is_all_defaults() {
    let config = load("").unwrap();
    assert_eq!(config.newsletter, Newsletter::default());
    assert_eq!(config.fetch, Fetch::default());
    assert_eq!(config.mail, Mail::default());
    assert_eq!(config.store.file, Path::new("/news/state.db"));
    assert!(config.feeds.is_empty() && config.readers.is_empty());
}

#[test]
fn a_feed_takes_its_defaults_from_the_newsletter_and_from_fetch() {
    let config = load(
        r#"
        [newsletter]
        outlet = "Harbour Post"
        [fetch]
        pages = "always"
        [[feeds]]
        url = "https://www.harbour.example/rss"
        outlet = "Harbour Post"
        section = "Sea"
        [[feeds]]
        url = "saved/inland.xml"
        pages = "never"
        section = "Land"
        [[feeds]]
        url = "https://www.hill.example/rss"
        "#,
    )
    .unwrap();
    let [harbour, inland, hill] = &config.feeds[..] else { panic!("three feeds") };
    assert!(harbour.home && !inland.home && !hill.home);
    assert_eq!((harbour.pages, inland.pages), (Pages::Always, Pages::Never));
    assert_eq!(inland.url.as_str(), "file:///news/saved/inland.xml");
    assert_eq!((inland.outlet.as_str(), hill.outlet.as_str()), ("inland", "hill.example"));
    assert_eq!(config.newsletter.sections, ["Sea", "Land"]);
}

#[test]
fn durations_are_written_with_their_unit() {
    let config = load("[newsletter]\nwindow = '1d 12h'\n[fetch]\nhost_delay = '250ms'").unwrap();
    assert_eq!(config.newsletter.window, Duration::from_secs(36 * 3600));
    assert_eq!(config.fetch.host_delay, Duration::from_millis(250));
}

#[test]
fn a_log_in_is_taken_out_of_the_servers_address_and_never_printed() {
    let config = load("[mail]\nsmtp = 'smtps://bo%40example.net:pa%20ss@mail.example.net'").unwrap();
    assert_eq!(config.mail.smtp.as_ref().map(Url::as_str), Some("smtps://mail.example.net"));
    assert_eq!(config.mail.user.as_deref(), Some("bo@example.net"));
    assert_eq!(config.mail.password, Password::Given(Secret::new("pa ss")));
    assert!(!format!("{config:?}").contains("pa ss"));
}

#[test]
fn the_keys_of_their_own_win_over_the_log_in_in_the_servers_address() {
    let address = "[mail]\nsmtp = 'smtps://bo:tide@mail.example.net'\n";
    let mail = load(&format!("{address}user = 'ann'\npassword_file = 'secret'")).unwrap().mail;
    assert_eq!(mail.user.as_deref(), Some("ann"));
    assert_eq!(mail.password, Password::File("/news/secret".into()));
    assert_eq!(mail.smtp.as_ref().map(Url::as_str), Some("smtps://mail.example.net"));
    let mail = load(&format!("{address}user = 'ann'")).unwrap().mail;
    assert_eq!((mail.user.as_deref(), mail.password), (Some("ann"), Password::Given(Secret::new("tide"))));
}

#[test]
fn the_environment_wins_over_the_file() {
    let source = "[mail]\nsmtp = 'smtp://127.0.0.1:2525'\nuser = 'a'\npassword_file = 'secret'";
    let plain = load(source).unwrap().mail;
    assert_eq!(plain.password, Password::File("/news/secret".into()));
    let variables = [
        ("SMTP_HOST", "mail.example.net"),
        ("SMTP_PORT", "587"),
        ("SMTP_USERNAME", "b"),
        ("SMTP_PASSWORD", "c"),
    ];
    let mail = load_in(source, &variables).unwrap().mail;
    assert_eq!(mail.smtp.as_ref().map(Url::as_str), Some("smtp://mail.example.net:587?tls=required"));
    assert_eq!(mail.user.as_deref(), Some("b"));
    assert_eq!(mail.password, Password::Given(Secret::new("c")));
    let wrong = load_in(source, &[("SMTP_PORT", "many")]).unwrap_err().to_string();
    assert_eq!(wrong, "the environment variable SMTP_PORT: `many` is not a port, a number from 1 to 65535");
}

#[test]
fn only_sqlite_is_a_store() {
    assert_eq!(load("[store]\nurl = 'sqlite:data/x.db'").unwrap().store.file, Path::new("/news/data/x.db"));
    assert_eq!(load("[store]\nurl = 'sqlite:///var/x.db'").unwrap().store.file, Path::new("/var/x.db"));
    insta::assert_snapshot!(refusal("[store]\nurl = 'postgres://db.example/news'\n"), @r#"
    PostgreSQL is not supported in this version, only SQLite
     --> /news/feeds.toml:2:7
      |
    2 | url = 'postgres://db.example/news'
      |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this address
      |
      = help: write "sqlite:state.db", a file relative to this one
    "#);
    assert!(
        refusal("[store]\nurl = 'sqlite:x.db?mode=ro'\n").starts_with("a store takes no settings after `?`")
    );
    insta::assert_snapshot!(refusal("[store]\nurl = 'state.db'\n"), @r#"
    `state.db` is not the address of a store
     --> /news/feeds.toml:2:7
      |
    2 | url = 'state.db'
      |       ^^^^^^^^^^ this address
      |
      = help: write "sqlite:state.db", a file relative to this one
    "#);
    insta::assert_snapshot!(refusal("[store]\nurl = 'sqlite::memory:'\n"), @r#"
    the store needs a file
     --> /news/feeds.toml:2:7
      |
    2 | url = 'sqlite::memory:'
      |       ^^^^^^^^^^^^^^^^^ this address
      |
      = help: write "sqlite:state.db"
    "#);
}

#[test]
fn a_missing_file_says_what_to_type() {
    let error = Config::load(Path::new("/nowhere/feeds.toml")).unwrap_err();
    insta::assert_snapshot!(error, @"there is no /nowhere/feeds.toml: type `reveille init --output /nowhere/feeds.toml` to write one, or name another with `--config FILE`");
}

#[test]
fn no_refusal_prints_a_password() {
    let text = refusal("[mail]\nsmtp = 'smtp://bo:hunter2@mail.example.net'\n");
    assert!(text.contains("://**********@mail"), "{text}");
    let feed = "[[feeds]]\nurl = 'https://bo:hunter2@a.example/f'\n".repeat(2);
    let token = "[[feeds]]\nurl = 'https://a.example/f?token=hunter2'\n".repeat(2);
    for source in [
        "[mail]\nsmtp = 'smtp://bo:hunter2@mail.example.net'\n",
        "[mail]\npassword = 'hunter2'\n",
        "[mail]\npassword = hunter2\n",
        "[mail]\npassword: hunter2\n",
        "[mail]\npassword = \"\"\"\nhunter2\n\"\"\"\n",
        "[mail]\npassword = \"\"\"\nhunter2\n",
        "[mail]\npassword = [\n'hunter2'\n, ]]\n",
        "[mail]\n\"password\" = 'hunter2'\n",
        "mail.'password' = 'hunter2'\n",
        "mail = { password = 'hunter2', smtp = 5 }\n",
        "mail = { smtp = 5, \"password\" = 'hunter2' }\n",
        "[mail]\nconnections = 'x' # the password is hunter2\n",
        "[mail]\nsmtp = 'smtps://bo:hunter2@mail.example:port'\n",
        "[mail]\nsmtp = 'smtps://bo:hunter2/x@mail.example'\n",
        "[mail]\npassword_file = 5 # password=hunter2\n",
        "[mail]\ndkim = '''\n-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n'''\n",
        "[mail.dkim]\nkey_file = '''\n-----BEGIN PRIVATE KEY-----\nhunter2\n'''\nx = 1",
        "[fetch]\nproxy = 'socks5://bo:hunter2@proxy.example'\n",
        "[store]\nurl = 'postgres://bo:hunter2@db.example/x'\n",
        "[[feeds]]\nurl = 'gopher://bo:hunter2@a.example/'\n",
        "[[feeds]]\nurl = 'https://bo:hunter2@a.example:port/'\n",
        "[[feeds]]\nurl = 'https://a.example:port/?apikey=hunter2'\n",
        "[[feeds]]\nurl = 'http://bo:hunter2@a.example/'\n",
        "[[feeds]]\nurl = 'https://a.example/'\npassword = 'hunter2'\n",
        "feeds = [{ url = 'https://bo:hunter2@a.example/', weight = 0 }]\n",
        &feed,
        &token,
    ] {
        let text = refusal(source);
        assert!(text != "loads" && !text.contains("hunter2"), "{source}\n{text}");
        assert!(!format!("{:?}", load(source)).contains("hunter2"), "{source}");
    }
}

#[test]
fn a_configuration_with_secrets_prints_none() {
    let source = "[mail]\nsmtp = 'smtps://bo:hunter2@mail.example.net'\n[fetch]\nproxy = 'http://bo:hunter2@proxy.example'\n\
                  [[feeds]]\nurl = 'https://bo:hunter2@a.example/f?key=hunter2'\n";
    let config = load(source).unwrap();
    assert!(config.holds_secrets && !format!("{config:?}").contains("hunter2"), "{config:?}");
}

#[test]
fn feeds_that_differ_in_a_secret_alone_are_told_apart() {
    let feed = |token: &str| format!("[[feeds]]\nurl = 'https://a.example/f?token={token}'\n");
    let names = |source: &str| -> Vec<String> {
        load(source).unwrap().feeds.iter().map(|feed| feed.url.to_string()).collect()
    };
    assert_eq!(names(&feed("a")), ["https://a.example/f?token=***"]);
    let both = ["https://a.example/f?token=***#1", "https://a.example/f?token=***#2"];
    assert_eq!(names(&(feed("a") + &feed("b"))), both);
    assert_eq!(names(&(feed("b") + &feed("a"))), both, "by nothing that is made of the secret");
    let three = names(&(feed("a") + &feed("b") + &feed("c#1")));
    let numbers: Vec<&str> = three.iter().filter_map(|name| name.rsplit('#').next()).collect();
    assert_eq!(numbers, ["2", "3", "1"], "one that is written is taken");
}

#[test]
fn a_feeds_password_comes_from_the_environment_or_a_file() {
    let source = "[[feeds]]\nurl = 'https://a.example/f'\nuser = 'bo'\npassword_env = 'WIRE'\n";
    let whole = |source: &str, environment: &[(&str, &str)]| {
        let whole = load_in(source, environment).unwrap().feeds[0].url.whole(None);
        whole.map(|whole| whole.url.reveal().to_owned()).map_err(|error| error.to_string())
    };
    assert_eq!(whole(source, &[("WIRE", "hunter2")]).as_deref(), Ok("https://bo:hunter2@a.example/f"));
    assert_eq!(
        whole(source, &[]).unwrap_err(),
        "the environment variable WIRE: is not set, and is to hold a password"
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wire.password");
    std::fs::write(&file, "hunter3\nnote").unwrap();
    let both = format!("{source}password_file = '{}'\n", file.display());
    assert_eq!(whole(&both, &[]).as_deref(), Ok("https://bo:hunter3@a.example/f"));
    assert_eq!(whole(&both, &[("WIRE", "hunter2")]).as_deref(), Ok("https://bo:hunter2@a.example/f"));
    std::fs::remove_file(&file).unwrap();
    assert!(whole(&both, &[]).unwrap_err().contains("wire.password"));
}

#[test]
fn a_log_in_without_a_password_is_refused_before_anything_is_said() {
    let server = |login: &str, mail: &str| {
        let source = format!("[mail]\nsmtp = 'smtp://{login}127.0.0.1'\n{mail}");
        let config = load(&source).unwrap();
        config.mail_server().map(|options| options.unwrap().credentials).map_err(|error| error.to_string())
    };
    for (login, mail) in [("", "user = 'news'"), ("news@", ""), ("news:@", ""), ("news:%20@", "")] {
        let refused = server(login, mail).unwrap_err();
        assert!(refused.contains("the password of news is missing: SMTP_PASSWORD"), "{refused}");
    }
    assert_eq!(server("", ""), Ok(None), "nobody logs in");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("word");
    let mail = format!("user = 'news'\npassword_file = '{}'", file.display());
    for text in ["", "\n", "  \nright\n", "\u{feff}\nright"] {
        std::fs::write(&file, text).unwrap();
        let refused = server("", &mail).unwrap_err();
        assert!(refused.contains("the first line of") && refused.contains("word"), "{refused}");
    }
    for text in ["right", "right\r\n", "\u{feff}right\nnote"] {
        std::fs::write(&file, text).unwrap();
        let expected = smtp::Options::from_url("smtp://news:right@127.0.0.1").unwrap().credentials;
        assert_eq!(server("", &mail).unwrap(), expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_damaged_file_is_refused_without_a_panic(at in 0..STARTER.len(), cut in 0..40usize, text in ".{0,6}") {
        let place = |byte: usize| (byte..).find(|&byte| STARTER.is_char_boundary(byte)).unwrap();
        let (before, after) = (place(at), place((at + cut).min(STARTER.len())));
        let damaged = format!("{}{text}{}", &STARTER[..before], &STARTER[after..]);
        if let Err(error) = load(&damaged) {
            prop_assert!(!error.to_string().is_empty());
        }
    }
}

//! The whole way of a message: mailed to a real Postfix, stored by a real Dovecot, read back over IMAP.

use mail_parser::MessageParser;

use crate::scene::{
    MORNING, Scene,
    dkimpy::Dkimpy,
    mailhost::{MailHost, PASSWORD, USER},
};

/// Texts that relays and mailboxes are known to trip over: dots and "From " where a line begins, other scripts, a
/// word longer than a line may be.
const STORIES: [(&str, &str); 3] = [
    (
        "Aldersund ferry sails again after nine days",
        "<p>From the quay of Aldersund the first ferry in nine days left at dawn, \u{201c}half empty and on time\u{201d}, \
         said the harbour master, Åse Lindqvist.</p><p>.</p><p>From now on it sails hourly.</p>",
    ),
    (
        "Мельница снова мелет",
        "<p>Мельница в долине, стоявшая после наводнения, снова мелет с понедельника.</p>",
    ),
    (
        ".Hidden dots &amp; a word of a hundred letters: \
         aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "<p>.. and more of them, wrote the printers of Tarn in a note on their new press.</p>",
    ),
];
/// What a mailbox says of how a message came to it.
const ON_THE_WAY: [&str; 3] = ["Return-Path", "Delivered-To", "Received"];

fn newsletter(host: &MailHost, server: &str, readers: &[&str]) -> (Scene, String) {
    let scene = Scene::new()
        .outlet("Gazette", &STORIES)
        .readers(readers)
        .settings("[mail.dkim]\nkey_file = \"dkim.pem\"\n")
        .server(server)
        .environment("SSL_CERT_FILE", &host.authority())
        .environment("SMTP_USERNAME", USER)
        .environment("SMTP_PASSWORD", PASSWORD);
    let said = scene.reveille(&["dkim", "new", "--domain", "news.example.com"]).expect(0).stdout;
    let record =
        said.lines().find_map(|line| line.trim().strip_prefix("value: ")).expect("a record").to_owned();
    (scene, record)
}

/// Runs with an outbox first, from the same state as the run that mails: what each reader must get.
fn rendered(scene: &Scene) {
    scene.configure();
    scene.reveille(&["preview", "-c", "feeds.toml", "--at", MORNING, "-o", "preview.html"]).expect(0);
    std::fs::copy(scene.path("state.db"), scene.path("before.db")).expect("copied");
    scene.reveille(&["run", "-c", "feeds.toml", "--at", MORNING, "--outbox", "outbox"]).expect(0);
    std::fs::rename(scene.path("before.db"), scene.path("state.db")).expect("put back");
}

/// The names of the headers before the message as it was rendered.
fn added<'a>(stored: &'a [u8], rendered: &[u8]) -> Vec<&'a str> {
    let before = stored.strip_suffix(rendered).expect("the message as it was rendered, to the last byte");
    let lines =
        std::str::from_utf8(before).expect("ASCII").lines().filter(|line| !line.starts_with([' ', '\t']));
    lines.map(|line| line.split(':').next().unwrap_or_default()).collect()
}

#[test]
fn a_real_server_takes_stores_and_gives_back_what_was_rendered() {
    let Some(host) = MailHost::shared() else { return };
    let [starttls, tls] = host.submission();
    for (server, readers) in [(starttls, ["ann", "bob", "cid"]), (tls, ["dora", "eve", "fay"])] {
        let (scene, record) = newsletter(host, &server, &readers);
        rendered(&scene);
        scene.run().expect(0);
        host.settle(&readers);
        let stored: Vec<Vec<u8>> = readers.iter().flat_map(|name| host.inbox(name)).collect();
        assert_eq!(stored.len(), readers.len(), "one message a reader");
        for (name, stored) in readers.iter().zip(&stored) {
            let rendered = scene.read(&format!("outbox/2026-11-22.{name}@example.net.eml"));
            let added = added(stored, rendered.as_bytes());
            assert!(added.len() >= 3 && added.iter().all(|name| ON_THE_WAY.contains(name)), "{added:?}");
            let read = MessageParser::default().parse(stored).expect("a message");
            for part in [read.body_text(0), read.body_html(0)] {
                assert!(part.expect("a part").contains(STORIES[1].0));
            }
        }
        if let Some(dkimpy) = Dkimpy::find() {
            assert_eq!(dkimpy.verdicts(&stored, &record), [true; 3]);
        }
    }
}

#[test]
fn a_reader_whom_the_real_server_does_not_know_is_reported_and_costs_the_others_nothing() {
    let Some(host) = MailHost::shared() else { return };
    let (scene, _) = newsletter(host, &host.submission()[0], &["gil", "nobody", "hana"]);
    let said = scene.run().expect(5).stderr;
    assert!(said.contains("n…@example.net: refused for good: 550 5.1.1"), "{said}");
    assert!(!said.contains("g…@example.net"), "{said}");
    host.settle(&["gil", "hana"]);
    assert_eq!([host.inbox("gil").len(), host.inbox("hana").len()], [1, 1]);
}

#[test]
fn a_real_server_is_not_sent_anything_without_a_certificate_it_is_trusted_by_or_without_a_login() {
    let Some(host) = MailHost::shared() else { return };
    for server in host.submission() {
        let (scene, _) = newsletter(host, &server, &["ian"]);
        let denied = scene.environment("SMTP_PASSWORD", "guessed");
        let said = denied.run().expect(5).stderr;
        assert!(said.contains("refuses the login") && said.contains("535 5.7.8"), "{said}");
        let said = denied.environment("SSL_CERT_FILE", &host.other_authority()).run().expect(5).stderr;
        assert!(said.contains("certificate"), "{said}");
    }
    assert!(host.inbox("ian").is_empty());
}

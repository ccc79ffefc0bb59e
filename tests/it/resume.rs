//! What a `kill -9` leaves behind, and how the next run goes on.

use std::{collections::BTreeMap, time::Duration};

use mail_parser::MessageParser;

use crate::scene::{
    FERRY, MORNING, Scene,
    smtp::{Act, At, Smtp},
};

/// Connections at once by default: at most one message of each can be in doubt after a crash.
const CONNECTIONS: usize = 4;

fn message_id(data: &[u8]) -> String {
    let message = MessageParser::default().parse(data).expect("a message");
    message.message_id().expect("a Message-ID").to_owned()
}

#[test]
fn a_run_killed_in_the_middle_is_finished_by_the_next() {
    let names: Vec<String> = (0..40).map(|n| format!("reader{n:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let stalled = ["reader20", "reader21", "reader22", "reader23"];
    let mail = stalled.iter().fold(Smtp::start(), |mail, name| mail.when_times(1, At::Dot, name, Act::Stall));
    let scene = Scene::with_mail(mail)
        .outlet(
            "Gazette",
            &[("Lighthouse of Vik to be lit again", "<p>The lighthouse of Vik is to be lit again.</p>")],
        )
        .readers(&names);
    scene.configure();
    let mut run = scene.start(&["run", "--config", "feeds.toml", "--at", MORNING]);
    let mut patience = Duration::from_secs(30);
    while scene.mail.taken().len() < 20 + CONNECTIONS && !patience.is_zero() {
        std::thread::sleep(Duration::from_millis(20));
        patience = patience.saturating_sub(Duration::from_millis(20));
    }
    run.kill().expect("kill -9");
    run.wait().expect("it ended");
    let before = scene.mailed().len();
    assert_eq!(before, 20 + CONNECTIONS, "killed while every connection waits for an answer");

    scene.run().expect(0);
    let mut copies: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for taken in scene.mail.taken() {
        copies.entry(taken.to.concat()).or_default().push(message_id(&taken.data));
    }
    assert_eq!(copies.len(), 40, "every reader has the edition");
    let doubled: Vec<_> = copies.values().filter(|ids| ids.len() > 1).collect();
    assert!(doubled.len() <= CONNECTIONS, "{doubled:?}");
    assert!(doubled.iter().all(|ids| ids.iter().all(|id| *id == ids[0])), "{doubled:?}");
}

#[test]
fn a_message_whose_reply_was_lost_is_sent_again_under_the_same_message_id() {
    let mail = Smtp::start().when_times(1, At::Dot, "ann@", Act::Drop);
    let scene = Scene::with_mail(mail)
        .outlet(
            "Gazette",
            &[("Lighthouse of Vik to be lit again", "<p>The lighthouse of Vik is to be lit again.</p>")],
        )
        .readers(&["ann", "bob"]);
    let first = scene.run().expect(5);
    assert!(first.stderr.contains("no answer came"), "{}", first.stderr);
    scene.run().expect(0);
    let ids: Vec<String> = scene
        .mail
        .taken()
        .iter()
        .filter(|t| t.to.concat().contains("ann@"))
        .map(|t| message_id(&t.data))
        .collect();
    assert_eq!(ids.len(), 2, "not doubled within a run, sent again by the next");
    assert_eq!(ids[0], ids[1]);
}

#[test]
fn who_leaves_while_a_message_is_in_doubt_is_not_sent_it_again() {
    let mail = Smtp::start().when_times(1, At::Dot, "ann@", Act::Drop);
    let scene = Scene::with_mail(mail).outlet("Gazette", &[FERRY]).readers(&["ann", "bob"]);
    scene.run().expect(5);
    scene.reveille(&["recipients", "suppress", "ann@example.net", "-c", "feeds.toml"]).expect(0);
    scene.run().expect(0);
    assert_eq!(scene.mailed().iter().filter(|reader| reader.starts_with("ann@")).count(), 1);
}

#[test]
fn a_reader_who_was_put_off_gets_the_edition_for_forty_eight_hours() {
    for (at, gets) in [("2026-11-24T06:00:00Z", true), ("2026-11-24T06:00:01Z", false)] {
        let mail = Smtp::start().when(At::Rcpt, "bob@", Act::Say("451 4.3.2 try later"));
        let scene = Scene::with_mail(mail).outlet("Gazette", &[FERRY]).readers(&["ann", "bob"]);
        scene.run().expect(5);
        scene.mail.recover();
        scene.run_at(at).expect(0);
        assert_eq!(scene.mailed().contains(&"bob@example.net".to_owned()), gets, "{at}");
        let told = scene.reveille(&["history", "-c", "feeds.toml", "--at", at]).expect(0).stdout;
        let row = told.lines().find(|line| line.starts_with("2026-11-22")).unwrap_or_default();
        assert_eq!(row.contains("given up"), !gets, "{told}");
    }
}

#[test]
fn a_message_sent_late_has_the_subject_of_its_edition() {
    let mail = Smtp::start().when_times(2, At::Rcpt, "bob@", Act::Say("451 4.3.2 try later"));
    let title = "Lighthouse of Vik to be lit again";
    let scene =
        Scene::with_mail(mail).outlet("Gazette", &[(title, "<p>The lighthouse is to be lit again.</p>")]);
    let scene = scene.readers(&["ann", "bob"]);
    let run = |subject: &str, status: i32| {
        let config = std::fs::read_to_string(scene.configure()).expect("the configuration");
        let titled = config.replace("[newsletter]\n", &format!("[newsletter]\nsubject = \"{subject}\"\n"));
        scene.write("feeds.toml", titled);
        scene.reveille(&["run", "--config", "feeds.toml", "--at", MORNING]).expect(status);
    };
    run("{{weekday}}: {{first}}", 5);
    run("{{title}} of {{day}}", 0);
    let subjects: Vec<String> = scene.mail.taken().iter().map(|taken| subject(&taken.data)).collect();
    assert_eq!(subjects, vec![format!("Sunday: {title}"); 2]);
}

fn subject(data: &[u8]) -> String {
    let message = MessageParser::default().parse(data).expect("a message");
    message.subject().expect("a subject").to_owned()
}

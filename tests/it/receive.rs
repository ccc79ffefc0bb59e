//! What comes back: bounces that a real Postfix wrote, wishes to leave, forged reports, and readers who are forgotten.

use std::time::{Duration, Instant};

use crate::scene::{
    COMET, Ended, FERRY, MORNING, Scene,
    http::Answer,
    mailhost::{GONE, MailHost, PASSWORD, USER},
    rss,
    smtp::{Act, At, Smtp},
};

const BRIDGE: (&str, &str) = (
    "Lorry hits Old Mint Bridge",
    "<p>A lorry struck the Old Mint Bridge in Denholt and brought down part of its railing. Nobody was hurt.</p>",
);
const SENDER: &str = "from = \"Morning Post <post@news.example.com>\"\nbounce_to = \"bounces@example.net\"\n";
const TUESDAY: &str = "2026-11-24T06:00:00Z";

fn town(mail: Smtp) -> Scene {
    Scene::with_mail(mail).outlet("Gazette", &[FERRY]).sender(SENDER).readers(&["ann", "bob", "cid"])
}

/// The next day's edition, with something new in it: the addresses that got it, sorted.
fn mailed_next(scene: &Scene, at: &str, story: (&str, &str)) -> Vec<String> {
    let old = scene.mail.taken().len();
    let feed = rss("Gazette", &[story]).replace("Sun, 22 Nov", &format!("{} Nov", &at[8..10]));
    scene.web.put("/Gazette.xml", Answer::ok("application/rss+xml", feed));
    scene.configure();
    scene.reveille(&["run", "-c", "feeds.toml", "--at", at, "--now"]);
    let mut readers: Vec<String> =
        scene.mail.taken().into_iter().skip(old).flat_map(|taken| taken.to).collect();
    readers.sort();
    readers
}

fn receive(scene: &Scene, message: &str) -> Ended {
    scene.fed(&["receive", "-c", "feeds.toml", "--at", MORNING], message.as_bytes())
}

/// The token in the message to `name`.
fn token(scene: &Scene, name: &str) -> String {
    let taken =
        scene.mail.taken().into_iter().find(|taken| taken.to.concat().contains(name)).expect("a message");
    unsubscribe_token(&String::from_utf8_lossy(&taken.data))
}

fn unsubscribe_token(message: &str) -> String {
    let rest = message.split("subject=unsubscribe%20").nth(1).expect("a way out");
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

/// A report that the mail to the reader with this envelope sender failed for good.
fn report(to: &str, status: &str) -> String {
    format!(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nTo: {to}\nSubject: Undelivered Mail\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
         --b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n\
         Final-Recipient: rfc822; bob@example.net\nAction: failed\nStatus: {status}\n\
         Diagnostic-Code: smtp; 550 {status} <bob@example.net> refused\n\n--b--\n"
    )
}

/// The envelope sender of the message to `name`.
fn sender(scene: &Scene, name: &str) -> String {
    let taken = scene.mail.taken().into_iter().find(|taken| taken.to.concat().contains(name));
    taken.expect("a message").from
}

#[test]
fn a_bounce_of_a_real_server_is_read_from_a_maildir_and_its_reader_mailed_no_more() {
    let Some(host) = MailHost::shared() else { return };
    let scene = Scene::new()
        .outlet("Gazette", &[FERRY])
        .sender(SENDER)
        .readers(&["jan", GONE])
        .server(&host.submission()[0])
        .environment("SSL_CERT_FILE", &host.authority())
        .environment("SMTP_USERNAME", USER)
        .environment("SMTP_PASSWORD", PASSWORD);
    scene.run().expect(0);
    let returned = host.awaited("bounces");
    assert_eq!(returned.len(), 1);
    for folder in ["mail/new", "mail/cur"] {
        std::fs::create_dir_all(scene.path(folder)).expect("a folder");
    }
    scene.write("mail/new/1.first.host", &returned[0]);

    let arguments = ["receive", "-c", "feeds.toml", "--at", MORNING, "--maildir", "mail"];
    let ended = scene.reveille(&arguments).expect(0);
    let expected = "g…@example.net bounced, and is mailed nothing any more: ";
    assert!(ended.stdout.starts_with(expected) && ended.stdout.contains("5.1.1"), "{}", ended.stdout);
    assert_eq!((ended.stdout.lines().count(), ended.stderr.as_str()), (1, ""));
    assert!(scene.path("mail/cur/1.first.host:2,S").exists());
    let again = scene.reveille(&arguments).expect(0);
    assert_eq!((again.stdout.as_str(), again.stderr.as_str()), ("", ""), "nothing is read twice");

    scene.web.put("/Gazette.xml", Answer::ok("application/rss+xml", rss("Gazette", &[COMET])));
    let next = ["run", "-c", "feeds.toml", "--at", TUESDAY, "--now", "--outbox", "outbox"];
    scene.reveille(&next).expect(0);
    let files: Vec<_> = std::fs::read_dir(scene.path("outbox")).expect("an outbox").collect();
    assert_eq!(files.len(), 1);
    assert!(scene.path("outbox/2026-11-24.jan@example.net.eml").exists());
}

#[test]
fn a_bounce_of_a_real_server_comes_through_its_pipe() {
    let Some(host) = MailHost::shared() else { return };
    let sender = SENDER.replace("bounces@", "piped@");
    let scene = Scene::new().outlet("Gazette", &[FERRY]).sender(&sender).readers(&[GONE]);
    let scene = scene.server(&host.submission()[0]);
    scene.configure();
    scene.without_chance();
    host.piped(scene.path("").as_path());

    let authority = host.authority();
    let environment =
        [("SSL_CERT_FILE", authority.as_str()), ("SMTP_USERNAME", USER), ("SMTP_PASSWORD", PASSWORD)];
    let run: Ended = host.reveille(&environment, &["run", "--at", MORNING]).into();
    run.expect(0);
    host.wait("hand the bounce to the program", || {
        let listed: Ended = host.reveille(&[], &["recipients", "suppressed"]).into();
        listed.expect(0).stdout.contains("bounced")
    });
}

#[test]
fn a_server_that_knows_nobody_any_more_loses_few_readers_on_one_day() {
    let names: Vec<String> = (0..13).map(|n| format!("r{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let scene = Scene::new().outlet("Gazette", &[FERRY]).sender(SENDER).readers(&names);
    scene.run().expect(0);
    let lost = |day: u32| {
        let at = format!("2026-11-{day}T09:00:00Z");
        let is_lost = |name: &&&str| {
            let report = report(&sender(&scene, &format!("{name}@")), "5.1.1");
            let ended = scene.fed(&["receive", "-c", "feeds.toml", "--at", &at], report.as_bytes());
            ended.expect(0).stdout.contains("bounced")
        };
        names.iter().filter(is_lost).count()
    };
    assert_eq!([22, 23, 24].map(lost), [10, 0, 3]);
}

#[test]
fn every_reader_has_an_envelope_sender_that_a_report_comes_back_to() {
    let scene = town(Smtp::start());
    scene.run().expect(0);
    let bob = sender(&scene, "bob@");
    assert!(
        bob.starts_with("bounces+") && bob.ends_with("@example.net") && bob != sender(&scene, "ann@"),
        "{bob}"
    );
    let said = receive(&scene, &report(&bob.to_uppercase(), "5.1.1")).expect(0).stdout;
    assert_eq!(
        said,
        "b…@example.net bounced, and is mailed nothing any more: 550 5.1.1 <b…@example.net> refused\n"
    );
    assert_eq!(mailed_next(&scene, TUESDAY, COMET), ["ann@example.net", "cid@example.net"]);
}

#[test]
fn a_forged_report_changes_nothing() {
    let scene = town(Smtp::start());
    scene.run().expect(0);
    let real = sender(&scene, "bob@");
    let forged = real.replace(&real[10..14], "aaaa");
    for to in ["bob@example.net", "bounces@example.net", "bounces+bob=example.net@example.net", &forged] {
        let ended = receive(&scene, &report(to, "5.1.1")).expect(0);
        assert_eq!((ended.stdout.as_str(), ended.stderr.as_str()), ("", ""), "{to}");
    }
    assert_eq!(mailed_next(&scene, TUESDAY, COMET).len(), 3);
}

#[test]
fn a_policy_is_told_to_the_operator_and_a_full_mailbox_counted() {
    let scene = town(Smtp::start());
    scene.run().expect(0);
    let bob = sender(&scene, "bob@");
    let ended = receive(&scene, &report(&bob, "5.7.26")).expect(0);
    assert!(ended.stdout.is_empty() && ended.stderr.contains("reveille check"), "{}", ended.stderr);
    for (day, news) in [(22, false), (22, false), (23, false), (24, true), (25, false)] {
        let at = format!("2026-11-{day}T09:00:00Z");
        let message = report(&bob, "5.2.2");
        let ended = scene.fed(&["receive", "-c", "feeds.toml", "--at", &at], message.as_bytes()).expect(0);
        assert_eq!(ended.stdout.contains("mailed nothing any more"), news, "on the {day}th");
    }
}

#[test]
fn who_asks_to_leave_by_mail_is_sent_nothing_more_although_still_configured() {
    let mail = Smtp::start().when_times(2, At::Rcpt, "cid@", Act::Say("451 4.3.2 try later"));
    let scene = town(mail);
    scene.run().expect(5);
    for (token, name) in [(token(&scene, "bob@"), "b"), (scene.token("cid@example.net"), "c")] {
        let said = receive(&scene, &format!("From: x@example.org\nSubject: unsubscribe {token}\n\n"))
            .expect(0)
            .stdout;
        assert_eq!(
            said,
            format!(
                "{name}…@example.net unsubscribed, and is mailed nothing any more: asked to leave by a mail from x…@example.org \
                 (if who wrote it was forwarded a copy, `reveille recipients restore` takes it back)\n"
            )
        );
    }
    scene.run().expect(0);
    assert_eq!(scene.mailed(), ["ann@example.net", "bob@example.net"], "what was open is withdrawn");
    assert_eq!(mailed_next(&scene, TUESDAY, COMET), ["ann@example.net"]);
    assert!(scene.read("feeds.toml").contains("bob@example.net"));
}

#[test]
fn somebody_who_asks_to_leave_without_a_token_is_left_to_the_operator() {
    let scene = town(Smtp::start());
    scene.configure();
    for subject in ["unsubscribe", "unsubscribe AQEBAQEBAQEBAQEBAQEBAQEBAQEB"] {
        let ended = receive(&scene, &format!("From: bob@example.net\nSubject: {subject}\n\n")).expect(0);
        assert!(ended.stdout.is_empty() && ended.stderr.contains("recipients wishes"), "{}", ended.stderr);
    }
}

#[test]
fn a_message_is_received_while_a_run_is_at_work() {
    let scene = town(Smtp::start().when_times(1, At::Dot, "", Act::Stall));
    scene.configure();
    let mut run = scene.start(&["run", "-c", "feeds.toml", "--at", MORNING]);
    let begun = Instant::now();
    while scene.mail.connections() == 0 && begun.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let token = scene.token("bob@example.net");
    let ended = receive(&scene, &format!("Subject: unsubscribe {token}\n\n"));
    let still_at_work = run.try_wait().expect("a run").is_none();
    run.kill().expect("the run ends");
    run.wait().expect("the run ended");
    assert!(still_at_work && ended.expect(0).stdout.contains("unsubscribed"));
}

#[test]
fn a_reader_the_server_does_not_know_is_asked_for_once() {
    let scene = town(Smtp::start().when(At::Rcpt, "bob@", Act::Say("550 5.1.1 no such user")));
    scene.run().expect(5);
    assert_eq!(mailed_next(&scene, TUESDAY, COMET), ["ann@example.net", "cid@example.net"]);
    assert_eq!(scene.mail.commands().iter().filter(|command| command.contains("bob@")).count(), 1);
}

#[test]
fn a_server_that_refuses_everybody_suppresses_nobody() {
    let scene = town(Smtp::start().when(At::Rcpt, "", Act::Say("550 5.1.1 no such user")));
    scene.run().expect(5);
    let listed = scene.reveille(&["recipients", "suppressed", "-c", "feeds.toml"]).expect(0).stdout;
    assert_eq!(listed.lines().count(), 1, "{listed}");
}

#[test]
fn without_an_address_for_bounces_the_sender_is_plain_and_a_returned_message_id_names_the_reader() {
    let scene = town(Smtp::start()).sender("from = \"Morning Post <post@news.example.com>\"\n");
    scene.run().expect(0);
    assert_eq!(sender(&scene, "bob@"), "post@news.example.com");
    let taken =
        scene.mail.taken().into_iter().find(|taken| taken.to.concat().contains("bob@")).expect("a message");
    let data = String::from_utf8_lossy(&taken.data).into_owned();
    let id = data.lines().find(|line| line.starts_with("Message-ID:")).expect("an id").to_owned();
    let returned = format!("--b\nContent-Type: text/rfc822-headers\n\n{id}\n--b--\n");
    let message = report("post@news.example.com", "5.1.1").replace("--b--\n", &returned);
    assert!(receive(&scene, &message).expect(0).stdout.starts_with("b…@example.net bounced"));
}

#[test]
fn what_cannot_be_received_now_is_tried_again_by_the_mail_server() {
    let scene = town(Smtp::start());
    scene.configure();
    scene.write("state.db", "no database at all, but a shopping list ".repeat(50));
    let ended = receive(&scene, "Subject: hello\n\n").expect(75);
    assert!(ended.stderr.contains("state.db"), "{}", ended.stderr);
    scene.write("feeds.toml", "[newsletter\n");
    receive(&scene, "Subject: hello\n\n").expect(75);
    scene.reveille(&["receive", "-c", "feeds.toml", "--maildir", "nowhere"]).expect(2);
}

#[test]
fn a_forgotten_reader_is_erased_and_not_brought_back_by_an_import() {
    let scene = town(Smtp::start());
    scene.run().expect(0);
    scene.reveille(&["recipients", "forget", "Bob@example.net", "-c", "feeds.toml"]).expect(0);
    assert!(!scene.read("feeds.toml").contains("bob@"));
    let state = std::fs::read(scene.path("state.db")).expect("the state");
    assert!(!state.windows(4).any(|four| four == b"bob@"), "overwritten on the disk");
    assert_eq!(
        mailed_next(&scene, TUESDAY, COMET),
        ["ann@example.net", "cid@example.net"],
        "added once more"
    );

    let listed = scene.reveille(&["recipients", "suppressed", "-c", "feeds.toml"]).expect(0).stdout;
    assert!(listed.lines().nth(1).expect("a row").starts_with("bob@example.net  forgotten  "), "{listed}");
    scene.reveille(&["recipients", "restore", "bob@example.net", "-c", "feeds.toml"]).expect(0);
    assert_eq!(mailed_next(&scene, "2026-11-25T06:00:00Z", BRIDGE).len(), 3);
    scene.reveille(&["recipients", "restore", "bob@example.net", "-c", "feeds.toml"]).expect(2);
}

//! An edition mailed once more by hand: to a reader who has it, to one who has not, to nobody else; and what a `kill -9`
//! in the midst of it leaves.

use mail_parser::{Message, MessageParser};

use crate::scene::{
    COMET, Ended, FERRY, MORNING, Scene,
    http::Answer,
    rss,
    smtp::{Act, At, Smtp, Taken},
    watch::{End, Moment, Sight, Watch},
};

const EVENING: &str = "2026-11-22T18:00:00Z";
const SENDER: &str = "from = \"Morning Post <post@news.example.com>\"\nbounce_to = \"bounces@example.net\"\nretry_after = \"10ms\"\n";

fn town(mail: Smtp) -> Scene {
    Scene::with_mail(mail).outlet("Gazette", &[FERRY]).readers(&["ann", "bob"]).sender(SENDER)
}

fn resend(scene: &Scene, arguments: &[&str]) -> Ended {
    resend_at(scene, EVENING, arguments)
}

fn resend_at(scene: &Scene, at: &str, arguments: &[&str]) -> Ended {
    let always = ["resend", "2026-11-22", "-c", "feeds.toml", "--at", at];
    scene.reveille(&[&always[..], arguments].concat())
}

fn parsed(taken: &Taken) -> Message<'_> {
    MessageParser::default().parse(&taken.data).expect("a message")
}

fn id(taken: &Taken) -> String {
    parsed(taken).message_id().expect("a Message-ID").to_owned()
}

/// The messages that `name` got, in order.
fn to(scene: &Scene, name: &str) -> Vec<Taken> {
    scene.mail.taken().into_iter().filter(|taken| taken.to.concat().starts_with(name)).collect()
}

#[test]
fn a_copy_is_the_edition_as_it_was_sealed_under_a_message_id_of_its_own() {
    let scene =
        town(Smtp::start()).section("Sea").outlet("Herald", &[COMET]).section("Sky").readers(&["bob"]);
    let ann = "[[recipients]]\nemail = \"ann@example.net\"\nsections = [\"Sky\"]\n";
    let scene = scene.settings(ann);
    scene.run().expect(0);
    // What the outlets say by now is of no interest.
    scene.web.put("/Gazette.xml", Answer::ok("application/rss+xml", rss("Gazette", &[COMET])));
    let said = resend(&scene, &["--to", "Ann@example.net"]).expect(0).stdout;
    assert_eq!(said, "Sent the edition of 2026-11-22 to ann@example.net once more.\n");
    resend(&scene, &["--to", "ann@example.net"]).expect(0);
    let copies = to(&scene, "ann@");
    let messages: Vec<Message> = copies.iter().map(parsed).collect();
    let [first, second, third] = messages.as_slice() else { panic!("{} messages", messages.len()) };
    for copy in [second, third] {
        assert_eq!((copy.body_text(0), copy.body_html(0)), (first.body_text(0), first.body_html(0)));
        assert_eq!((copy.subject(), copy.references().as_text()), (first.subject(), first.message_id()));
    }
    assert!(first.body_text(0).is_some_and(|text| text.contains("comet")));
    assert_ne!(second.message_id(), first.message_id());
    assert_ne!(second.message_id(), third.message_id());
    assert_eq!(second.date().map(|date| date.to_rfc3339()).as_deref(), Some(EVENING));
    assert!(copies.iter().all(|taken| taken.from == copies[0].from), "a bounce names its reader");
    assert_eq!(to(&scene, "bob@").len(), 1);

    let told = scene.reveille(&["history", "2026-11-22", "--readers", "-c", "feeds.toml"]).expect(0).stdout;
    assert!(told.contains("2 copies were"), "{told}");
    assert_eq!(
        told.lines().filter(|line| line.starts_with("ann@") && line.contains("copy sent")).count(),
        2,
        "{told}"
    );
    scene.reveille(&["run", "-c", "feeds.toml", "--at", EVENING]).expect(0);
    assert_eq!(scene.mail.taken().len(), 4, "a run knows that all is done");
}

#[test]
fn a_bounce_of_a_copy_is_known_by_its_message_id() {
    let scene = town(Smtp::start());
    scene.run().expect(0);
    resend(&scene, &["--to", "ann@example.net"]).expect(0);
    let report = format!(
        "From: MAILER-DAEMON@mx.example.net\nTo: bounces@example.net\nSubject: Undelivered Mail\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSorry.\n\
         --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n\
         Final-Recipient: rfc822; ann@example.net\nAction: failed\nStatus: 5.1.1\n\n\
         --b\nContent-Type: message/rfc822\n\nMessage-ID: <{}>\nSubject: x\n\n--b--\n",
        id(&to(&scene, "ann@")[1])
    );
    let received =
        scene.fed(&["receive", "-c", "feeds.toml", "--at", EVENING], report.as_bytes()).expect(0).stdout;
    assert!(received.contains("a…@example.net bounced"), "{received}");
}

#[test]
fn who_was_put_off_or_came_later_is_sent_the_edition_itself() {
    let mail = Smtp::start().when(At::Rcpt, "bob@", Act::Say("451 4.3.2 try later"));
    let scene = town(mail);
    scene.run().expect(5);
    let still = resend(&scene, &["--to", "bob@example.net"]).expect(5).stderr;
    assert!(still.contains("put off: 451"), "{still}");
    scene.mail.recover();
    let said = resend(&scene, &["--to", "bob@example.net"]).expect(0).stdout;
    assert!(said.contains("was without it"), "{said}");
    let first = to(&scene, "bob@");
    assert_eq!((first.len(), parsed(&first[0]).references().as_text()), (1, None));

    scene.reveille(&["recipients", "add", "dora@example.net", "-c", "feeds.toml"]).expect(0);
    resend(&scene, &["--to", "dora@example.net"]).expect(0);
    let first = to(&scene, "dora@");
    assert_eq!(parsed(&first[0]).references().as_text(), None);
    resend(&scene, &["--to", "dora@example.net"]).expect(0);
    let copies = to(&scene, "dora@");
    assert_eq!(parsed(&copies[1]).references().as_text(), Some(id(&copies[0])).as_deref());
    let before = scene.mail.taken().len();
    scene.reveille(&["run", "-c", "feeds.toml", "--at", EVENING]).expect(0);
    assert_eq!(scene.mail.taken().len(), before);
}

#[test]
fn by_hand_too_a_server_that_takes_nothing_refuses_nobody_for_good() {
    let scene = town(Smtp::start().when(At::Rcpt, "", Act::Say("550 5.1.1 no such user")));
    scene.run().expect(5);
    resend(&scene, &["--to", "bob@example.net"]).expect(5);
    assert_eq!(scene.number("select count(*) from delivery where state = 'refused'"), 0);
    scene.mail.recover();
    scene.reveille(&["run", "-c", "feeds.toml", "--at", EVENING]).expect(0);
    assert_eq!(scene.mailed(), ["ann@example.net", "bob@example.net"], "a run tries again");
}

#[test]
fn a_copy_that_was_not_sent_is_sent_by_no_run_and_by_the_next_who_asks_under_the_same_message_id() {
    let scene = town(Smtp::start());
    scene.run().expect(0);
    let refusing = scene.mail.clone().when(At::Dot, "ann@", Act::Say("451 4.3.2 try later"));
    resend(&scene, &["--to", "ann@example.net"]).expect(5);
    refusing.recover();
    for at in [EVENING, "2026-11-23T06:00:00Z", "2026-11-24T06:00:00Z"] {
        scene.reveille(&["run", "-c", "feeds.toml", "--at", at, "--now"]).expect(0);
        assert_eq!(to(&scene, "ann@").len(), 1, "{at}");
    }
    assert_eq!(scene.number("select count(*) from copy"), 1);
    resend_at(&scene, "2026-11-24T07:00:00Z", &["--to", "ann@example.net"]).expect(0);
    assert_eq!(
        (to(&scene, "ann@").len(), scene.number("select count(*) from copy")),
        (2, 1),
        "the one that waited"
    );
}

#[test]
fn who_is_no_reader_or_wants_no_mail_is_sent_nothing_and_what_to_type_is_said() {
    let scene = town(Smtp::start());
    scene.configure();
    let no_state = resend(&scene, &["--to", "ann@example.net"]).expect(2).stderr;
    assert!(
        no_state.contains("there is no edition of 2026-11-22") && !scene.path("state.db").exists(),
        "{no_state}"
    );
    scene.run().expect(0);
    let stranger = resend(&scene, &["--to", "zoe@example.net"]).expect(2).stderr;
    for hint in ["reveille test-email zoe@example.net", "reveille recipients add zoe@example.net"] {
        assert!(stranger.contains(hint), "{stranger}");
    }
    let first = String::from_utf8_lossy(&to(&scene, "bob@")[0].data).into_owned();
    let token: String =
        first.split("subject=unsubscribe%20").nth(1).expect("a way out").chars().take(28).collect();
    let leave = format!("From: bob@example.net\nTo: bounces@example.net\nSubject: unsubscribe {token}\n\n");
    scene.fed(&["receive", "-c", "feeds.toml", "--at", MORNING], leave.as_bytes()).expect(0);
    let left = resend(&scene, &["--to", "bob@example.net"]).expect(2).stderr;
    assert!(left.contains("unsubscribed since 2026-11-22"), "{left}");
    assert!(left.contains("reveille recipients restore bob@example.net"), "{left}");
    let listed = scene.reveille(&["recipients", "list", "-c", "feeds.toml"]).expect(0).stdout;
    assert!(
        listed.lines().any(|line| line.starts_with("bob@") && line.ends_with("no: unsubscribed 2026-11-22")),
        "{listed}"
    );
    assert!(listed.lines().any(|line| line.starts_with("ann@") && line.ends_with("yes")), "{listed}");
    let never =
        scene.reveille(&["resend", "2026-11-01", "--to", "ann@example.net", "-c", "feeds.toml"]).expect(2);
    assert!(never.stderr.contains("reveille history"), "{}", never.stderr);
    scene.reveille(&["resend", "2026-11-22", "-c", "feeds.toml"]).expect(2);
    assert_eq!(scene.mail.taken().len(), 2);
}

#[test]
fn a_copy_whose_sender_was_killed_is_sent_again_under_the_same_message_id() {
    let scene = town(Smtp::start());
    scene.run().expect(0);
    let ask = ["resend", "2026-11-22", "--to", "ann@example.net", "-c", "feeds.toml", "--at", EVENING];
    let watch = Watch::default();
    scene.mail.watched_by(&watch);
    for (sight, nth) in
        [(Sight::Connected, 1), (Sight::Command, 3), (Sight::Byte, 2000), (Sight::Accepted, 1)]
    {
        let end = watch.over(|| scene.start(&ask), Moment::Nth(sight, nth));
        assert!(matches!(end, End::Killed), "{sight:?}");
    }
    scene.mail.watched_by(&Watch::default());
    assert_eq!(to(&scene, "ann@").len(), 2, "the last of them was accepted, and nobody knows");
    let told = scene.reveille(&["history", "2026-11-22", "-c", "feeds.toml"]).expect(0).stdout;
    assert!(told.contains("copy no answer  "), "{told}");
    resend_at(&scene, "2026-11-23T09:00:00Z", &["--to", "ann@example.net"]).expect(0);
    resend_at(&scene, "2026-11-23T10:00:00Z", &["--to", "ann@example.net"]).expect(0);
    let copies = to(&scene, "ann@");
    let ids: Vec<String> = copies.iter().map(id).collect();
    assert_eq!((ids.len(), ids[1] == ids[2], ids[0] == ids[1], ids[2] == ids[3]), (4, true, false, false));
    assert_eq!(copies[1].data, copies[2].data);
}

#[test]
fn all_who_are_without_it_are_tried_again_but_not_who_left() {
    let mail = Smtp::start()
        .when(At::Rcpt, "bob@", Act::Say("550 5.2.1 mailbox disabled"))
        .when(At::Rcpt, "cid@", Act::Say("550 5.1.1 unknown"))
        .when(At::Rcpt, "dora@", Act::Say("451 4.3.2 try later"));
    let scene = town(mail).readers(&["ann", "bob", "cid", "dora", "eve"]);
    scene.run().expect(5);
    let still = resend(&scene, &["--failed"]).expect(5).stderr;
    assert!(still.contains("to 0 of those who were without it; 3 still are"), "{still}");
    scene.mail.recover();
    let done = resend(&scene, &["--failed"]).expect(5).stderr;
    assert!(done.contains("to 2 of those who were without it; 1 still are"), "{done}");
    assert_eq!(scene.mailed(), ["ann@example.net", "bob@example.net", "dora@example.net", "eve@example.net"]);
    let told = scene.reveille(&["history", "2026-11-22", "-c", "feeds.toml"]).expect(0).stdout;
    assert!(told.contains("5.1.1"), "why cid was refused is still known: {told}");
}

#[test]
fn an_edition_whose_readers_are_forgotten_is_sent_to_nobody_but_who_is_named() {
    let scene = town(Smtp::start().when(At::Rcpt, "bob@", Act::Say("550 5.2.1 mailbox disabled")));
    scene.run().expect(5);
    scene.mail.recover();
    // As pruning leaves it, which spares the newest editions.
    scene.sql(
        "update edition set totals = '{\"pending\":0,\"sent\":1,\"deferred\":0,\"refused\":1,\"withdrawn\":0,\"written\":0,\"filed\":0,\"copies\":0}'",
    );
    scene.sql("delete from delivery");
    let before = scene.mail.taken().len();
    let refused = resend_at(&scene, "2027-02-22T07:00:00Z", &["--failed"]).expect(2);
    assert!(refused.stdout.is_empty() && refused.stderr.contains("--to ADDRESS"), "{}", refused.stderr);
    assert_eq!(scene.mail.taken().len(), before);
    resend_at(&scene, "2027-02-22T07:00:00Z", &["--to", "bob@example.net"]).expect(0);
    assert_eq!(scene.mail.taken().len(), before + 1);
}

#[test]
fn beside_a_run_it_waits_and_an_outbox_takes_the_place_of_a_server() {
    let scene = town(Smtp::start().when_times(1, At::Dot, "bob@", Act::Stall));
    scene.configure();
    let mut run = scene.start(&["run", "-c", "feeds.toml", "--at", MORNING]);
    let patience = std::time::Instant::now();
    while scene.mail.taken().len() < 2 && patience.elapsed().as_secs() < 60 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let mut waits = scene.start(&[
        "resend",
        "2026-11-22",
        "-c",
        "feeds.toml",
        "--at",
        MORNING,
        "--to",
        "ann@example.net",
    ]);
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert!(waits.try_wait().expect("a command").is_none(), "it waits");
    run.kill().expect("ended");
    run.wait().expect("ended");
    assert!(waits.wait().expect("ended").success());
    scene.run().expect(0);
    let before = scene.mail.taken().len();
    let written = resend(&scene, &["--to", "ann@example.net", "--outbox", "out"]).expect(0);
    assert!(written.stdout.contains("is written to out, and nothing is mailed"), "{}", written.stdout);
    assert_eq!(scene.mail.taken().len(), before);
    let files = std::fs::read_dir(scene.path("out")).expect("a folder");
    let names: Vec<String> =
        files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(names.len(), 1);
    assert!(names[0].starts_with("2026-11-22.ann@example.net.") && names[0].ends_with(".eml"), "{names:?}");
}

//! What `history` says of the editions of the past, while a run is on too, and what it leaves alone.

use std::time::{Duration, Instant};

use crate::scene::{
    COMET, Ended, FERRY, MORNING, Scene,
    http::Answer,
    rss,
    smtp::{Act, At, Smtp},
};

fn town(mail: Smtp) -> Scene {
    let sender = "from = \"Morning Post <post@news.example.com>\"\nretry_after = \"10ms\"\n";
    Scene::with_mail(mail).outlet("Gazette", &[FERRY, COMET]).readers(&["ann", "bob", "cid"]).sender(sender)
}

fn history(scene: &Scene, arguments: &[&str]) -> Ended {
    history_at(scene, MORNING, arguments)
}

fn history_at(scene: &Scene, at: &str, arguments: &[&str]) -> Ended {
    let always = ["history", "-c", "feeds.toml", "--at", at];
    scene.reveille(&[&always[..], arguments].concat())
}

/// A town whose mail server does not know bob, and puts cid off.
fn troubled() -> Scene {
    let mail = Smtp::start()
        .when(At::Rcpt, "bob@", Act::Say("550 5.2.1 <bob@example.net>: mailbox disabled"))
        .when(At::Rcpt, "cid@", Act::Say("451 4.3.2 try later"));
    let scene = town(mail);
    scene.run().expect(5);
    scene
}

#[test]
fn where_nothing_was_mailed_it_says_so_and_makes_no_state() {
    let scene = town(Smtp::start());
    scene.configure();
    let ended = history(&scene, &[]).expect(2);
    assert!(
        ended.stderr.contains("no history yet") && ended.stderr.contains("reveille run"),
        "{}",
        ended.stderr
    );
    history(&scene, &["2026-11-22"]).expect(2);
    assert!(!scene.path("state.db").exists() && !scene.path("state.db.lock").exists());
}

#[test]
fn editions_and_quiet_days_are_listed_newest_first() {
    let scene = troubled();
    scene.write(
        "feeds.toml",
        scene.read("feeds.toml").replace("[newsletter]\n", "[newsletter]\nmin_stories = 5\n"),
    );
    let comet =
        rss("Gazette", &[("Tarrow mill burns down", "<p>The mill of Tarrow burnt down on Monday.</p>")]);
    scene
        .web
        .put("/Gazette.xml", Answer::ok("application/rss+xml", comet.replace("Sun, 22 Nov", "Mon, 23 Nov")));
    scene.reveille(&["run", "-c", "feeds.toml", "--at", "2026-11-23T06:30:00Z", "--now"]);
    let preview = ["preview", "-c", "feeds.toml", "--output", "-", "--at", "2026-11-23T07:00:00Z"];
    let preview = scene.reveille(&preview).expect(0).stdout;
    assert!(
        preview.contains("1 story since 2026-11-22 06:00, of which fewer than 5 can be printed"),
        "{preview}"
    );
    insta::assert_snapshot!(history(&scene, &[]).expect(0).stdout, @r"
    EDITION     NO.  SEALED  STORIES  READERS  SENT  REFUSED  OPEN  LEFT  TOOK
    2026-11-23       06:30   1                                            quiet
    2026-11-22  1    06:00   2        3        1     1        1     0     goes on
    ");
    let late = history_at(&scene, "2026-11-25T06:00:00Z", &["--last", "2"]).expect(0).stdout;
    assert!(late.contains("given up"), "{late}");
    assert_eq!(history(&scene, &["--last", "1"]).expect(0).stdout.lines().count(), 2);
    let json = history(&scene, &["--json"]).expect(0).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let edition = &json["editions"][0];
    assert_eq!((&edition["sent"], &edition["refused"], &edition["open"]), (&1.into(), &1.into(), &1.into()));
    assert_eq!((&edition["state"], &json["quiet"][0]["date"]), (&"open".into(), &"2026-11-23".into()));
    let quiet = history(&scene, &["2026-11-23"]).expect(0).stdout;
    assert!(quiet.contains("No edition on 2026-11-23: 1 story"), "{quiet}");
    for (day, at) in [("latest", "2026-11-25T06:00:00Z"), ("yesterday", "2026-11-23T06:00:00Z")] {
        let issue = history_at(&scene, at, &[day]).expect(0).stdout;
        assert!(issue.starts_with("Edition of 2026-11-22 "), "{day}: {issue}");
    }
    let none = history(&scene, &["2026-11-01"]).expect(2).stderr;
    assert!(none.contains("no edition of 2026-11-01"), "{none}");
}

#[test]
fn of_one_edition_it_tells_who_is_without_and_why_by_name_only_when_asked() {
    let scene = troubled();
    let told = history(&scene, &["2026-11-22"]).expect(0).stdout;
    assert!(!told.contains("bob@") && !told.contains("ann@") && !told.contains("cid@"), "{told}");
    let told = told.replace("went out 1 s", "went out 0 s").replace("went out 2 s", "went out 0 s");
    insta::assert_snapshot!(told, @r"
    Edition of 2026-11-22 (number 1), sealed at 06:00

      1  Kestrel ferry to sail again on Monday (Gazette)
      2  Tarrow observatory finds a comet (Gazette)

    3 readers: 1 sent, 1 refused by the mail server, 1 open, to be tried again by
    the next run. The last message went out 0 s after sealing.

    READER          MESSAGE  TRIED  LAST CHANGE
    b…@example.net  refused  1      2026-11-22 06:00
        refused for good: 550 5.2.1 <b…@example.net>: mailbox disabled
    c…@example.net  put off  2      2026-11-22 06:00
        put off: 451 4.3.2 try later
    ");
    let named = history(&scene, &["2026-11-22", "--readers"]).expect(0).stdout;
    let rows = named.split_once("LAST CHANGE\n").expect("a table").1;
    insta::assert_snapshot!(rows, @r"
    ann@example.net  sent     1      2026-11-22 06:00
    bob@example.net  refused  1      2026-11-22 06:00
        refused for good: 550 5.2.1 <bob@example.net>: mailbox disabled
    cid@example.net  put off  2      2026-11-22 06:00
        put off: 451 4.3.2 try later
    ");
    let json = history(&scene, &["2026-11-22", "--json"]).expect(0).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["messages"].as_array().map(Vec::len), Some(2), "{json}");
    assert_eq!(
        (&json["messages"][0]["state"], &json["messages"][0]["reader"]),
        (&"refused".into(), &"b…@example.net".into())
    );
    assert_eq!(json["headlines"][0]["outlet"], "Gazette");
}

#[test]
fn it_reads_beside_a_run() {
    let scene = town(Smtp::start().when(At::Dot, "bob@", Act::Stall));
    scene.configure();
    let mut run = scene.start(&["run", "-c", "feeds.toml", "--at", MORNING]);
    let patience = Instant::now();
    while scene.mail.taken().len() < 3 && patience.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let told = history(&scene, &[]);
    let is_on = run.try_wait().expect("a child of ours").is_none();
    run.kill().expect("ended");
    run.wait().expect("ended");
    let told = told.expect(0).stdout;
    assert!(is_on && told.contains("goes on"), "{told}");
}

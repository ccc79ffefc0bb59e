//! Pull often, mail once: what was in a feed for a while only is in the next edition, once.

use std::{fs::File, thread, time::Duration};

use crate::scene::{
    Scene,
    http::Answer,
    smtp::{Smtp, Taken},
};

const FERRY: (&str, &str) = (
    "Kestrel ferry to sail again",
    "<p>The ferry to Kestrel Island sails again on Monday, its owners said.</p>",
);
const BRIDGE: (&str, &str) =
    ("Lorry hits Old Mint Bridge", "<p>A lorry struck the Old Mint Bridge in Tarrow. Nobody was hurt.</p>");
const CHOIR: (&str, &str) = (
    "Sollund choir wins contest",
    "<p>The harbour choir of Sollund won the contest with a shanty of its cook.</p>",
);

fn gazette() -> Scene {
    let scene = Scene::with_mail(Smtp::start()).outlet("Gazette", &[]).readers(&["ann"]);
    scene.configure();
    scene
}

/// From now on the feed holds these entries alone, published at that time.
fn holds(scene: &Scene, published: &str, entries: &[(&str, &str)]) {
    let items: String = entries
        .iter()
        .map(|(title, body)| {
            format!(
                "<item><title>{title}</title><guid>{title}</guid><link>http://gazette.example/{}</link>\
                 <pubDate>{published} GMT</pubDate><description><![CDATA[{body}]]></description></item>",
                title.len()
            )
        })
        .collect();
    let feed = format!("<rss version=\"2.0\"><channel><title>Gazette</title>{items}</channel></rss>");
    scene.web.put("/Gazette.xml", Answer::ok("application/rss+xml", feed));
}

fn pull(scene: &Scene, at: &str) {
    let ended = scene.reveille(&["pull", "--config", "feeds.toml", "--at", at]).expect(0);
    assert_eq!((ended.stdout.as_str(), ended.stderr.as_str()), ("", ""), "quiet on success");
}

fn print(mails: &[Taken]) -> Vec<String> {
    mails.iter().map(|mail| String::from_utf8_lossy(&mail.data).into_owned()).collect()
}

#[test]
fn what_left_the_feed_before_the_morning_is_printed_and_a_pull_mails_nobody() {
    let scene = gazette();
    holds(&scene, "Sat, 21 Nov 2026 13:00:00", &[FERRY]);
    pull(&scene, "2026-11-21T14:00:00Z");
    holds(&scene, "Sat, 21 Nov 2026 19:00:00", &[BRIDGE]);
    pull(&scene, "2026-11-21T20:00:00Z");
    assert!(scene.mailed().is_empty());
    assert!(!scene.reveille(&["history", "--json"]).stdout.contains("2026-11"), "no edition");
    holds(&scene, "Sun, 22 Nov 2026 05:00:00", &[CHOIR]);
    scene.run_at("2026-11-22T06:00:00Z").expect(0);
    let mails = print(&scene.mail.taken());
    assert_eq!(mails.len(), 1);
    for (title, _) in [FERRY, BRIDGE, CHOIR] {
        assert!(mails[0].contains(title), "{title} in {}", mails[0]);
    }
}

#[test]
fn an_entry_belongs_to_the_first_edition_after_it_was_seen_and_to_no_other() {
    let scene = gazette();
    holds(&scene, "Fri, 20 Nov 2026 05:00:00", &[FERRY]);
    scene.run_at("2026-11-20T06:00:00Z").expect(0);
    // The feed is late: its entry is dated before the last edition, and gone before the next.
    holds(&scene, "Fri, 20 Nov 2026 03:00:00", &[BRIDGE]);
    pull(&scene, "2026-11-20T15:00:00Z");
    pull(&scene, "2026-11-20T17:00:00Z");
    holds(&scene, "Fri, 20 Nov 2026 20:00:00", &[CHOIR]);
    for at in ["2026-11-20T21:00:00Z", "2026-11-20T23:00:00Z"] {
        pull(&scene, at);
    }
    scene.run_at("2026-11-21T06:00:00Z").expect(0);
    pull(&scene, "2026-11-21T12:00:00Z");
    scene.run_at("2026-11-22T06:00:00Z").expect(0);
    let mails = print(&scene.mail.taken());
    assert_eq!(mails.len(), 2, "nothing new on the third day");
    assert!(mails[0].contains(FERRY.0) && !mails[1].contains(FERRY.0));
    assert!(mails[1].contains(BRIDGE.0) && mails[1].contains(CHOIR.0), "{}", mails[1]);
}

#[test]
fn a_pull_leaves_the_work_to_another_one_and_a_run_waits_for_it() {
    let scene = gazette();
    holds(&scene, "Sun, 22 Nov 2026 05:00:00", &[FERRY]);
    let turn = File::create(scene.path("state.db.pull")).expect("a lock");
    turn.lock().expect("locked");
    pull(&scene, "2026-11-22T05:30:00Z");
    assert!(scene.web.asked().is_empty(), "another one is at it");
    let giving_back = thread::spawn(move || {
        thread::sleep(Duration::from_millis(300));
        drop(turn);
    });
    scene.run_at("2026-11-22T06:00:00Z").expect(0);
    giving_back.join().expect("given back");
    assert_eq!((scene.mailed().len(), scene.web.asked().len()), (1, 1));
}

#[test]
fn a_pull_stores_what_it_finds_beside_a_run_that_mails() {
    let scene = gazette();
    holds(&scene, "Sun, 22 Nov 2026 05:00:00", &[FERRY]);
    scene.run_at("2026-11-22T06:00:00Z").expect(0);
    let run = File::create(scene.path("state.db.lock")).expect("a lock");
    run.lock().expect("locked");
    holds(&scene, "Sun, 22 Nov 2026 07:00:00", &[BRIDGE]);
    pull(&scene, "2026-11-22T07:10:00Z");
    drop(run);
    holds(&scene, "Sun, 22 Nov 2026 20:00:00", &[CHOIR]);
    scene.run_at("2026-11-23T06:00:00Z").expect(0);
    let mails = print(&scene.mail.taken());
    assert!(mails[1].contains(BRIDGE.0) && mails[1].contains(CHOIR.0), "{}", mails[1]);
}

#[test]
fn the_same_document_is_not_read_again_and_another_one_is() {
    let scene = gazette();
    holds(&scene, "Sat, 21 Nov 2026 13:00:00", &[FERRY]);
    pull(&scene, "2026-11-21T14:00:00Z");
    scene.sql("update entry set body = replace(body, 'Kestrel ferry', 'Untouched ferry')");
    pull(&scene, "2026-11-21T20:00:00Z");
    scene.run_at("2026-11-22T06:00:00Z").expect(0);
    assert!(print(&scene.mail.taken()).iter().any(|mail| mail.contains("Untouched ferry")));
    holds(&scene, "Sun, 22 Nov 2026 20:00:00", &[FERRY, BRIDGE]);
    scene.run_at("2026-11-23T06:00:00Z").expect(0);
    let mails = print(&scene.mail.taken());
    assert!(mails.last().is_some_and(|mail| mail.contains(BRIDGE.0)), "{mails:?}");
}

#[test]
fn a_pull_that_reads_no_feed_says_so_and_servers_decide_how_often_they_are_asked() {
    let scene = gazette();
    scene.web.put("/Gazette.xml", Answer::error(404));
    let ended = scene.reveille(&["pull", "--at", "2026-11-22T05:00:00Z"]).expect(4);
    assert!(ended.stderr.contains("Gazette cannot be read"), "{}", ended.stderr);
    let ended = scene.reveille(&["pull", "--json", "--at", "2026-11-22T05:30:00Z"]).expect(4);
    assert!(ended.stdout.contains("\"exit\":4") && ended.stdout.contains("\"failed\":1"), "{}", ended.stdout);

    scene.web.put("/Gazette.xml", Answer::error(503).with("retry-after", "7200"));
    scene.reveille(&["pull", "--at", "2026-11-22T06:00:00Z"]).expect(4);
    let feed = "<rss version=\"2.0\"><channel><title>Gazette</title></channel></rss>";
    let feed = Answer::ok("application/rss+xml", feed).with("cache-control", "max-age=3600");
    scene.web.put("/Gazette.xml", feed);
    scene.reveille(&["pull", "--at", "2026-11-22T07:30:00Z"]).expect(4);
    assert_eq!(scene.web.asked_since().len(), 3, "left alone for two hours");
    for at in ["08:00", "08:30", "08:55", "09:05"] {
        pull(&scene, &format!("2026-11-22T{at}:00Z"));
    }
    assert_eq!(scene.web.asked_since().len(), 2, "once an hour, as its server wants it");
}

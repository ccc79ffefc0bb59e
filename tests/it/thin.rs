//! A thin morning: most feeds are down. It is said, the edition waits for a later run, and doctor does not call it well.

use crate::scene::{
    Scene,
    http::Answer,
    smtp::{Smtp, Taken},
};

const NEWS: [&str; 6] = [
    "Bakers of Tolm raise the price of rye loaves",
    "Glider pilot crosses Hessar mountains in silence",
    "Parliament at Ormund votes to drain the marsh",
    "Museum in Caldry finds forged Flemish drawings",
    "Volcano on Pellow island wakes after ninety years",
    "Locusts strip vineyards near Brannick",
];
const OUTLETS: [&str; 6] = ["Gazette", "Courier", "Herald", "Beacon", "Tribune", "Packet"];

fn town(wait_for: &str) -> Scene {
    let mut scene = Scene::with_mail(Smtp::start()).readers(&["ann"]);
    for (outlet, title) in OUTLETS.iter().zip(NEWS) {
        scene =
            scene.outlet(outlet, &[(title, &format!("<p>{title}, it was said on Saturday evening.</p>"))]);
    }
    scene.newsletter(&format!(
        "title = \"Morning Post\"\nwait_for = \"{wait_for}\"\neditor = \"ann@example.net\"\n"
    ))
}

/// From now on the feeds of these outlets are down.
fn take_down(scene: &Scene, outlets: &[&str]) {
    for outlet in outlets {
        scene.web.put(&format!("/{outlet}.xml"), Answer::error(404));
    }
}

fn bring_back(scene: &Scene) {
    let whole = town("45m");
    for outlet in OUTLETS {
        let path = format!("/{outlet}.xml");
        scene.web.put(&path, Answer::ok("application/rss+xml", whole.web.body(&path)));
    }
}

fn print(mails: &[Taken]) -> String {
    mails.iter().map(|mail| String::from_utf8_lossy(&mail.data).into_owned()).collect()
}

fn doctor(scene: &Scene, at: &str, status: i32) -> String {
    let said = scene.reveille(&["doctor", "--at", at]).expect(status).stdout;
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn an_edition_waits_for_the_next_run_when_most_feeds_are_down() {
    let scene = town("45m");
    take_down(&scene, &OUTLETS[1..]);
    let held = scene.run_at("2026-11-22T06:00:00Z").expect(4);
    for said in ["5 of 6 feeds could not be read", "from 06:45 on", "Courier cannot be read", "2 more cannot"]
    {
        assert!(held.stderr.contains(said), "{said} in {}", held.stderr);
    }
    assert!(scene.mailed().is_empty());
    let said = doctor(&scene, "2026-11-22T06:10:00Z", 4);
    for word in ["No edition of 2026-11-22", "is held for a later run", "2026-11-22 06:45", "$ reveille run"]
    {
        assert!(said.contains(word), "{word} in {said}");
    }
    let said = doctor(&scene, "2026-11-22T09:00:00Z", 4);
    assert!(said.contains("none has begun") && !said.contains("All is well"), "{said}");
    let json = scene.reveille(&["run", "--json", "--now", "--at", "2026-11-22T06:20:00Z"]).expect(4).stdout;
    assert!(
        json.contains("\"held_until\":\"2026-11-22T06:45:00Z\"") && json.contains("\"sealed\":false"),
        "{json}"
    );

    bring_back(&scene);
    let ended = scene.reveille(&["run", "--now", "--at", "2026-11-22T06:40:00Z"]).expect(0);
    assert_eq!(ended.stderr, "");
    let mail = print(&scene.mail.taken());
    assert!(NEWS.iter().all(|title| mail.contains(&title[..20])), "{mail}");
    scene.reveille(&["run", "--now", "--at", "2026-11-22T07:00:00Z"]).expect(0);
    assert_eq!(scene.mailed().len(), 1);
    assert!(doctor(&scene, "2026-11-22T08:00:00Z", 0).contains("All is well"));
}

#[test]
fn past_its_limit_it_is_mailed_with_what_there_is_and_that_is_said() {
    for (wait_for, last) in [("45m", "06:50"), ("06:30", "06:30")] {
        let scene = town(wait_for);
        take_down(&scene, &OUTLETS[1..]);
        scene.run_at("2026-11-22T06:00:00Z").expect(4);
        let ended = scene.run_at(&format!("2026-11-22T{last}:00Z")).expect(0);
        assert!(
            ended.stderr.contains("5 of 6 feeds could not be read; the edition is made of what"),
            "{}",
            ended.stderr
        );
        assert_eq!(scene.mailed().len(), 1);
        let mail = print(&scene.mail.taken()).replace("=\r\n", "");
        assert!(
            mail.contains("5 of 6 feeds could not be read for this edition"),
            "the editor reads it: {mail}"
        );
        let said = doctor(&scene, "2026-11-22T08:00:00Z", 0);
        assert!(said.contains("5 of 6 feeds could not be read") && !said.contains("All is well"), "{said}");
        // What comes later is in the next one.
        bring_back(&scene);
        scene.reveille(&["pull", "--now", "--at", "2026-11-22T09:00:00Z"]).expect(0);
        scene.run_at("2026-11-23T06:00:00Z").expect(0);
        let taken = scene.mail.taken();
        assert!(print(&taken[1..]).contains("Glider pilot"), "{}", print(&taken));
    }
}

#[test]
fn with_every_feed_down_nothing_is_sealed_unless_they_were_read_a_little_while_ago() {
    let scene = town("45m");
    take_down(&scene, &OUTLETS);
    scene.run_at("2026-11-22T06:00:00Z").expect(4);
    scene.run_at("2026-11-22T09:00:00Z").expect(4);
    assert!(scene.mailed().is_empty());
    let scene = town("45m");
    scene.configure();
    scene.reveille(&["pull", "--at", "2026-11-22T05:30:00Z"]).expect(0);
    take_down(&scene, &OUTLETS);
    let ended = scene.reveille(&["run", "--now", "--at", "2026-11-22T06:00:00Z"]).expect(0);
    assert!(ended.stderr.contains("6 of 6 feeds could not be read"), "{}", ended.stderr);
    assert_eq!(scene.mailed().len(), 1);
}

#[test]
fn where_no_later_run_comes_nothing_waits_and_nor_does_it_for_a_small_part() {
    let scene = town("45m");
    for day in [19, 20, 21] {
        scene.run_at(&format!("2026-11-{day}T06:00:00Z")).expect(0);
    }
    take_down(&scene, &OUTLETS[..4]);
    scene.run_at("2026-11-22T06:00:00Z").expect(0);
    let scene = town("0s");
    take_down(&scene, &OUTLETS[1..]);
    scene.run_at("2026-11-22T06:00:00Z").expect(0);
    let scene = town("45m");
    take_down(&scene, &OUTLETS[4..]);
    let ended = scene.run_at("2026-11-22T06:00:00Z").expect(0);
    assert_eq!((ended.stderr.as_str(), scene.mailed().len()), ("", 1), "a first hiccup is no news");
    let said = doctor(&scene, "2026-11-22T08:00:00Z", 0);
    assert!(said.contains("2 of 6 feeds could not be read") && !said.contains("All is well"), "{said}");
}

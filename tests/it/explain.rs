//! Why an edition is as it is, as an editor asks for it: by number, by words, by link.

use crate::scene::{Ended, MORNING, Scene};

/// An agency's report, which two outlets carry.
const REPORT: &str = "The ferry Kestrel ran aground off Sollund early on Sunday with 214 passengers aboard, the coast guard \
    said. Nobody was hurt. Tugs from three harbours pulled at her stern until the morning tide, and divers found a hole of \
    four metres below the engine room. The line has stopped all crossings until the sister ship returns from the yard. \
    \"She will not sail again before the new year,\" said Ida Brask, the harbour master of Sollund.";
const OWN: &str = "All 214 passengers of the Kestrel were taken off by lifeboat after the ferry struck ground off Sollund \
    before dawn on Sunday. Tugs had her afloat again by breakfast. The owners said a survey of the hull would decide when \
    she sails, and that lorries for the island would be turned away until then.";
const BRIDGE: &str = "A lorry struck the Old Mint Bridge in Tarrow on Saturday night and brought down part of its railing. \
    Nobody was hurt. The bridge is closed to heavy traffic until engineers have looked at it.";
const FERRIES: &str = "Crews of the ferries between Velsund and the outer islands voted on Saturday to strike over night \
    shifts in January. Their union spoke of 37 sailings that would be lost, the owners of a matter for the courts. It is the \
    second vote since August, when talks on pay ended after a single hour and both sides left by the back door.";
const CHOIR: &str =
    "The harbour choir of Velsund won the national song contest with a shanty written by its own cook.";

fn feed(outlet: &str, entries: &[(&str, &str, &str)]) -> String {
    let items: String = entries
        .iter()
        .zip(1..)
        .map(|((time, title, text), n)| {
            format!(
                "<item><title>{title}</title><link>http://{outlet}.example/{n}</link><guid>{outlet}-{n}</guid>\
                 <pubDate>Sun, 22 Nov 2026 {time}:00 GMT</pubDate><description><![CDATA[<p>{text}</p>]]></description></item>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{outlet}</title>{items}</channel></rss>"
    )
}

/// A newsletter of three outlets with room for two stories.
fn town() -> Scene {
    let scene = Scene::new()
        .feed("Gazette", "gazette.xml")
        .feed("Herald", "herald.xml")
        .feed("Courier", "courier.xml")
        .readers(&["ann"]);
    let gazette = [
        ("05:10", "Kestrel ferry aground off Sollund", OWN),
        ("04:00", "Lorry hits Old Mint Bridge", BRIDGE),
    ];
    let herald = [("04:40", "214 taken off as ferry Kestrel runs aground", REPORT)];
    let courier = [
        ("03:50", "Choir of Velsund wins song contest", CHOIR),
        ("03:40", "Tugs free stranded ferry at Sollund", REPORT),
        ("01:00", "Velsund ferry crews vote to strike", FERRIES),
    ];
    scene.write("gazette.xml", feed("gazette", &gazette));
    scene.write("herald.xml", feed("herald", &herald));
    scene.write("courier.xml", feed("courier", &courier));
    scene
}

fn run(scene: &Scene, at: &str) -> Ended {
    scene.configure();
    let room = "max_stories = 2\nfocus = [\"ferries\"]\ntitle =";
    let config = scene.read("feeds.toml").replace("title =", room);
    scene.write("feeds.toml", config);
    scene.reveille(&["run", "--at", at]).expect(0)
}

#[test]
fn an_edition_lists_what_was_printed_and_what_was_left_out() {
    let scene = town();
    run(&scene, MORNING);
    insta::assert_snapshot!(scene.reveille(&["explain"]).expect(0).stdout);
}

#[test]
fn a_story_is_explained_by_number_by_words_and_by_link() {
    let scene = town();
    run(&scene, MORNING);
    let by_number = scene.reveille(&["explain", "1"]).expect(0).stdout;
    insta::assert_snapshot!(by_number);
    for asked in [
        &["kestrel", "aground"][..],
        &["https://www.courier.example/2?utm_source=mail#lead"],
        &["FREE", "ferry"],
    ] {
        let arguments: Vec<&str> = [&["explain"], asked].concat();
        assert_eq!(scene.reveille(&arguments).expect(0).stdout, by_number, "{asked:?}");
    }
    assert!(by_number.lines().all(|line| line.chars().count() <= 80), "{by_number}");
}

#[test]
fn a_story_that_was_left_out_is_explained_as_well() {
    let scene = town();
    run(&scene, MORNING);
    insta::assert_snapshot!(scene.reveille(&["explain", "crews", "strike"]).expect(0).stdout);
}

#[test]
fn an_unknown_story_is_bad_usage_and_says_what_was_looked_for() {
    let scene = town();
    run(&scene, MORNING);
    for (asked, told) in [
        ("9", "has 2 stories; there is no number 9"),
        ("volcano", "no story kept of 2026-11-22 has the words \"volcano\" in a headline"),
        ("http://herald.example/99", "holds the article http://herald.example/99"),
        (
            "velsund",
            "2 stories have the words \"velsund\" in a headline; say more of them:\n  left out: Velsund ferry",
        ),
    ] {
        let ended = scene.reveille(&["explain", asked]).expect(2);
        assert_eq!(ended.stdout, "");
        assert!(ended.stderr.contains(told), "{asked}: {}", ended.stderr);
    }
    let ended = scene.reveille(&["explain", "--edition", "2026-11-01"]).expect(2);
    assert!(ended.stderr.contains("no edition of 2026-11-01"), "{}", ended.stderr);
}

#[test]
fn before_any_edition_it_says_what_to_do_and_leaves_no_state() {
    let scene = town();
    scene.configure();
    let ended = scene.reveille(&["explain"]).expect(2);
    assert!(
        ended.stderr.contains("no edition is sealed yet") && ended.stderr.contains("reveille run"),
        "{}",
        ended.stderr
    );
    assert!(!scene.path("state.db").exists());
    scene.reveille(&["preview", "--at", MORNING]).expect(0);
    scene.reveille(&["explain"]).expect(2);
}

#[test]
fn a_day_without_an_edition_says_what_was_printed_before() {
    let scene = town();
    run(&scene, MORNING);
    let late = [
        ("04:40", "214 taken off as ferry Kestrel runs aground", REPORT),
        ("06:30", "Ferry Kestrel aground off Sollund with 214 aboard", REPORT),
    ];
    scene.write("herald.xml", feed("herald", &late));
    run(&scene, "2026-11-23T06:00:00Z");
    let today = scene.reveille(&["explain"]).expect(0).stdout;
    assert!(today.starts_with("No edition was made on 2026-11-23: 1 article on 0 stories."), "{today}");
    let told = "Printed in the edition of 2026-11-22, and nothing new:\n                2  Kestrel ferry aground off Sollund (Gazette)";
    assert!(today.contains(told), "{today}");
    assert_eq!(scene.reveille(&["explain", "--edition", "latest"]).expect(0).stdout, today);
    let before = scene.reveille(&["explain", "--edition", "2026-11-22"]).expect(0).stdout;
    assert!(before.starts_with("Morning Post, edition of 2026-11-22:"), "{before}");
}

#[test]
fn machines_get_the_same_as_one_json_object() {
    let scene = town();
    run(&scene, MORNING);
    let object = |arguments: &[&str]| -> serde_json::Value {
        serde_json::from_str(&scene.reveille(arguments).expect(0).stdout).expect("JSON")
    };
    let all = object(&["explain", "--json"]);
    assert_eq!(all["date"], "2026-11-22");
    assert_eq!(
        (all["printed"].as_array().map(Vec::len), all["left_out"].as_array().map(Vec::len)),
        (Some(2), Some(2))
    );
    assert_eq!(all["left_out"][0]["left_out"]["reason"], "edition_full");
    let one = object(&["explain", "1", "--json"]);
    assert_eq!((&one["number"], &one["story"]), (&1.into(), &all["printed"][0]));
    assert_eq!(one["printed"]["headline"], "214 taken off as ferry Kestrel runs aground");
}

#[test]
fn stories_are_explained_on_request_and_otherwise_as_ever() {
    let scene = Scene::new();
    let line = |id: &str, title: &str, text: &str| {
        serde_json::json!({"id": id, "outlet": id, "title": title, "text": text}).to_string() + "\n"
    };
    let articles = line("a", "Kestrel ferry aground", OWN) + &line("b", "Ferry Kestrel aground", REPORT);
    scene.write("articles.jsonl", articles + &line("c", "Lorry hits bridge", BRIDGE));
    let plain = scene.reveille(&["inspect", "stories", "articles.jsonl"]).expect(0).stdout;
    let explained = scene.reveille(&["inspect", "stories", "--explain", "articles.jsonl"]).expect(0).stdout;
    assert_eq!(plain.lines().count(), 2);
    for (plain, explained) in plain.lines().zip(explained.lines()) {
        assert!(
            explained.starts_with(plain.trim_end_matches('}')) && !plain.contains("\"why\""),
            "{explained}"
        );
    }
    let first: serde_json::Value =
        explained.lines().next().and_then(|l| serde_json::from_str(l).ok()).expect("JSON");
    let link = &first["why"]["links"][0];
    assert_eq!(
        (&link["a"], &link["b"], &link["numbers"]),
        (&"a".into(), &"b".into(), &serde_json::json!(["214"]))
    );
}

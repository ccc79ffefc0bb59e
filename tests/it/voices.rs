//! One count of voices: what `inspect stories`, `inspect brief`, the printed digest and `explain` say of who reports a story.

use mail_parser::MessageParser;

use crate::scene::{MORNING, Scene, rss};

/// More than a lead takes in.
const SAID: [&str; 5] = [
    "\"We have waited nine long years for this one morning,\" said Ida Brask, the keeper of the lock.",
    "\"These gates will outlast us all if only the town remembers to oil them,\" said Tom Reed, the builder.",
    "\"My grandfather dug the first spade of this canal and I saw the last,\" said Eva Moor, a baker.",
    "\"Not one barge went round by the sea without costing us a week,\" said Jon Lind, the owner of the Merle.",
    "\"The fish found the way up the ladder before the boats did,\" said Ada Quill, the warden of the river.",
];

/// Two reports on one event in words of their own, with one quotation; each desk's and the other paper's.
fn report(desk: usize) -> String {
    let told = [
        "The lock of Tarrow opened again on Sunday morning, nine years after the flood that broke its gates, and the first \
         barge went through at dawn with a load of timber for the yards of Velsund.",
        "Bargemen cheered at dawn on Sunday when the gates of Tarrow lock swung open for the first time since the flood nine \
         years ago; the timber barge Merle was the first to be lifted to the upper canal.",
        "Nine years after the flood wrecked Tarrow lock its gates opened on Sunday, and a barge of timber bound for Velsund \
         rose to the upper canal while some three hundred people of the town looked on.",
    ];
    // Enough to fill a lead, so that the quotation behind it is printed as one.
    let towns =
        ["Aldersund", "Velsund", "Sollund", "Nordholm", "Maren", "Larkhaven", "Skerrow", "Veldt", "Tollan"];
    let more: String = towns
        .iter()
        .skip(3 * desk)
        .chain(&towns)
        .take(7)
        .enumerate()
        .map(|(n, town)| {
            let (tons, year) = (37 * (n + desk + 2), 1900 + 7 * n + desk);
            format!("{town} sent {tons} tons of stone for the chamber, as it had in {year} when the quay was raised. ")
        })
        .collect();
    format!("{}\n\n{more}\n\n{}", told[desk], SAID.join("\n\n"))
}

const TITLES: [&str; 3] = [
    "Tarrow lock opens after nine years",
    "First barge through Tarrow lock in nine years",
    "Tarrow lock opens again",
];

/// Where the three reports stand: two desks of one site, and another paper.
const PLACES: [(&str, &str); 3] = [
    ("Post News", "https://www.post.example/lock"),
    ("Post Canals", "https://canals.post.example/barge"),
    ("Herald", "https://herald.example/lock"),
];

/// The paper's scene, its articles as `inspect` reads them in `articles.jsonl`.
fn morning(reports: usize) -> Scene {
    let (mut scene, mut lines) = (Scene::new().readers(&["ann"]), String::new());
    for (at, (outlet, url)) in PLACES.into_iter().enumerate().take(reports) {
        let (file, text) = (format!("feed{at}.xml"), report(at));
        scene = scene.feed(outlet, &file);
        scene.write(
            &file,
            format!(
                "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{outlet}</title><item><title>{}</title>\
                 <link>{url}</link><guid>{url}</guid><pubDate>Sun, 22 Nov 2026 05:0{at}:00 GMT</pubDate>\
                 <description><![CDATA[<p>{}</p>]]></description></item></channel></rss>",
                TITLES[at],
                text.replace("\n\n", "</p><p>")
            ),
        );
        let article = serde_json::json!({
            "id": format!("{at}"), "outlet": outlet, "title": TITLES[at], "url": url, "text": text,
            "published": format!("2026-11-22T05:0{at}:00Z"),
        });
        lines += &format!("{article}\n");
    }
    scene.write("articles.jsonl", lines);
    scene
}

/// The outlets that `inspect stories` counts, those that `inspect brief` counts of the quotation, and what `explain` and the
/// digest say.
fn counts(scene: &Scene) -> (u64, u64, String, String) {
    let stories = scene.reveille(&["inspect", "stories", "articles.jsonl"]).expect(0);
    let story: serde_json::Value =
        serde_json::from_str(stories.stdout.lines().next().expect("a story")).expect("JSON");
    let brief = scene.reveille(&["inspect", "brief", "articles.jsonl"]).expect(0);
    let brief: serde_json::Value = serde_json::from_str(&brief.stdout).expect("JSON");
    scene.configure();
    scene.reveille(&["run", "--config", "feeds.toml", "--at", MORNING]).expect(0);
    let explained = scene.reveille(&["explain", "--config", "feeds.toml", "1"]).expect(0);
    let message = scene.mail.taken().into_iter().next().expect("a digest");
    let message = MessageParser::default().parse(message.data.as_slice()).expect("a message");
    let digest = message.body_text(0).expect("a text part").split_whitespace().collect::<Vec<_>>().join(" ");
    let number = |value: &serde_json::Value| value["outlets"].as_u64().expect("a number");
    (number(&story), number(&brief["quotes"][0]), explained.stdout, digest)
}

#[test]
fn two_desks_of_one_site_are_one_outlet_wherever_outlets_are_counted() {
    let (outlets, quoting, explained, digest) = counts(&morning(2));
    assert_eq!((outlets, quoting), (1, 1));
    assert!(explained.contains("REPORTED BY 1 INDEPENDENT VOICE\n"), "{explained}");
    assert!(explained.contains("post.example"), "{explained}");
    assert!(
        digest.contains("Tarrow lock") && !digest.contains("OUTLETS") && !digest.contains("quoted by "),
        "{digest}"
    );
}

#[test]
fn a_paper_beside_the_two_desks_makes_two() {
    let (outlets, quoting, explained, digest) = counts(&morning(3));
    assert_eq!((outlets, quoting), (2, 2));
    assert!(explained.contains("REPORTED BY 2 INDEPENDENT VOICES"), "{explained}");
    assert!(digest.contains("TOP STORY · 2 OUTLETS") && digest.contains("quoted by 2 outlets"), "{digest}");
}

#[test]
fn a_feed_that_speaks_last_gives_no_headline_while_another_has_a_report() {
    let printed = |speaks: &str| {
        let feeds = format!(
            "[[feeds]]\nurl = \"post.xml\"\noutlet = \"Post\"\n{speaks}[[feeds]]\nurl = \"herald.xml\"\noutlet = \"Herald\"\n"
        );
        let scene = Scene::new().readers(&["ann"]).settings(&feeds);
        scene.write("post.xml", rss("Post", &[(TITLES[0], &report(0))]));
        scene.write("herald.xml", rss("Herald", &[(TITLES[1], &report(1))]));
        scene.run().expect(0);
        let message = scene.mail.taken().into_iter().next().expect("a digest");
        let message = MessageParser::default().parse(message.data.as_slice()).expect("a message");
        let digest = message.body_text(0).expect("a text part").into_owned();
        TITLES.into_iter().find(|title| digest.contains(&format!("* {title}"))).map(str::to_owned)
    };
    let first = printed("").expect("a headline");
    let last = printed("speaks = \"last\"\n").expect("a headline");
    assert_eq!((first.as_str(), last.as_str()), (TITLES[0], TITLES[1]));
}

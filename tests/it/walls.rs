//! Pages that say nothing of their article: asked for once, taken for no text of it, today or when it is corrected.

use serde_json::Value;

use crate::scene::{Ended, Scene, http::Answer};

const SINKS: &str = "The ferry Kestrel sank off Sollund in a gale on Thursday night with four hundred people aboard. \
    A fishing boat took nineteen passengers from the water, and a helicopter found ten more clinging to a raft.";
const MORE: &str = "Boats searched the bay until dawn and found nobody else alive. ";
const ASKS: &str = "We and our partners keep cookies on your device. You may accept all or choose which you allow, and \
    change your mind later. ";
const QUAY: (&str, &str) = (
    "North quay shut after storm",
    "<p>The north quay of Tolm stays shut after the storm, the master said.</p>",
);

fn page(scene: &Scene, paragraphs: &[&str]) {
    let body: String = paragraphs.iter().map(|text| format!("<p>{text}</p>")).collect();
    let html = format!("<html lang=\"en\"><body><article><h1>Ferry sinks</h1>{body}</article></body></html>");
    scene.web.put("/story", Answer::ok("text/html", html));
}

/// A feed of the story, and its day.
fn feed(scene: &Scene, title: &str) {
    let link = scene.web.url("/story");
    let item = format!(
        "<item><title>{title}</title><link>{link}</link><guid>ferry</guid><pubDate>21 Nov 2026 12:00:00 GMT</pubDate>\
         <description>A ferry sank off Sollund in a gale on Thursday night.</description></item>"
    );
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>Gazette</title><language>en</language>{item}</channel></rss>"
    );
    scene.web.put("/Gazette.xml", Answer::ok("application/rss+xml", feed));
}

fn gazette(keys: &str) -> Scene {
    let scene = Scene::new().readers(&["ann"]).newsletter(&format!("title = \"Morning Post\"\n{keys}"));
    let url = scene.web.url("/Gazette.xml");
    let scene = scene.feed("Gazette", &url);
    feed(&scene, "Ferry sinks off Sollund");
    scene
}

fn run(scene: &Scene, day: u8) -> Ended {
    scene.configure();
    let config = scene.read("feeds.toml").replace("pages = \"never\"", "pages = \"thin\"");
    scene.write("feeds.toml", config);
    let at = format!("2026-11-{day}T06:00:00Z");
    scene.reveille(&["run", "--config", "feeds.toml", "--at", &at, "--json", "--now"]).expect(0)
}

fn asked(scene: &Scene) -> usize {
    scene.web.asked().iter().filter(|asked| asked.path == "/story").count()
}

#[test]
fn a_wall_is_a_page_that_cannot_be_had_and_is_not_asked_for_again() {
    let scene = gazette("min_stories = 2\n");
    page(&scene, &[&ASKS.repeat(6)]);
    for _ in 0..2 {
        let ended = run(&scene, 22);
        let report: Value = serde_json::from_str(&ended.stdout).expect("JSON");
        assert_eq!(report["pages"]["failed"], 1, "{}", ended.stdout);
        assert_eq!(report["pages"]["fetched"], 0, "{}", ended.stdout);
    }
    assert_eq!(asked(&scene), 1);
}

#[test]
fn a_wall_before_a_page_that_is_read_again_takes_nothing_back() {
    let scene = gazette("");
    page(&scene, &[SINKS, &MORE.repeat(8)]);
    run(&scene, 22);
    page(&scene, &[&ASKS.repeat(6)]);
    feed(&scene, "Corrected: Ferry sinks off Sollund");
    let scene = scene.outlet("Courier", &[QUAY]);
    run(&scene, 23);
    assert_eq!(asked(&scene), 2);
    let taken = scene.mail.taken();
    let told = String::from_utf8_lossy(&taken[1].data).into_owned();
    assert!(told.contains("CORRECTIONS") && !told.contains("No longer in the article"), "{told}");
}

//! Feeds as strangers serve them: each failure is its own, and none makes an entry that is not there.

use crate::scene::{MORNING, Scene, http::Answer, rss};

const STORY: &str =
    "<p>The mill of Aldersund, idle since the flood, grinds again from Tuesday, its keeper says.</p>";

/// A sound outlet and one whose feed answers so; what `run --json` reports.
fn beside(answer: Answer) -> (Scene, serde_json::Value) {
    let scene = Scene::new().outlet("Gazette", &[("Aldersund mill grinds again", STORY)]).readers(&["ann"]);
    scene.web.put("/broken.xml", answer);
    let url = scene.web.url("/broken.xml");
    let scene = scene.feed("Broken", &url);
    scene.configure();
    let ended =
        scene.reveille(&["run", "--config", "feeds.toml", "--at", crate::scene::MORNING, "--json"]).expect(0);
    let report = serde_json::from_str(&ended.stdout).expect("one JSON object");
    assert_eq!(scene.mailed(), ["ann@example.net"]);
    (scene, report)
}

#[track_caller]
fn fails_alone(answer: Answer, reason: &str) {
    let (_scene, report) = beside(answer);
    let error = &report["feeds"]["errors"][0];
    assert_eq!(
        (report["feeds"]["failed"].as_u64(), report["entries"].as_u64()),
        (Some(1), Some(1)),
        "{report}"
    );
    assert_eq!(error["outlet"], "Broken");
    assert!(error["reason"].as_str().expect("a reason").contains(reason), "{error}");
}

#[test]
fn an_error_page_is_a_failure_with_its_status() {
    fails_alone(Answer::error(403), "403");
    fails_alone(Answer::error(500), "500");
}

#[test]
fn a_page_of_html_and_an_empty_body_are_no_feeds() {
    fails_alone(
        Answer::ok("text/html", "<!DOCTYPE html><html><body><p>Please log in.</p></body></html>"),
        "HTML",
    );
    fails_alone(Answer::ok("application/rss+xml", ""), "nothing at all");
}

#[test]
fn a_transfer_that_breaks_off_before_an_entry_is_whole_is_a_failure_and_keeps_those_that_are() {
    let document = rss("Broken", &[("First whole entry", STORY), ("Second entry, cut", STORY)]);
    let (first, second) = (document.find("First whole"), document.find("Second entry"));
    let cut_at = |place: Option<usize>| {
        Answer::ok("application/rss+xml", document.clone()).cut_at(place.expect("an entry") + 40)
    };
    fails_alone(cut_at(first), "broke off");
    let (scene, report) = beside(cut_at(second));
    assert_eq!((&report["feeds"]["failed"], &report["entries"]), (&0.into(), &2.into()), "{report}");
    assert!(!String::from_utf8_lossy(&scene.mail.taken()[0].data).contains("Second entry"));
}

#[test]
fn a_document_cut_short_keeps_its_whole_entries_and_never_half_a_one() {
    let document = rss("Broken", &[("First whole entry", STORY), ("Second entry, cut", STORY)]);
    let cut = document.find("Second entry").expect("the second") + 60;
    let (scene, report) = beside(Answer::ok("application/rss+xml", &document[..cut]));
    assert_eq!(report["entries"], 2, "one of each outlet: {report}");
    let mail = String::from_utf8_lossy(&scene.mail.taken()[0].data).into_owned();
    assert!(!mail.contains("Second entry"), "{mail}");
}

#[test]
fn a_feed_that_would_crash_the_parser_is_read_or_refused_but_stops_nothing() {
    let item = "<item><title>Hostile</title><author>Mark “mark@example.com”</author></item>";
    let document = format!("<rss version=\"2.0\"><channel><title>x</title>{item}</channel></rss>");
    let (_scene, report) = beside(Answer::ok("application/rss+xml", document));
    assert!(report["entries"].as_u64() >= Some(1), "{report}");
    let nested = format!("<rss version=\"2.0\"><channel>{}", "<media:group>".repeat(5_000));
    let (_scene, report) = beside(Answer::ok("application/rss+xml", nested));
    assert_eq!(report["entries"], 1, "{report}");
}

#[test]
fn that_only_the_beginning_of_an_article_page_is_read_is_said() {
    let scene = Scene::new();
    let told =
        "<p>The old lock at Merrow was opened again on Sunday after eleven years of repairs.</p>".repeat(9);
    let page = format!("<html><body><article>{told}{}</article></body></html>", "<div>".repeat(5_000));
    scene.web.put("/page", Answer::ok("text/html", page));
    let entry = format!(
        "<item><title>Lock at Merrow opened again</title><link>{}</link><guid>a</guid>\
         <pubDate>Sun, 22 Nov 2026 05:00:00 GMT</pubDate><description>It opened.</description></item>",
        scene.web.url("/page")
    );
    let feed = format!("<rss version=\"2.0\"><channel><title>Gazette</title>{entry}</channel></rss>");
    scene.web.put("/feed.xml", Answer::ok("application/rss+xml", feed));
    let url = scene.web.url("/feed.xml");
    let scene = scene.feed("Gazette", &url);
    scene.configure();
    scene.write("feeds.toml", scene.read("feeds.toml").replace("pages = \"never\"", "pages = \"always\""));
    let said = scene.reveille(&["preview", "-c", "feeds.toml", "-v", "--at", MORNING]).expect(0).stderr;
    assert!(said.contains("only the beginning of the page") && said.contains("nested"), "{said}");
}

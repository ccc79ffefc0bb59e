//! Entries as feeds write them, without titles, dates or identities of their own: none is lost, and what is not printed is
//! told.

use crate::scene::{MORNING, Scene, http::Answer};

const QUAY: &str =
    "The north quay of Tolm stays shut after the storm took its wall, the harbour master said.";
const BUS: &str = "Denholt has approved a bus line to the mill, which will open in spring and cost nothing.";

/// A scene with one feed of these items.
fn fed(items: &str) -> Scene {
    let scene = Scene::new().readers(&["ann"]);
    serve(&scene, items);
    let url = scene.web.url("/harbour.xml");
    let scene = scene.feed("Harbour Post", &url);
    scene.configure();
    scene
}

fn serve(scene: &Scene, items: &str) {
    let document =
        format!("<rss version=\"2.0\"><channel><title>Harbour Post</title>{items}</channel></rss>");
    scene.web.put("/harbour.xml", Answer::ok("application/rss+xml", document));
}

/// The text of the last message.
fn printed(scene: &Scene) -> String {
    let mails = scene.mail.taken();
    mails.last().map(|mail| String::from_utf8_lossy(&mail.data).into_owned()).unwrap_or_default()
}

fn health(scene: &Scene) -> String {
    scene.reveille(&["feeds", "health", "--config", "feeds.toml"]).expect(0).stdout
}

#[test]
fn an_entry_without_a_title_goes_by_the_beginning_of_its_text_and_its_feed_is_told() {
    let scene = fed(&format!(
        "<item><guid>1</guid><pubDate>Sun, 22 Nov 2026 05:00:00 GMT</pubDate><description>{QUAY}</description></item>\
         <item><guid>2</guid><pubDate>Sun, 22 Nov 2026 05:00:00 GMT</pubDate></item>"
    ));
    scene.run().expect(0);
    assert!(printed(&scene).contains("north quay of Tolm"), "{}", printed(&scene));
    let told = health(&scene);
    for sentence in ["1 entry without a title", "1 entry left out, with neither title nor text"] {
        assert!(told.contains(sentence), "{told}");
    }
}

#[test]
fn a_date_that_nobody_set_hides_no_entry() {
    let scene = fed(&format!(
        "<item><guid>1</guid><title>North quay stays shut</title><pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>\
         <description>{QUAY}</description></item>"
    ));
    scene.run().expect(0);
    assert!(printed(&scene).contains("North quay stays shut"));
    assert!(health(&scene).contains("1 entry without a date that can be read"));
}

#[test]
fn an_article_that_takes_the_guid_of_another_is_printed_too() {
    let item = |title: &str, link: &str, day: u8, text: &str| {
        format!(
            "<item><guid isPermaLink=\"false\">newest</guid><title>{title}</title><link>http://g.example/{link}</link>\
             <pubDate>{day} Nov 2026 05:00:00 GMT</pubDate><description>{text}</description></item>"
        )
    };
    let scene = fed(&item("North quay stays shut", "quay", 22, QUAY));
    scene.run().expect(0);
    serve(&scene, &item("Denholt approves a bus line", "bus", 23, BUS));
    scene.run_at("2026-11-23T06:00:00Z").expect(0);
    assert!(printed(&scene).contains("Denholt approves a bus line"), "{}", printed(&scene));
    assert_eq!(scene.mailed().len(), 2);
}

#[test]
fn what_the_word_lists_of_a_feed_are_against_is_counted() {
    let scene =
        Scene::new().outlet("Harbour", &[("Ferry aground", QUAY), ("Bus line", BUS)]).readers(&["ann"]);
    scene.configure();
    let configured = scene.read("feeds.toml").replacen("[[feeds]]", "[[feeds]]\nexclude = [\"ferry\"]", 1);
    scene.write("feeds.toml", configured);
    scene.reveille(&["run", "--config", "feeds.toml", "--at", MORNING]).expect(0);
    assert!(health(&scene).contains("1 entry not printed, by `include` and `exclude`"), "{}", health(&scene));
}

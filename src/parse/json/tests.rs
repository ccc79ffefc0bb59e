//! JSON Feeds as outlets serve them.

use crate::{
    html,
    model::Feed,
    parse::{Source, feed},
};

fn parsed(document: &str) -> Feed {
    let source = Source { url: "https://harbour.example/feeds/all.json", content_type: None };
    feed(document.as_bytes(), &source).unwrap_or_else(|e| panic!("{e}"))
}

fn titles(feed: &Feed) -> Vec<&str> {
    feed.entries.iter().map(|e| e.title.as_str()).collect()
}

#[test]
fn a_feed_is_read_with_odd_types() {
    let feed = parsed(
        "\u{feff}{\"title\":\"Quay\",\"items\":[{\"id\":7,\"url\":\"/t\",\"title\":\"Tide\",\"content_text\":\"One\\n\\nTwo\",
         \"date_modified\":\"2026-11-22\",\"author\":{\"name\":\"Ida\"},\"tags\":[\"sea\",3],\"image\":\"/i.png\"}]}",
    );
    let [entry] = feed.entries.as_slice() else { panic!("{feed:?}") };
    assert_eq!((entry.key.as_str(), entry.link.as_deref()), ("7", Some("https://harbour.example/t")));
    assert_eq!(html::safe(&entry.blocks), "<p>One</p><p>Two</p>");
    assert_eq!(entry.picture.as_ref().map(|p| p.url.as_str()), Some("https://harbour.example/i.png"));
    assert_eq!(
        (entry.authors.as_slice(), entry.categories.as_slice()),
        (&["Ida".to_owned()][..], &["sea".to_owned()][..])
    );
}

#[test]
fn the_parts_of_an_item_are_ranked() {
    let feed = parsed(
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"authors\":[{\"name\":\"Ola Kai\"}],\"items\":[
         {\"id\":\"1\",\"external_url\":\"/far\",\"url\":\"/near\",\"language\":\"nb\",\"content_html\":\"\",\"content_text\":\"5 < 6\",
          \"date_modified\":\"2026-11-22T06:00:00.5Z\",\"attachments\":[{\"url\":\"/a.mp3\",\"mime_type\":\"audio/mpeg\"},{\"url\":\"/b.jpg\"}]},
         {\"id\":\"2\",\"author\":{\"name\":\"Ida \u{201c}i@quay.example\u{201d}\"},\"date_published\":\"2026-11-21\",\"date_modified\":\"2026-11-22\"}]}",
    );
    let [one, two] = feed.entries.as_slice() else { panic!("{feed:?}") };
    assert_eq!(one.link.as_deref(), Some("https://harbour.example/near"));
    assert_eq!((one.lang.as_deref(), html::safe(&one.blocks).as_str()), (Some("nb"), "<p>5 &lt; 6</p>"));
    assert_eq!(one.published.map(|p| p.to_string()).as_deref(), Some("2026-11-22T06:00:00.5Z"));
    assert_eq!(one.picture.as_ref().map(|p| p.url.as_str()), Some("https://harbour.example/b.jpg"));
    assert_eq!((&one.authors, &two.authors), (&vec!["Ola Kai".to_owned()], &vec!["Ida".to_owned()]));
    assert_eq!(two.published.map(|p| p.to_string()).as_deref(), Some("2026-11-21T00:00:00Z"));
}

#[test]
fn one_slip_in_a_string_costs_no_item() {
    let slips = "{\"feed_url\":\"/f\",\"items\":[{\"id\":\"1\",\"title\":\"One \\ud800\n\\' tide\"},{\"id\":\"2\",\"title\":\"Two\"}]}";
    let feed = parsed(slips);
    assert_eq!((titles(&feed), feed.notices.len()), (vec!["One \u{fffd} ' tide", "Two"], 1));
}

#[test]
fn a_document_cut_short_keeps_what_the_feed_says_of_itself_before_its_items() {
    let feed = parsed(
        r#"{"title": "All \"items\": here", "feed_url": "x", "language": "nb", "authors": [{"name": "Ola"}],
        "items": [{"id": 1, "title": "Tide"}, {"id": 2,"#,
    );
    let [entry] = feed.entries.as_slice() else { panic!("{feed:?}") };
    assert_eq!((feed.title.as_str(), entry.title.as_str()), ("All \"items\": here", "Tide"));
    assert_eq!((entry.authors.as_slice(), entry.lang.as_deref()), (&["Ola".to_owned()][..], Some("nb")));
}

#[test]
fn all_items_of_a_long_feed_are_read_and_have_its_authors() {
    let items: Vec<String> =
        (0..250).map(|number| format!("{{\"id\":\"{number}\",\"title\":\"Tide {number}\"}}")).collect();
    let feed = parsed(&format!(
        "{{\"feed_url\":\"x\",\"title\":\"Quay\",\"author\":{{\"name\":\"Ola\"}},\"items\":[{}]}}",
        items.join(",")
    ));
    assert_eq!((feed.title.as_str(), feed.entries.len()), ("Quay", 250));
    assert!(
        feed.entries
            .iter()
            .zip(0..)
            .all(|(entry, n)| entry.key == format!("{n}") && entry.authors == ["Ola"])
    );
    assert_eq!(parsed("{\"feed_url\":\"x\",\"title\":\"Quay\",\"items\":[]}").title, "Quay");
}

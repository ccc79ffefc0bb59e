//! Feeds in XML with slips in them.

use crate::{
    model::{Entry, Feed},
    parse::{Error, Source, feed},
};

const SOURCE: Source = Source { url: "https://harbour.example/feeds/all.xml", content_type: None };

fn parsed(document: &str) -> Feed {
    feed(document.as_bytes(), &SOURCE).unwrap_or_else(|e| panic!("{e}"))
}

/// The one entry of a channel that holds `item`.
fn item(item: &str) -> Entry {
    let document = format!("<rss version='2.0'><channel><item>{item}</item></channel></rss>");
    parsed(&document).entries.into_iter().next().unwrap_or_else(|| panic!("no entry in {document}"))
}

fn titles(feed: &Feed) -> Vec<&str> {
    feed.entries.iter().map(|e| e.title.as_str()).collect()
}

#[test]
fn only_of_a_document_that_is_not_well_formed_it_is_said_that_it_was_repaired() {
    let notices = |item: &str| {
        parsed(&format!("<rss version='2.0'><channel><item>{item}</item></channel></rss>")).notices
    };
    for (slip, said) in [
        ("<title>Salt & Sons</title>", "a & begins no reference"),
        ("<title>A</titel>", "</titel> ends nothing"),
        ("<title>A<guid>1</guid>", "<title> has no end tag"),
        ("<title>1 < 2</title>", "a < begins no element"),
        ("<title>&#0;</title>", "&#0; is no character"),
    ] {
        assert_eq!(notices(slip), [format!("Read with repairs: {said}.")], "{slip}");
    }
    for sound in [
        "<title>A &amp; B &eacute;</title>",
        "<title><![CDATA[A & B < C]]></title>",
        "<dc:title>A</dc:title>",
    ] {
        assert_eq!(notices(sound), Vec::<String>::new(), "{sound}");
    }
}

#[test]
fn xml_nested_too_deeply_is_refused() {
    let deep = format!("<rss><channel><item>{}", "<media:group>".repeat(1_200));
    assert!(matches!(feed(deep.as_bytes(), &SOURCE), Err(Error::TooDeep { limit: 64, .. })));
}

#[test]
fn what_nests_too_deep_costs_no_entry_before_it() {
    let nested = "<media:group>".repeat(100);
    let document = format!("<rss><channel><item><title>Tide</title></item><item>{nested}");
    assert_eq!(titles(&parsed(&document)), ["Tide"]);
    assert!(parsed(&document).notices[0].contains("nested deeper than 64"));
    let read = feed(format!("<rss><channel><item>{nested}").as_bytes(), &SOURCE);
    assert!(matches!(read, Err(Error::TooDeep { .. })), "{read:?}");
}

#[test]
fn an_element_that_html_has_not_stays_in_a_text_as_it_is_written() {
    assert_eq!(item("<title>What is a Vec<T>?</title>").title, "What is a Vec<T>?</T>");
    assert_eq!(
        item("<title>Tide <rdf:Seq>rises</rdf:Seq> <h:B xmlns:h='x'>fast</h:B></title>").title,
        "Tide rises fast"
    );
}

#[test]
fn a_title_without_its_end_tag_ends_where_the_link_begins() {
    let entry = item("<title>Moss on the chapel<link>/moss</link><description>Slowly.</description>");
    assert_eq!((entry.title.as_str(), entry.summary.as_str()), ("Moss on the chapel", "Slowly."));
    assert_eq!(entry.link.as_deref(), Some("https://harbour.example/moss"));
}

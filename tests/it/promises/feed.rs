//! The reading of a feed: the same twice, nothing of a document that is none, and entries that may be shown.

use std::collections::BTreeSet;

use reveille::{
    feeds::{self, Entry, Error, Feed, Source},
    inside::html,
};
use url::Url;

use super::source::{Words, assert_plain, declared};

/// Where the bytes are said to come from.
pub const URL: &str = "https://harbour.example/feeds/all.xml";

/// One of these words begins every feed.
const ROOTS: [&str; 7] = ["rss", "rdf", "feed", "channel", "item", "entry", "items"];

pub fn check(bytes: &[u8]) {
    let (content_type, document) = declared(bytes);
    let _ = checked(document, content_type);
}

/// What was read, after everything that holds of it was held against it.
pub fn checked(document: &[u8], content_type: Option<&str>) -> Result<Feed, Error> {
    let source = Source { url: URL, content_type };
    let read = feeds::feed(document, &source);
    assert_eq!(read, feeds::feed(document, &source), "read differently the second time");
    match &read {
        Ok(feed) => {
            assert_is_a_feed(document);
            assert_plain("the feed's title", &feed.title);
            let keys: BTreeSet<&str> = feed.entries.iter().map(|entry| entry.key.as_str()).collect();
            assert_eq!(keys.len(), feed.entries.len(), "two entries have one key");
            feed.notices.iter().for_each(|notice| assert_sayable(notice));
            feed.entries.iter().for_each(assert_sound);
            assert_no_bomb(document.len(), feed);
            if let Ok(text) = std::str::from_utf8(document) {
                assert_in_the_document(text, &feed.entries);
            }
        }
        Err(error) => {
            assert!(!matches!(error, Error::Panicked { .. }) && error.to_string().contains(URL), "{error}");
            assert_sayable(&error.to_string());
        }
    }
    read
}

/// What is said to the operator fits on a screen, whatever the stranger wrote.
fn assert_sayable(said: &str) {
    assert_plain("what is said", said);
    assert!(!said.is_empty() && said.chars().count() < 400, "{} characters: {said}", said.chars().count());
}

/// A document that has no word that a feed begins with is none. Not held against other encodings.
fn assert_is_a_feed(document: &[u8]) {
    let Ok(text) = std::str::from_utf8(document) else { return };
    let text = text.to_lowercase();
    assert!(text.contains('\0') || ROOTS.iter().any(|root| text.contains(root)), "entries of a non-feed");
}

fn assert_sound(entry: &Entry) {
    assert!(!entry.key.is_empty(), "an entry without a key");
    assert_plain("a title", &entry.title);
    assert_plain("a summary", &entry.summary);
    entry.authors.iter().for_each(|author| assert_plain("an author", author));
    entry.categories.iter().for_each(|category| assert_plain("a category", category));
    let addresses = entry.link.iter().chain(entry.picture.as_ref().map(|picture| &picture.url));
    addresses.for_each(|address| assert_web_address(address));
    for block in entry.blocks.iter().chain(&entry.described) {
        assert_plain("a block", &block.text);
        assert!(!block.text.is_empty(), "a block of nothing");
        block.links.iter().for_each(|link| assert_web_address(&link.address));
    }
    assert_eq!(
        html::blocks(&html::safe(&entry.blocks), None),
        entry.blocks,
        "read otherwise when read again"
    );
}

fn assert_web_address(address: &str) {
    let url = Url::parse(address).unwrap_or_else(|error| panic!("{address:?}: {error}"));
    assert!(matches!(url.scheme(), "http" | "https") && url.has_host(), "{address}");
    assert!(
        !address.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c)),
        "{address}"
    );
}

/// What is kept of a document is not many times as long as it.
fn assert_no_bomb(length: usize, feed: &Feed) {
    let of_entry = |entry: &Entry| {
        let names = entry.authors.iter().chain(&entry.categories).chain(&entry.lang).chain(&entry.link);
        let names: usize = names.map(String::len).sum();
        let picture = entry.picture.as_ref().map_or(0, |picture| picture.url.len() + picture.alt.len());
        let blocks = html::safe(&entry.blocks).len() + html::safe(&entry.described).len();
        entry.key.len() + entry.title.len() + entry.summary.len() + blocks + names + picture
    };
    let kept: usize = feed.entries.iter().map(of_entry).sum();
    assert!(kept <= 40 * length + 4096, "{kept} bytes are kept of {length}");
}

/// Every word of a title stands in the document. Not held where it may be written in base64, in escapes of JSON or in
/// UTF-16.
fn assert_in_the_document(text: &str, entries: &[Entry]) {
    let types =
        text.match_indices("type").filter_map(|(place, _)| text.get(place..)?.split(['>', '<']).next());
    let binary = types.into_iter().any(|rest| rest.contains('/') && !rest.contains("text/"));
    if binary || text.contains("base64") || text.contains(['\\', '\0']) {
        return;
    }
    let words = Words::of(text);
    for entry in entries {
        let missing = words.first_missing(&entry.title);
        assert_eq!(missing, None, "not in the document, but in the title {:?}", entry.title);
    }
}

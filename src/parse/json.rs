//! A JSON Feed (jsonfeed.org, 1.0 and 1.1) in, its drafts out. Odd types are read for what they mean.

mod repair;

use serde_json::{Deserializer, Value};
use url::Url;

use super::{
    Trouble,
    draft::{Document, Draft, Fragment},
    picture::{self, Offer},
};
use crate::text::{date, html, link};

/// What only a JSON Feed has: the address in its `version`, which some leave out, or members of its own.
const SIGNS: [&str; 5] =
    ["jsonfeed.org", "\"home_page_url\"", "\"feed_url\"", "\"content_html\"", "\"content_text\""];

/// Reads a document. Slips inside strings are mended; of a document cut short the items that are whole are kept.
pub fn read(text: &str, base: Option<&Url>) -> Result<Document, Trouble> {
    if !SIGNS.iter().any(|sign| text.contains(sign)) {
        return Err(Trouble::NotAFeed("JSON that nowhere says it is a JSON Feed".to_owned()));
    }
    let mut document = Document::default();
    let text = &repair::strings(text);
    let (feed, items) = match serde_json::from_str::<Value>(text) {
        Ok(feed) => {
            let items = feed.get("items").and_then(Value::as_array).cloned();
            (feed, items.ok_or_else(|| Trouble::NotAFeed("JSON without \"items\"".to_owned()))?)
        }
        Err(error) => {
            document
                .notices
                .push(format!("The JSON is broken or cut short ({error}); only its whole items are kept."));
            whole(text).ok_or_else(|| Trouble::NotAFeed(format!("broken JSON: {error}")))?
        }
    };
    document.title.offer(0, string(&feed, "title"));
    document.lang = Some(string(&feed, "language")).filter(|l| !l.is_empty());
    let feed_authors = authors(&feed);
    for item in items.iter().filter(|item| item.is_object()) {
        let mut draft = draft(item, base);
        if draft.authors.is_empty() {
            draft.authors.clone_from(&feed_authors);
        }
        document.drafts.push(draft);
    }
    Ok(document)
}

/// Of a document that breaks off: the feed's own members as far as they stand before its items, and the items before
/// the break.
fn whole(text: &str) -> Option<(Value, Vec<Value>)> {
    let (head, mut rest) = parted_at_items(text)?;
    let head = format!("{}}}", head.trim_end().trim_end_matches(','));
    let feed = serde_json::from_str(&head).unwrap_or_default();
    let mut items = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        let mut values = Deserializer::from_str(rest).into_iter::<Value>();
        let Some(Ok(item)) = values.next() else { return Some((feed, items)) };
        rest = rest.get(values.byte_offset()..)?;
        items.push(item);
    }
}

/// What stands before the member `items`, and what behind its opening bracket.
fn parted_at_items(text: &str) -> Option<(&str, &str)> {
    text.match_indices("\"items\"").find_map(|(place, name)| {
        let (head, rest) = text.split_at_checked(place)?;
        let list = rest.strip_prefix(name)?.trim_start().strip_prefix(':')?.trim_start().strip_prefix('[')?;
        Some((head, list))
    })
}

fn draft(item: &Value, base: Option<&Url>) -> Draft {
    let mut draft = Draft { guid: string(item, "id"), guid_is_link: true, ..Draft::default() };
    draft.title.offer(0, string(item, "title"));
    for (rank, name) in [(0, "url"), (1, "external_url")] {
        if let Some(address) = link::canonical(base, &string(item, name)) {
            draft.link.offer(rank, address);
        }
    }
    for (rank, name) in [(0, "date_published"), (1, "date_modified")] {
        if let Some(moment) = date::parse(&string(item, name)) {
            draft.date.offer(rank, moment);
        }
    }
    let (body, plain) = (string(item, "content_html"), string(item, "content_text"));
    if !body.is_empty() {
        draft.content.offer(0, Fragment::new(&body, base));
    } else if !plain.is_empty() {
        draft.content.offer(1, Fragment::new(&html::from_text(&plain), None));
    }
    draft.summary.offer(0, Fragment::new(&string(item, "summary"), base));
    draft.authors = authors(item);
    draft.categories = list(item, "tags").iter().filter_map(Value::as_str).map(html::to_text).collect();
    draft.lang = Some(string(item, "language")).filter(|l| !l.is_empty());
    for (rank, name) in [(0, "image"), (1, "banner_image")] {
        let offer = Offer { url: &string(item, name), certain: true, ..Offer::default() };
        draft.pictures.extend(picture::candidate(rank, &offer, base));
    }
    for attachment in list(item, "attachments") {
        let offer = Offer {
            url: &string(attachment, "url"),
            kind: &string(attachment, "mime_type"),
            ..Offer::default()
        };
        draft.pictures.extend(picture::candidate(2, &offer, base));
    }
    draft
}

/// The names of `authors` (1.1) and `author` (1.0), in order.
fn authors(of: &Value) -> Vec<String> {
    let people = list(of, "authors").iter().chain(of.get("author"));
    people.map(|person| html::to_text(&string(person, "name"))).filter(|name| !name.is_empty()).collect()
}

fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A member that should be a string; a number stands for its digits.
fn string(of: &Value, name: &str) -> String {
    match of.get(name) {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

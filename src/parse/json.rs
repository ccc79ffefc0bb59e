//! A JSON Feed (jsonfeed.org, 1.0 and 1.1) in, its drafts out. Odd types are read for what they mean.

mod bounded;
mod repair;

use serde_json::Value;
use url::Url;

use super::{
    Trouble,
    draft::{Document, Draft, Fragment},
    limits,
    picture::{self, Offer},
};
use crate::{html, language::date, text::link};
use bounded::Read;

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
    let (mut read, error) = Read::document(text);
    if let Some(error) = error {
        if read.items.is_none()
            && let Some(list) = list_of_items(text)
        {
            read.items(list);
        }
        if read.items.is_none() {
            return Err(Trouble::NotAFeed(format!("broken JSON: {error}")));
        }
        document
            .notices
            .push(format!("The JSON is broken or cut short ({error}); only its whole items are kept."));
    }
    let Read { feed, items, is_cut, .. } = read;
    let items = items.ok_or_else(|| Trouble::NotAFeed("JSON without \"items\"".to_owned()))?;
    if is_cut {
        document.notices.push(format!("It holds more than is read: {} items are.", items.len()));
    }
    document.title.offer(0, string(&feed, "title"));
    document.lang = limits::language(&string(&feed, "language")).map(str::to_owned);
    let feed_authors = authors(&feed);
    for item in items {
        let mut draft = draft(&item, base);
        if draft.authors.is_empty() {
            draft.authors.clone_from(&feed_authors);
        }
        document.drafts.push(draft);
    }
    Ok(document)
}

/// The list of items of a document that is broken before it, from its bracket on.
fn list_of_items(text: &str) -> Option<&str> {
    text.match_indices("\"items\"").find_map(|(place, name)| {
        let rest = text.get(place..)?.strip_prefix(name)?.trim_start().strip_prefix(':')?.trim_start();
        rest.starts_with('[').then_some(rest)
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
    draft.categories = list(item, "tags")
        .iter()
        .filter_map(Value::as_str)
        .take(limits::NAMES)
        .map(|tag| limits::name(html::to_text(tag)))
        .collect();
    draft.lang = limits::language(&string(item, "language")).map(str::to_owned);
    for (rank, name) in [(0, "image"), (1, "banner_image")] {
        let offer = Offer { url: &string(item, name), certain: true, ..Offer::default() };
        draft.show(|| picture::candidate(rank, &offer, base));
    }
    for attachment in list(item, "attachments").iter().take(limits::PICTURES) {
        let offer = Offer {
            url: &string(attachment, "url"),
            kind: &string(attachment, "mime_type"),
            ..Offer::default()
        };
        draft.show(|| picture::candidate(2, &offer, base));
    }
    draft
}

/// The names of `authors` (1.1) and `author` (1.0), in order.
fn authors(of: &Value) -> Vec<String> {
    let people = list(of, "authors").iter().chain(of.get("author"));
    let names = people.map(|person| limits::name(html::to_text(&string(person, "name"))));
    names.filter(|name| !name.is_empty()).take(limits::NAMES).collect()
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

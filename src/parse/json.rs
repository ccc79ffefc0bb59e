//! A JSON Feed (jsonfeed.org, 1.0 and 1.1) in, its drafts out. What is broken or of an odd type is mended; what a member
//! means says feed-rs.

mod bounded;
mod repair;
mod sound;

use feed_rs::{
    model,
    parser::{Builder, Parser},
};
use jiff::Timestamp;
use serde_json::Value;
use url::Url;

use super::{
    draft::{Document, Draft, Fragment},
    error::Trouble,
    limits,
    names::Field,
    picture::{self, Offer},
    site, tell,
};
use crate::{html, language::date};
use bounded::Read;

/// What only a JSON Feed has: the address in its `version`, which some leave out, or members of its own.
const SIGNS: [&str; 5] =
    ["jsonfeed.org", "\"home_page_url\"", "\"feed_url\"", "\"content_html\"", "\"content_text\""];

/// Items that feed-rs is given at a time: what it makes of them takes many times their room.
const PORTION: usize = 100;

/// Reads a document. Slips inside strings are mended; of a document cut short the items that are whole are kept.
pub fn read(text: &str, base: Option<&Url>) -> Result<Document, Trouble> {
    if !SIGNS.iter().any(|sign| text.contains(sign)) {
        return Err(Trouble::NotAFeed("JSON that nowhere says it is a JSON Feed".to_owned()));
    }
    let (Read { feed, items, is_cut, .. }, notice) = mended(text)?;
    let items = items.ok_or_else(|| Trouble::NotAFeed("JSON without \"items\"".to_owned()))?;
    let mut document = Document { notices: notice.into_iter().collect(), ..Document::default() };
    if is_cut {
        document.notices.push(format!("It holds more than is read: {} items are.", items.len()));
    }
    let site = feed.get("home_page_url").and_then(Value::as_str).and_then(|said| site::elsewhere(said, base));
    let base = site.as_ref().or(base);
    let mut items = items.into_iter().peekable();
    loop {
        let portion: Vec<Value> = items.by_ref().take(PORTION).collect();
        let languages: Vec<Option<String>> = portion.iter().map(sound::language).collect();
        let read = parser().parse(sound::feed(&feed, portion).to_string().as_bytes());
        let read = read.map_err(|error| Trouble::NotAFeed(error.to_string()))?;
        document.title.offer(0, read.title.map(|title| title.content).unwrap_or_default());
        document.lang = read.language;
        let drafts = read.entries.into_iter().zip(languages).map(|(entry, lang)| draft(entry, lang, base));
        document.drafts.extend(drafts);
        if items.peek().is_none() {
            return Ok(document);
        }
    }
}

/// As much of a document as is sound, and a word on what is not.
fn mended(text: &str) -> Result<(Read, Option<String>), Trouble> {
    let (read, slip) = Read::document(text);
    let Some(slip) = slip else { return Ok((read, None)) };
    let text = &repair::strings(text);
    let (mut read, error) = Read::document(text);
    let Some(error) = error else { return Ok((read, Some(format!("Read with repairs: {slip}.")))) };
    if read.items.is_none()
        && let Some(list) = list_of_items(text)
    {
        read.items(list);
    }
    match read.items {
        None => Err(Trouble::NotAFeed(format!("broken JSON: {error}"))),
        Some(_) => {
            let notice = format!("The JSON is broken or cut short ({error}); only its whole items are kept.");
            Ok((read, Some(notice)))
        }
    }
}

/// The list of items of a document that is broken before it, from its bracket on.
fn list_of_items(text: &str) -> Option<&str> {
    text.match_indices("\"items\"").find_map(|(place, name)| {
        let rest = text.get(place..)?.strip_prefix(name)?.trim_start().strip_prefix(':')?.trim_start();
        rest.starts_with('[').then_some(rest)
    })
}

/// feed-rs with our reading of dates, and without ids of its own making.
fn parser() -> Parser {
    Builder::new()
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(|text| date::parse(text)?.to_string().parse().ok())
        .sanitize_content(false)
        .build()
}

/// What feed-rs says of an item, told its draft. `lang` is the one part of an item that it has no place for.
fn draft(entry: model::Entry, lang: Option<String>, base: Option<&Url>) -> Draft {
    let mut draft = Draft { guid: entry.id, guid_is_link: true, lang, ..Draft::default() };
    let title = entry.title.map(|title| html::of_plain_title(&title.content)).unwrap_or_default();
    let summary = entry.summary.map(|summary| summary.content).unwrap_or_default();
    for (field, text) in [(Field::Title(0), title), (Field::Summary(0), summary)] {
        tell::text(&mut draft, field, &text, base);
    }
    if let Some(content) = entry.content {
        let text = content.body.unwrap_or_default();
        let html = if content.content_type.as_str() == "text/plain" { html::of_text(&text) } else { text };
        draft.content.offer(0, Fragment::new(&html, base));
    }
    for (rank, date) in [(0, entry.published), (3, entry.updated)] {
        let moment = date.map(|d| Timestamp::new(d.timestamp(), d.timestamp_subsec_nanos().cast_signed()));
        if let Some(Ok(moment)) = moment {
            draft.date.offer(rank, moment);
        }
    }
    // An attachment is a link with a type.
    for link in entry.links.into_iter().take(limits::PICTURES) {
        match link.media_type {
            None => tell::text(&mut draft, Field::Link(1), &link.href, base),
            Some(kind) => {
                let offer = Offer { url: &link.href, kind: &kind, ..Offer::default() };
                draft.show(|| picture::candidate(2, &offer, base));
            }
        }
    }
    for name in entry.authors.into_iter().filter_map(|person| person.name) {
        tell::text(&mut draft, Field::Author, &name, base);
    }
    for category in entry.categories {
        tell::text(&mut draft, Field::Category, &category.term, base);
    }
    draft
}

#[cfg(test)]
mod tests;

//! The bytes of one feed document in, its entries out. No network, no clock; nothing a stranger sends makes it panic.
//!
//! Each format has one reader, whatever state a document is in, so an entry has the same key whether or not an ampersand
//! elsewhere in the document was escaped that day. XML is read by `xml`, tolerantly, in one pass; JSON Feed by feed-rs, once
//! `json` has mended it. feed-rs reads XML as well, but stops at the first slip and keeps neither `isPermaLink`, nor a
//! thumbnail without a film, nor the language of an item, nor an item of RDF without a link. Both readers say what they find
//! of an entry to its draft by the same words (`tell`), and one path makes entries of drafts (`draft`).

mod body;
mod decode;
mod draft;
mod error;
mod json;
mod limits;
mod names;
mod pace;
mod picture;
mod site;
mod tell;
mod xml;

use std::panic::AssertUnwindSafe;

use url::Url;

use crate::{
    model::{Entry, Feed},
    text::{link, panics},
};
use draft::Document;
pub use error::Error;
use error::{Trouble, in_short};

/// Where the bytes came from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Address of the feed; relative links are resolved against it.
    pub url: &'a str,
    /// The Content-Type header, if there was one.
    pub content_type: Option<&'a str>,
}

/// Parses one feed document: RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed. What could not be read of a feed that
/// is otherwise one stands in [`Feed::notices`]; of a document cut short the entries that are whole are kept.
pub fn feed(bytes: &[u8], source: &Source) -> Result<Feed, Error> {
    feed_again(bytes, source, |_| None)
}

/// The same, but for entries that were read before and are `known` by their fingerprint: those are not read again.
pub fn feed_again(
    bytes: &[u8],
    source: &Source,
    known: impl Fn(u128) -> Option<Entry>,
) -> Result<Feed, Error> {
    let text = decode::text(bytes, source.content_type);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
    if text.is_empty() {
        return Err(Error::Empty { url: source.url.to_owned() });
    }
    let base =
        Url::parse(source.url).ok().filter(|url| !url.cannot_be_a_base() && link::is_short(url.as_str()));
    // Nothing here panics, but the libraries below are let loose on strangers' bytes.
    let feed = || -> Result<Feed, Trouble> {
        let feed = read(text, base.as_ref())?.into_feed(&known);
        let notices = feed.notices.iter().map(|notice| in_short(notice)).collect();
        Ok(Feed { notices, ..feed })
    };
    match panics::caught(AssertUnwindSafe(feed)) {
        Some(feed) => feed.map_err(|trouble| trouble.at(source.url, text)),
        None => Err(Error::Panicked { url: source.url.to_owned() }),
    }
}

fn read(text: &str, base: Option<&Url>) -> Result<Document, Trouble> {
    match text.starts_with('{') {
        true => json::read(text, base),
        false => xml::read(text, base),
    }
}

#[cfg(test)]
mod tests;

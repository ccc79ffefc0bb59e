//! The bytes of one feed document in, its entries out. No network, no clock; nothing a stranger sends makes it panic.
//!
//! feed-rs reads what is well-formed and holds nothing that it would lose (`strict`); everything else is read by
//! tolerant readers of our own (`xml`, `json`). Both fill the same drafts, and one path makes entries of drafts, so
//! that an entry has the same key whether or not an ampersand somewhere else in the document was escaped that day.

mod body;
mod decode;
mod draft;
mod json;
mod limits;
mod names;
mod pace;
mod picture;
mod strict;
mod xml;

use url::Url;

use crate::{
    html,
    model::Feed,
    text::{hidden, link, panics, space},
};
use draft::Document;
use strict::Unread;

/// Where the bytes came from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Address of the feed; relative links are resolved against it.
    pub url: &'a str,
    /// The Content-Type header, if there was one.
    pub content_type: Option<&'a str>,
}

/// Why the bytes are no feed. The caller can only report it and try again another day.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    #[error("{url} answered with nothing at all; is it still a feed?")]
    Empty { url: String },
    #[error(
        "{url} is an HTML page{title}, not a feed; the site may refuse this program, or the feed has moved"
    )]
    HtmlPage {
        url: String,
        /// The page's title in quotation marks and brackets, or nothing.
        title: String,
    },
    #[error("{url} is neither RSS, RDF, Atom nor JSON Feed ({found}); check the address")]
    NotAFeed { url: String, found: String },
    #[error("reading {url} made the parser panic; please report this with a copy of the feed")]
    Panicked { url: String },
    #[error("{url} nests its XML deeper than {limit} elements, which no feed needs; it is not read")]
    TooDeep { url: String, limit: usize },
}

/// Parses one feed document: RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed. What could not be read of a feed that
/// is otherwise one stands in [`Feed::notices`]; of a document cut short the entries that are whole are kept.
pub fn feed(bytes: &[u8], source: &Source) -> Result<Feed, Error> {
    let text = decode::text(bytes, source.content_type);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
    if text.is_empty() {
        return Err(Error::Empty { url: source.url.to_owned() });
    }
    let base =
        Url::parse(source.url).ok().filter(|url| !url.cannot_be_a_base() && link::is_short(url.as_str()));
    // Nothing here panics, but the libraries below are let loose on strangers' bytes.
    let feed = || -> Result<Feed, Trouble> {
        let feed = read(text, base.as_ref())?.into_feed();
        let notices = feed.notices.iter().map(|notice| in_short(notice)).collect();
        Ok(Feed { pace: pace::of(text), notices, ..feed })
    };
    match panics::caught(feed) {
        Some(feed) => feed.map_err(|trouble| trouble.at(source.url, text)),
        None => Err(Error::Panicked { url: source.url.to_owned() }),
    }
}

fn read(text: &str, base: Option<&Url>) -> Result<Document, Trouble> {
    match strict::read(text, base) {
        Ok(document) => Ok(document),
        Err(Unread::Beyond) => tolerant(text, base),
        Err(Unread::Broken(reason)) => {
            let mut document = tolerant(text, base)?;
            if document.notices.is_empty() {
                document.notices.push(format!("Read with repairs: {reason}."));
            }
            Ok(document)
        }
    }
}

fn tolerant(text: &str, base: Option<&Url>) -> Result<Document, Trouble> {
    match text.starts_with('{') {
        true => json::read(text, base),
        false => xml::read(text, base),
    }
}

/// Why a text is no feed, before its address is known.
#[derive(Debug, Clone, PartialEq)]
enum Trouble {
    /// What stands there in place of a feed.
    NotAFeed(String),
    TooDeep {
        limit: usize,
    },
}

impl Trouble {
    fn at(self, url: &str, text: &str) -> Error {
        let url = url.to_owned();
        match self {
            Trouble::TooDeep { limit } => Error::TooDeep { url, limit },
            Trouble::NotAFeed(_) if is_html(text) => Error::HtmlPage { url, title: page_title(text) },
            Trouble::NotAFeed(found) => Error::NotAFeed { url, found: in_short(&found) },
        }
    }
}

/// How much of a document is looked at to tell a page from a feed.
const HEAD: usize = 4096;

fn is_html(text: &str) -> bool {
    let head: String = text.chars().take(HEAD).collect::<String>().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|sign| head.contains(sign))
        && !head.contains("<opml")
}

/// Characters that are said of what stands in a document.
const SAID: usize = 200;

/// A sentence for the operator that repeats a stranger's words: in one line, without what is not seen, and not long.
fn in_short(text: &str) -> String {
    let text: String = hidden::shown(text).chars().take(SAID).collect();
    space::fold(&text)
}

fn page_title(text: &str) -> String {
    let title = text
        .split_once("<title")
        .and_then(|(_, t)| t.split_once('>'))
        .and_then(|(_, t)| t.split_once("</title"));
    match title.map(|(title, _)| in_short(&html::to_text(title))).filter(|t| !t.is_empty()) {
        Some(title) => format!(" (“{title}”)"),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests;

//! The HTML of one article page in, the article's own text and its metadata out. No network, no clock; what a
//! stranger's page does to a parser stays an error.

mod body;
mod decode;
mod furniture;
mod heading;
mod metadata;
mod prepare;

use jiff::Timestamp;
use serde::Serialize;

pub use furniture::clean;

use crate::text::guard;

/// Where the bytes came from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Address of the page.
    pub url: &'a str,
    /// The Content-Type header, if there was one.
    pub content_type: Option<&'a str>,
}

/// One article page, read. Its JSON form is what `inspect article` prints.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Page {
    pub url: String,
    pub title: String,
    pub authors: Vec<String>,
    pub published: Option<Timestamp>,
    pub lang: Option<String>,
    /// The article's own text in order, plain.
    pub paragraphs: Vec<String>,
}

/// Why a page gave no article. No kind is worth another try with the same bytes.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("no article text found in the page; is it an article, and does it show without scripts?")]
    Empty,
    #[error("the page is refused unread: {0}")]
    Refused(#[from] guard::Refused),
    #[error("the page's markup made the parser fail")]
    Parser,
}

/// Reads one article page of any encoding; only its first 4 MiB are looked at.
pub fn page(bytes: &[u8], source: &Source) -> Result<Page, Error> {
    let html = decode::decode(bytes, source.content_type);
    guard::check(&html)?;
    let read = read(&html, source);
    if read.paragraphs.is_empty() { Err(Error::Empty) } else { Ok(read) }
}

fn read(html: &str, source: &Source) -> Page {
    let body::Found { paragraphs, linked, metadata } = body::article(html, source.url);
    let off = std::env::var("OFF").unwrap_or_default();
    let paragraphs = if off.contains('t') { paragraphs } else { heading::without_heading(paragraphs, &[metadata.title.clone()]) };
    let paragraphs = if off.contains('l') { paragraphs } else { paragraphs.into_iter().filter(|p| !linked.contains(p)).collect() };
    Page { url: source.url.to_owned(), paragraphs: clean(paragraphs), ..Page::default() }
}

#[cfg(test)]
mod tests;

//! The HTML of one article page in, the article's own text out. No network.

use jiff::Timestamp;
use serde::Serialize;

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

/// Why a page gave no article.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("no article text found")]
    Empty,
}

/// Reads one article page.
pub fn page(_bytes: &[u8], _source: &Source) -> Result<Page, Error> {
    Err(Error::Empty)
}

/// Drops the furniture ("Subscribe", "Sign up for …", "Read more", captions, bylines) among an article's paragraphs.
pub fn clean(paragraphs: Vec<String>) -> Vec<String> {
    paragraphs
}

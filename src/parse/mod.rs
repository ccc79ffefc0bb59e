//! The bytes of one feed document in, its entries out. No network, no clock; a parser's panic is an error.

use crate::model::Feed;

/// Where the bytes came from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Address of the feed; relative links are resolved against it.
    pub url: &'a str,
    /// The Content-Type header, if there was one.
    pub content_type: Option<&'a str>,
}

/// Why the bytes are no feed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("not a feed")]
    NotAFeed,
}

/// Parses one feed document.
pub fn feed(_bytes: &[u8], _source: &Source) -> Result<Feed, Error> {
    Err(Error::NotAFeed)
}

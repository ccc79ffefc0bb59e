//! Bytes that are no feed in, why they are none out, as a sentence for the operator.

use crate::{
    html,
    text::{hidden, space},
};

/// Why the bytes are no feed. The caller can only report it and try again another day.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    #[error("{url} answered with nothing at all; is it still a feed?")]
    Empty { url: String },
    #[error("{url} is an HTML page{title}, not a feed; {advice}")]
    HtmlPage {
        url: String,
        /// The page's title in quotation marks and brackets, or nothing.
        title: String,
        advice: String,
    },
    #[error("{url} is neither RSS, RDF, Atom nor JSON Feed ({found}); check the address")]
    NotAFeed { url: String, found: String },
    #[error("reading {url} made the parser panic; please report this with a copy of the feed")]
    Panicked { url: String },
    #[error("{url} nests its XML deeper than {limit} elements, which no feed needs; it is not read")]
    TooDeep { url: String, limit: usize },
}

/// Why a text is no feed, before its address is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Trouble {
    /// What stands there in place of a feed.
    NotAFeed(String),
    TooDeep {
        limit: usize,
    },
}

impl Trouble {
    /// The error for the document at this address.
    pub fn at(self, url: &str, text: &str) -> Error {
        let url = url.to_owned();
        match self {
            Trouble::TooDeep { limit } => Error::TooDeep { url, limit },
            Trouble::NotAFeed(_) if is_html(text) => {
                let advice = match &html::alternate_feeds(text, &url)[..] {
                    [] => "the site may refuse this program, or the feed has moved".to_owned(),
                    [feed] => format!("the page's feed is at {feed}: write that address"),
                    feeds => format!("the page's feeds are at {}: write one of these", feeds.join(" , ")),
                };
                Error::HtmlPage { url, title: page_title(text), advice: in_short(&advice) }
            }
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

/// Characters that are said of what stands in a document.
const SAID: usize = 200;

/// A sentence for the operator that repeats a stranger's words: in one line, without what is not seen, and not long.
pub fn in_short(text: &str) -> String {
    let text: String = hidden::shown(text).chars().take(SAID).collect();
    space::fold(&text)
}

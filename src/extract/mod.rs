//! The HTML of one article page in, the article's own text and its metadata out. No network, no clock; what a
//! stranger's page does to a parser stays an error.

mod about;
mod body;
mod copy;
mod decode;
mod heading;
mod metadata;
mod prepare;

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    agency,
    html::{self, Cut, Keep},
    language::{self, Lexicon},
    prose::furniture,
    text::{panics, space},
};

pub use about::is_about;

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
    /// Why only the beginning of the page was read.
    #[serde(skip)]
    pub cut: Option<Cut>,
}

/// Why a page gave no article. Another try with the same bytes helps in no case.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("no article text found in {url}; is it an article, and does it show without scripts?")]
    Empty { url: String },
    #[error("reading {url} made the parser panic; please report this with a copy of the page")]
    Panicked { url: String },
}

/// Letters and digits of the shortest text that is taken for an article: a sentence.
const FEWEST_LETTERS: usize = 60;

/// How much of the end of a page is searched for the tag that ends it.
const END: usize = 1024;

/// Whether a page has come to its end, though its transfer may not.
pub fn is_ended(bytes: &[u8]) -> bool {
    let end = bytes.get(bytes.len().saturating_sub(END)..).unwrap_or(bytes);
    String::from_utf8_lossy(end).to_ascii_lowercase().contains("</html")
}

/// Reads one article page of any encoding; only its first 4 MiB are looked at.
pub fn page(bytes: &[u8], source: &Source) -> Result<Page, Error> {
    let url = || source.url.to_owned();
    let html = decode::decode(bytes, source.content_type);
    // Nothing here panics, but the libraries below are let loose on strangers' bytes.
    let page = panics::caught(|| read(&html, source)).ok_or_else(|| Error::Panicked { url: url() })?;
    let letters = page.paragraphs.iter().flat_map(|p| p.chars()).filter(|c| c.is_alphanumeric()).count();
    if letters < FEWEST_LETTERS { Err(Error::Empty { url: url() }) } else { Ok(page) }
}

/// Adds the agency that a text credits above or below itself to `authors`, if those name none. Takes the paragraphs as
/// they are before [`furniture::clean`], which drops such lines.
pub fn credit(authors: &mut Vec<String>, paragraphs: &[String], lexicon: &'static Lexicon) {
    let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
    if agency::credited(authors, &[], lexicon).is_none() {
        authors.extend(agency::signed(&paragraphs, lexicon).map(str::to_owned));
    }
}

fn read(html: &str, source: &Source) -> Page {
    let whole = html::page(html, Keep::Article);
    let said = metadata::read(&whole);
    let linked = prepare::linked_lines(&whole.tree);
    let found = body::article(&whole, html, source.url, said.body.as_deref());
    let text = heading::below(found.paragraphs, &said.titles);
    let text: Vec<String> = text.into_iter().filter(|paragraph| !linked.contains(paragraph)).collect();
    let mut authors = said.authors;
    let lang = language::settled(said.lang, &text);
    let lexicon = lang.as_deref().map_or_else(Lexicon::neutral, Lexicon::of);
    credit(&mut authors, &text, lexicon);
    Page {
        url: source.url.to_owned(),
        title: said.titles.into_iter().next().unwrap_or_else(|| space::fold(&found.metadata.title)),
        authors,
        published: said.published,
        lang,
        paragraphs: furniture::clean(text, lexicon),
        cut: whole.cut,
    }
}

#[cfg(test)]
mod tests;

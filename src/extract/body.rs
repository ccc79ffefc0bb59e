//! A page's HTML in, the paragraphs of its article out.

use std::collections::BTreeSet;

use dom_query::Document;
use trafilatura::{ExtractionFocus, Metadata, Options};

use super::prepare;
use crate::text::blocks;

/// What was found of an article.
pub struct Found {
    pub paragraphs: Vec<String>,
    pub linked: BTreeSet<String>,
    pub metadata: Metadata,
}

/// The paragraphs of the page's article in order, and the metadata found on the way.
pub fn article(html: &str, url: &str) -> Found {
    let page = Document::from(html);
    let linked = prepare::linked_lines(&page);
    let off = std::env::var("OFF").unwrap_or_default();
    if !off.contains('p') { prepare::prepare(&page); }
    let html = page.html().replace("<br>", " <br>");
    let options = Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_focus(ExtractionFocus::FavorPrecision);
    let options = match url::Url::parse(url) { Ok(u) => options.with_url(u), _=>options};
    match trafilatura::extract(&html, &options) {
        Ok(found) => { if std::env::var("RAW").is_ok() { eprintln!("{}", found.content_html);} Found{ paragraphs: blocks::paragraphs(&found.content_html), metadata: found.metadata, linked} }
        Err(_) => Found { paragraphs: Vec::new(), metadata: Metadata::default(), linked },
    }
}

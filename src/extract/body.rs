//! The tree of a page in, the paragraphs of its article out: the extractor's, or the page's own copy for search
//! engines where the extractor found little.

use dom_query::Document;
use trafilatura::{ExtractionFocus, Metadata, Options};

use super::{copy, prepare};
use crate::{
    html::{self, Keep, Page},
    prose::blocks,
    text::space,
};

/// Above so many bytes a page is read only once.
const LARGE: usize = 512 * 1024;

/// Below so many words an extraction is doubted.
const FEW_WORDS: usize = 80;

/// What the extractor made of a page.
#[derive(Default)]
pub struct Extraction {
    pub paragraphs: Vec<String>,
    /// What it read in the page's head.
    pub metadata: Metadata,
}

impl Extraction {
    fn words(&self) -> usize {
        words(&self.paragraphs)
    }
}

/// The paragraphs of the page's article in order. `html` is the page as it came, `copy` the text as the page gives it to
/// search engines. The tree is altered on the way.
pub fn article(page: &Page, html: &str, source: &str, copy: Option<&str>) -> Extraction {
    prepare::prepare(&page.tree);
    let mut best = extract(&page.tree, source, ExtractionFocus::FavorPrecision);
    if best.words() < FEW_WORDS && page.size <= LARGE {
        let broad = extract(&page.tree, source, ExtractionFocus::Balanced);
        let whole = html::page(html, Keep::Article).tree;
        let raw = extract(&whole, source, ExtractionFocus::FavorPrecision);
        best = [broad, raw]
            .into_iter()
            .fold(best, |best, other| if other.words() > 2 * best.words() { other } else { best });
    }
    if let Some(copy) = copy.map(copied).filter(|copy| words(copy) > 2 * best.words()) {
        best.paragraphs = copy;
    }
    best
}

fn extract(page: &Document, source: &str, focus: ExtractionFocus) -> Extraction {
    let mut options = Options::default().with_fallback(true).with_exclude_comments(true).with_focus(focus);
    options.original_url = url::Url::parse(source).ok();
    match trafilatura::extract_document(copy::of(page), &options) {
        Ok(found) => Extraction {
            paragraphs: blocks::of(&html::blocks_of_markup(&found.content_html)),
            metadata: found.metadata,
        },
        Err(_) => Extraction::default(),
    }
}

/// The paragraphs of a text that may be HTML or plain lines.
fn copied(text: &str) -> Vec<String> {
    if text.contains("</p>") || text.contains("<br") {
        return blocks::of(&html::blocks(text, None));
    }
    text.lines().map(|line| space::fold(&html::to_text(line))).filter(|line| !line.is_empty()).collect()
}

fn words(paragraphs: &[String]) -> usize {
    paragraphs.iter().map(|p| p.split_whitespace().count()).sum()
}

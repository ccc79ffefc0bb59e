//! The HTML part in, findings out: what mail programs drop, what filters dislike, what a screen reader would miss.
//! Never runs or fetches anything.

use std::collections::BTreeSet;

use dom_query::{Document, NodeRef};

use super::finding::{Findings, count};
use crate::{html, text::space};

/// Bytes of style sheets above which Gmail drops all of them.
const STYLE_LIMIT: usize = 16 * 1024;

/// Characters of preview an inbox shows beside a subject.
const TEASER: usize = 140;

/// Elements that mail programs drop or filters reject.
const FORBIDDEN: &str =
    "script, iframe, object, embed, form, base, link[rel~=stylesheet], meta[http-equiv=refresh]";

/// An HTML part, parsed.
pub(super) struct Page {
    document: Document,
    /// Its links, in order.
    pub links: Vec<Link>,
}

#[derive(Debug)]
pub(super) struct Link {
    pub address: String,
    /// The text the reader sees, white space folded.
    pub text: String,
}

impl Page {
    /// Parses `source`; HTML that cannot be read within the limits is reported as a finding.
    pub fn read(source: &str, findings: &mut Findings) -> Option<Page> {
        let html::Page { tree: document, cut, .. } = html::page(source, html::Keep::Code);
        if let Some(cut) = cut {
            findings.error("HTML", format!("the HTML part is not fit to be read: {cut}"));
            return None;
        }
        let link = |node: &NodeRef| Link {
            address: node.attr("href").unwrap_or_default().trim().to_owned(),
            text: space::fold(&node.text()),
        };
        let links = document.select("a[href]").nodes().iter().map(link).collect();
        Some(Page { document, links })
    }

    /// The `http(s)` addresses it links to, in order, without repeats.
    pub fn web_addresses(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let addresses = self.links.iter().map(|link| &link.address);
        addresses.filter(|address| is_web(address) && seen.insert(*address)).cloned().collect()
    }

    /// Its first words.
    pub fn teaser(&self) -> String {
        space::fold(&self.document.select("body").text()).chars().take(TEASER).collect()
    }

    /// How many words a reader sees.
    pub fn words(&self) -> usize {
        self.document.select("body").text().split_whitespace().count()
    }

    /// Whether the visible text contains `word` (given in lower case).
    pub fn says(&self, word: &str) -> bool {
        self.document.select("body").text().to_lowercase().contains(word)
    }

    fn count(&self, selector: &str) -> usize {
        self.document.select(selector).length()
    }
}

/// Whether this is a web address.
pub(super) fn is_web(address: &str) -> bool {
    address.starts_with("http://") || address.starts_with("https://")
}

pub(super) fn check(page: &Page, findings: &mut Findings) {
    let style: usize =
        page.document.select("style").nodes().iter().map(|node| node.text().chars().count()).sum();
    if style > STYLE_LIMIT {
        findings
            .error("Gmail's limit of 16 KB", format!("the style sheet has {style} bytes: Gmail drops it"));
    }
    for element in page.document.select(FORBIDDEN).nodes() {
        let name = element.node_name().unwrap_or_default();
        findings
            .error("caniemail.com", format!("there is a <{name}>: mail programs drop it, filters mind it"));
    }
    if page.document.select("style").text().contains("@import") {
        findings.error("caniemail.com", "the style sheet imports another: mail programs drop it");
    }
    if page.count("html[lang]") == 0 {
        findings.error("WCAG 3.1.1", "<html> has no lang: read aloud, it is mispronounced");
    }
    match page.count("h1") {
        1 => {}
        headings => findings.warn("WCAG 1.3.1", format!("there are {headings} <h1>; one names the whole")),
    }
    let layout = page.count("table:not([role])");
    if layout > 0 {
        let tables = count(layout, "table has", "tables have");
        let text = format!("{tables} no role: role=\"presentation\" keeps them from being read as data");
        findings.warn("WCAG 1.3.1", text);
    }
    pictures(page, findings);
}

fn pictures(page: &Page, findings: &mut Findings) {
    let silent = page.count("img:not([alt])");
    if silent > 0 {
        let pictures = count(silent, "picture has", "pictures have");
        findings.error("WCAG 1.1.1", format!("{pictures} no alt: nothing is there with images off"));
    }
    for picture in page.document.select("img").nodes() {
        let side = |name| picture.attr(name).is_some_and(|size| matches!(size.trim(), "0" | "1"));
        if side("width") || side("height") {
            findings.warn(
                "rspamd; EU ePrivacy",
                "there is a picture of one pixel: it tracks, or is taken for that",
            );
        }
        if picture.attr("src").is_some_and(|source| source.starts_with("data:")) {
            findings.warn(
                "caniemail.com",
                "there is a picture in a data: address: Gmail and Outlook do not show it",
            );
        }
    }
}

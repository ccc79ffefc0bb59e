//! The bytes of one message in, everything receivers, filters and readers will hold against it out, each with the
//! source of its rule. Never changes the message, never uses the network, never panics.

mod finding;
mod head;
mod links;
mod message;
mod page;
mod parts;
#[cfg(test)]
mod tests;
mod wire;

use jiff::Timestamp;

use crate::text::panics::caught;
use finding::Findings;
pub use finding::{Finding, Severity};
use message::Message;
use page::Page;

/// Target size of the HTML in bytes: well below [`CLIPPED`], because relays and forwarders add to it.
pub const BUDGET: usize = 80_000;

/// Bytes of HTML above which Gmail clips a message, unsubscribe link included.
pub const CLIPPED: usize = 102 * 1024;

/// A message and its findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examined {
    /// Errors first.
    pub findings: Vec<Finding>,
    /// Name and value of every header in order, unfolded, with encoded words decoded.
    pub headers: Vec<(String, String)>,
    pub sizes: Sizes,
    /// Where the HTML part links to: `http(s)` addresses in order, without repeats.
    pub links: Vec<String>,
    /// The preview an inbox shows beside the subject: the first words of the HTML part.
    pub teaser: String,
}

/// Sizes in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sizes {
    /// The whole message as it is sent.
    pub message: usize,
    /// The HTML part, decoded.
    pub html: usize,
    /// The text part, decoded.
    pub text: usize,
}

impl Examined {
    /// The value of the first header of this name, ignoring case; empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    }
}

/// Examines a newsletter's message; its date is compared with `now`.
pub fn examine(bytes: &[u8], now: Timestamp) -> Examined {
    // Messages and pages are parsed by libraries, and a message can hold anything.
    caught(|| inspect(bytes, now)).unwrap_or_else(|| {
        let mut findings = Findings::default();
        findings.error("RFC 5322 section 3", "the message cannot be parsed");
        let sizes = Sizes { message: bytes.len(), ..Sizes::default() };
        Examined { findings: findings.sorted(), sizes, ..Examined::default() }
    })
}

fn inspect(bytes: &[u8], now: Timestamp) -> Examined {
    let mut findings = Findings::default();
    wire::check(bytes, &mut findings);
    let message = Message::read(bytes);
    head::check(&message, now, &mut findings);
    parts::check(&message, &mut findings);
    let page = message.html.as_deref().and_then(|html| Page::read(html, &mut findings));
    if let Some(page) = &page {
        page::check(page, &mut findings);
        links::check(page, &message, &mut findings);
    }
    let size = |part: &Option<String>| part.as_ref().map_or(0, String::len);
    Examined {
        findings: findings.sorted(),
        sizes: Sizes { message: bytes.len(), html: size(&message.html), text: size(&message.text) },
        teaser: page.as_ref().map(Page::teaser).unwrap_or_default(),
        links: page.as_ref().map(Page::web_addresses).unwrap_or_default(),
        headers: message.head.into_iter().map(|field| (field.name, field.value)).collect(),
    }
}

//! What outlets print around their articles, in one language: lines of pages, and the words of bylines.

use serde::Deserialize;

use super::list::{Patterns, Phrases, Words};

/// The furniture of pages.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Page {
    /// Whole lines: labels of buttons, sections and pictures.
    pub label: Patterns,
    /// Whole lines: headings of boxes of links.
    pub heading: Patterns,
    /// Labels with the headline of another page behind them.
    pub titled: Patterns,
    /// Pointers to other pages, requests and notices.
    pub pointer: Patterns,
    /// Credits of pictures.
    pub credit: Patterns,
    /// What asks a reader for something, and what is offered for it.
    pub request: Patterns,
    pub offer: Patterns,
    /// Words that lines of dates are made of, days and months aside.
    pub(super) date: Words,
    /// What tells of the makers, among the last lines of an article.
    pub signature: Patterns,
    /// Behind the name of an author: who that is.
    pub introduction: Patterns,
    /// Invitations to follow somebody, which nobody utters.
    pub follow: Patterns,
    /// Behind a name, or behind a name with its office: a text that leaves the rest to somebody else.
    pub handover: Patterns,
    pub discussion: Patterns,
    /// Agencies before a photographer's name, as in "REUTERS/Ada Quill".
    pub photo: Words,
}

/// The words of bylines and credits.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Byline {
    /// What stands before the names.
    pub opens: Phrases,
    /// What stands between two who wrote together, beside "and".
    pub with: Words,
    /// Words inside the names of offices.
    pub inside: Words,
    /// What stands between authors and those they write for.
    pub at: Words,
    /// What authors are.
    pub role: Words,
    /// What else their names and those of agencies have behind them.
    pub desk: Words,
    /// What agencies are called that go without a name.
    pub agencies: Phrases,
    /// What stands before the name of whoever a report comes from.
    pub source: Phrases,
    /// Lines that say whose report it is, with the name behind what opens a byline.
    pub report: Patterns,
    /// Lines that say that it came in by itself.
    pub syndicated: Patterns,
}

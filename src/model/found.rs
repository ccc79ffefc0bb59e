//! What became of the entries of a feed's last document, in numbers: how many are kept, how many are not or not as they
//! stood there, and why.

use serde::{Deserialize, Serialize};

/// The entries of one document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Found {
    /// Kept.
    pub entries: usize,
    /// What the document's reader had to repair or leave out, in sentences.
    pub notices: Vec<String>,
    /// Left out: they came a second time.
    pub doubles: usize,
    /// Left out: they hold neither a title nor a text.
    pub empty: usize,
    /// Left out: there were more than are taken, and they are the oldest.
    pub oldest: usize,
    /// Kept without their text, which the newer ones left no room for.
    pub bare: usize,
    /// Kept; the beginning of the text stands for the title.
    pub untitled: usize,
    /// Kept; they count as published when they were first seen.
    pub undated: usize,
    /// Kept, but not printed: the word lists of the feed are against them.
    pub unwanted: usize,
    /// Older ones that were kept and are forgotten now, for want of room.
    pub forgotten: usize,
    /// By which language's words the texts of those were cleaned that declare none beyond doubt.
    pub cleaned_as: String,
}

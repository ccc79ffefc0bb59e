//! The contents of a feed after parsing. Never holds HTML.

use std::{collections::BTreeSet, time::Duration};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Block, Picture};

/// One parsed feed document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Feed {
    /// The feed's own title, plain text; empty if it has none.
    pub title: String,
    /// Entries in feed order.
    pub entries: Vec<Entry>,
    /// Entries that came a second time, and are left out.
    pub doubles: usize,
    /// What the parser had to leave out or repair, in sentences for the operator; empty for a valid feed.
    pub notices: Vec<String>,
    pub pace: Pace,
}

/// When a feed asks to be fetched again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// How long its content stays current (RSS `ttl`, `sy:updatePeriod`), if it says so.
    pub every: Option<Duration>,
    /// Hours of the day, in UTC, in which it publishes nothing new (RSS `skipHours`).
    pub skip_hours: BTreeSet<i8>,
    /// Days of the week, in UTC, Monday being 1, on which it publishes nothing new (RSS `skipDays`).
    pub skip_days: BTreeSet<i8>,
}

/// One item of a feed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Stable identity within the feed: guid, otherwise canonical link, otherwise a hash of title, date and text.
    pub key: String,
    /// Plain text: entities decoded, tags removed, white space folded.
    pub title: String,
    /// The article's address, absolute, without tracking parameters; null if the feed gives none.
    pub link: Option<String>,
    /// When the outlet published it, otherwise when it updated it, in UTC.
    pub published: Option<Timestamp>,
    /// Plain text; empty if the feed gives none.
    pub summary: String,
    /// The blocks the summary is made from. Like the body, they are not stored.
    #[serde(skip)]
    pub described: Vec<Block>,
    /// The body; empty if the feed gives only a summary.
    #[serde(skip)]
    pub blocks: Vec<Block>,
    /// Names of the authors, in feed order.
    pub authors: Vec<String>,
    /// BCP 47 tag of the entry or its feed, if declared.
    pub lang: Option<String>,
    /// The feed's own topic labels, plain text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// A picture the feed offers for the entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    /// Stands for all that its document says of it: where that is the same, the entry is.
    #[serde(skip)]
    pub fingerprint: Option<u128>,
}

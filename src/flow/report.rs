//! What a run did, in numbers: the object that `--json` prints.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use crate::store::Tally;

/// The account of one run or preview.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// The edition's date.
    pub edition: Option<Date>,
    /// Whether this call sealed the edition.
    pub sealed: bool,
    pub feeds: FeedCounts,
    /// Entries in the feeds read by this call.
    pub entries: usize,
    /// Articles the edition was composed from.
    pub articles: usize,
    /// Stories those articles tell.
    pub stories: usize,
    pub pages: PageCounts,
    /// Stories printed.
    pub briefs: usize,
    /// Briefs refused because a word of them was not in its source.
    pub refused_briefs: usize,
    /// Deliveries by edition: today's, and earlier ones that were still open.
    pub deliveries: BTreeMap<Date, Tally>,
    pub seconds: Seconds,
}

/// The feeds of one pull.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FeedCounts {
    pub read: usize,
    pub unchanged: usize,
    /// Not asked: they were asked not long ago, or their host wants to be left alone. What is kept of them served.
    pub not_due: usize,
    pub failed: usize,
    /// Those that failed now.
    pub errors: Vec<FailedFeed>,
    /// Of those not due, the ones of which there is nothing new to be had: the last attempt failed.
    pub waiting: Vec<FailedFeed>,
    /// What the editor should know.
    pub notices: Vec<FeedNotice>,
}

impl FeedCounts {
    /// Whether not one feed is in order.
    pub fn none_readable(&self) -> bool {
        self.read + self.unchanged + self.not_due == self.waiting.len()
    }
}

/// What the editor should know of a feed: that it has been failing for long, has moved or is gone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FeedNotice {
    pub outlet: String,
    pub url: String,
    /// A sentence that lacks the outlet.
    pub text: String,
}

/// A feed that could not be read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FailedFeed {
    pub outlet: String,
    pub url: String,
    pub reason: String,
    /// Failures in a row; one that was the fault of this machine's own network does not count.
    pub failures: i64,
    /// When the row began.
    pub failing_since: Option<Timestamp>,
    /// When it was last read well.
    pub succeeded_at: Option<Timestamp>,
}

/// The article pages of one compose.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct PageCounts {
    pub fetched: usize,
    /// Found in the store, not asked for again.
    pub cached: usize,
    /// Asked for in vain; the entry's own text served.
    pub failed: usize,
    /// Not asked for, because the site's robots.txt or its host does not want it; the entry's own text served.
    pub disallowed: usize,
}

/// Wall time of each stage, in seconds.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Seconds {
    pub pull: f64,
    pub cluster: f64,
    pub pages: f64,
    pub brief: f64,
    pub deliver: f64,
}

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
    pub failed: usize,
    pub errors: Vec<FailedFeed>,
}

/// A feed that could not be read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FailedFeed {
    pub outlet: String,
    pub url: String,
    pub reason: String,
    /// Failures in a row, this one included.
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

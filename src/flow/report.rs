//! What a run did, in numbers: the object that `--json` prints.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::store::Tally;

/// The account of one run or preview.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// The edition's date.
    pub edition: Option<Date>,
    /// The how manieth edition it is, 1 being the first; 0 when there is none on that date.
    pub number: u64,
    /// Whether this call sealed the edition.
    pub sealed: bool,
    /// Whether the edition was sealed before, so that nothing was left to do but to mail it to whoever is without.
    pub resumed: bool,
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
    pub messages: MessageCounts,
    pub seconds: Seconds,
}

impl Report {
    /// Whether feeds were asked, or would have been if they were due.
    pub fn pulled(&self) -> bool {
        let feeds = &self.feeds;
        feeds.read + feeds.unchanged + feeds.not_due + feeds.failed > 0
    }

    /// The same without what is said of single feeds: as much as is kept of a run.
    pub fn figures(&self) -> Report {
        let feeds =
            FeedCounts { errors: Vec::new(), waiting: Vec::new(), notices: Vec::new(), ..self.feeds.clone() };
        Report { feeds, ..self.clone() }
    }
}

/// The feeds of one pull.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeedNotice {
    pub outlet: String,
    pub url: String,
    /// A sentence that lacks the outlet.
    pub text: String,
}

/// A feed that could not be read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PageCounts {
    pub fetched: usize,
    /// Found in the store, not asked for again.
    pub cached: usize,
    /// Asked for in vain; the entry's own text served.
    pub failed: usize,
    /// Not asked for, because the site's robots.txt or its host does not want it; the entry's own text served.
    pub disallowed: usize,
}

impl PageCounts {
    /// All that were wanted.
    pub fn all(&self) -> usize {
        self.fetched + self.cached + self.failed + self.disallowed
    }
}

/// The messages of one run, over all editions it mailed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MessageCounts {
    /// Handed to the mail server, or meant to be: one reader may be tried more than once.
    pub tried: u64,
    /// Of those, to readers who had been tried before, by this run or an earlier one.
    pub retries: u64,
    /// Taken by the server.
    pub sent: u64,
    /// Bytes of the messages taken, without SMTP's own.
    pub bytes: u64,
    /// Bytes of the largest of them.
    pub largest: u64,
}

impl MessageCounts {
    /// Takes note of one more attempt: a message of so many bytes, if the server took it.
    pub fn tried(&mut self, again: bool, taken: Option<u64>) {
        let bytes = taken.unwrap_or(0);
        let sent = u64::from(taken.is_some());
        self.add(MessageCounts { tried: 1, retries: u64::from(again), sent, bytes, largest: bytes });
    }

    /// Adds those of another edition.
    pub fn add(&mut self, others: MessageCounts) {
        self.tried += others.tried;
        self.retries += others.retries;
        self.sent += others.sent;
        self.bytes += others.bytes;
        self.largest = self.largest.max(others.largest);
    }
}

/// Wall time of each stage, in seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Seconds {
    pub pull: f64,
    pub cluster: f64,
    pub pages: f64,
    pub brief: f64,
    pub deliver: f64,
    /// The whole run, from the reading of the clock on.
    pub total: f64,
}

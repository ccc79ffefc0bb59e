//! What a pull brought: how many feeds answered how, which failed, and what the editor should know.

use jiff::Timestamp;
use serde::Serialize;

/// What a pull brought.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pulled {
    /// Feeds that were read, and those whose servers said that nothing is new.
    pub read: usize,
    pub unchanged: usize,
    /// Not asked: they were asked not long ago, or their host wants to be left alone. What is kept of them served.
    pub not_due: usize,
    /// Not asked, or not waited for, because the program was to stop.
    pub unasked: usize,
    /// Those that failed now.
    pub failed: Vec<FailedFeed>,
    /// Of those not due, the ones of which there is nothing new to be had: the last attempt failed.
    pub waiting: Vec<FailedFeed>,
    /// What the editor should know.
    pub notices: Vec<FeedNotice>,
    /// Entries in the feeds that were read.
    pub entries: usize,
    pub seconds: f64,
}

impl Pulled {
    /// Whether feeds were asked, or would have been if they were due.
    pub fn is_any(&self) -> bool {
        self.read + self.unchanged + self.not_due + self.unasked + self.failed.len() > 0
    }

    /// Whether not one feed is in order.
    pub fn is_nothing(&self) -> bool {
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
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
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

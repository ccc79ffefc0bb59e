//! What is stored about a feed besides its entries: its last answer and its health. Never decides whether it is due.

use jiff::{SignedDuration, Timestamp};

use super::{Found, Pace};

/// A feed must say on this many days where it moved before it is believed.
const BELIEVED_AFTER: i64 = 3;

/// A feed must be said to be gone for this long, which a daily run hears on three days.
const GONE_AFTER: SignedDuration = SignedDuration::from_hours(40);

/// The record of one feed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FeedRecord {
    /// What its last good answer said. Without validators once none of its entries is stored any more: "not modified"
    /// would then hide what is lost.
    pub answer: Answer,
    /// When it was last fetched, or would have been.
    pub checked_at: Option<Timestamp>,
    /// Failures in a row; 0 if the last attempt succeeded.
    pub failures: i64,
    /// When that row of failures began.
    pub failing_since: Option<Timestamp>,
    /// The reason for the last failure.
    pub reason: Option<String>,
    /// When it was last read successfully.
    pub succeeded_at: Option<Timestamp>,
    /// Until when its host asked us to wait.
    pub held_until: Option<Timestamp>,
    /// When its server first said it was gone for good, and has said nothing else since.
    pub gone_since: Option<Timestamp>,
}

impl FeedRecord {
    /// Since when it is gone for good, once its server has said so for long enough: a fault of a morning ends no feed.
    pub fn gone(&self) -> Option<Timestamp> {
        let said_for = |since: &Timestamp| self.checked_at.map(|last| last.duration_since(*since));
        self.gone_since.filter(|since| said_for(since).is_some_and(|long| long >= GONE_AFTER))
    }
}

/// What a feed's good answer says besides its entries.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// The `ETag` header, exactly as sent (RFC 9110 §8.8.3).
    pub etag: Option<String>,
    /// The `Last-Modified` header, exactly as sent.
    pub last_modified: Option<String>,
    /// The address that sent these two; none means the feed's own.
    pub given_by: Option<String>,
    /// What stands for the document it brought, if nothing of that was lost.
    pub document: Option<String>,
    /// When to fetch it again.
    pub due: Option<Timestamp>,
    /// When the feed itself asks to be fetched again.
    pub pace: Pace,
    pub moved: Option<Moved>,
    /// What became of its entries; none in an answer that brought no document.
    pub found: Option<Found>,
}

impl Answer {
    /// The feed's new address, once it has announced it often enough.
    pub fn moved_to(&self) -> Option<&str> {
        self.moved.as_ref().filter(|moved| moved.days >= BELIEVED_AFTER).map(|moved| moved.to.as_str())
    }
}

/// The address a feed says it has moved to for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    pub to: String,
    /// On how many days it has said so.
    pub days: i64,
    /// When that was last counted.
    pub seen: Timestamp,
}

/// The stored entries that one feed still lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldEntries {
    pub feed: String,
    pub entries: u64,
    /// How many of them have no date, and how many are dated in the future.
    pub undated: u64,
    pub ahead: u64,
    /// When the newest of them was first seen.
    pub newest: Timestamp,
}

/// Entries that one feed held lately and does not any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turnover {
    pub feed: String,
    pub gone: u64,
    /// How many of them were found by one pull alone: of their like, others came and went between two pulls.
    pub once: u64,
}

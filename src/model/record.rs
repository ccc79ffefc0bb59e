//! What is kept of a feed beside its entries: how it answered, and how it has been doing.

use jiff::Timestamp;

use super::Pace;

/// On so many days a feed must say where it moved before it is believed.
const BELIEVED_AFTER: i64 = 3;

/// The record of one feed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FeedRecord {
    /// What its last good answer said. Without validators when no entry of it is kept any more: "not modified" would
    /// then hide what is lost.
    pub answer: Answer,
    /// When it was last asked, or would have been.
    pub checked_at: Option<Timestamp>,
    /// Failures in a row; 0 when the last attempt went well.
    pub failures: i64,
    /// When the row of failures began.
    pub failing_since: Option<Timestamp>,
    /// Why the last of them was one.
    pub reason: Option<String>,
    /// When it was last read well.
    pub succeeded_at: Option<Timestamp>,
    /// Until when its host asked to be left alone.
    pub held_until: Option<Timestamp>,
    /// When its server first said that it is gone for good.
    pub gone_since: Option<Timestamp>,
}

/// What a feed's good answer says beside its entries.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// The `ETag` header, exactly as sent (RFC 9110 §8.8.3).
    pub etag: Option<String>,
    /// The `Last-Modified` header, exactly as sent.
    pub last_modified: Option<String>,
    /// The address that sent the two; none: the feed's own.
    pub given_by: Option<String>,
    /// When to ask again.
    pub due: Option<Timestamp>,
    /// When it wants to be asked again, by its own word.
    pub pace: Pace,
    pub moved: Option<Moved>,
}

impl Answer {
    /// The new address of a feed that has said so often enough.
    pub fn moved_to(&self) -> Option<&str> {
        self.moved.as_ref().filter(|moved| moved.days >= BELIEVED_AFTER).map(|moved| moved.to.as_str())
    }
}

/// Where a feed says it has moved for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    pub to: String,
    /// On how many days it said so.
    pub days: i64,
    /// When that was last counted.
    pub seen: Timestamp,
}

/// What is kept of one feed's entries that it still holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldEntries {
    pub feed: String,
    pub entries: u64,
    /// Of them, those without a date, and those dated after now.
    pub undated: u64,
    pub ahead: u64,
    /// When the newest of them was first seen.
    pub newest: Timestamp,
}

//! A store in, its editions as an editor asks about them out: how many readers, who was sent it, how it
//! ended. Never changes one.

use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::Serialize;

use super::deliver::LATE;
use crate::store::Past;

/// An edition with its figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PastEdition {
    pub date: Date,
    /// Its number, from 1.
    pub number: u64,
    pub composed_at: Timestamp,
    pub sealed_at: Timestamp,
    pub stories: usize,
    /// All who were to be sent it.
    pub readers: u64,
    pub sent: u64,
    /// Refused for good by the mail server.
    pub refused: u64,
    /// Not sent yet: not tried, put off, unanswered, or written to a folder only.
    pub open: u64,
    /// Of the open ones, those that were written to a folder.
    pub written: u64,
    /// Written to a folder, which counts as delivered.
    pub filed: u64,
    /// No longer readers by the time it was sent.
    pub withdrawn: u64,
    /// Copies sent on request.
    pub copies: u64,
    /// From sealing to the last message sent.
    pub seconds: Option<i64>,
    pub state: Completion,
    /// Whether it is still known who was sent it.
    pub readers_known: bool,
}

/// The state of an edition's delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Completion {
    /// Every delivery has an answer.
    Done,
    /// This run or the next one goes on with it.
    Open,
    /// Some reader has not got it, and no run will try again.
    GivenUp,
}

impl PastEdition {
    /// The edition as it looks at `now`.
    pub fn new(past: &Past, now: Timestamp) -> PastEdition {
        let tally = past.totals.tally;
        let open = tally.pending + tally.deferred + tally.written;
        let state = match open {
            0 => Completion::Done,
            _ if now.duration_since(past.composed_at) > LATE => Completion::GivenUp,
            _ => Completion::Open,
        };
        let took = |last: Timestamp| last.duration_since(past.sealed_at).max(SignedDuration::ZERO).as_secs();
        PastEdition {
            date: past.date,
            number: past.number,
            composed_at: past.composed_at,
            sealed_at: past.sealed_at,
            stories: past.stories,
            readers: tally.readers(),
            sent: tally.sent,
            refused: tally.refused,
            open,
            written: tally.written,
            filed: tally.filed,
            withdrawn: tally.withdrawn,
            copies: past.totals.copies,
            seconds: past.totals.last_sent.map(took),
            state,
            readers_known: !past.is_forgotten,
        }
    }
}

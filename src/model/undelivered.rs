//! The state of editions and their deliveries, for display. Never changes either.

use jiff::{Timestamp, civil::Date};

use super::{DeliveryState, Outcome};

/// The newest edition, without its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    pub date: Date,
    pub composed_at: Timestamp,
    /// The number of editions so far.
    pub number: u64,
}

/// Deliveries of one edition that are in the same state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undelivered {
    pub edition: Date,
    pub state: DeliveryState,
    /// How the last completed attempt ended.
    pub outcome: Option<Outcome>,
    pub readers: u64,
    /// One of their addresses, in lower case.
    pub email: String,
    /// The largest number of attempts among them.
    pub attempts: u64,
    pub changed_at: Timestamp,
}

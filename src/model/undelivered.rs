//! How editions and their deliveries stand, for whoever looks on.

use jiff::{Timestamp, civil::Date};

use super::{DeliveryState, Outcome};

/// The newest edition, without its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    pub date: Date,
    pub composed_at: Timestamp,
    /// How many editions there are.
    pub number: u64,
}

/// Deliveries of one edition that stand alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undelivered {
    pub edition: Date,
    pub state: DeliveryState,
    /// How the last attempt ended that came to an end.
    pub outcome: Option<Outcome>,
    pub readers: u64,
    /// The address of one of them, in lower case.
    pub email: String,
    /// The most often one of them was tried.
    pub attempts: u64,
    pub changed_at: Timestamp,
}

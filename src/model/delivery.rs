//! One edition to one reader: a row of the ledger.

use jiff::civil::Date;

use super::Reader;

/// What is known of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// Not tried yet.
    Pending,
    /// Claimed by a run that has not said how it ended: the server may or may not have it.
    Sending,
    /// The server said 250.
    Sent,
    /// The server said "not now" (4xx), or was not there: to be tried again.
    Deferred,
    /// The server said "never" to this reader (5xx).
    Refused,
    /// The reader left the list before it was sent.
    Withdrawn,
}

/// One row of the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    pub edition: Date,
    pub reader: Reader,
    pub state: DeliveryState,
    /// Times it was tried, a try under way included.
    pub attempts: u32,
    /// The server's last words, or what went wrong.
    pub reason: Option<String>,
}

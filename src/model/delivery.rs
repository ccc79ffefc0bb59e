//! One edition to one reader: a row of the ledger.

use std::str::FromStr;

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

impl DeliveryState {
    const ALL: [DeliveryState; 6] = [
        DeliveryState::Pending,
        DeliveryState::Sending,
        DeliveryState::Sent,
        DeliveryState::Deferred,
        DeliveryState::Refused,
        DeliveryState::Withdrawn,
    ];

    /// The word for it, as stored.
    pub fn word(self) -> &'static str {
        match self {
            DeliveryState::Pending => "pending",
            DeliveryState::Sending => "sending",
            DeliveryState::Sent => "sent",
            DeliveryState::Deferred => "deferred",
            DeliveryState::Refused => "refused",
            DeliveryState::Withdrawn => "withdrawn",
        }
    }
}

impl FromStr for DeliveryState {
    type Err = String;

    fn from_str(word: &str) -> Result<DeliveryState, String> {
        let known = DeliveryState::ALL.into_iter().find(|state| state.word() == word);
        known.ok_or_else(|| format!("{word:?} is no state of a delivery"))
    }
}

/// One row of the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    pub edition: Date,
    /// Its place among the edition's, 1 being the first.
    pub turn: u32,
    pub reader: Reader,
    pub state: DeliveryState,
    /// Times it was tried, a try under way included.
    pub attempts: u32,
    /// The server's last words, or what went wrong.
    pub reason: Option<String>,
}

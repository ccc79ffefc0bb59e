//! The delivery of one edition to one reader: a row of the ledger. Never holds the message.

use jiff::civil::Date;

use super::{DeliveryState, Outcome, Reader};

/// One row of the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    pub edition: Date,
    /// Its position among the edition's deliveries, starting at 1.
    pub turn: u32,
    pub reader: Reader,
    pub state: DeliveryState,
    /// Number of attempts, including one in progress.
    pub attempts: u32,
    /// How the last completed attempt ended.
    pub outcome: Option<Outcome>,
}

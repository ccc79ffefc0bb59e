//! One edition to one reader: a row of the ledger.

use jiff::civil::Date;

use super::{DeliveryState, Outcome, Reader};

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
    /// How the last attempt ended that came to an end.
    pub outcome: Option<Outcome>,
}

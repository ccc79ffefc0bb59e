//! What each stage counted in, the account of a run or a preview out. Never printed here.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};

use super::{
    compose::Counts,
    deliver::{Mailed, MessageCounts},
    pull::Pulled,
};
use crate::schedule::thin::Coverage;

/// The account of one run or preview.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// The edition's date.
    pub edition: Option<Date>,
    /// The edition's number, 1 for the first; 0 when there is none on that date.
    pub number: u64,
    /// Whether this call sealed the edition.
    pub sealed: bool,
    /// Whether the edition was sealed before, so that it only remained to mail it to readers who had not got
    /// it.
    pub resumed: bool,
    /// Readers of the last edition whom the list has not got any more.
    pub missing_readers: usize,
    pub pulled: Pulled,
    /// How much of what the feeds usually bring was read.
    pub coverage: Coverage,
    /// Until when the edition waits for a later run, because most of it is missing; `None` when it does not.
    pub held_until: Option<Timestamp>,
    pub composed: Counts,
    /// By edition: today's, and earlier ones still open.
    pub mailed: BTreeMap<Date, Mailed>,
    /// How long the whole run took, from the reading of the clock.
    pub seconds: f64,
}

impl Report {
    /// Readers who have not got one of the editions.
    pub fn without(&self) -> u64 {
        self.mailed.values().map(|mailed| mailed.tally.without()).sum()
    }

    /// The messages of all editions.
    pub fn messages(&self) -> MessageCounts {
        let mut all = MessageCounts::default();
        self.mailed.values().for_each(|mailed| all.add(mailed.messages));
        all
    }
}

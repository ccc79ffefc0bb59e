//! The state of the deliveries, one row per edition and reader. `ledger` claims and settles them.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;

use super::{
    Error, Store,
    row::{Row, seconds},
};
use crate::model::{Delivery, DeliveryState};

/// How many deliveries of an edition are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Not tried yet, or claimed and not settled.
    pub pending: u64,
    pub sent: u64,
    pub deferred: u64,
    pub refused: u64,
    /// No longer wanted: the reader left before it was sent.
    pub withdrawn: u64,
    /// Written to a folder and still to be mailed.
    pub written: u64,
    /// Written to a folder, which counts as delivered.
    pub filed: u64,
}

impl Tally {
    /// Readers who should have got the edition by mail, and have not.
    pub fn without(&self) -> u64 {
        self.pending + self.deferred + self.refused
    }

    /// All who were to be sent it.
    pub fn readers(&self) -> u64 {
        self.without() + self.sent + self.withdrawn + self.written + self.filed
    }

    /// Adds to the count of a state.
    pub(super) fn add(&mut self, state: DeliveryState, count: u64) {
        *match state {
            DeliveryState::Pending | DeliveryState::Sending => &mut self.pending,
            DeliveryState::Sent => &mut self.sent,
            DeliveryState::Deferred => &mut self.deferred,
            DeliveryState::Refused => &mut self.refused,
            DeliveryState::Withdrawn => &mut self.withdrawn,
            DeliveryState::Written => &mut self.written,
            DeliveryState::Filed => &mut self.filed,
        } += count;
    }
}

impl Store {
    /// The dates of the editions composed at or after `since` that some reader is still to be sent, oldest
    /// first.
    pub async fn undelivered(&self, since: Timestamp) -> Result<Vec<Date>, Error> {
        let rows = sqlx::query(
            "select distinct d.edition from delivery d join edition e on e.date = d.edition
             where d.state in ('pending', 'sending', 'deferred', 'written') and e.composed_at >= $1 order by d.edition",
        )
        .bind(seconds(since))
        .fetch_all(&self.pool)
        .await
        .map_err(Error::doing("looking for open deliveries"))?;
        rows.iter().map(|row| Row::of("a delivery", "edition", row).said("edition")).collect()
    }

    /// Makes the deliveries of an edition that are in this state pending again: those put off, those written to a
    /// folder, or those a run left claimed without saying how they ended.
    pub async fn reopen(&self, edition: Date, state: DeliveryState, now: Timestamp) -> Result<(), Error> {
        sqlx::query(
            "update delivery set state = 'pending', changed_at = $2 where edition = $1 and state = $3",
        )
        .bind(edition.to_string())
        .bind(seconds(now))
        .bind(state.word())
        .execute(&self.pool)
        .await
        .map(drop)
        .map_err(Error::doing("reopening deliveries"))
    }

    /// Every delivery of an edition, by address.
    pub async fn deliveries(&self, edition: Date) -> Result<Vec<Delivery>, Error> {
        let rows = sqlx::query(
            "select edition, turn, body, state, attempts, outcome, code, enhanced, words from delivery where edition = $1 order by reader",
        )
        .bind(edition.to_string())
        .fetch_all(&self.pool)
        .await
        .map_err(Error::doing("reading the ledger"))?;
        rows.iter().map(delivery).collect()
    }

    /// The deliveries of an edition, counted by state.
    pub async fn tally(&self, edition: Date) -> Result<Tally, Error> {
        let rows =
            sqlx::query("select state, count(*) as count from delivery where edition = $1 group by state")
                .bind(edition.to_string())
                .fetch_all(&self.pool)
                .await
                .map_err(Error::doing("counting the deliveries"))?;
        let mut tally = Tally::default();
        for row in &rows {
            let row = Row::of("deliveries", "state", row);
            tally.add(row.said("state")?, row.number("count")?);
        }
        Ok(tally)
    }
}

pub(super) fn delivery(row: &SqliteRow) -> Result<Delivery, Error> {
    let row = Row::of("a delivery, by its turn", "turn", row);
    Ok(Delivery {
        edition: row.said("edition")?,
        turn: row.number("turn")?,
        reader: row.json("body")?,
        state: row.said("state")?,
        attempts: row.number("attempts")?,
        outcome: row.outcome()?,
    })
}

//! The deliveries as they stand: one row per edition and reader. How they are claimed and settled is in `ledger`.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use sqlx::{Row, sqlite::SqliteRow};

use super::{Error, Store, seconds};
use crate::model::{Delivery, DeliveryState};

/// How many deliveries of an edition stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Not tried yet, or claimed and not settled.
    pub pending: u64,
    pub sent: u64,
    pub deferred: u64,
    pub refused: u64,
    /// No longer wanted: the reader left before it was sent.
    pub withdrawn: u64,
}

impl Tally {
    /// Readers who are without the edition.
    pub fn without(&self) -> u64 {
        self.pending + self.deferred + self.refused
    }

    /// All who were to be sent it.
    pub fn readers(&self) -> u64 {
        self.without() + self.sent + self.withdrawn
    }

    /// Counts so many more in this state.
    pub(super) fn add(&mut self, state: DeliveryState, count: u64) {
        *match state {
            DeliveryState::Pending | DeliveryState::Sending => &mut self.pending,
            DeliveryState::Sent => &mut self.sent,
            DeliveryState::Deferred => &mut self.deferred,
            DeliveryState::Refused => &mut self.refused,
            DeliveryState::Withdrawn => &mut self.withdrawn,
        } += count;
    }
}

impl Store {
    /// The dates of the editions, composed at or after `since`, that some reader is still to be sent; oldest first.
    pub async fn undelivered(&self, since: Timestamp) -> Result<Vec<Date>, Error> {
        let rows = sqlx::query(
            "select distinct d.edition from delivery d join edition e on e.date = d.edition
             where d.state in ('pending', 'sending', 'deferred') and e.composed_at >= $1 order by d.edition",
        )
        .bind(seconds(since))
        .fetch_all(&self.pool)
        .await
        .map_err(Error::doing("looking for open deliveries"))?;
        Ok(rows.iter().filter_map(|row| row.get::<String, _>(0).parse().ok()).collect())
    }

    /// Makes the deliveries of an edition that are in this state pending again: those put off, or those a run left
    /// claimed without saying how they ended.
    pub async fn reopen(&self, edition: Date, state: DeliveryState, now: Timestamp) -> Result<(), Error> {
        sqlx::query(
            "update delivery set state = 'pending', changed_at = $2 where edition = $1 and state = $3",
        )
        .bind(edition.to_string())
        .bind(seconds(now))
        .bind(word(state))
        .execute(&self.pool)
        .await
        .map(drop)
        .map_err(Error::doing("reopening deliveries"))
    }

    /// Every delivery of an edition, by address.
    pub async fn deliveries(&self, edition: Date) -> Result<Vec<Delivery>, Error> {
        let rows = sqlx::query(
            "select edition, reader, state, attempts, reason from delivery where edition = $1 order by email",
        )
        .bind(edition.to_string())
        .fetch_all(&self.pool)
        .await
        .map_err(Error::doing("reading the ledger"))?;
        rows.iter().map(delivery).collect()
    }

    /// How the deliveries of an edition stand.
    pub async fn tally(&self, edition: Date) -> Result<Tally, Error> {
        let rows = sqlx::query("select state, count(*) from delivery where edition = $1 group by state")
            .bind(edition.to_string())
            .fetch_all(&self.pool)
            .await
            .map_err(Error::doing("counting the deliveries"))?;
        let mut tally = Tally::default();
        for row in &rows {
            tally.add(state(row.get(0)), u64::try_from(row.get::<i64, _>(1)).unwrap_or(0));
        }
        Ok(tally)
    }
}

pub(super) fn delivery(row: &SqliteRow) -> Result<Delivery, Error> {
    let reader = serde_json::from_str(row.get(1))
        .map_err(|source| Error::Value { what: "a reader in the ledger".to_owned(), source })?;
    Ok(Delivery {
        edition: row.get::<String, _>(0).parse().unwrap_or(Date::ZERO),
        reader,
        state: state(row.get(2)),
        attempts: u32::try_from(row.get::<i64, _>(3)).unwrap_or(u32::MAX),
        reason: row.get(4),
    })
}

pub(super) fn word(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Pending => "pending",
        DeliveryState::Sending => "sending",
        DeliveryState::Sent => "sent",
        DeliveryState::Deferred => "deferred",
        DeliveryState::Refused => "refused",
        DeliveryState::Withdrawn => "withdrawn",
    }
}

/// A word nobody here wrote counts as claimed: the delivery is not lost, and not taken for sent.
pub(super) fn state(word: &str) -> DeliveryState {
    match word {
        "pending" => DeliveryState::Pending,
        "sent" => DeliveryState::Sent,
        "deferred" => DeliveryState::Deferred,
        "refused" => DeliveryState::Refused,
        "withdrawn" => DeliveryState::Withdrawn,
        _ => DeliveryState::Sending,
    }
}

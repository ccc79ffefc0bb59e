//! The ledger of one edition while it is mailed: how each connection's delivery ended in, its next delivery
//! out, in one transaction for all connections that ask at the same time. A row is claimed before it is tried
//! and settled afterwards; nothing is mailed here.

use std::{
    marker::PhantomData,
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::{Timestamp, civil::Date};
use serde_json::json;
use sqlx::{Sqlite, pool::PoolConnection};
use tokio::sync::{Mutex as Turn, oneshot};

use super::{
    Error, Store,
    deliveries::delivery,
    row::{Row, columns, seconds},
};
use crate::model::{Delivery, Ended};

/// The deliveries of one edition, shared by all connections that carry them. It borrows the store, whose only
/// database connection it uses: nobody else can ask the store for anything until it is dropped.
#[derive(Debug)]
pub struct Ledger<'a> {
    edition: Date,
    waiting: Mutex<Vec<Entry>>,
    /// Held by the connection that writes for all.
    pen: Turn<PoolConnection<Sqlite>>,
    _store: PhantomData<&'a mut Store>,
}

/// Settles the rows in the JSON of `$1` and claims at most `$3` pending ones. Every row is found by its key
/// or, through the index on edition, state and attempts, at the head of the pending ones: an edition may have
/// a hundred thousand. With a bare parameter behind `limit`, SQLite would prepare the statement anew for
/// every value.
pub(super) const TURN: &str = "
    with entry as materialized (
        select value ->> 'turn' as turn, value ->> 'state' as state, value ->> 'outcome' as outcome,
            value ->> 'code' as code, value ->> 'enhanced' as enhanced, value ->> 'words' as words, 0 as claimed
        from json_each($1)
        union all
        select turn, 'sending', null, null, null, null, 1 from (
            select turn from delivery where edition = $2 and state = 'pending' order by attempts, turn limit $3 + 0)
    )
    update delivery set state = entry.state, attempts = attempts + entry.claimed, changed_at = $4,
        outcome = iif(entry.claimed, delivery.outcome, entry.outcome), code = iif(entry.claimed, delivery.code, entry.code),
        enhanced = iif(entry.claimed, delivery.enhanced, entry.enhanced),
        words = iif(entry.claimed, delivery.words, entry.words)
    from entry where delivery.edition = $2 and delivery.turn = entry.turn
    returning edition, delivery.turn as turn, body, delivery.state as state, attempts, delivery.outcome as outcome,
        delivery.code as code, delivery.enhanced as enhanced, delivery.words as words";

/// The JSON of how a delivery ended, as the statement above reads it.
fn json_of(ended: &Ended) -> serde_json::Value {
    let (outcome, code, enhanced, words) = columns(&ended.outcome);
    json!({
        "turn": ended.turn, "state": ended.state.word(), "outcome": outcome, "code": code, "enhanced": enhanced,
        "words": words,
    })
}

/// What one connection asks for.
#[derive(Debug)]
struct Entry {
    ended: Option<Ended>,
    wants_next: bool,
    at: Timestamp,
    next: oneshot::Sender<Delivery>,
}

impl Store {
    /// The ledger of the edition of a day.
    pub async fn ledger(&mut self, edition: Date) -> Result<Ledger<'_>, Error> {
        let connection = self.pool.acquire().await.map_err(Error::doing("opening the ledger"))?;
        Ok(Ledger { edition, waiting: Mutex::default(), pen: Turn::new(connection), _store: PhantomData })
    }
}

impl Ledger<'_> {
    /// Stores how the delivery in hand `ended` and, if another is wanted, claims the next pending one: the
    /// least tried first, then in the order of the readers when the edition was sealed. Nobody else gets it
    /// until it is settled or reopened. Both are on the disk when this returns.
    ///
    /// # Errors
    /// One of those who are written for at once is told what went wrong; the others, that there is nothing more to do.
    pub async fn settle_and_claim(
        &self,
        ended: Option<Ended>,
        wants_next: bool,
        at: Timestamp,
    ) -> Result<Option<Delivery>, Error> {
        let (next, answer) = oneshot::channel();
        self.waiting().push(Entry { ended, wants_next, at, next });
        let mut pen = self.pen.lock().await;
        // The previous writer may have written this one's entry, too.
        let entries = std::mem::take(&mut *self.waiting());
        if !entries.is_empty() {
            self.write(&mut pen, entries).await?;
        }
        drop(pen);
        Ok(answer.await.ok())
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Settles and claims for all entries by one statement, which is a transaction of its own, and hands out what was
    /// claimed.
    async fn write(&self, pen: &mut PoolConnection<Sqlite>, entries: Vec<Entry>) -> Result<(), Error> {
        let ended: Vec<&Ended> = entries.iter().filter_map(|entry| entry.ended.as_ref()).collect();
        let rows = serde_json::Value::from_iter(ended.iter().copied().map(json_of)).to_string();
        let wanted = entries.iter().filter(|entry| entry.wants_next).count();
        let at = entries.iter().map(|entry| entry.at).max().unwrap_or_default();
        let touched = sqlx::query(TURN)
            .bind(rows)
            .bind(self.edition.to_string())
            .bind(i64::try_from(wanted).unwrap_or(i64::MAX))
            .bind(seconds(at))
            .fetch_all(&mut **pen)
            .await
            .map_err(Error::doing("keeping the ledger"))?;
        let mut claimed = Vec::with_capacity(wanted);
        for row in &touched {
            let turn: u32 = Row::of("a delivery, by its turn", "turn", row).number("turn")?;
            if !ended.iter().any(|ended| ended.turn == turn) {
                claimed.push(delivery(row)?);
            }
        }
        for (entry, delivery) in entries.into_iter().filter(|entry| entry.wants_next).zip(claimed) {
            // When the run is being given up nobody listens; the row stays claimed for the next run.
            let _ = entry.next.send(delivery);
        }
        Ok(())
    }
}

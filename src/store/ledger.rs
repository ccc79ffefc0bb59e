//! The ledger of one edition while it is mailed: from every connection how its delivery ended and the wish for another
//! in, one transaction for all who ask at that moment out. A row is claimed before it is tried and settled after.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{Timestamp, civil::Date};
use sqlx::SqliteConnection;
use tokio::sync::{Mutex as Turn, oneshot};

use super::{
    Error, Store,
    deliveries::{delivery, word},
    seconds,
};
use crate::model::{Delivery, DeliveryState};

/// The deliveries of one edition, shared by all connections that carry them.
#[derive(Debug)]
pub struct Ledger<'a> {
    store: &'a Store,
    edition: Date,
    waiting: Mutex<Vec<Entry>>,
    /// Held by the one who writes for all.
    pen: Turn<()>,
}

/// How a claimed delivery ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    pub email: String,
    pub state: DeliveryState,
    pub reason: Option<String>,
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
    pub fn ledger(&self, edition: Date) -> Ledger<'_> {
        Ledger { store: self, edition, waiting: Mutex::default(), pen: Turn::default() }
    }
}

impl Ledger<'_> {
    /// Stores how the delivery in hand `ended` and, if another is wanted, claims the next pending one, which nobody else
    /// gets until it is settled or reopened. Both are on the disk when this returns.
    ///
    /// # Errors
    /// One of those who wrote at once is told what went wrong; the others, that there is nothing more to do.
    pub async fn turn(
        &self,
        ended: Option<Ended>,
        wants_next: bool,
        at: Timestamp,
    ) -> Result<Option<Delivery>, Error> {
        let (next, answer) = oneshot::channel();
        self.waiting().push(Entry { ended, wants_next, at, next });
        let pen = self.pen.lock().await;
        // Whoever held the pen before may have written for this one, too.
        let entries = std::mem::take(&mut *self.waiting());
        if !entries.is_empty() {
            self.write(entries).await?;
        }
        drop(pen);
        Ok(answer.await.ok())
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes all entries in one transaction, then hands out what was claimed.
    async fn write(&self, entries: Vec<Entry>) -> Result<(), Error> {
        let failed = Error::doing("keeping the ledger");
        let mut transaction = self.store.pool.begin_with("begin immediate").await.map_err(&failed)?;
        for entry in &entries {
            if let Some(ended) = &entry.ended {
                self.settle(&mut transaction, ended, entry.at).await?;
            }
        }
        let wanting: Vec<Entry> = entries.into_iter().filter(|entry| entry.wants_next).collect();
        let claimed = match wanting.last() {
            Some(last) => self.claim(&mut transaction, wanting.len(), last.at).await?,
            None => Vec::new(),
        };
        transaction.commit().await.map_err(&failed)?;
        for (entry, delivery) in wanting.into_iter().zip(claimed) {
            // Nobody listens any more when the run is being given up; the row stays claimed, for the next run.
            let _ = entry.next.send(delivery);
        }
        Ok(())
    }

    async fn settle(
        &self,
        connection: &mut SqliteConnection,
        ended: &Ended,
        at: Timestamp,
    ) -> Result<(), Error> {
        sqlx::query(
            "update delivery set state = $3, reason = $4, changed_at = $5 where edition = $1 and email = $2",
        )
        .bind(self.edition.to_string())
        .bind(&ended.email)
        .bind(word(ended.state))
        .bind(&ended.reason)
        .bind(seconds(at))
        .execute(connection)
        .await
        .map(drop)
        .map_err(Error::doing("settling a delivery"))
    }

    /// Claims the next pending deliveries, at most `most`, in the order of the readers when the edition was sealed.
    async fn claim(
        &self,
        connection: &mut SqliteConnection,
        most: usize,
        at: Timestamp,
    ) -> Result<Vec<Delivery>, Error> {
        // The index on state and edition holds the rows in this order: nothing is scanned or sorted.
        let rows = sqlx::query(
            "update delivery set state = 'sending', attempts = attempts + 1, changed_at = $2
             where rowid in (
                 select rowid from delivery where edition = $1 and state = 'pending' order by rowid limit $3)
             returning edition, reader, state, attempts, reason",
        )
        .bind(self.edition.to_string())
        .bind(seconds(at))
        .bind(i64::try_from(most).unwrap_or(i64::MAX))
        .fetch_all(connection)
        .await
        .map_err(Error::doing("claiming deliveries"))?;
        rows.iter().map(delivery).collect()
    }
}

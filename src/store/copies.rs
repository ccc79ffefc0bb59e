//! The ledger of messages sent by hand, one at a time: claimed before they are tried, settled afterwards. A
//! reader who was not sent the edition yet gets the delivery itself; one who was gets a copy.

use jiff::{Timestamp, civil::Date};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

use super::{
    Error, Store,
    deliveries::delivery,
    row::{Row, columns, json, seconds},
};
use crate::model::{DeliveryState, Outcome, Reader};

/// A message to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub edition: Date,
    /// Its reader: for an open delivery, as of the sealing of the edition; otherwise as asked.
    pub reader: Reader,
    /// When the copy was asked for, which identifies it; `None` for the delivery itself.
    pub copy: Option<Timestamp>,
}

impl Store {
    /// Claims what to send by hand to this reader: the delivery if it was never sent, else a copy that was
    /// asked for and not sent, else a new copy.
    pub async fn claim(&self, edition: Date, reader: &Reader, now: Timestamp) -> Result<Claim, Error> {
        let failed = Error::doing("claiming a copy");
        let mut transaction = self.pool.begin_with("begin immediate").await.map_err(&failed)?;
        let known = sqlx::query(
            "select date, totals is not null as is_forgotten, edition, turn, body, state, attempts,
                 outcome, code, enhanced, words
             from edition
             left join delivery on edition = date and reader = $2 where date = $1",
        );
        let known = known.bind(edition.to_string()).bind(Reader::key(&reader.email));
        let known = known.fetch_optional(&mut *transaction).await.map_err(&failed)?;
        let claim = match known.as_ref().map(standing).transpose()? {
            Some(Standing::Open(reader)) => open_delivery(&mut transaction, edition, reader, now).await?,
            Some(Standing::Missing) => new_delivery(&mut transaction, edition, reader, now).await?,
            Some(Standing::Done) | None => copy(&mut transaction, edition, reader, now).await?,
        };
        transaction.commit().await.map_err(&failed)?;
        Ok(claim)
    }

    /// Stores how a claimed message ended.
    pub async fn settle(
        &self,
        claim: &Claim,
        state: DeliveryState,
        outcome: &Outcome,
        now: Timestamp,
    ) -> Result<(), Error> {
        let settle = match claim.copy {
            None => {
                "update delivery set state = $3, changed_at = $4, outcome = $5, code = $6, enhanced = $7, words = $8
                 where edition = $1 and reader = $2 and $9 is null"
            }
            Some(_) => {
                "update copy set state = $3, changed_at = $4, outcome = $5, code = $6, enhanced = $7, words = $8
                 where edition = $1 and reader = $2 and asked_at = $9"
            }
        };
        let (word, code, enhanced, words) = columns(outcome);
        let settled = sqlx::query(settle)
            .bind(claim.edition.to_string())
            .bind(Reader::key(&claim.reader.email))
            .bind(state.word())
            .bind(seconds(now))
            .bind(word)
            .bind(code.map(i64::from))
            .bind(enhanced)
            .bind(words)
            .bind(claim.copy.map(seconds));
        settled.execute(&self.pool).await.map(drop).map_err(Error::doing("keeping the ledger"))
    }

    /// Makes the refused deliveries of an edition to these readers pending again. Returns how many there were.
    pub async fn reopen_refused(
        &self,
        edition: Date,
        readers: &[Reader],
        now: Timestamp,
    ) -> Result<u64, Error> {
        let readers = serde_json::Value::from_iter(readers.iter().map(|reader| Reader::key(&reader.email)));
        let reopened = sqlx::query(
            "update delivery set state = 'pending', changed_at = $2 where edition = $1 and state = 'refused'
             and reader in (select value from json_each($3))",
        );
        let reopened = reopened.bind(edition.to_string()).bind(seconds(now)).bind(readers.to_string());
        let reopened = reopened.execute(&self.pool).await.map_err(Error::doing("reopening deliveries"))?;
        Ok(reopened.rows_affected())
    }
}

/// What a reader has had of an edition.
enum Standing {
    /// The delivery is still open; this is the reader as the edition was sealed.
    Open(Reader),
    /// Became a reader after it was sealed.
    Missing,
    /// Was sent it, or it is no longer known.
    Done,
}

fn standing(row: &SqliteRow) -> Result<Standing, Error> {
    let edition = Row::of("an edition", "date", row);
    match edition.get::<Option<&str>>("state")? {
        None if edition.get("is_forgotten")? => Ok(Standing::Done),
        None => Ok(Standing::Missing),
        Some(_) => {
            let delivery = delivery(row)?;
            let is_sent = matches!(delivery.state, DeliveryState::Sent | DeliveryState::Filed);
            Ok(if is_sent { Standing::Done } else { Standing::Open(delivery.reader) })
        }
    }
}

async fn open_delivery(
    connection: &mut SqliteConnection,
    edition: Date,
    reader: Reader,
    now: Timestamp,
) -> Result<Claim, Error> {
    let claimed = sqlx::query(
        "update delivery set state = 'sending', attempts = attempts + 1, changed_at = $3
         where edition = $1 and reader = $2",
    );
    let claimed = claimed.bind(edition.to_string()).bind(Reader::key(&reader.email)).bind(seconds(now));
    claimed.execute(connection).await.map_err(Error::doing("claiming a delivery"))?;
    Ok(Claim { edition, reader, copy: None })
}

/// A delivery to somebody who became a reader after the edition was sealed.
async fn new_delivery(
    connection: &mut SqliteConnection,
    edition: Date,
    reader: &Reader,
    now: Timestamp,
) -> Result<Claim, Error> {
    let added = sqlx::query(
        "insert into delivery (edition, turn, reader, body, state, attempts, changed_at)
         select $1, coalesce(max(turn), 0) + 1, $2, $3, 'sending', 1, $4 from delivery where edition = $1",
    );
    let added = added.bind(edition.to_string()).bind(Reader::key(&reader.email));
    let added = added.bind(json("a reader", reader)?).bind(seconds(now)).execute(connection).await;
    added.map_err(Error::doing("claiming a delivery"))?;
    Ok(Claim { edition, reader: reader.clone(), copy: None })
}

/// The copy that was asked for and did not get through, else a new one. The second in which it was asked for
/// identifies it.
async fn copy(
    connection: &mut SqliteConnection,
    edition: Date,
    reader: &Reader,
    now: Timestamp,
) -> Result<Claim, Error> {
    let (failed, key) = (Error::doing("claiming a copy"), Reader::key(&reader.email));
    let last = sqlx::query(
        "select edition, asked_at, state from copy where edition = $1 and reader = $2
         order by asked_at desc limit 1",
    );
    let last = last.bind(edition.to_string()).bind(&key).fetch_optional(&mut *connection).await;
    let asked_at = match last.map_err(&failed)? {
        None => seconds(now),
        Some(row) => {
            let row = Row::of("a copy", "edition", &row);
            let asked_at: i64 = row.get("asked_at")?;
            let is_sent = matches!(row.said("state")?, DeliveryState::Sent | DeliveryState::Filed);
            if is_sent { seconds(now).max(asked_at + 1) } else { asked_at }
        }
    };
    let claimed = sqlx::query(
        "insert into copy (edition, reader, asked_at, body, state, attempts, changed_at)
         values ($1, $2, $3, $4, 'sending', 1, $5)
         on conflict (edition, reader, asked_at) do update
         set state = 'sending', attempts = copy.attempts + 1, changed_at = $5
         returning edition, asked_at",
    );
    let claimed = claimed.bind(edition.to_string()).bind(key).bind(asked_at);
    let claimed = claimed.bind(json("a reader", reader)?).bind(seconds(now)).fetch_one(connection).await;
    let asked_at = Row::of("a copy", "edition", &claimed.map_err(failed)?).moment("asked_at")?;
    Ok(Claim { edition, reader: reader.clone(), copy: Some(asked_at) })
}

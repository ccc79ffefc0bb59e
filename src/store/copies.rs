//! The ledger of what is sent by hand, one message at a time: claimed before it is tried and settled after. To a reader who
//! was not sent the edition yet it is the delivery itself; to one who was, a copy.

use jiff::{Timestamp, civil::Date};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use super::{Error, Store, deliveries, moment, seconds};
use crate::model::{DeliveryState, Reader};

/// A message to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub edition: Date,
    /// Whom it is for: of a delivery that was open, as the edition was sealed; else as asked.
    pub reader: Reader,
    /// When the copy was asked for, which makes it this one; `None` for the delivery itself.
    pub copy: Option<Timestamp>,
}

impl Store {
    /// Claims what is due to a reader who is to get this edition by hand: the delivery, if it was never sent; else the copy
    /// that was asked for and not sent; else a new one.
    pub async fn claim(&self, edition: Date, reader: &Reader, now: Timestamp) -> Result<Claim, Error> {
        let failed = Error::doing("claiming a copy");
        let mut transaction = self.pool.begin_with("begin immediate").await.map_err(&failed)?;
        let known = sqlx::query(
            "select d.reader, d.state, d.email, e.outcome is not null from edition e
             left join delivery d on d.edition = e.date and d.email = $2 collate nocase where e.date = $1",
        );
        let known =
            known.bind(edition.to_string()).bind(&reader.email).fetch_optional(&mut *transaction).await;
        let claim = match known.map_err(&failed)? {
            Some(row) if row.get::<Option<&str>, _>(1).is_some_and(|state| state != "sent") => {
                open_delivery(&mut transaction, edition, &row, now).await?
            }
            Some(row) if row.get::<Option<&str>, _>(1).is_none() && !row.get::<bool, _>(3) => {
                new_delivery(&mut transaction, edition, reader, now).await?
            }
            _ => copy(&mut transaction, edition, reader, now).await?,
        };
        transaction.commit().await.map_err(&failed)?;
        Ok(claim)
    }

    /// Stores how a claimed message ended.
    pub async fn settle(
        &self,
        claim: &Claim,
        state: DeliveryState,
        reason: Option<&str>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let settle = match claim.copy {
            None => {
                "update delivery set state = $3, reason = $4, changed_at = $5
                 where edition = $1 and email = $2 and $6 is null"
            }
            Some(_) => {
                "update copy set state = $3, reason = $4, changed_at = $5
                 where edition = $1 and email = $2 and asked_at = $6"
            }
        };
        let settled = sqlx::query(settle)
            .bind(claim.edition.to_string())
            .bind(&claim.reader.email)
            .bind(deliveries::word(state))
            .bind(reason)
            .bind(seconds(now))
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
        let readers = serde_json::Value::from_iter(readers.iter().map(|reader| reader.email.as_str()));
        let reopened = sqlx::query(
            "update delivery set state = 'pending', changed_at = $2 where edition = $1 and state = 'refused'
             and email in (select value from json_each($3))",
        );
        let reopened = reopened.bind(edition.to_string()).bind(seconds(now)).bind(readers.to_string());
        let reopened = reopened.execute(&self.pool).await.map_err(Error::doing("reopening deliveries"))?;
        Ok(reopened.rows_affected())
    }
}

async fn open_delivery(
    connection: &mut SqliteConnection,
    edition: Date,
    row: &SqliteRow,
    now: Timestamp,
) -> Result<Claim, Error> {
    let reader = serde_json::from_str(row.get(0))
        .map_err(|source| Error::Value { what: "a reader in the ledger".to_owned(), source })?;
    let claimed = sqlx::query(
        "update delivery set state = 'sending', attempts = attempts + 1, changed_at = $3
         where edition = $1 and email = $2",
    );
    let claimed = claimed.bind(edition.to_string()).bind(row.get::<&str, _>(2)).bind(seconds(now));
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
    let body = serde_json::to_string(reader)
        .map_err(|source| Error::Value { what: "a reader".to_owned(), source })?;
    let added = sqlx::query(
        "insert into delivery (edition, email, reader, state, attempts, changed_at)
         values ($1, $2, $3, 'sending', 1, $4)",
    );
    let added = added.bind(edition.to_string()).bind(&reader.email).bind(body).bind(seconds(now));
    added.execute(connection).await.map_err(Error::doing("claiming a delivery"))?;
    Ok(Claim { edition, reader: reader.clone(), copy: None })
}

/// The copy that was asked for and did not get through, else a new one. It is told from others by the second in which it was
/// asked for.
async fn copy(
    connection: &mut SqliteConnection,
    edition: Date,
    reader: &Reader,
    now: Timestamp,
) -> Result<Claim, Error> {
    let failed = Error::doing("claiming a copy");
    let last = sqlx::query(
        "select asked_at, state from copy where edition = $1 and email = $2 order by asked_at desc limit 1",
    );
    let last = last.bind(edition.to_string()).bind(&reader.email);
    let last = last.fetch_optional(&mut *connection).await.map_err(&failed)?;
    let last = last.map(|row| (row.get::<i64, _>(0), row.get::<&str, _>(1) == "sent"));
    let asked_at = match last {
        Some((asked_at, false)) => asked_at,
        Some((asked_at, true)) => seconds(now).max(asked_at + 1),
        None => seconds(now),
    };
    let claimed = sqlx::query(
        "insert into copy (edition, email, asked_at, state, attempts, changed_at)
         values ($1, $2, $3, 'sending', 1, $4)
         on conflict do update set state = 'sending', attempts = attempts + 1, changed_at = $4",
    );
    let claimed = claimed.bind(edition.to_string()).bind(&reader.email).bind(asked_at).bind(seconds(now));
    claimed.execute(connection).await.map_err(&failed)?;
    Ok(Claim { edition, reader: reader.clone(), copy: Some(moment(asked_at)) })
}

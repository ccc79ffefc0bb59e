//! A number of days in, past editions with their figures and the days without one out, newest first. Never
//! writes.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

use super::{Error, Store, Tally, row::Row};
use crate::model::{DeliveryState, Outcome, Reader};

/// An edition of the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    pub date: Date,
    /// Its number, from 1.
    pub number: u64,
    pub composed_at: Timestamp,
    pub sealed_at: Timestamp,
    pub stories: usize,
    pub totals: Totals,
    /// Whether only the counts of its deliveries are still known.
    pub is_forgotten: bool,
}

/// How the deliveries of an edition stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    #[serde(flatten)]
    pub tally: Tally,
    /// Copies sent by hand.
    pub copies: u64,
    /// When the last delivery was sent, copies not counted.
    pub last_sent: Option<Timestamp>,
}

/// A message of an edition to a reader: the delivery, or a copy asked for by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispatch {
    pub email: String,
    pub state: DeliveryState,
    /// Number of attempts.
    pub attempts: u32,
    /// How the last finished attempt ended.
    pub outcome: Option<Outcome>,
    pub changed_at: Timestamp,
    /// When the copy was asked for; `None` for the delivery.
    pub asked_at: Option<Timestamp>,
}

/// A day whose run found too little for an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Quiet {
    pub date: Date,
    /// When the run looked.
    pub composed_at: Timestamp,
    /// How many stories it found.
    pub stories: usize,
}

/// An edition in figures.
const PAST: &str = "select date, composed_at, sealed_at, stories, totals,
    (select count(*) from edition as earlier where earlier.date <= edition.date) as number from edition";

impl Store {
    /// The newest editions, at most `last`, newest first.
    pub async fn history(&self, last: usize) -> Result<Vec<Past>, Error> {
        let failed = Error::doing("reading the history");
        let sql = sqlx::AssertSqlSafe(format!("{PAST} order by date desc limit $1"));
        let last = i64::try_from(last).unwrap_or(i64::MAX);
        let rows = sqlx::query(sql).bind(last).fetch_all(&self.pool).await.map_err(&failed)?;
        let mut connection = self.pool.acquire().await.map_err(&failed)?;
        let mut history = Vec::with_capacity(rows.len());
        for row in &rows {
            history.push(past(&mut connection, row).await?);
        }
        Ok(history)
    }

    /// The edition of a day with its figures.
    pub async fn past(&self, date: Date) -> Result<Option<Past>, Error> {
        let failed = Error::doing("looking up an edition");
        let sql = sqlx::AssertSqlSafe(format!("{PAST} where date = $1"));
        let row = sqlx::query(sql).bind(date.to_string()).fetch_optional(&self.pool).await;
        let Some(row) = row.map_err(&failed)? else { return Ok(None) };
        past(&mut *self.pool.acquire().await.map_err(&failed)?, &row).await.map(Some)
    }

    /// Every message of an edition, by address; a reader's delivery comes before the copies.
    pub async fn dispatches(&self, edition: Date) -> Result<Vec<Dispatch>, Error> {
        let rows = sqlx::query(
            "select edition, reader, body, state, attempts, outcome, code, enhanced, words, changed_at, null as asked_at from delivery where edition = $1
             union all
             select edition, reader, body, state, attempts, outcome, code, enhanced, words, changed_at, asked_at from copy where edition = $1
             order by reader, asked_at",
        )
        .bind(edition.to_string())
        .fetch_all(&self.pool)
        .await
        .map_err(Error::doing("reading the ledger"))?;
        let dispatch = |row| {
            let row = Row::of("a message", "edition", row);
            Ok(Dispatch {
                email: row.json::<Reader>("body")?.email,
                state: row.said("state")?,
                attempts: row.number("attempts")?,
                outcome: row.outcome()?,
                changed_at: row.moment("changed_at")?,
                asked_at: row.if_any("asked_at", Row::moment)?,
            })
        };
        rows.iter().map(dispatch).collect()
    }

    /// The newest days that had no edition, at most `last`, newest first, as far back as reasons are kept.
    pub async fn quiet_days(&self, last: usize) -> Result<Vec<Quiet>, Error> {
        let rows = sqlx::query(
            "select date, composed_at, stories from reasons
             where date not in (select date from edition) order by date desc limit $1",
        )
        .bind(i64::try_from(last).unwrap_or(i64::MAX))
        .fetch_all(&self.pool)
        .await
        .map_err(Error::doing("reading the history"))?;
        let quiet = |row| {
            let row = Row::of("the reasons of a day", "date", row);
            Ok(Quiet {
                date: row.said("date")?,
                composed_at: row.moment("composed_at")?,
                stories: row.number("stories")?,
            })
        };
        rows.iter().map(quiet).collect()
    }
}

async fn past(connection: &mut SqliteConnection, row: &SqliteRow) -> Result<Past, Error> {
    let row = Row::of("an edition", "date", row);
    let (date, kept) = (row.said("date")?, row.if_any("totals", Row::json)?);
    Ok(Past {
        date,
        number: row.number("number")?,
        composed_at: row.moment("composed_at")?,
        sealed_at: row.moment("sealed_at")?,
        stories: row.number("stories")?,
        is_forgotten: kept.is_some(),
        totals: match kept {
            Some(totals) => totals,
            None => count(connection, date).await?,
        },
    })
}

/// The deliveries of an edition, counted by state in the ledger.
pub(super) async fn count(connection: &mut SqliteConnection, date: Date) -> Result<Totals, Error> {
    let rows = sqlx::query(
        "select state, count(*) as count, max(changed_at) as last, 0 as copies from delivery where edition = $1 group by state
         union all
         select state, count(*), null, 1 from copy where edition = $1 and state = 'sent' group by state",
    )
    .bind(date.to_string())
    .fetch_all(connection)
    .await
    .map_err(Error::doing("counting the deliveries"))?;
    let mut totals = Totals::default();
    for row in &rows {
        let row = Row::of("deliveries", "state", row);
        let (state, count) = (row.said("state")?, row.number("count")?);
        if row.get("copies")? {
            totals.copies = count;
            continue;
        }
        totals.tally.add(state, count);
        if state == DeliveryState::Sent {
            totals.last_sent = row.if_any("last", Row::moment)?;
        }
    }
    Ok(totals)
}

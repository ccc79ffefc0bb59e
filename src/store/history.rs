//! The editions of the past with their numbers, newest first, and the days that had none. Reads only.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use super::{Error, Store, Tally, deliveries, moment};
use crate::model::DeliveryState;

/// An edition of the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    pub date: Date,
    /// The how manieth it is, 1 being the first.
    pub number: u64,
    pub composed_at: Timestamp,
    /// When it was sealed; not known of editions that older versions sealed.
    pub sealed_at: Option<Timestamp>,
    pub stories: usize,
    pub outcome: Outcome,
    /// Whether no more than the numbers is known of its deliveries.
    pub is_forgotten: bool,
}

/// How the deliveries of an edition stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    #[serde(flatten)]
    pub tally: Tally,
    /// Copies asked for by hand that were sent.
    pub copies: u64,
    /// When the last of the deliveries was sent; copies are not among them.
    pub last_sent: Option<Timestamp>,
}

/// A message of an edition to a reader: the delivery, or a copy asked for by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispatch {
    pub email: String,
    pub state: DeliveryState,
    /// Times it was tried.
    pub attempts: u32,
    /// The server's last words, or what went wrong.
    pub reason: Option<String>,
    pub changed_at: Timestamp,
    /// When the copy was asked for; `None` for the delivery.
    pub asked_at: Option<Timestamp>,
}

/// A day whose run found too little for an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Quiet {
    pub date: Date,
    /// The moment it was looked at.
    pub composed_at: Timestamp,
    /// What there was to tell.
    pub stories: usize,
}

/// An edition in numbers. Its stories as printed are counted in its JSON; of one that is forgotten only the numbers are kept.
const PAST: &str = "select date, composed_at, sealed_at, outcome,
    case when body = '' then json_extract(outcome, '$.stories') else json_array_length(body, '$.top')
        + (select coalesce(sum(json_array_length(value, '$.stories')), 0) from json_each(body, '$.sections')) end
        as stories,
    (select count(*) from edition as earlier where earlier.date <= edition.date) from edition";

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

    /// The edition of a day with its numbers.
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
            "select email, state, attempts, reason, changed_at, null as asked_at from delivery where edition = $1
             union all
             select email, state, attempts, reason, changed_at, asked_at from copy where edition = $1
             order by email, asked_at",
        )
        .bind(edition.to_string())
        .fetch_all(&self.pool)
        .await
        .map_err(Error::doing("reading the ledger"))?;
        let dispatch = |row: &SqliteRow| Dispatch {
            email: row.get(0),
            state: deliveries::state(row.get(1)),
            attempts: u32::try_from(row.get::<i64, _>(2)).unwrap_or(u32::MAX),
            reason: row.get(3),
            changed_at: moment(row.get(4)),
            asked_at: row.get::<Option<i64>, _>(5).map(moment),
        };
        Ok(rows.iter().map(dispatch).collect())
    }

    /// The newest days that had no edition, at most `last`, newest first, as far back as reasons are kept.
    pub async fn quiet_days(&self, last: usize) -> Result<Vec<Quiet>, Error> {
        let rows = sqlx::query(
            "select date, composed_at, json_extract(body, '$.stories') from reasons
             where date not in (select date from edition) order by date desc limit $1",
        )
        .bind(i64::try_from(last).unwrap_or(i64::MAX))
        .fetch_all(&self.pool)
        .await
        .map_err(Error::doing("reading the history"))?;
        let quiet = |row: &SqliteRow| Quiet {
            date: date(row),
            composed_at: moment(row.get(1)),
            stories: usize::try_from(row.get::<i64, _>(2)).unwrap_or(0),
        };
        Ok(rows.iter().map(quiet).collect())
    }
}

async fn past(connection: &mut SqliteConnection, row: &SqliteRow) -> Result<Past, Error> {
    let date = date(row);
    let kept: Option<String> = row.get(3);
    let outcome = match &kept {
        Some(json) => serde_json::from_str(json)
            .map_err(|source| Error::Value { what: format!("the numbers of {date}"), source })?,
        None => count(connection, date).await?,
    };
    Ok(Past {
        date,
        number: u64::try_from(row.get::<i64, _>(5)).unwrap_or(0),
        composed_at: moment(row.get(1)),
        sealed_at: row.get::<Option<i64>, _>(2).map(moment),
        stories: usize::try_from(row.get::<i64, _>(4)).unwrap_or(0),
        outcome,
        is_forgotten: kept.is_some(),
    })
}

/// How the deliveries of an edition stand by the ledger.
pub(super) async fn count(connection: &mut SqliteConnection, date: Date) -> Result<Outcome, Error> {
    let failed = Error::doing("counting the deliveries");
    let rows = sqlx::query(
        "select state, count(*), max(changed_at) from delivery where edition = $1 group by state
         union all
         select 'copy', count(*), null from copy where edition = $1 and state = 'sent'",
    )
    .bind(date.to_string())
    .fetch_all(connection)
    .await
    .map_err(&failed)?;
    let mut outcome = Outcome::default();
    for row in &rows {
        let (word, count) = (row.get::<&str, _>(0), u64::try_from(row.get::<i64, _>(1)).unwrap_or(0));
        match word {
            "copy" => outcome.copies = count,
            _ => outcome.tally.add(deliveries::state(word), count),
        }
        if word == "sent" {
            outcome.last_sent = row.get::<Option<i64>, _>(2).map(moment);
        }
    }
    Ok(outcome)
}

/// Leaves of an edition whose deliveries are forgotten nothing but its numbers. The row is written anew, for one that only
/// becomes shorter keeps its page to itself.
pub(super) async fn keep_numbers(connection: &mut SqliteConnection, date: Date) -> Result<(), Error> {
    let sql = format!(
        "replace into edition (date, composed_at, sealed_at, outcome, body)
         select date, composed_at, sealed_at, json_set(outcome, '$.stories', stories), '' from ({PAST} where date = $1)"
    );
    let kept = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(date.to_string()).execute(connection).await;
    kept.map(drop).map_err(Error::doing("forgetting an old edition"))
}

fn date(row: &SqliteRow) -> Date {
    row.get::<String, _>(0).parse().unwrap_or(Date::ZERO)
}

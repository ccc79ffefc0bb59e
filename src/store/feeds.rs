//! Answers and failures of feeds in, what is known of each out: its validators, when it may be asked again,
//! how it has been doing. Never fetches one.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::{SqliteConnection, sqlite::SqliteRow};

use super::{
    Error, NewEntry, Store, entries,
    row::{Row, json, seconds},
};
use crate::model::{Answer, FeedRecord, Moved};

/// A failed attempt.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Miss {
    pub reason: String,
    /// When to try again.
    pub due: Option<Timestamp>,
    /// Until when its host asked to be left alone.
    pub held_until: Option<Timestamp>,
    /// Its server said that the feed is gone for good.
    pub gone: bool,
    /// It was asked at the address it moved to, which is now forgotten.
    pub at_moved: bool,
}

const COLUMNS: &str =
    "select url, checked_at, failures, failing_since, reason, succeeded_at, held_until, gone_since,
    etag, last_modified, given_by, document, due, pace, moved_to, moved_days, moved_seen, found,
    exists (select 1 from entry where entry.feed = feed.url) as has_entries from feed";

impl Store {
    /// What is known of every feed ever asked, by its address.
    pub async fn feeds(&self) -> Result<BTreeMap<String, FeedRecord>, Error> {
        let rows = sqlx::query(COLUMNS).fetch_all(&self.pool).await;
        let rows = rows.map_err(Error::doing("looking up the feeds"))?;
        rows.iter().map(record).collect()
    }

    /// Stores a feed's entries together with its validators, or neither; of more than a feed has room for the oldest are
    /// forgotten.
    pub async fn keep_feed(
        &self,
        url: &str,
        answer: &Answer,
        found: &[NewEntry],
        now: Timestamp,
    ) -> Result<(), Error> {
        let failed = Error::doing("storing a feed's entries");
        let mut transaction = self.pool.begin_with("begin immediate").await.map_err(&failed)?;
        let mut is_new = false;
        for (position, new) in found.iter().enumerate() {
            is_new |= entries::keep(&mut transaction, url, position, new, now).await?;
        }
        let mut answer = answer.clone();
        if let Some(found) = answer.found.as_mut().filter(|_| is_new) {
            found.forgotten = entries::make_room(&mut transaction, url, now).await?;
        }
        sqlx::query(
            "insert into feed (url, checked_at, etag, last_modified, given_by, document) values ($1, $2, $3, $4, $5, $6)
             on conflict (url) do update set etag = $3, last_modified = $4, given_by = $5, document = $6",
        )
        .bind(url)
        .bind(seconds(now))
        .bind(&answer.etag)
        .bind(&answer.last_modified)
        .bind(&answer.given_by)
        .bind(&answer.document)
        .execute(&mut *transaction)
        .await
        .map_err(&failed)?;
        succeed(&mut transaction, url, &answer, now).await?;
        transaction.commit().await.map_err(&failed)
    }

    /// Notes that the server answered "not modified", or sent the same document: the feed still holds the same entries.
    /// The validators stay as they were.
    pub async fn keep_unchanged(&self, url: &str, answer: &Answer, now: Timestamp) -> Result<(), Error> {
        let failed = Error::doing("noting an unchanged feed");
        let mut transaction = self.pool.begin_with("begin immediate").await.map_err(&failed)?;
        sqlx::query(
            "update entry set last_seen = $2 where feed = $1
             and last_seen = (select max(last_seen) from entry where feed = $1)",
        )
        .bind(url)
        .bind(seconds(now))
        .execute(&mut *transaction)
        .await
        .map_err(&failed)?;
        succeed(&mut transaction, url, answer, now).await?;
        transaction.commit().await.map_err(&failed)
    }

    /// Notes a failure; validators and entries stay as they are.
    pub async fn keep_miss(&self, url: &str, miss: &Miss, now: Timestamp) -> Result<(), Error> {
        sqlx::query(
            "insert into feed (url, checked_at, failures, failing_since, reason, due, held_until, gone_since)
             values ($1, $2, 1, $2, $3, $4, $5, $6)
             on conflict (url) do update set checked_at = $2, failures = feed.failures + 1,
                 failing_since = coalesce(feed.failing_since, $2), reason = $3, due = $4, held_until = $5,
                 gone_since = case when $6 is null then null else coalesce(feed.gone_since, $6) end,
                 moved_to = case when $7 then null else feed.moved_to end",
        )
        .bind(url)
        .bind(seconds(now))
        .bind(&miss.reason)
        .bind(miss.due.map(seconds))
        .bind(miss.held_until.map(seconds))
        .bind(miss.gone.then(|| seconds(now)))
        .bind(miss.at_moved)
        .execute(&self.pool)
        .await
        .map(drop)
        .map_err(Error::doing("noting a feed's failure"))
    }

    /// Notes that a feed was not asked because its host wants to be left alone, which is no failure of the
    /// feed.
    pub async fn keep_unasked(&self, url: &str, until: Timestamp, now: Timestamp) -> Result<(), Error> {
        sqlx::query(
            "insert into feed (url, checked_at, held_until) values ($1, $2, $3)
             on conflict (url) do update set checked_at = $2, held_until = $3",
        )
        .bind(url)
        .bind(seconds(now))
        .bind(seconds(until))
        .execute(&self.pool)
        .await
        .map(drop)
        .map_err(Error::doing("noting that a feed is left alone"))
    }
}

/// What every successful answer updates.
async fn succeed(
    connection: &mut SqliteConnection,
    url: &str,
    answer: &Answer,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query(
        "update feed set checked_at = $2, succeeded_at = $2, failures = 0, failing_since = null, reason = null,
             held_until = null, gone_since = null, due = $3, pace = $4, moved_to = $5, moved_days = $6, moved_seen = $7,
             found = coalesce($8, found)
         where url = $1",
    )
    .bind(url)
    .bind(seconds(now))
    .bind(answer.due.map(seconds))
    .bind(json("the pace of a feed", &answer.pace)?)
    .bind(answer.moved.as_ref().map(|moved| &moved.to))
    .bind(answer.moved.as_ref().map_or(0, |moved| moved.days))
    .bind(answer.moved.as_ref().map(|moved| seconds(moved.seen)))
    .bind(answer.found.as_ref().map(|found| json("what was found in a feed", found)).transpose()?)
    .execute(connection)
    .await
    .map(drop)
    .map_err(Error::doing("noting a feed's good answer"))
}

fn record(row: &SqliteRow) -> Result<(String, FeedRecord), Error> {
    let row = Row::of("a feed", "url", row);
    let has_entries: bool = row.get("has_entries")?;
    let validator = |column| Ok::<_, Error>(row.get::<Option<String>>(column)?.filter(|_| has_entries));
    let moved = |row: &Row<'_>, column: &str| {
        Ok(Moved { to: row.get(column)?, days: row.get("moved_days")?, seen: row.moment("moved_seen")? })
    };
    let answer = Answer {
        etag: validator("etag")?,
        last_modified: validator("last_modified")?,
        given_by: row.get("given_by")?,
        document: validator("document")?,
        due: row.if_any("due", Row::moment)?,
        pace: row.if_any("pace", Row::json)?.unwrap_or_default(),
        moved: row.if_any("moved_to", moved)?,
        found: row.if_any("found", Row::json)?,
    };
    let record = FeedRecord {
        answer,
        checked_at: Some(row.moment("checked_at")?),
        failures: row.get("failures")?,
        failing_since: row.if_any("failing_since", Row::moment)?,
        reason: row.get("reason")?,
        succeeded_at: row.if_any("succeeded_at", Row::moment)?,
        held_until: row.if_any("held_until", Row::moment)?,
        gone_since: row.if_any("gone_since", Row::moment)?,
    };
    Ok((row.get("url")?, record))
}

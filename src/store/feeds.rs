//! What is known of each feed: its validators and how it has been doing.

use jiff::Timestamp;
use sqlx::Row;

use super::{Error, NewEntry, Store, entries, moment, seconds};

/// The record of one feed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FeedRecord {
    /// The `ETag` header of its last good answer, exactly as sent (RFC 9110 §8.8.3).
    pub etag: Option<String>,
    /// The `Last-Modified` header of its last good answer, exactly as sent.
    pub last_modified: Option<String>,
    /// Failures in a row; 0 when the last attempt went well.
    pub failures: i64,
    /// When the row of failures began.
    pub failing_since: Option<Timestamp>,
    /// When it was last read well.
    pub succeeded_at: Option<Timestamp>,
}

impl Store {
    /// What is known of the feed at `url`; an unknown one has an empty record.
    pub async fn feed(&self, url: &str) -> Result<FeedRecord, Error> {
        let row = sqlx::query(
            "select etag, last_modified, failures, failing_since, succeeded_at from feed where url = $1",
        )
        .bind(url)
        .fetch_optional(&self.pool)
        .await
        .map_err(Error::doing("looking up a feed"))?;
        Ok(row.map_or_else(FeedRecord::default, |row| FeedRecord {
            etag: row.get(0),
            last_modified: row.get(1),
            failures: row.get(2),
            failing_since: row.get::<Option<i64>, _>(3).map(moment),
            succeeded_at: row.get::<Option<i64>, _>(4).map(moment),
        }))
    }

    /// Stores a feed's entries and its new validators, together or not at all.
    pub async fn keep_feed(
        &self,
        url: &str,
        etag: Option<&str>,
        last_modified: Option<&str>,
        found: &[NewEntry],
        now: Timestamp,
    ) -> Result<(), Error> {
        let failed = Error::doing("storing a feed's entries");
        let mut transaction = self.pool.begin_with("begin immediate").await.map_err(&failed)?;
        for (position, new) in found.iter().enumerate() {
            entries::keep(&mut transaction, url, position, new, now).await?;
        }
        sqlx::query(
            "insert into feed (url, etag, last_modified, checked_at, succeeded_at) values ($1, $2, $3, $4, $4)
             on conflict (url) do update set etag = $2, last_modified = $3, checked_at = $4, succeeded_at = $4,
                 failures = 0, failing_since = null, reason = null",
        )
        .bind(url)
        .bind(etag)
        .bind(last_modified)
        .bind(seconds(now))
        .execute(&mut *transaction)
        .await
        .map_err(&failed)?;
        transaction.commit().await.map_err(&failed)
    }

    /// Notes that the feed's server said "not modified".
    pub async fn keep_unchanged(&self, url: &str, now: Timestamp) -> Result<(), Error> {
        sqlx::query(
            "update feed set checked_at = $2, succeeded_at = $2, failures = 0, failing_since = null, reason = null
             where url = $1",
        )
        .bind(url)
        .bind(seconds(now))
        .execute(&self.pool)
        .await
        .map(drop)
        .map_err(Error::doing("noting an unchanged feed"))
    }

    /// Notes a failure; validators and entries stay as they are.
    pub async fn keep_failure(&self, url: &str, reason: &str, now: Timestamp) -> Result<(), Error> {
        sqlx::query(
            "insert into feed (url, checked_at, failures, failing_since, reason) values ($1, $2, 1, $2, $3)
             on conflict (url) do update set checked_at = $2, failures = feed.failures + 1,
                 failing_since = coalesce(feed.failing_since, $2), reason = $3",
        )
        .bind(url)
        .bind(seconds(now))
        .bind(reason)
        .execute(&self.pool)
        .await
        .map(drop)
        .map_err(Error::doing("noting a feed's failure"))
    }
}

//! What is known of each feed: its validators, when it may be asked again and how it has been doing.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use super::{Error, NewEntry, Store, entries, moment, seconds};
use crate::model::Pace;

/// The record of one feed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FeedRecord {
    /// What its last good answer said. Without validators when no entry of it is kept any more: "not modified" would
    /// then hide what is lost.
    pub answer: Answer,
    /// When it was last asked, or would have been.
    pub checked_at: Option<Timestamp>,
    /// Failures in a row; 0 when the last attempt went well.
    pub failures: i64,
    /// When the row of failures began.
    pub failing_since: Option<Timestamp>,
    /// Why the last of them was one.
    pub reason: Option<String>,
    /// When it was last read well.
    pub succeeded_at: Option<Timestamp>,
    /// Until when its host asked to be left alone.
    pub held_until: Option<Timestamp>,
    /// When its server first said that it is gone for good.
    pub gone_since: Option<Timestamp>,
}

/// What a feed's good answer says beside its entries.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// The `ETag` header, exactly as sent (RFC 9110 §8.8.3).
    pub etag: Option<String>,
    /// The `Last-Modified` header, exactly as sent.
    pub last_modified: Option<String>,
    /// The address that sent the two; none: the feed's own.
    pub given_by: Option<String>,
    /// When to ask again.
    pub due: Option<Timestamp>,
    /// When it wants to be asked again, by its own word.
    pub pace: Pace,
    pub moved: Option<Moved>,
}

/// Where a feed says it has moved for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    pub to: String,
    /// On how many days it said so.
    pub days: i64,
    /// When that was last counted.
    pub seen: Timestamp,
}

/// An attempt that failed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Miss {
    pub reason: String,
    /// When to ask again.
    pub due: Option<Timestamp>,
    /// Until when its host asked to be left alone.
    pub held_until: Option<Timestamp>,
    /// Its server said that it is gone for good.
    pub gone: bool,
    /// It was asked at the address it moved to: that address is forgotten.
    pub at_moved: bool,
}

const COLUMNS: &str =
    "select url, checked_at, failures, failing_since, reason, succeeded_at, held_until, gone_since,
    etag, last_modified, given_by, due, pace, moved_to, moved_days, moved_seen,
    exists (select 1 from entry where entry.feed = feed.url) from feed";

impl Store {
    /// What is known of every feed ever asked, by its address.
    pub async fn feeds(&self) -> Result<BTreeMap<String, FeedRecord>, Error> {
        let rows = sqlx::query(COLUMNS).fetch_all(&self.pool).await;
        let rows = rows.map_err(Error::doing("looking up the feeds"))?;
        rows.iter().map(|row| Ok((row.get(0), record(row)?))).collect()
    }

    /// Stores a feed's entries and what its answer said of them, together or not at all.
    pub async fn keep_feed(
        &self,
        url: &str,
        answer: &Answer,
        found: &[NewEntry],
        now: Timestamp,
    ) -> Result<(), Error> {
        let failed = Error::doing("storing a feed's entries");
        let mut transaction = self.pool.begin_with("begin immediate").await.map_err(&failed)?;
        for (position, new) in found.iter().enumerate() {
            entries::keep(&mut transaction, url, position, new, now).await?;
        }
        sqlx::query(
            "insert into feed (url, checked_at, etag, last_modified, given_by) values ($1, $2, $3, $4, $5)
             on conflict (url) do update set etag = $3, last_modified = $4, given_by = $5",
        )
        .bind(url)
        .bind(seconds(now))
        .bind(&answer.etag)
        .bind(&answer.last_modified)
        .bind(&answer.given_by)
        .execute(&mut *transaction)
        .await
        .map_err(&failed)?;
        succeed(&mut transaction, url, answer, now).await?;
        transaction.commit().await.map_err(&failed)
    }

    /// Notes that the feed's server said "not modified": what it held the last time it holds still. The validators stay as
    /// they were.
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

    /// Notes that a feed was not asked because its host wants to be left alone. That is no failure of the feed.
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

/// What every good answer changes.
async fn succeed(
    connection: &mut SqliteConnection,
    url: &str,
    answer: &Answer,
    now: Timestamp,
) -> Result<(), Error> {
    let pace = serde_json::to_string(&answer.pace)
        .map_err(|source| Error::Value { what: format!("the pace of {url}"), source })?;
    sqlx::query(
        "update feed set checked_at = $2, succeeded_at = $2, failures = 0, failing_since = null, reason = null,
             held_until = null, gone_since = null, due = $3, pace = $4, moved_to = $5, moved_days = $6, moved_seen = $7
         where url = $1",
    )
    .bind(url)
    .bind(seconds(now))
    .bind(answer.due.map(seconds))
    .bind(pace)
    .bind(answer.moved.as_ref().map(|moved| &moved.to))
    .bind(answer.moved.as_ref().map_or(0, |moved| moved.days))
    .bind(answer.moved.as_ref().map(|moved| seconds(moved.seen)))
    .execute(connection)
    .await
    .map(drop)
    .map_err(Error::doing("noting a feed's good answer"))
}

fn record(row: &SqliteRow) -> Result<FeedRecord, Error> {
    let time = |column: usize| row.get::<Option<i64>, _>(column).map(moment);
    let has_entries: bool = row.get(16);
    let validator = |column: usize| row.get::<Option<String>, _>(column).filter(|_| has_entries);
    let pace = row.get::<Option<String>, _>(12).map(|pace| serde_json::from_str(&pace)).transpose();
    let moved = |to: String| Moved { to, days: row.get(14), seen: time(15).unwrap_or_default() };
    Ok(FeedRecord {
        checked_at: time(1),
        failures: row.get(2),
        failing_since: time(3),
        reason: row.get(4),
        succeeded_at: time(5),
        held_until: time(6),
        gone_since: time(7),
        answer: Answer {
            etag: validator(8),
            last_modified: validator(9),
            given_by: row.get(10),
            due: time(11),
            pace: pace
                .map_err(|source| Error::Value {
                    what: format!("the pace of {}", row.get::<String, _>(0)),
                    source,
                })?
                .unwrap_or_default(),
            moved: row.get::<Option<String>, _>(13).map(moved),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Entry;

    const FEED: &str = "http://ledger.example/feed.xml";

    fn at(hour: i64) -> Timestamp {
        "2026-11-20T00:00:00Z".parse::<Timestamp>().expect("a timestamp")
            + jiff::SignedDuration::from_hours(hour)
    }

    fn answer() -> Answer {
        Answer {
            etag: Some("W/\"Ä 1\"".to_owned()),
            last_modified: Some("then".to_owned()),
            given_by: Some("http://ledger.example/today".to_owned()),
            due: Some(at(5)),
            pace: Pace { every: Some(std::time::Duration::from_secs(600)), ..Pace::default() },
            moved: Some(Moved { to: "http://new.example/".to_owned(), days: 2, seen: at(1) }),
        }
    }

    fn entry(key: &str) -> NewEntry {
        let entry = Entry { key: key.to_owned(), title: format!("On {key}"), ..Entry::default() };
        NewEntry { entry, ..NewEntry::default() }
    }

    async fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("state.db")).await.expect("a store");
        (folder, store)
    }

    async fn record(store: &Store) -> FeedRecord {
        store.feeds().await.expect("the feeds").remove(FEED).expect("a record")
    }

    #[tokio::test]
    async fn an_answer_is_remembered_as_it_was_given() {
        let (_folder, store) = store().await;
        assert!(store.feeds().await.expect("the feeds").is_empty());
        store.keep_feed(FEED, &answer(), &[entry("a")], at(1)).await.expect("kept");
        let kept = record(&store).await;
        assert_eq!((kept.answer, kept.checked_at, kept.succeeded_at), (answer(), Some(at(1)), Some(at(1))));
        let later = Answer { due: Some(at(9)), moved: None, ..Answer::default() };
        store.keep_unchanged(FEED, &later, at(3)).await.expect("kept");
        let kept = record(&store).await;
        assert_eq!((kept.answer.etag, kept.answer.given_by), (answer().etag, answer().given_by));
        assert_eq!((kept.answer.due, kept.answer.moved, kept.succeeded_at), (Some(at(9)), None, Some(at(3))));
    }

    #[tokio::test]
    async fn validators_without_entries_are_none() {
        let (_folder, store) = store().await;
        store.keep_feed(FEED, &answer(), &[entry("a")], at(1)).await.expect("kept");
        store.prune(at(800)).await.expect("pruned");
        let kept = record(&store).await.answer;
        assert_eq!((kept.etag, kept.last_modified, kept.due), (None, None, answer().due));
    }

    #[tokio::test]
    async fn what_a_feed_still_holds_is_not_forgotten_while_it_says_not_modified() {
        let (_folder, store) = store().await;
        store.keep_feed(FEED, &answer(), &[entry("gone"), entry("a")], at(1)).await.expect("kept");
        store.keep_feed(FEED, &answer(), &[entry("a")], at(2)).await.expect("kept");
        store.keep_unchanged(FEED, &answer(), at(900)).await.expect("noted");
        store.prune(at(800)).await.expect("pruned");
        let left = store.entries(at(0), at(900)).await.expect("entries");
        assert_eq!(left.iter().map(|e| e.entry.key.as_str()).collect::<Vec<_>>(), ["a"]);
    }

    #[tokio::test]
    async fn a_failure_is_counted_and_leaves_validators_alone() {
        let (_folder, store) = store().await;
        store.keep_feed(FEED, &answer(), &[entry("a")], at(1)).await.expect("kept");
        let miss = Miss { reason: "503".to_owned(), held_until: Some(at(4)), gone: true, ..Miss::default() };
        store.keep_miss(FEED, &miss, at(2)).await.expect("noted");
        store.keep_miss(FEED, &Miss { at_moved: true, ..miss }, at(3)).await.expect("noted");
        let kept = record(&store).await;
        assert_eq!((kept.failures, kept.failing_since, kept.gone_since), (2, Some(at(2)), Some(at(2))));
        assert_eq!((kept.held_until, kept.succeeded_at), (Some(at(4)), Some(at(1))));
        assert_eq!((kept.answer.etag, kept.answer.moved), (answer().etag, None));
        store.keep_unchanged(FEED, &answer(), at(4)).await.expect("noted");
        let kept = record(&store).await;
        assert_eq!(
            (kept.failures, kept.failing_since, kept.gone_since, kept.held_until),
            (0, None, None, None)
        );
    }

    #[tokio::test]
    async fn a_feed_left_alone_has_not_failed() {
        let (_folder, store) = store().await;
        store.keep_unasked(FEED, at(8), at(2)).await.expect("noted");
        let kept = record(&store).await;
        assert_eq!((kept.failures, kept.held_until, kept.succeeded_at), (0, Some(at(8)), None));
    }
}

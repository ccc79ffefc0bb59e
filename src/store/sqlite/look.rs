//! A state file in, what is in it out, for diagnosis: never takes the lock, waits for anybody or changes
//! anything.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use super::{Error, Store, has_our_tables};
use crate::{
    model::{HeldEntries, Sealed, Turnover, Undelivered},
    store::row::{Row, seconds},
};

impl Store {
    /// Opens the store at `path` for reading, as it is, even while another process uses it.
    ///
    /// # Errors
    /// There is no such file, it may not be read, or it is no database; [`Error::OtherVersion`] when its tables are not this
    /// program's.
    pub async fn look(path: &Path) -> Result<Store, Error> {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        let options = SqliteConnectOptions::new()
            .filename(path)
            .read_only(true)
            // Without a log nobody has it open, so it can be read without making one.
            .immutable(!PathBuf::from(log).exists());
        let pool = SqlitePoolOptions::new().max_connections(1).test_before_acquire(false);
        let pool = pool.connect_with(options).await.map_err(|e| Error::open(path, e))?;
        // A file that is no database fails at the first query.
        match has_our_tables(&pool).await.map_err(|e| Error::open(path, e))? {
            true => Ok(Store { pool, _lock: None, _folder: None }),
            false => Err(Error::OtherVersion { path: path.to_owned() }),
        }
    }

    /// What SQLite finds damaged, in its words; none when all is sound.
    pub async fn damage(&self) -> Result<Option<String>, Error> {
        let row = sqlx::query("pragma quick_check(1)").fetch_one(&self.pool).await;
        let row = row.map_err(Error::doing("looking for damage"))?;
        let said: String = Row::of("a word of SQLite", "quick_check", &row).get("quick_check")?;
        Ok(Some(said).filter(|said| said != "ok"))
    }

    /// The newest edition.
    pub async fn last_sealed(&self) -> Result<Option<Sealed>, Error> {
        let last = "select date, composed_at, (select count(*) from edition) as number from edition
            order by date desc limit 1";
        let row = sqlx::query(last).fetch_optional(&self.pool).await;
        let sealed = |row| {
            let row = Row::of("an edition", "date", &row);
            let composed_at = row.moment("composed_at")?;
            Ok(Sealed { date: row.said("date")?, composed_at, number: row.number("number")? })
        };
        row.map_err(Error::doing("looking up the last edition"))?.map(sealed).transpose()
    }

    /// The deliveries that have not got through, of the editions composed at or after `since`, equal ones
    /// together.
    pub async fn undelivered_alike(&self, since: Timestamp) -> Result<Vec<Undelivered>, Error> {
        let rows = sqlx::query(
            "select d.edition, d.state, d.outcome, code, enhanced, words, count(*) as readers, min(d.reader) as one, max(d.attempts) as attempts,
                 max(d.changed_at) as changed_at
             from delivery d join edition e on e.date = d.edition
             where e.composed_at >= $1 and d.state not in ('sent', 'withdrawn')
             group by d.edition, d.state, d.outcome, code, enhanced, words
             order by d.edition desc, readers desc, d.outcome, code, words",
        )
        .bind(seconds(since))
        .fetch_all(&self.pool)
        .await
        .map_err(Error::doing("looking for open deliveries"))?;
        let standing = |row| {
            let row = Row::of("a delivery", "edition", row);
            Ok(Undelivered {
                edition: row.said("edition")?,
                state: row.said("state")?,
                outcome: row.outcome()?,
                readers: row.number("readers")?,
                email: row.get("one")?,
                attempts: row.number("attempts")?,
                changed_at: row.moment("changed_at")?,
            })
        };
        rows.iter().map(standing).collect()
    }

    /// Of the entries last seen at or after `since` that their feed no longer holds: how many, and how many of them no
    /// other pull had found, feed by feed.
    pub async fn turnover(&self, since: Timestamp) -> Result<Vec<Turnover>, Error> {
        let rows = sqlx::query(
            "select entry.feed as feed, count(*) as gone, sum(first_seen = last_seen) as once
             from entry join feed on feed.url = entry.feed
             where last_seen >= $1 and last_seen < succeeded_at group by entry.feed order by entry.feed",
        )
        .bind(seconds(since))
        .fetch_all(&self.pool)
        .await
        .map_err(Error::doing("looking at what feeds no longer hold"))?;
        let turnover = |row| {
            let row = Row::of("the entries of a feed", "feed", row);
            Ok(Turnover { feed: row.get("feed")?, gone: row.number("gone")?, once: row.number("once")? })
        };
        rows.iter().map(turnover).collect()
    }

    /// What is kept of the entries seen at or after `since`, feed by feed.
    pub async fn held_entries(&self, since: Timestamp, now: Timestamp) -> Result<Vec<HeldEntries>, Error> {
        let rows = sqlx::query(
            "select feed, count(*) as entries, count(*) - count(published) as undated,
                 coalesce(sum(published > $2), 0) as ahead, max(first_seen) as newest
             from entry where last_seen >= $1 group by feed order by feed",
        )
        .bind(seconds(since))
        .bind(seconds(now))
        .fetch_all(&self.pool)
        .await
        .map_err(Error::doing("looking at the dates of entries"))?;
        let held = |row| {
            let row = Row::of("the entries of a feed", "feed", row);
            Ok(HeldEntries {
                feed: row.get("feed")?,
                entries: row.number("entries")?,
                undated: row.number("undated")?,
                ahead: row.number("ahead")?,
                newest: row.moment("newest")?,
            })
        };
        rows.iter().map(held).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{DeliveryState, Edition, Entry, Masthead, Reader, Reasons},
        store::NewEntry,
    };

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a timestamp")
    }

    #[tokio::test]
    async fn a_look_changes_nothing_and_sees_what_stands() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state.db");
        let store = Store::open(&path).await.expect("a store");
        let now = at("2026-11-22T06:00:00Z");
        let edition = Edition {
            date: now.to_zoned(jiff::tz::TimeZone::UTC).date(),
            composed_at: now,
            read: crate::model::Read::default(),
            masthead: Masthead::default(),
            top: Vec::new(),
            sections: Vec::new(),
            corrections: Vec::new(),
        };
        let readers = ["ann@example.net", "bo@example.net"]
            .map(|email| Reader { email: email.to_owned(), ..Reader::default() });
        store.seal(&edition, &Reasons::default(), &[], &readers, now).await.expect("sealed");
        let dated = |key: &str, published: Option<&str>| NewEntry {
            entry: Entry { key: key.to_owned(), published: published.map(at), ..Entry::default() },
            ..NewEntry::default()
        };
        let found = [
            dated("a", None),
            dated("b", Some("2026-11-22T05:00:00.5Z")),
            dated("c", Some("2026-11-23T05:00:00Z")),
        ];
        store.keep_feed("http://quay.example/", &Default::default(), &found, now).await.expect("kept");
        store.close().await;

        let before: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").flatten().collect();
        let look = Store::look(&path).await.expect("a look");
        assert_eq!(look.damage().await.expect("a look"), None);
        let last = look.last_sealed().await.expect("read").expect("an edition");
        assert_eq!((last.date, last.composed_at, last.number), (edition.date, now, 1));
        let standing = look.undelivered_alike(now).await.expect("read");
        assert_eq!((standing.len(), standing[0].readers, standing[0].state), (1, 2, DeliveryState::Pending));
        let held = look.held_entries(now, now).await.expect("read");
        assert_eq!((held[0].entries, held[0].undated, held[0].ahead, held[0].newest), (3, 1, 1, now));
        assert!(look.begin_run(now, 1).await.is_err(), "nothing can be written");
        look.close().await;
        let after: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").flatten().collect();
        assert_eq!(before.len(), after.len(), "{after:?}");
    }
}

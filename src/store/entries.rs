//! The entries of all feeds, each once, by feed and key.

mod reuse;

use std::collections::{BTreeMap, HashMap};

use futures_util::{StreamExt, TryStreamExt};
use jiff::{Timestamp, civil::Date};
use sqlx::{SqliteConnection, sqlite::SqliteRow};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::{
    Error, Store,
    row::{Row, json, seconds},
};
use crate::model::Entry;

/// An entry as it comes from its feed, with its own text: what is stored of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewEntry {
    pub entry: Entry,
    /// Plain paragraphs separated by blank lines; empty when the feed gives only a summary.
    pub text: String,
}

/// An entry as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredEntry {
    /// Unique in the store: made of feed and key.
    pub id: String,
    /// Address of its feed.
    pub feed: String,
    /// Its place in the feed when last seen, 0 first.
    pub position: usize,
    pub first_seen: Timestamp,
    /// When it counts as published: as its outlet says, but never later than it was first seen.
    pub dated: Timestamp,
    /// The edition that told its story first, if one did.
    pub used_in: Option<Date>,
    pub entry: Entry,
    /// As in [`NewEntry`].
    pub text: String,
}

/// How much is read at once: per feed, and in all.
struct Most {
    of_feed: i64,
    bytes_of_feed: i64,
    of_all: i64,
    bytes_of_all: i64,
}

/// Per feed, some hundred full articles; in all, what fits into memory with everything made of it.
const MOST: Most = Most { of_feed: 1000, bytes_of_feed: 4 << 20, of_all: 10_000, bytes_of_all: 64 << 20 };

/// Bytes kept of one feed, twice what is read of it at once: the newest entries, and those that it lists.
const MOST_BYTES_KEPT: i64 = 8 << 20;

/// The id of a feed's entry.
pub fn entry_id(feed: &str, key: &str) -> String {
    format!("{:032x}", xxh3_128(format!("{feed}\n{key}").as_bytes()))
}

/// Stores an entry, or updates it: text and place change, its first sighting and its use do not. An unchanged
/// entry is only marked as seen; one that took the key of another article is stored beside it. Whether
/// anything was written.
pub(super) async fn keep(
    connection: &mut SqliteConnection,
    feed: &str,
    position: usize,
    new: &NewEntry,
    now: Timestamp,
) -> Result<bool, Error> {
    let failed = Error::doing("storing an entry");
    let (entry, mut id) = (&new.entry, entry_id(feed, &new.entry.key));
    let (body, position) = (json("an entry", entry)?, i64::try_from(position).unwrap_or(i64::MAX));
    let hash = content_hash(&body, &new.text);
    let seen = Seen { hash, fingerprint: entry.fingerprint.map(u128::to_be_bytes), position, now };
    if mark_as_seen(connection, &id, &seen).await? {
        return Ok(false);
    }
    if kept(connection, &id).await?.is_some_and(|before| reuse::is_another(&before, new)) {
        let own = entry.link.as_ref().unwrap_or(&entry.title);
        id = entry_id(feed, &format!("{}\n{own}", entry.key));
        if mark_as_seen(connection, &id, &seen).await? {
            return Ok(false);
        }
    }
    sqlx::query(
        "insert into entry (id, feed, position, first_seen, last_seen, published, dated, hash, body, text, fingerprint)
         values ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, $10)
         on conflict (id) do update set
             position = $3, last_seen = $4, published = $5, hash = $7, body = $8, text = $9, fingerprint = $10",
    )
    .bind(id)
    .bind(feed)
    .bind(position)
    .bind(seconds(now))
    .bind(entry.published.map(seconds))
    .bind(seconds(dated(entry, now)))
    .bind(seen.hash.as_slice())
    .bind(body)
    .bind(&new.text)
    .bind(seen.fingerprint.as_ref().map(|print| print.as_slice()))
    .execute(connection)
    .await
    .map(|_| true)
    .map_err(failed)
}

/// An entry as a pull saw it.
struct Seen {
    hash: [u8; 16],
    fingerprint: Option<[u8; 16]>,
    position: i64,
    now: Timestamp,
}

/// Marks an entry as seen if it is stored as it is.
async fn mark_as_seen(connection: &mut SqliteConnection, id: &str, seen: &Seen) -> Result<bool, Error> {
    let marked = sqlx::query(
        "update entry set position = $3, last_seen = $4, fingerprint = $5 where id = $1 and hash = $2",
    )
    .bind(id)
    .bind(seen.hash.as_slice())
    .bind(seen.position)
    .bind(seconds(seen.now))
    .bind(seen.fingerprint.as_ref().map(|print| print.as_slice()))
    .execute(connection)
    .await;
    Ok(marked.map_err(Error::doing("marking an entry as seen"))?.rows_affected() > 0)
}

/// An entry as it is stored.
async fn kept(connection: &mut SqliteConnection, id: &str) -> Result<Option<NewEntry>, Error> {
    let row = sqlx::query("select id, body, text from entry where id = $1").bind(id);
    let row = row.fetch_optional(connection).await.map_err(Error::doing("looking up an entry"))?;
    let stored = |row: &SqliteRow| {
        let row = Row::of("an entry", "id", row);
        Ok(NewEntry { entry: row.json("body")?, text: row.get("text")? })
    };
    row.as_ref().map(stored).transpose()
}

/// Forgets the oldest entries of a feed that holds more than its room, but for those it lists now; how many.
pub(super) async fn make_room(
    connection: &mut SqliteConnection,
    feed: &str,
    now: Timestamp,
) -> Result<usize, Error> {
    let forgotten = sqlx::query(
        "delete from entry where feed = $1 and last_seen < $2 and id in (select id from (
             select id, sum(octet_length(body) + octet_length(text)) over (
                 order by last_seen = $2 desc, dated desc, id rows unbounded preceding) as bytes
             from entry where feed = $1) where bytes > $3)",
    );
    let forgotten = forgotten.bind(feed).bind(seconds(now)).bind(MOST_BYTES_KEPT).execute(connection).await;
    let rows = forgotten.map_err(Error::doing("forgetting a feed's oldest entries"))?.rows_affected();
    Ok(usize::try_from(rows).unwrap_or(usize::MAX))
}

/// The hash by which an unchanged entry is recognised.
fn content_hash(body: &str, text: &str) -> [u8; 16] {
    let mut hash = Xxh3::new();
    hash.update(body.as_bytes());
    hash.update(text.as_bytes());
    hash.digest128().to_be_bytes()
}

/// When an entry counts as published: as it says itself, but never later than it was first seen; an undated
/// entry, when it was first seen.
fn dated(entry: &Entry, first_seen: Timestamp) -> Timestamp {
    entry.published.map_or(first_seen, |published| published.min(first_seen))
}

impl Store {
    /// The entries that a feed listed when it was last read, by their fingerprints.
    pub async fn listed(&self, feed: &str) -> Result<HashMap<u128, NewEntry>, Error> {
        let rows = sqlx::query(
            "select id, body, text, fingerprint from entry where feed = $1 and fingerprint is not null
             and last_seen = (select max(last_seen) from entry where feed = $1)",
        );
        let rows = rows.bind(feed).fetch_all(&self.pool).await;
        let rows = rows.map_err(Error::doing("reading a feed's entries"))?;
        let listed = |row: &SqliteRow| {
            let row = Row::of("an entry", "id", row);
            let fingerprint = u128::from_be_bytes(row.bytes("fingerprint")?);
            let entry = Entry { fingerprint: Some(fingerprint), ..row.json("body")? };
            Ok((fingerprint, NewEntry { entry, text: row.get("text")? }))
        };
        rows.iter().map(listed).collect()
    }

    /// When the earliest of the stored entries was first seen.
    pub async fn first_seen(&self) -> Result<Option<Timestamp>, Error> {
        let first = "select id, first_seen from entry order by first_seen limit 1";
        let row = sqlx::query(first).fetch_optional(&self.pool).await;
        let row = row.map_err(Error::doing("looking up the first entry"))?;
        row.map(|row| Row::of("an entry", "id", &row).moment("first_seen")).transpose()
    }

    /// How many entries dated after `since` are stored of each feed that has some.
    pub async fn count_by_feed(&self, since: Timestamp) -> Result<BTreeMap<String, u64>, Error> {
        let rows = sqlx::query("select feed, count(*) as entries from entry where dated > $1 group by feed");
        let rows = rows.bind(seconds(since)).fetch_all(&self.pool).await;
        let rows = rows.map_err(Error::doing("counting the entries of the feeds"))?;
        let count = |row| {
            let row = Row::of("the entries of a feed", "feed", row);
            Ok((row.get("feed")?, row.number("entries")?))
        };
        rows.iter().map(count).collect()
    }

    /// The entries dated after `since` and not after `until`, oldest first: the newest thousand of each feed,
    /// in at most 4 MiB, and 10,000 in all, in at most 64 MiB. When the feeds exceed that together, each gets
    /// an equal share: none crowds out another.
    pub async fn entries(&self, since: Timestamp, until: Timestamp) -> Result<Vec<StoredEntry>, Error> {
        self.newest(since, until, &MOST).await
    }

    /// How many entries of each feed are dated after `since` and not after `until`, whether there is room for them or not.
    pub async fn count_entries(
        &self,
        since: Timestamp,
        until: Timestamp,
    ) -> Result<BTreeMap<String, usize>, Error> {
        let counts =
            "select feed, count(*) as entries from entry where dated > $1 and dated <= $2 group by feed";
        let rows = sqlx::query(counts).bind(seconds(since)).bind(seconds(until)).fetch_all(&self.pool).await;
        let rows = rows.map_err(Error::doing("counting the entries"))?;
        let count = |row| {
            let row = Row::of("the entries of a feed", "feed", row);
            Ok((row.get("feed")?, row.number("entries")?))
        };
        rows.iter().map(count).collect()
    }

    async fn newest(
        &self,
        since: Timestamp,
        until: Timestamp,
        most: &Most,
    ) -> Result<Vec<StoredEntry>, Error> {
        let rows = sqlx::query(
            "with sized as (
                 select id, feed, dated, octet_length(body) + octet_length(text) as size
                 from entry where dated > $1 and dated <= $2),
             placed as (
                 select id, size, row_number() over newest as place, sum(size) over newest as bytes from sized
                 window newest as (partition by feed order by dated desc, id rows unbounded preceding)),
             shared as (
                 select id, row_number() over (order by place, id) as place,
                     sum(size) over (order by bytes, id rows unbounded preceding) as bytes
                 from placed where place <= $3 and bytes <= $4)
             select id, feed, position, first_seen, dated, used_in, body, text from entry
             where id in (select id from shared where place <= $5 and bytes <= $6)
             order by dated, id",
        )
        .bind(seconds(since))
        .bind(seconds(until))
        .bind(most.of_feed)
        .bind(most.bytes_of_feed)
        .bind(most.of_all)
        .bind(most.bytes_of_all)
        .fetch(&self.pool);
        // One after another: all rows at once would take as much room as all entries.
        let rows = rows.map(|row| stored(&row.map_err(Error::doing("reading the entries"))?));
        rows.try_collect().await
    }
}

fn stored(row: &SqliteRow) -> Result<StoredEntry, Error> {
    let row = Row::of("an entry", "id", row);
    Ok(StoredEntry {
        id: row.get("id")?,
        feed: row.get("feed")?,
        position: row.number("position")?,
        first_seen: row.moment("first_seen")?,
        dated: row.moment("dated")?,
        used_in: row.if_any("used_in", Row::said)?,
        entry: row.json("body")?,
        text: row.get("text")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Answer;

    fn found(key: &str, dated: Timestamp, text: String) -> NewEntry {
        let entry = Entry { key: key.to_owned(), published: Some(dated), ..Entry::default() };
        NewEntry { entry, text }
    }

    /// Feeds with their entries, each dated by a second and with so many bytes of text; what is kept of each.
    async fn kept_of(most: &Most, feeds: &[(&str, &[(i64, usize)])]) -> Vec<Vec<i64>> {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("state.db")).await.expect("a store");
        let at = |second| Timestamp::from_second(second).expect("a moment");
        for (feed, entries) in feeds {
            let entries = entries.iter().map(|(n, bytes)| found(&n.to_string(), at(*n), "x".repeat(*bytes)));
            let entries: Vec<_> = entries.collect();
            store.keep_feed(feed, &Answer::default(), &entries, at(9000)).await.expect("kept");
        }
        let kept = store.newest(at(0), at(9000), most).await.expect("entries");
        let of = |feed: &str| {
            kept.iter().filter(|e| e.feed == feed).map(|e| e.dated.as_second()).collect::<Vec<_>>()
        };
        feeds.iter().map(|(feed, _)| of(feed)).collect()
    }

    #[tokio::test]
    async fn feeds_that_hold_too_much_together_may_all_hold_the_same() {
        let many: Vec<(i64, usize)> = (1..=20).map(|n| (n, 0)).collect();
        let feeds: [(&str, &[(i64, usize)]); 3] =
            [("a", &many), ("b", &many), ("honest", &[(1, 0), (2, 0), (3, 0)])];
        let most = Most { of_all: 13, ..MOST };
        assert_eq!(
            kept_of(&most, &feeds).await,
            [(16..=20).collect::<Vec<_>>(), (16..=20).collect(), vec![1, 2, 3]]
        );
        let long: Vec<(i64, usize)> = (1..=20).map(|n| (n, 20_000)).collect();
        let feeds: [(&str, &[(i64, usize)]); 3] =
            [("a", &long), ("b", &long), ("honest", &[(1, 0), (2, 0), (3, 0)])];
        let most = Most { bytes_of_all: 90_000, ..MOST };
        assert_eq!(kept_of(&most, &feeds).await, [vec![19, 20], vec![19, 20], vec![1, 2, 3]]);
    }
}

//! The entries of all feeds, each once, by feed and key.

use jiff::{Timestamp, civil::Date};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};
use xxhash_rust::xxh3::xxh3_128;

use super::{Error, Store, moment, seconds};
use crate::model::Entry;

/// An entry as it comes from its feed, with its own text: what is stored of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewEntry {
    pub entry: Entry,
    /// Plain paragraphs apart by blank lines; empty when the feed gives only a summary.
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

/// Entries of one feed that are read at once.
pub const MOST_OF_FEED: i64 = 1000;

/// Bytes of the entries of one feed that are read at once: some hundred articles in full.
pub const MOST_BYTES: i64 = 4 << 20;

/// The id of a feed's entry.
pub fn entry_id(feed: &str, key: &str) -> String {
    format!("{:032x}", xxh3_128(format!("{feed}\n{key}").as_bytes()))
}

/// Stores an entry, or renews one that is there: text and place change, its first sighting and use do not.
pub(super) async fn keep(
    connection: &mut SqliteConnection,
    feed: &str,
    position: usize,
    new: &NewEntry,
    now: Timestamp,
) -> Result<(), Error> {
    let entry = &new.entry;
    let body = serde_json::to_string(entry)
        .map_err(|source| Error::Value { what: format!("the entry {:?}", entry.key), source })?;
    sqlx::query(
        "insert into entry (id, feed, position, first_seen, last_seen, dated, body, text)
         values ($1, $2, $3, $4, $4, $5, $6, $7)
         on conflict (id) do update set position = $3, last_seen = $4, body = $6, text = $7",
    )
    .bind(entry_id(feed, &entry.key))
    .bind(feed)
    .bind(i64::try_from(position).unwrap_or(i64::MAX))
    .bind(seconds(now))
    .bind(seconds(dated(entry, now)))
    .bind(body)
    .bind(&new.text)
    .execute(connection)
    .await
    .map(drop)
    .map_err(Error::doing("storing an entry"))
}

/// When an entry counts as published: as it says itself, but never later than it was first seen; one that does
/// not say is as old as its first sighting.
fn dated(entry: &Entry, first_seen: Timestamp) -> Timestamp {
    entry.published.map_or(first_seen, |published| published.min(first_seen))
}

impl Store {
    /// When the first of the entries kept was seen.
    pub async fn first_seen(&self) -> Result<Option<Timestamp>, Error> {
        let row = sqlx::query("select min(first_seen) from entry").fetch_one(&self.pool).await;
        let row = row.map_err(Error::doing("looking up the first entry"))?;
        Ok(row.get::<Option<i64>, _>(0).map(moment))
    }

    /// The entries dated after `since` and not after `until`, oldest first; of each feed no more than the newest
    /// `MOST_OF_FEED`, and no more than `MOST_BYTES` of their words: one feed must not crowd out the others.
    pub async fn entries(&self, since: Timestamp, until: Timestamp) -> Result<Vec<StoredEntry>, Error> {
        let rows = sqlx::query(
            "select id, feed, position, first_seen, dated, used_in, body, text from entry
             where id in (
                 select id from (
                     select id, row_number() over newest as place,
                         sum(octet_length(body) + octet_length(text)) over newest as bytes
                     from entry where dated > $1 and dated <= $2
                     window newest as (partition by feed order by dated desc, id rows unbounded preceding))
                 where place <= $3 and bytes <= $4)
             order by dated, id",
        )
        .bind(seconds(since))
        .bind(seconds(until))
        .bind(MOST_OF_FEED)
        .bind(MOST_BYTES)
        .fetch_all(&self.pool)
        .await
        .map_err(Error::doing("reading the entries"))?;
        rows.iter().map(stored).collect()
    }
}

fn stored(row: &SqliteRow) -> Result<StoredEntry, Error> {
    let (id, body): (String, String) = (row.get(0), row.get(6));
    let entry = serde_json::from_str(&body)
        .map_err(|source| Error::Value { what: format!("an entry ({id})"), source })?;
    Ok(StoredEntry {
        id,
        feed: row.get(1),
        position: usize::try_from(row.get::<i64, _>(2)).unwrap_or(0),
        first_seen: moment(row.get(3)),
        dated: moment(row.get(4)),
        used_in: row.get::<Option<String>, _>(5).and_then(|date| date.parse().ok()),
        entry,
        text: row.get(7),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Answer;

    fn found(key: &str, dated: Timestamp, text: String) -> NewEntry {
        let entry = Entry { key: key.to_owned(), published: Some(dated), ..Entry::default() };
        NewEntry { entry, text }
    }

    #[tokio::test]
    async fn one_feed_that_holds_too_much_does_not_crowd_out_the_others() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("state.db")).await.expect("a store");
        let at = |second| Timestamp::from_second(second).expect("a moment");
        let many: Vec<_> =
            (1..=MOST_OF_FEED + 2).map(|n| found(&n.to_string(), at(n), String::new())).collect();
        let long: Vec<_> = (1..=10).map(|n| found(&n.to_string(), at(n), "x".repeat(1 << 20))).collect();
        for (feed, entries) in
            [("many", many), ("long", long), ("honest", vec![found("a", at(5), String::new())])]
        {
            store.keep_feed(feed, &Answer::default(), &entries, at(9000)).await.expect("kept");
        }
        let kept = store.entries(at(0), at(9000)).await.expect("entries");
        let of = |feed: &str| {
            kept.iter().filter(|e| e.feed == feed).map(|e| e.dated.as_second()).collect::<Vec<_>>()
        };
        assert_eq!(of("many"), (3..=MOST_OF_FEED + 2).collect::<Vec<_>>(), "the newest, oldest first");
        assert_eq!((of("long"), of("honest")), ((8..=10).collect(), vec![5]));
    }
}

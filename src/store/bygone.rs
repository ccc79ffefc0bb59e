//! What the feeds brought in past weeks, entry by entry: as much of each as tells what its outlet says again and again.

use futures_util::{StreamExt, TryStreamExt};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use sqlx::sqlite::SqliteRow;

use super::{
    Error, Store,
    row::{Row, seconds},
};

/// Most entries read, the newest, and letters of the text of each.
const MOST: i64 = 5000;
const LETTERS: i64 = 2000;

/// An entry of past weeks.
#[derive(Debug)]
pub struct Bygone<P> {
    pub feed: String,
    pub dated: Timestamp,
    pub title: String,
    pub summary: String,
    /// The beginning of its text.
    pub text: String,
    /// What was kept of its page, if that was read.
    pub page: Option<P>,
}

impl Store {
    /// The newest entries dated after `since` and not after `until`, with their pages, one after another to `each`.
    pub async fn bygone<P: DeserializeOwned>(
        &self,
        since: Timestamp,
        until: Timestamp,
        mut each: impl FnMut(Bygone<P>),
    ) -> Result<(), Error> {
        let rows = sqlx::query(
            "select id, feed, dated, body ->> '$.title' as title, body ->> '$.summary' as summary,
                 substr(text, 1, $4) as text, (select body from page where url = entry.body ->> '$.link') as page
             from entry where dated > $1 and dated <= $2 order by dated desc, id limit $3",
        );
        let rows = rows.bind(seconds(since)).bind(seconds(until)).bind(MOST).bind(LETTERS);
        let rows =
            rows.fetch(&self.pool).map(|row| row.map_err(Error::doing("reading the entries of past weeks")));
        rows.try_for_each(|row| std::future::ready(bygone(&row).map(&mut each))).await
    }
}

fn bygone<P: DeserializeOwned>(row: &SqliteRow) -> Result<Bygone<P>, Error> {
    let row = Row::of("an entry", "id", row);
    Ok(Bygone {
        feed: row.get("feed")?,
        dated: row.moment("dated")?,
        title: row.get("title")?,
        summary: row.get("summary")?,
        text: row.get("text")?,
        page: row.if_any("page", Row::json)?,
    })
}

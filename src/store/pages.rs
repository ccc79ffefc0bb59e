//! What was read of article pages in, the same out, so that no page is asked for twice. Never fetches one.

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

use super::{
    Error, Store,
    row::{Row, json, seconds},
};

impl Store {
    /// What was kept of the page at `url`: the caller's own value.
    pub async fn page<T: DeserializeOwned>(&self, url: &str) -> Result<Option<T>, Error> {
        let row = sqlx::query("select url, body from page where url = $1")
            .bind(url)
            .fetch_optional(&self.pool)
            .await
            .map_err(Error::doing("looking up a page"))?;
        row.map(|row| Row::of("a page", "url", &row).json("body")).transpose()
    }

    /// Keeps what was read of the page at `url`.
    pub async fn keep_page(&self, url: &str, read: &impl Serialize, now: Timestamp) -> Result<(), Error> {
        sqlx::query(
            "insert into page (url, fetched_at, body) values ($1, $2, $3)
             on conflict (url) do update set fetched_at = $2, body = $3",
        )
        .bind(url)
        .bind(seconds(now))
        .bind(json("a page", read)?)
        .execute(&self.pool)
        .await
        .map(drop)
        .map_err(Error::doing("keeping a page"))
    }
}

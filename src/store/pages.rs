//! Article pages already read, so that none is asked for twice.

use jiff::Timestamp;
use sqlx::Row;

use super::{Error, Store, seconds};

impl Store {
    /// What was kept of the page at `url`: the caller's own JSON.
    pub async fn page(&self, url: &str) -> Result<Option<String>, Error> {
        let row = sqlx::query("select body from page where url = $1")
            .bind(url)
            .fetch_optional(&self.pool)
            .await
            .map_err(Error::doing("looking up a page"))?;
        Ok(row.map(|row| row.get(0)))
    }

    /// Keeps what was read of the page at `url`.
    pub async fn keep_page(&self, url: &str, body: &str, now: Timestamp) -> Result<(), Error> {
        sqlx::query(
            "insert into page (url, fetched_at, body) values ($1, $2, $3)
             on conflict (url) do update set fetched_at = $2, body = $3",
        )
        .bind(url)
        .bind(seconds(now))
        .bind(body)
        .execute(&self.pool)
        .await
        .map(drop)
        .map_err(Error::doing("keeping a page"))
    }
}

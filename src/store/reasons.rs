//! Why editions are as they are, a document a day: sealed with its edition, or kept for a day that had none.

use jiff::civil::Date;
use sqlx::{Row, SqliteConnection};

use super::{Error, Store, seconds};
use crate::model::Reasons;

impl Store {
    /// The reasons of `date`, else the newest; `None` when there are none, or they are forgotten.
    pub async fn reasons(&self, date: Option<Date>) -> Result<Option<Reasons>, Error> {
        let wanted =
            "select body, date from reasons where $1 is null or date = $1 order by date desc limit 1";
        let row = sqlx::query(wanted)
            .bind(date.map(|date| date.to_string()))
            .fetch_optional(&self.pool)
            .await
            .map_err(Error::doing("looking up the reasons of an edition"))?;
        let Some(row) = row else { return Ok(None) };
        let what = || format!("the reasons of {}", row.get::<String, _>(1));
        serde_json::from_str(row.get(0)).map(Some).map_err(|source| Error::Value { what: what(), source })
    }

    /// Keeps the reasons why a day has no edition, until it has one.
    pub async fn keep_reasons(&self, reasons: &Reasons) -> Result<(), Error> {
        let failed = Error::doing("keeping the reasons of a day without an edition");
        keep(&mut *self.pool.acquire().await.map_err(&failed)?, reasons).await
    }
}

/// Stores the reasons in place of those kept for the day.
pub(super) async fn keep(connection: &mut SqliteConnection, reasons: &Reasons) -> Result<(), Error> {
    let date = reasons.date.to_string();
    let body = serde_json::to_string(reasons)
        .map_err(|source| Error::Value { what: format!("the reasons of {date}"), source })?;
    sqlx::query(
        "insert into reasons (date, composed_at, body) values ($1, $2, $3)
         on conflict (date) do update set composed_at = $2, body = $3",
    )
    .bind(date)
    .bind(seconds(reasons.composed_at))
    .bind(body)
    .execute(connection)
    .await
    .map(drop)
    .map_err(Error::doing("keeping the reasons of an edition"))
}

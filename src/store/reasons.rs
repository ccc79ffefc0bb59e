//! Why editions are as they are, one document a day: stored when its edition is sealed, or for a day that had
//! none. Never judges them.

use jiff::civil::Date;
use sqlx::SqliteConnection;

use super::{
    Error, Store,
    row::{Row, json, seconds},
};
use crate::model::Reasons;

impl Store {
    /// The reasons of `date`, or the newest without one; `None` when there are none or they are forgotten.
    pub async fn reasons(&self, date: Option<Date>) -> Result<Option<Reasons>, Error> {
        let wanted =
            "select body, date from reasons where $1 is null or date = $1 order by date desc limit 1";
        let row = sqlx::query(wanted)
            .bind(date.map(|date| date.to_string()))
            .fetch_optional(&self.pool)
            .await
            .map_err(Error::doing("looking up the reasons of an edition"))?;
        row.map(|row| Row::of("the reasons of a day", "date", &row).json("body")).transpose()
    }

    /// Stores the reasons why a day has no edition, until it has one.
    pub async fn keep_reasons(&self, reasons: &Reasons) -> Result<(), Error> {
        let failed = Error::doing("keeping the reasons of a day without an edition");
        keep(&mut *self.pool.acquire().await.map_err(&failed)?, reasons).await
    }
}

/// Stores the reasons in place of those kept for the day.
pub(super) async fn keep(connection: &mut SqliteConnection, reasons: &Reasons) -> Result<(), Error> {
    sqlx::query(
        "insert into reasons (date, composed_at, stories, body) values ($1, $2, $3, $4)
         on conflict (date) do update set composed_at = $2, stories = $3, body = $4",
    )
    .bind(reasons.date.to_string())
    .bind(seconds(reasons.composed_at))
    .bind(i64::try_from(reasons.stories).unwrap_or(i64::MAX))
    .bind(json("the reasons of a day", reasons)?)
    .execute(connection)
    .await
    .map(drop)
    .map_err(Error::doing("keeping the reasons of an edition"))
}

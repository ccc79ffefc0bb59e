//! The moments at which feeds were pulled, of the last days: how often the newsletter looks for news. Never what a pull
//! brought.

use jiff::{SignedDuration, Timestamp};

use super::{
    Error, Store,
    row::{Row, seconds},
};

/// Pulls are remembered for this long: a week, and the day it began on.
const KEPT: SignedDuration = SignedDuration::from_hours(8 * 24);

impl Store {
    /// Notes a pull, and forgets those of long ago.
    pub async fn note_pull(&self, now: Timestamp) -> Result<(), Error> {
        let failed = Error::doing("noting a pull");
        let note = sqlx::query("insert or ignore into pull (at) values ($1)").bind(seconds(now));
        note.execute(&self.pool).await.map_err(&failed)?;
        let before = seconds(now).saturating_sub(KEPT.as_secs());
        let forget = sqlx::query("delete from pull where at < $1").bind(before);
        forget.execute(&self.pool).await.map(drop).map_err(failed)
    }

    /// The pulls after `since`, the newest first.
    pub async fn pulls(&self, since: Timestamp) -> Result<Vec<Timestamp>, Error> {
        let rows = sqlx::query("select at from pull where at > $1 order by at desc").bind(seconds(since));
        let rows =
            rows.fetch_all(&self.pool).await.map_err(Error::doing("reading when feeds were pulled"))?;
        rows.iter().map(|row| Row::of("a pull", "at", row).moment("at")).collect()
    }
}

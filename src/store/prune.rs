//! What is forgotten, and when: moments in, fewer rows and a smaller file out. Each step is bounded: a run
//! never forgets more than that, and leaves the rest to the next ones.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use sqlx::SqliteConnection;

use super::{
    Error, Store, history,
    row::{Row, json, seconds},
};

/// The newest editions and their deliveries always stay, however old: a clock that was wrong once must not have anybody
/// mailed twice.
const NEWEST: i64 = 7;

/// Most editions forgotten, or stripped of their deliveries, in one step.
const MOST: i64 = 30;

impl Store {
    /// Forgets entries that are older than `before` and no feed has held since, and pages, robots.txt, wishes
    /// of hosts, and of strangers to leave, bounces, reasons and told articles from before it. A robots.txt that cannot be read stays,
    /// because it matters since when.
    pub async fn prune(&self, before: Timestamp) -> Result<(), Error> {
        let failed = Error::doing("forgetting old entries, pages, robots.txt, reasons and what was told");
        for forget in [
            "delete from entry where last_seen < $1 and dated < $1",
            "delete from page where fetched_at < $1",
            "delete from robots where fetched_at < $1 and failing_since is null",
            "delete from closed_host where until < $1",
            "delete from wish where not is_readers and since < $1",
            "delete from reasons where composed_at < $1",
            "delete from told where edition in (select date from edition where composed_at < $1)",
        ] {
            sqlx::query(forget).bind(seconds(before)).execute(&self.pool).await.map_err(&failed)?;
        }
        let day = before.to_zoned(TimeZone::UTC).date().to_string();
        let bounces = sqlx::query("delete from bounces where day < $1").bind(day);
        bounces.execute(&self.pool).await.map(drop).map_err(&failed)
    }

    /// Forgets the feeds that are not `in_use` and were asked last before `before`.
    pub async fn forget_feeds(&self, in_use: &[String], before: Timestamp) -> Result<(), Error> {
        let in_use = serde_json::Value::from(in_use).to_string();
        sqlx::query("delete from feed where checked_at < $1 and url not in (select value from json_each($2))")
            .bind(seconds(before))
            .bind(in_use)
            .execute(&self.pool)
            .await
            .map(drop)
            .map_err(Error::doing("forgetting feeds that nobody reads any more"))
    }

    /// Forgets who was sent the editions composed before `before`; the counts stay with the edition.
    pub async fn forget_deliveries(&self, before: Timestamp) -> Result<(), Error> {
        let failed = Error::doing("forgetting old deliveries");
        let late = "delete from copy where changed_at < $1
            and edition in (select date from edition where totals is not null)";
        sqlx::query(late).bind(seconds(before)).execute(&self.pool).await.map_err(&failed)?;
        for date in self.old("totals is null", before).await? {
            let mut transaction = self.pool.begin_with("begin immediate").await.map_err(&failed)?;
            let totals = history::count(&mut transaction, date).await?;
            let keep = sqlx::query("update edition set totals = $2 where date = $1").bind(date.to_string());
            keep.bind(json("the totals of an edition", &totals)?)
                .execute(&mut *transaction)
                .await
                .map_err(&failed)?;
            for rows in ["delete from delivery where edition = $1", "delete from copy where edition = $1"] {
                delete(&mut transaction, rows, date).await?;
            }
            transaction.commit().await.map_err(&failed)?;
        }
        Ok(())
    }

    /// Forgets the contents of the editions composed before `before` whose deliveries are forgotten. Their
    /// figures stay for good, less than a kilobyte a day, so that no day gets a second edition.
    pub async fn forget_editions(&self, before: Timestamp) -> Result<(), Error> {
        let failed = Error::doing("forgetting old editions");
        for date in
            self.old("totals is not null and date in (select edition from edition_body)", before).await?
        {
            let mut transaction = self.pool.begin_with("begin immediate").await.map_err(&failed)?;
            for rows in [
                "delete from told where edition = $1",
                "delete from reasons where date = $1",
                "delete from copy where edition = $1",
                "delete from edition_body where edition = $1",
            ] {
                delete(&mut transaction, rows, date).await?;
            }
            transaction.commit().await.map_err(&failed)?;
        }
        Ok(())
    }

    /// The oldest editions composed before `before` that meet a condition.
    async fn old(&self, condition: &'static str, before: Timestamp) -> Result<Vec<Date>, Error> {
        let sql = format!(
            "select date from edition where composed_at < $1 and {condition}
             and date not in (select date from edition order by date desc limit {NEWEST}) order by date limit {MOST}"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(seconds(before)).fetch_all(&self.pool).await;
        let rows = rows.map_err(Error::doing("looking for old editions"))?;
        rows.iter().map(|row| Row::of("an edition", "date", row).said("date")).collect()
    }
}

async fn delete(connection: &mut SqliteConnection, rows: &'static str, date: Date) -> Result<(), Error> {
    let deleted = sqlx::query(rows).bind(date.to_string()).execute(connection).await;
    deleted.map(drop).map_err(Error::doing("forgetting an old edition"))
}

//! The diary of runs: when each began in, how it ended out. A run without an end is under way or was broken
//! off; never decides which.

use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;

use super::{
    Error, Store,
    row::{Row, seconds},
};
use crate::model::Run;

/// How many runs are remembered: twenty days, if one is started every hour.
const KEPT: i64 = 480;

impl Store {
    /// Notes that a run begins and forgets the oldest ones. Returns its number in the diary.
    pub async fn begin_run(&self, now: Timestamp, pid: u32) -> Result<i64, Error> {
        let failed = Error::doing("noting that a run begins");
        let row = sqlx::query("insert into run (started, pid) values ($1, $2) returning id")
            .bind(seconds(now))
            .bind(i64::from(pid))
            .fetch_one(&self.pool)
            .await
            .map_err(&failed)?;
        let id: i64 = Row::of("a run", "id", &row).get("id")?;
        let forget = sqlx::query("delete from run where id <= $1").bind(id - KEPT);
        forget.execute(&self.pool).await.map_err(&failed)?;
        Ok(id)
    }

    /// Notes how a run ended.
    pub async fn end_run(&self, run: &Run) -> Result<(), Error> {
        sqlx::query("update run set ended = $2, status = $3, error = $4, body = $5 where id = $1")
            .bind(run.id)
            .bind(run.ended.map(seconds))
            .bind(run.status.map(i64::from))
            .bind(&run.error)
            .bind(&run.body)
            .execute(&self.pool)
            .await
            .map(drop)
            .map_err(Error::doing("noting how a run ended"))
    }

    /// The runs that are remembered, the newest first.
    pub async fn runs(&self) -> Result<Vec<Run>, Error> {
        let rows =
            sqlx::query("select id, pid, started, ended, status, error, body from run order by id desc")
                .fetch_all(&self.pool)
                .await
                .map_err(Error::doing("reading the diary of the runs"))?;
        rows.iter().map(run).collect()
    }
}

fn run(row: &SqliteRow) -> Result<Run, Error> {
    let row = Row::of("a run", "id", row);
    Ok(Run {
        id: row.get("id")?,
        pid: row.number("pid")?,
        started: row.moment("started")?,
        ended: row.if_any("ended", Row::moment)?,
        status: row.if_any("status", Row::number)?,
        error: row.get("error")?,
        body: row.get("body")?,
    })
}

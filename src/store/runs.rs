//! The diary of the runs: that one began, and how it ended. One without an end is under way, or was broken off.

use jiff::Timestamp;
use sqlx::{Row, sqlite::SqliteRow};

use super::{Error, Store, moment, seconds};

/// So many runs are remembered; twenty days, if one is started every hour.
const KEPT: i64 = 480;

/// One run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Run {
    pub id: i64,
    /// The process that was at work.
    pub pid: u32,
    pub started: Timestamp,
    /// None: it is under way, or something ended it before it could say how it went.
    pub ended: Option<Timestamp>,
    /// The exit status of one that ended.
    pub status: Option<u8>,
    /// What was wrong.
    pub error: Option<String>,
    /// Its figures, JSON of what the caller gave.
    pub body: String,
}

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
        let id: i64 = row.get(0);
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
        Ok(rows.iter().map(run).collect())
    }
}

fn run(row: &SqliteRow) -> Run {
    Run {
        id: row.get(0),
        pid: u32::try_from(row.get::<i64, _>(1)).unwrap_or(0),
        started: moment(row.get(2)),
        ended: row.get::<Option<i64>, _>(3).map(moment),
        status: row.get::<Option<i64>, _>(4).and_then(|status| u8::try_from(status).ok()),
        error: row.get(5),
        body: row.get(6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn runs_are_remembered_the_newest_first_and_the_oldest_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("state.db")).await.expect("a store");
        let at = |n: i64| Timestamp::from_second(1_000_000 + n).expect("a moment");
        for n in 1..=KEPT + 2 {
            let id = store.begin_run(at(n), 7).await.expect("begun");
            assert_eq!(id, n);
        }
        let failed = Run {
            id: KEPT + 1,
            pid: 7,
            started: at(KEPT + 1),
            ended: Some(at(1000)),
            status: Some(4),
            error: Some("no feed".to_owned()),
            body: "{\"entries\":3}".to_owned(),
        };
        store.end_run(&failed).await.expect("ended");
        let runs = store.runs().await.expect("runs");
        assert_eq!(runs.len(), usize::try_from(KEPT).expect("a number"));
        assert_eq!((runs[0].ended, runs[0].status), (None, None));
        assert_eq!(runs[1], failed);
        assert_eq!(runs.last().map(|run| run.id), Some(3));
    }
}

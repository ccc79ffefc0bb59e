//! What is remembered between runs, in one SQLite file: feeds, entries, pages, editions with their reasons and what they
//! told, the delivery ledger, and who is mailed nothing any more. Values in, rows out and back; it never fetches, decides or mails anything.
//!
//! Promises, each held by one transaction: a feed's validators are stored together with its entries; an edition is
//! sealed once a day, with its deliveries, its reasons, what it told and the mark on the entries it used; what happened
//! to a delivery is stored before and after it is tried.

mod backup;
mod copies;
mod deliveries;
mod editions;
mod entries;
mod error;
mod feeds;
mod history;
mod holds;
mod ledger;
mod lock;
mod look;
mod pages;
mod prune;
mod reasons;
mod robots;
mod runs;
mod secrets;
mod suppressions;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, path::Path, time::Duration};

use jiff::Timestamp;
use sqlx::{
    Row, SqlSafeStr, SqlitePool,
    migrate::{Migration, MigrationType, Migrator},
    sqlite::{
        SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
    },
};

pub use backup::Holdings;
pub use copies::Claim;
pub use deliveries::Tally;
pub use entries::{NewEntry, StoredEntry};
pub use error::Error;
pub use feeds::{Answer, FeedRecord, Miss, Moved};
pub use history::{Dispatch, Outcome, Past, Quiet};
pub use holds::Hold;
pub use ledger::{Ended, Ledger};
pub use look::{Held, Sealed, Standing, newest_step};
pub use robots::RobotsRecord;
pub use runs::Run;
pub use suppressions::{Bounces, Cause, Erased, Suppression};

/// An open store, held by one process at a time.
#[derive(Debug)]
pub struct Store {
    pool: SqlitePool,
    /// None for one that was opened beside another process.
    _lock: Option<lock::Lock>,
    /// The folder of a scratch copy, removed with it.
    _folder: Option<tempfile::TempDir>,
}

impl Store {
    /// Opens the store at `path`, making the file (readable by its owner alone) and its tables where needed.
    ///
    /// # Errors
    /// [`Error::Busy`] when another process holds it; otherwise what could not be done, with the path.
    pub async fn open(path: &Path) -> Result<Store, Error> {
        let lock = lock::take(path)?;
        lock::make_private(path)?;
        let pool = connect(path, true).await?;
        migrator().run(&pool).await.map_err(|e| Error::migrate(path, e))?;
        secrets::hide(&pool).await?;
        Ok(Store { pool, _lock: Some(lock), _folder: None })
    }

    /// The same beside whoever holds it, and without holding it: for the short notes that neither wait for the end of a
    /// run nor keep one from beginning, a reader's wish to leave before all.
    ///
    /// # Errors
    /// [`Error::Busy`] when its tables must be made or changed first, and another process holds it.
    pub async fn open_beside(path: &Path) -> Result<Store, Error> {
        if path.exists() {
            let pool = connect(path, false).await?;
            let done = sqlx::query("select count(*) from _sqlx_migrations").fetch_one(&pool).await;
            let done = done.ok().and_then(|row| usize::try_from(row.get::<i64, _>(0)).ok());
            if done == Some(migrator().iter().count()) {
                return Ok(Store { pool, _lock: None, _folder: None });
            }
            pool.close().await;
        }
        Store::open(path).await
    }

    /// A copy to try things on, forgotten when it is dropped; the store itself stays as it is.
    pub async fn scratch(&self) -> Result<Store, Error> {
        let unusable = |source| Error::Folder { path: std::env::temp_dir(), source };
        let folder = tempfile::tempdir().map_err(unusable)?;
        let path = folder.path().join("state.db");
        lock::make_private(&path)?;
        self.copy_to(&path).await?;
        Ok(Store { _folder: Some(folder), ..Store::open(&path).await? })
    }

    /// From here on every change outlives a power cut, at the price of a disk flush each: for editions and deliveries.
    /// Before, a power cut may undo the last changes, never part of one; what was pulled can be pulled again.
    pub async fn harden(&self) -> Result<(), Error> {
        let flush = sqlx::query("pragma synchronous = full").execute(&self.pool).await;
        flush.map(drop).map_err(Error::doing("asking for durable writes"))
    }

    /// The store's own secret, 32 random bytes made with it: what signs unsubscribe links and Message-IDs.
    pub async fn secret(&self) -> Result<Vec<u8>, Error> {
        let row = sqlx::query("select bytes from secret where id = 1").fetch_one(&self.pool).await;
        row.map(|row| row.get(0)).map_err(Error::doing("reading the secret"))
    }

    /// Writes everything out and closes the file.
    pub async fn close(self) {
        self.pool.close().await;
    }
}

/// One connection to the file; changes of another process are waited for, ten seconds at most.
async fn connect(path: &Path, create: bool) -> Result<SqlitePool, Error> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(create)
        .auto_vacuum(SqliteAutoVacuum::Incremental)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        // What is deleted is overwritten.
        .pragma("secure_delete", "on")
        .busy_timeout(Duration::from_secs(10));
    let pool = SqlitePoolOptions::new().max_connections(1).test_before_acquire(false);
    pool.connect_with(options).await.map_err(|e| Error::open(path, e))
}

fn migrator() -> Migrator {
    let step = |version, name, sql: &'static str| {
        let sql = sql.into_sql_str();
        Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, sql, false)
    };
    Migrator::with_migrations(vec![
        step(1, "tables", include_str!("migrations/1_tables.sql")),
        step(2, "told", include_str!("migrations/2_told.sql")),
        step(3, "reasons", include_str!("migrations/3_reasons.sql")),
        step(4, "manners", include_str!("migrations/4_manners.sql")),
        step(5, "suppressions", include_str!("migrations/5_suppressions.sql")),
        step(6, "turns", include_str!("migrations/6_turns.sql")),
        step(7, "holds", include_str!("migrations/7_holds.sql")),
        step(8, "copies", include_str!("migrations/8_copies.sql")),
        step(9, "runs", include_str!("migrations/9_runs.sql")),
    ])
}

/// Unix seconds of a moment, as stored.
fn seconds(at: Timestamp) -> i64 {
    at.as_second()
}

/// The moment of stored Unix seconds; out of range is the epoch.
fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

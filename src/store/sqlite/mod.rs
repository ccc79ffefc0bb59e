//! The SQLite file: a path in, an open store out. Holds what only this kind of database needs (its lock, its
//! copies, its free pages, a look at a damaged one), and never what the store promises.

mod backup;
mod lock;
mod look;
mod space;
mod turn;

use std::{borrow::Cow, path::Path, time::Duration};

use sqlx::{
    Row, SqlSafeStr, SqlitePool,
    migrate::{Migration, MigrationType, Migrator},
    sqlite::{
        SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
    },
};

use super::{Error, Store};

pub use backup::Holdings;
pub use lock::Lock;

impl Store {
    /// Opens the store at `path`, making the file (readable by its owner alone) and its tables where needed.
    ///
    /// # Errors
    /// [`Error::Busy`] when another process holds it, [`Error::OtherVersion`] when its tables are not this program's;
    /// otherwise what could not be done, with the path.
    pub async fn open(path: &Path) -> Result<Store, Error> {
        let lock = take_shortly(path).await?;
        lock::make_private(path)?;
        let pool = connect(path, true).await?;
        migrator().run(&pool).await.map_err(|e| Error::migrate(path, e))?;
        Ok(Store { pool, _lock: Some(lock), _folder: None })
    }

    /// The same without taking the lock, even while another process holds it: for short notes that must
    /// neither wait for the end of a run nor keep one from beginning, above all a reader's wish to leave.
    ///
    /// # Errors
    /// [`Error::Busy`] when its tables must be made first, and another process holds it.
    pub async fn open_beside(path: &Path) -> Result<Store, Error> {
        if path.exists() {
            let pool = connect(path, false).await?;
            if has_our_tables(&pool).await.unwrap_or(false) {
                return Ok(Store { pool, _lock: None, _folder: None });
            }
            pool.close().await;
        }
        Ok(Store { _lock: None, ..Store::open(path).await? })
    }

    /// A scratch copy, deleted when dropped; the store itself stays as it is.
    pub async fn scratch(&self) -> Result<Store, Error> {
        let unusable = |source| Error::Folder { path: std::env::temp_dir(), source };
        let mut private = tempfile::Builder::new();
        // Whatever the umask.
        #[cfg(unix)]
        private.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = private.tempdir().map_err(unusable)?;
        let path = folder.path().join("state.db");
        lock::make_private(&path)?;
        self.copy_to(&path).await?;
        Ok(Store { _folder: Some(folder), ..Store::open(&path).await? })
    }

    /// From here on every change survives a power cut, at the price of one disk flush each: for editions and
    /// deliveries. Before, a power cut may undo the last changes, though never part of one: what was pulled
    /// can be pulled again.
    pub async fn flush_every_change(&self) -> Result<(), Error> {
        let flush = sqlx::query("pragma synchronous = full").execute(&self.pool).await;
        flush.map(drop).map_err(Error::doing("asking for durable writes"))
    }
}

/// Takes the lock; whoever holds it only to make the tables, or is about to end, is waited for.
async fn take_shortly(path: &Path) -> Result<Lock, Error> {
    for _ in 0..20 {
        match lock::take(path) {
            Err(Error::Busy { .. }) => tokio::time::sleep(Duration::from_millis(50)).await,
            taken => return taken,
        }
    }
    lock::take(path)
}

/// One connection to the file; it waits at most ten seconds while another process writes.
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

/// The migrations that make the tables. A released one is never changed: a change is a further migration.
fn migrator() -> Migrator {
    let step = |version, name, sql: &'static str| {
        let sql = sql.into_sql_str();
        Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, sql, false)
    };
    Migrator::with_migrations(vec![step(1, "tables", include_str!("1_tables.sql"))])
}

/// Whether the tables were made by exactly this program's migrations.
async fn has_our_tables(pool: &SqlitePool) -> Result<bool, sqlx::Error> {
    let named = "select count(*) from sqlite_master where name = '_sqlx_migrations'";
    if sqlx::query(named).fetch_one(pool).await?.try_get::<i64, _>(0)? == 0 {
        return Ok(false);
    }
    let steps = "select version, checksum from _sqlx_migrations where success order by version";
    let made = sqlx::query(steps).fetch_all(pool).await?;
    let made = made.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
    let made = made.collect::<Result<Vec<(i64, Vec<u8>)>, sqlx::Error>>()?;
    Ok(migrator().iter().map(|step| (step.version, step.checksum.to_vec())).eq(made))
}

#[cfg(test)]
mod tests;

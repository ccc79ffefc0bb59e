//! A store in, a copy of it as of one moment out, made beside whoever uses it, and the check that a copy is
//! sound. Never changes the store.

use std::path::Path;

use jiff::civil::Date;
use sqlx::{Row as _, SqlitePool, sqlite::SqliteConnectOptions};

use super::{Error, Store, connect, has_our_tables};
use crate::store::row::Row;

/// What a copy holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holdings {
    pub editions: u64,
    pub newest: Option<Date>,
    pub deliveries: u64,
    pub entries: u64,
    /// Suppressed readers.
    pub suppressed: u64,
}

impl Store {
    /// Writes a copy of the state at `state` to `path`, as [`Store::copy_to`] does. The state stays as it is.
    ///
    /// # Errors
    /// [`Error::OtherVersion`] when its tables are not this program's; otherwise what could not be done.
    pub async fn copy_file(state: &Path, path: &Path) -> Result<(), Error> {
        // Not read-only: such a connection leaves an empty log beside the state.
        let store = Store { pool: connect(state, false).await?, _lock: None, _folder: None };
        let copied = match has_our_tables(&store.pool).await {
            Ok(true) => store.copy_to(path).await,
            Ok(false) => Err(Error::OtherVersion { path: state.to_owned() }),
            Err(error) => Err(Error::open(state, error)),
        };
        store.close().await;
        copied
    }

    /// Writes a copy to `path`, a file that is empty or not there. A run at work is not kept waiting, and the
    /// copy is consistent: the store as it was when the copy was begun.
    pub async fn copy_to(&self, path: &Path) -> Result<(), Error> {
        let copy = sqlx::query("vacuum into $1").bind(path.to_string_lossy().into_owned());
        copy.execute(&self.pool).await.map(drop).map_err(Error::doing("copying the state"))
    }
}

impl Holdings {
    /// Reads the whole copy at `path` and says what it holds; the file stays as it is.
    ///
    /// # Errors
    /// [`Error::Unsound`] when it is damaged.
    pub async fn of_copy(path: &Path) -> Result<Holdings, Error> {
        let options = SqliteConnectOptions::new().filename(path).read_only(true).immutable(true);
        let pool = SqlitePool::connect_with(options).await.map_err(|e| Error::open(path, e))?;
        let holdings = examine(&pool, path).await;
        pool.close().await;
        holdings
    }
}

async fn examine(pool: &SqlitePool, path: &Path) -> Result<Holdings, Error> {
    let unsound = |what: String| Error::Unsound { path: path.to_owned(), what };
    let failed = |error: sqlx::Error| unsound(error.to_string());
    let checked = sqlx::query("pragma integrity_check(1)").fetch_one(pool).await.map_err(failed)?;
    match checked.get::<&str, _>(0) {
        "ok" => {}
        damage => return Err(unsound(damage.to_owned())),
    }
    let numbers = "select max(date) as newest, count(*) as editions, (select count(*) from delivery) as deliveries,
        (select count(*) from entry) as entries, (select count(*) from suppression) as suppressed from edition";
    let numbers = sqlx::query(numbers).fetch_one(pool).await.map_err(failed)?;
    let row = Row::of("the editions, by the newest", "newest", &numbers);
    Ok(Holdings {
        editions: row.number("editions")?,
        newest: row.if_any("newest", Row::said)?,
        deliveries: row.number("deliveries")?,
        entries: row.number("entries")?,
        suppressed: row.number("suppressed")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_copy_that_is_damaged_or_of_another_version_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("state.db")).await.expect("a store");
        let path = folder.path().join("copy.db");
        store.copy_to(&path).await.expect("copied");
        let holdings = Holdings::of_copy(&path).await.expect("sound");
        assert_eq!((holdings.editions, holdings.newest), (0, None));

        let other = sqlx::query("update _sqlx_migrations set checksum = x'00'").execute(&store.pool).await;
        other.expect("as none yet");
        let newer = folder.path().join("newer.db");
        store.close().await;
        let error =
            Store::copy_file(&folder.path().join("state.db"), &newer).await.expect_err("another version");
        assert!(matches!(error, Error::OtherVersion { .. }), "{error}");

        let mut bytes = std::fs::read(&path).expect("its bytes");
        let end = bytes.len();
        bytes[end - 6 * 4096..].fill(0x5a);
        std::fs::write(&path, bytes).expect("damaged");
        let error = Holdings::of_copy(&path).await.expect_err("damaged");
        assert!(matches!(error, Error::Unsound { .. }), "{error}");
    }
}

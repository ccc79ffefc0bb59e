//! A copy of the whole store as it is at one moment, made beside whoever works on it; and the proof that a copy is sound.

use std::path::Path;

use jiff::civil::Date;
use sqlx::{Row, SqlitePool, sqlite::SqliteConnectOptions};

use super::{Error, Store, connect, newest_step};

/// What a copy holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holdings {
    pub editions: u64,
    pub newest: Option<Date>,
    pub deliveries: u64,
    pub entries: u64,
    /// Who is mailed nothing any more.
    pub suppressed: u64,
}

impl Store {
    /// Writes a copy of the state at `state` to `path`, as [`Store::copy_to`] does. The state stays as it is, also one that an
    /// older version made: its tables are not brought up to date.
    pub async fn copy_file(state: &Path, path: &Path) -> Result<(), Error> {
        // Not read-only, for such a connection leaves an empty log beside the state.
        let store = Store { pool: connect(state, false).await?, _lock: None, _folder: None };
        let copied = store.copy_to(path).await;
        store.close().await;
        copied
    }

    /// Writes a copy to `path`, a file that is empty or not there. A run that is at work is not kept waiting, and the copy is
    /// whole: as things stood when it was begun.
    pub async fn copy_to(&self, path: &Path) -> Result<(), Error> {
        let copy = sqlx::query("vacuum into $1").bind(path.to_string_lossy().into_owned());
        copy.execute(&self.pool).await.map(drop).map_err(Error::doing("copying the state"))
    }
}

impl Holdings {
    /// Reads the whole copy at `path` and says what it holds; the file stays as it is.
    ///
    /// # Errors
    /// [`Error::Unsound`] when it is damaged, or a newer version made its tables.
    pub async fn of_copy(path: &Path) -> Result<Holdings, Error> {
        let options = SqliteConnectOptions::new().filename(path).read_only(true).immutable(true);
        let pool = SqlitePool::connect_with(options).await.map_err(|e| Error::open(path, e))?;
        let holdings = examine(&pool, path).await;
        pool.close().await;
        holdings
    }
}

/// The step that brought the list of who is mailed nothing.
const SUPPRESSIONS: u64 = 5;

async fn examine(pool: &SqlitePool, path: &Path) -> Result<Holdings, Error> {
    let unsound = |what: String| Error::Unsound { path: path.to_owned(), what };
    let failed = |error: sqlx::Error| unsound(error.to_string());
    let checked = sqlx::query("pragma integrity_check(1)").fetch_one(pool).await.map_err(failed)?;
    match checked.get::<&str, _>(0) {
        "ok" => {}
        damage => return Err(unsound(damage.to_owned())),
    }
    let count = async |sql: &'static str| {
        let row = sqlx::query(sql).fetch_one(pool).await.map_err(failed)?;
        Ok::<u64, Error>(u64::try_from(row.get::<i64, _>(0)).unwrap_or(0))
    };
    let step = count("select coalesce(max(version), 0) from _sqlx_migrations where success").await?;
    if step == 0 || step > newest_step().unsigned_abs() {
        return Err(unsound(format!("its tables are of another version ({step})")));
    }
    let newest = sqlx::query("select max(date) from edition").fetch_one(pool).await.map_err(failed)?;
    Ok(Holdings {
        editions: count("select count(*) from edition").await?,
        newest: newest.get::<Option<String>, _>(0).and_then(|date| date.parse().ok()),
        deliveries: count("select count(*) from delivery").await?,
        entries: count("select count(*) from entry").await?,
        suppressed: match step {
            ..SUPPRESSIONS => 0,
            _ => count("select count(*) from suppression").await?,
        },
    })
}

#[cfg(test)]
mod tests {
    use sqlx::migrate::Migrator;

    use super::{super::migrator, *};

    #[tokio::test]
    async fn a_copy_that_is_damaged_or_of_another_version_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("state.db")).await.expect("a store");
        let path = folder.path().join("copy.db");
        store.copy_to(&path).await.expect("copied");
        let holdings = Holdings::of_copy(&path).await.expect("sound");
        assert_eq!((holdings.editions, holdings.newest), (0, None));

        sqlx::query("update _sqlx_migrations set version = 99 where version = 9")
            .execute(&store.pool)
            .await
            .expect("as none yet");
        let newer = folder.path().join("newer.db");
        store.copy_to(&newer).await.expect("copied");
        let error = Holdings::of_copy(&newer).await.expect_err("another version");
        assert!(error.to_string().contains("another version"), "{error}");

        let mut bytes = std::fs::read(&path).expect("its bytes");
        let end = bytes.len();
        bytes[end - 6 * 4096..].fill(0x5a);
        std::fs::write(&path, bytes).expect("damaged");
        let error = Holdings::of_copy(&path).await.expect_err("damaged");
        assert!(matches!(error, Error::Unsound { .. }), "{error}");
    }

    #[tokio::test]
    async fn a_state_of_an_older_version_is_copied_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state.db");
        let pool = connect(&path, true).await.expect("a file");
        let steps = migrator().iter().filter(|step| step.version < 5).cloned().collect();
        Migrator::with_migrations(steps).run(&pool).await.expect("older tables");
        pool.close().await;
        let copy = folder.path().join("copy.db");
        Store::copy_file(&path, &copy).await.expect("copied");
        let holdings = Holdings::of_copy(&copy).await.expect("sound");
        assert_eq!((holdings.editions, holdings.suppressed), (0, 0));
        for file in [&path, &copy] {
            let look = Store::look(file).await.expect("a look");
            assert_eq!(look.step().await.expect("a step"), 4);
            look.close().await;
        }
        let left = std::fs::read_dir(folder.path()).expect("a folder").flatten().count();
        assert_eq!(left, 2, "no log is left beside them");
    }
}

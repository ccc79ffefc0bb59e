//! What can go wrong with the store, said with the path and what to check.

use std::path::{Path, PathBuf};

/// Why the store could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another process holds the store: try again when it is done.
    #[error("another reveille is at work on {}: it holds the lock {}", path.display(), lock.display())]
    Busy { path: PathBuf, lock: PathBuf },
    #[error("cannot use the state folder {}: does it exist, and may it be written to?", path.display())]
    Folder { path: PathBuf, source: std::io::Error },
    #[error("cannot open the state file {}: is it a reveille database, undamaged, on a writable disk?", path.display())]
    Open { path: PathBuf, source: sqlx::Error },
    #[error("cannot bring the tables of {} up to date: was it written by a newer reveille?", path.display())]
    Migrate { path: PathBuf, source: sqlx::migrate::MigrateError },
    #[error("the state file failed while {doing}: is the disk full, or the file damaged?")]
    Query { doing: &'static str, source: sqlx::Error },
    #[error("the state file holds {what} that cannot be read: was it written by another version?")]
    Value { what: String, source: serde_json::Error },
}

impl Error {
    pub(super) fn open(path: &Path, source: sqlx::Error) -> Error {
        Error::Open { path: path.to_owned(), source }
    }

    pub(super) fn migrate(path: &Path, source: sqlx::migrate::MigrateError) -> Error {
        Error::Migrate { path: path.to_owned(), source }
    }

    /// For `map_err`: names what was being done.
    pub(super) fn doing(doing: &'static str) -> impl Fn(sqlx::Error) -> Error {
        move |source| Error::Query { doing, source }
    }
}

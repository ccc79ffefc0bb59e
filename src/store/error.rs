//! A failure of the store in, a message that names the path and what to check out. Never tries again.

use std::path::{Path, PathBuf};

use sqlx::migrate::MigrateError;

/// Why the store could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another process holds the store: try again when it is done.
    #[error("another reveille is at work on {}: it holds the lock {}", path.display(), lock.display())]
    Busy { path: PathBuf, lock: PathBuf },
    #[error("cannot use the state folder {}: does it exist, and may it be written to?", path.display())]
    Folder { path: PathBuf, source: std::io::Error },
    #[error("cannot open the state file {}: {}", path.display(), advice(source))]
    Open { path: PathBuf, source: sqlx::Error },
    /// Its tables are not this program's.
    #[error(
        "the state file {} is of another version of reveille: use the program that made it, or move the file away and begin anew",
        path.display()
    )]
    OtherVersion { path: PathBuf },
    #[error("the copy {} is not sound: {what}; is the disk failing, or the state damaged?", path.display())]
    Unsound { path: PathBuf, what: String },
    #[error("the state file failed while {doing}: {}", advice(source))]
    Query { doing: &'static str, source: sqlx::Error },
    #[error(
        "the state file holds {what} that cannot be read: {why}; is it damaged? `reveille doctor` looks it through"
    )]
    Value { what: String, why: String },
}

impl Error {
    pub(super) fn open(path: &Path, source: sqlx::Error) -> Error {
        Error::Open { path: path.to_owned(), source }
    }

    pub(super) fn migrate(path: &Path, source: MigrateError) -> Error {
        match source {
            // The first access to the file is reading which steps were already taken.
            MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) => {
                Error::open(path, source)
            }
            _ => Error::OtherVersion { path: path.to_owned() },
        }
    }

    /// For `map_err`: names what was being done.
    pub(super) fn doing(doing: &'static str) -> impl Fn(sqlx::Error) -> Error {
        move |source| Error::Query { doing, source }
    }
}

/// What is wrong and what to do about it, by SQLite's result code (<https://sqlite.org/rescode.html>).
fn advice(source: &sqlx::Error) -> &'static str {
    let code = source.as_database_error().and_then(|error| error.code()?.parse::<u32>().ok());
    // The low byte is the kind; the rest says where it happened.
    match code.map(|code| code & 0xff) {
        Some(5 | 6) => "another program has locked it; close that one and run again",
        Some(8 | 14) => "it, or its folder, may not be read or written; check their owner and permissions",
        Some(10 | 13) => "the disk is full, or failing; what was done so far is kept",
        Some(11 | 26) => {
            "it is damaged, or no reveille database; put back a copy of it, or save what is left with: sqlite3 FILE .recover"
        }
        _ => "is the disk full, or the file damaged?",
    }
}

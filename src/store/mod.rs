//! What is remembered between runs: values in, rows in the database and values out again. It holds feeds,
//! entries, pages, editions with their reasons and the articles they told, the delivery ledger and the
//! suppression list; it never fetches, decides or mails anything.
//!
//! Promises, each held by one transaction: a feed's validators are stored together with its entries; an
//! edition is sealed once a day, with its deliveries, its reasons, the articles it told and the marks on the
//! entries it used; the state of a delivery is stored before and after it is tried. `contract` holds them for
//! every kind of database; what only SQLite needs is in `sqlite`.

mod bygone;
mod closed_hosts;
#[cfg(test)]
mod contract;
mod copies;
mod deliveries;
mod editions;
mod entries;
mod error;
mod feeds;
mod history;
mod identity;
mod ledger;
mod list;
mod pages;
mod prune;
mod pulls;
mod reasons;
mod robots;
mod row;
mod runs;
mod sqlite;
mod suppressions;
mod wishes;

use sqlx::SqlitePool;

pub use bygone::Bygone;
pub use closed_hosts::ClosedHost;
pub use copies::Claim;
pub use deliveries::Tally;
pub use entries::{NewEntry, StoredEntry};
pub use error::Error;
pub use feeds::Miss;
pub use history::{Dispatch, Past, Quiet};
pub use ledger::Ledger;
pub use list::Listed;
pub use robots::RobotsRecord;
pub use sqlite::Holdings;
pub use suppressions::{Bounces, Cause, Erased, Suppression};
pub use wishes::Wish;

/// An open store, held by one process at a time.
#[derive(Debug)]
pub struct Store {
    pool: SqlitePool,
    /// `None` for a store opened beside another process.
    _lock: Option<sqlite::Lock>,
    /// The folder of a scratch copy, removed with it.
    _folder: Option<tempfile::TempDir>,
}

impl Store {
    /// Writes everything out and closes the file.
    pub async fn close(self) {
        self.pool.close().await;
    }
}

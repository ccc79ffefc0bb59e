//! A database in, its free pages given back to the disk and deleted data gone for good out. Never deletes a
//! row.

use super::{Error, Store};

/// Most free pages (4 KiB) given back to the disk in one step.
const PAGES: &str = "pragma incremental_vacuum(4096)";

impl Store {
    /// Gives free space back to the disk, and renews the database's statistics.
    pub async fn give_back_space(&self) -> Result<(), Error> {
        for step in [PAGES, "pragma optimize"] {
            self.upkeep(step).await.map_err(Error::doing("giving free space back to the disk"))?;
        }
        Ok(())
    }

    /// Writes the log beside the file into the file and empties the log.
    pub(in crate::store) async fn empty_log(&self) -> Result<(), sqlx::Error> {
        self.upkeep("pragma wal_checkpoint(truncate)").await
    }

    /// Rewrites the file. That needs room for a second one, which a full disk does not have.
    pub(in crate::store) async fn write_anew(&self) -> Result<(), sqlx::Error> {
        let anew = self.upkeep("vacuum").await;
        // The rewritten pages, even of an unfinished attempt, are in the log beside the file.
        let emptied = self.empty_log().await;
        anew.and(emptied)
    }

    async fn upkeep(&self, statement: &'static str) -> Result<(), sqlx::Error> {
        sqlx::query(statement).execute(&self.pool).await.map(drop)
    }
}

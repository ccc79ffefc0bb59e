//! The room a file takes: free pages given back to the disk, and what was deleted gone from it for good.

use super::{Error, Store};

/// Most free pages (4 KiB) that are given back to the disk in one step.
const PAGES: &str = "pragma incremental_vacuum(4096)";

impl Store {
    /// Gives free space back to the disk, and renews what the database knows of its tables.
    pub async fn give_back_space(&self) -> Result<(), Error> {
        for step in [PAGES, "pragma optimize"] {
            self.upkeep(step).await.map_err(Error::doing("giving free space back to the disk"))?;
        }
        Ok(())
    }

    /// Writes the log beside the file into it and empties the log.
    pub(in crate::store) async fn empty_log(&self) -> Result<(), sqlx::Error> {
        self.upkeep("pragma wal_checkpoint(truncate)").await
    }

    /// Writes the file anew. That takes room for a second one, which a full disk does not have.
    pub(in crate::store) async fn write_anew(&self) -> Result<(), sqlx::Error> {
        let anew = self.upkeep("vacuum").await;
        // What was written anew, or begun to be, stands in the log beside the file.
        let emptied = self.empty_log().await;
        anew.and(emptied)
    }

    async fn upkeep(&self, statement: &'static str) -> Result<(), sqlx::Error> {
        sqlx::query(statement).execute(&self.pool).await.map(drop)
    }
}

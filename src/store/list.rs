//! The list of readers as the ledger knows it: who was on it last, who is missing, who is back. Never decides who is a
//! reader.

use jiff::{Timestamp, civil::Date};

use super::{
    Error, Store,
    row::{Row, json, seconds},
};
use crate::model::{Outcome, Reader};

/// Somebody the newest edition was for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The edition.
    pub date: Date,
    /// The address in lower case.
    pub email: String,
    /// Whether it is still to be sent.
    pub is_open: bool,
}

impl Store {
    /// The readers of the newest edition, but for those who left before they were sent it.
    pub async fn last_list(&self) -> Result<Vec<Listed>, Error> {
        let rows = sqlx::query(
            "select edition, reader, state in ('pending', 'sending', 'deferred') as is_open from delivery
             where edition = (select max(edition) from delivery) and state != 'withdrawn' order by turn",
        );
        let rows = rows.fetch_all(&self.pool).await.map_err(Error::doing("reading who was a reader last"))?;
        let listed = |row| {
            let row = Row::of("a delivery", "edition", row);
            Ok(Listed { date: row.said("edition")?, email: row.get("reader")?, is_open: row.get("is_open")? })
        };
        rows.iter().map(listed).collect()
    }

    /// Notes in an edition that these readers of the one before, named by their addresses in lower case, are missing: a
    /// delivery each, withdrawn.
    pub async fn note_missing(
        &self,
        edition: Date,
        before: Date,
        readers: &[String],
        now: Timestamp,
    ) -> Result<(), Error> {
        let note = sqlx::query(
            "insert into delivery (edition, turn, reader, body, state, outcome, words, changed_at)
             select $1, (select coalesce(max(turn), 0) from delivery where edition = $1) + row_number() over (order by turn),
                 reader, body, 'withdrawn', $4, $5, $6
             from delivery where edition = $2 and reader in (select value from json_each($3))
             on conflict (edition, reader) do nothing",
        );
        let missing = Outcome::Withdrawn(Outcome::MISSING.to_owned());
        let note = note.bind(edition.to_string()).bind(before.to_string());
        let note = note.bind(serde_json::Value::from(readers).to_string());
        let note =
            note.bind(missing.word()).bind(missing.words()).bind(seconds(now)).execute(&self.pool).await;
        note.map(drop).map_err(Error::doing("noting who is missing from the list"))
    }

    /// Makes the deliveries pending again that were withdrawn because these readers were missing, of the editions composed
    /// at or after `since`. Returns how many there were.
    pub async fn readmit(&self, since: Timestamp, readers: &[Reader], now: Timestamp) -> Result<u64, Error> {
        let missing = Outcome::Withdrawn(Outcome::MISSING.to_owned());
        let readmitted = sqlx::query(
            "update delivery set state = 'pending', outcome = null, words = null, changed_at = $5
             where state = 'withdrawn' and outcome = $2 and words = $3
             and edition in (select date from edition where composed_at >= $1)
             and reader in (select value from json_each($4))",
        );
        let readmitted = readmitted.bind(seconds(since)).bind(missing.word()).bind(missing.words());
        let readmitted = readmitted.bind(keys(readers)).bind(seconds(now)).execute(&self.pool).await;
        Ok(readmitted.map_err(Error::doing("looking for readers who are back"))?.rows_affected())
    }

    /// Adds deliveries of an edition to those of these readers who have none. Returns how many that were.
    pub async fn add_readers(&self, edition: Date, readers: &[Reader], now: Timestamp) -> Result<u64, Error> {
        let failed = Error::doing("adding readers to an edition");
        let mut transaction = self.pool.begin_with("begin immediate").await.map_err(&failed)?;
        let mut added = 0;
        for reader in readers {
            let add = sqlx::query(
                "insert into delivery (edition, turn, reader, body, state, changed_at)
                 select $1, coalesce(max(turn), 0) + 1, $2, $3, 'pending', $4 from delivery where edition = $1
                 on conflict (edition, reader) do nothing",
            );
            let add = add.bind(edition.to_string()).bind(Reader::key(&reader.email));
            let add = add.bind(json("a reader", reader)?).bind(seconds(now)).execute(&mut *transaction).await;
            added += add.map_err(&failed)?.rows_affected();
        }
        transaction.commit().await.map_err(&failed)?;
        Ok(added)
    }
}

/// The readers as the ledger names them, as JSON.
fn keys(readers: &[Reader]) -> String {
    serde_json::Value::from_iter(readers.iter().map(|reader| Reader::key(&reader.email))).to_string()
}

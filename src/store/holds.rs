//! Which hosts asked to be left alone, so that a later run leaves them alone too.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::Row;

use super::{Error, Store, moment, seconds};

/// A host's wish to be left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// When the run began that heard of it.
    pub since: Timestamp,
    pub until: Timestamp,
}

impl Store {
    /// The hosts that asked to be left alone, by their names; also those whose time is over.
    pub async fn holds(&self) -> Result<BTreeMap<String, Hold>, Error> {
        let rows = sqlx::query("select host, since, until from hold").fetch_all(&self.pool).await;
        let rows = rows.map_err(Error::doing("looking up the hosts to be left alone"))?;
        let hold = |since, until| Hold { since: moment(since), until: moment(until) };
        Ok(rows.iter().map(|row| (row.get(0), hold(row.get(1), row.get(2)))).collect())
    }

    /// Keeps a host's wish in place of an earlier one.
    pub async fn keep_hold(&self, host: &str, hold: Hold) -> Result<(), Error> {
        let keep = sqlx::query(
            "insert into hold (host, since, until) values ($1, $2, $3)
             on conflict (host) do update set since = $2, until = $3",
        );
        let kept = keep.bind(host).bind(seconds(hold.since)).bind(seconds(hold.until));
        kept.execute(&self.pool).await.map(drop).map_err(Error::doing("noting a host to be left alone"))
    }

    /// Keeps the wishes that a scratch copy of this store heard of: hosts do not know that it was a trial.
    pub async fn keep_holds_of(&self, copy: &Store) -> Result<(), Error> {
        for (host, hold) in copy.holds().await? {
            self.keep_hold(&host, hold).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hold(since: &str, until: &str) -> Hold {
        let at = |time: &str| format!("2026-11-22T{time}:00Z").parse().expect("a timestamp");
        Hold { since: at(since), until: at(until) }
    }

    #[tokio::test]
    async fn what_a_host_said_last_counts_also_to_a_copy_and_is_forgotten_in_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("state.db")).await.expect("a store");
        let copy = store.scratch().await.expect("a copy");
        store.keep_hold("busy.example", hold("06:00", "09:00")).await.expect("kept");
        store.keep_hold("busy.example", hold("07:00", "08:00")).await.expect("kept");
        copy.keep_hold("later.example", hold("07:00", "12:00")).await.expect("kept");
        store.keep_holds_of(&copy).await.expect("kept");
        let all = [("busy.example", hold("07:00", "08:00")), ("later.example", hold("07:00", "12:00"))];
        let all: BTreeMap<_, _> = all.map(|(host, hold)| (host.to_owned(), hold)).into();
        assert_eq!(store.holds().await.expect("the holds"), all);
        store.prune(hold("07:00", "09:00").until).await.expect("pruned");
        assert_eq!(store.holds().await.expect("the holds").len(), 1);
    }
}

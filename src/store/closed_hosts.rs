//! Hosts that asked to be left alone in, the same out for later runs, which leave them alone too. Never asks
//! a host.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    Error, Store,
    row::{Row, seconds},
};

/// A host's wish to be left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClosedHost {
    /// When the run that heard of it began.
    pub since: Timestamp,
    pub until: Timestamp,
}

impl Store {
    /// The hosts that asked to be left alone, by name, including those whose time is up.
    pub async fn closed_hosts(&self) -> Result<BTreeMap<String, ClosedHost>, Error> {
        let rows = sqlx::query("select host, since, until from closed_host").fetch_all(&self.pool).await;
        let rows = rows.map_err(Error::doing("looking up the hosts to be left alone"))?;
        let closed = |row| {
            let row = Row::of("a closed host", "host", row);
            Ok((row.get("host")?, ClosedHost { since: row.moment("since")?, until: row.moment("until")? }))
        };
        rows.iter().map(closed).collect()
    }

    /// Stores a host's wish, replacing any earlier one.
    pub async fn keep_closed_host(&self, host: &str, closed: ClosedHost) -> Result<(), Error> {
        let keep = sqlx::query(
            "insert into closed_host (host, since, until) values ($1, $2, $3)
             on conflict (host) do update set since = $2, until = $3",
        );
        let kept = keep.bind(host).bind(seconds(closed.since)).bind(seconds(closed.until));
        kept.execute(&self.pool).await.map(drop).map_err(Error::doing("noting a host to be left alone"))
    }

    /// Keeps the wishes that a scratch copy of this store heard of: hosts do not know that it was a trial.
    pub async fn keep_closed_hosts_of(&self, copy: &Store) -> Result<(), Error> {
        for (host, closed) in copy.closed_hosts().await? {
            self.keep_closed_host(&host, closed).await?;
        }
        Ok(())
    }
}

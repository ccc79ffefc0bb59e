//! Hosts that asked to be left alone in, the same out for later runs, which leave them alone too. Never asks
//! a host.

use jiff::Timestamp;

use super::{
    Error, Store,
    row::{Row, seconds},
};

/// A host's wish to be left alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedHost {
    /// Scheme, host and port.
    pub origin: String,
    /// Only those whom a link or a redirect sent are to leave it alone; its feeds are asked.
    pub to_those_sent: bool,
    /// When the run that heard of it began.
    pub since: Timestamp,
    pub until: Timestamp,
}

impl Store {
    /// The hosts that asked to be left alone, by name, including those whose time is up.
    pub async fn closed_hosts(&self) -> Result<Vec<ClosedHost>, Error> {
        let look =
            "select origin, to_those_sent, since, until from closed_host order by origin, to_those_sent";
        let rows = sqlx::query(look).fetch_all(&self.pool).await;
        let rows = rows.map_err(Error::doing("looking up the hosts to be left alone"))?;
        let closed = |row| {
            let row = Row::of("a closed host", "origin", row);
            Ok(ClosedHost {
                origin: row.get("origin")?,
                to_those_sent: row.get("to_those_sent")?,
                since: row.moment("since")?,
                until: row.moment("until")?,
            })
        };
        rows.iter().map(closed).collect()
    }

    /// Stores a host's wish, replacing any earlier one.
    pub async fn keep_closed_host(&self, closed: &ClosedHost) -> Result<(), Error> {
        let keep = sqlx::query(
            "insert into closed_host (origin, to_those_sent, since, until) values ($1, $2, $3, $4)
             on conflict (origin, to_those_sent) do update set since = $3, until = $4",
        );
        let kept = keep.bind(&closed.origin).bind(closed.to_those_sent);
        let kept = kept.bind(seconds(closed.since)).bind(seconds(closed.until));
        kept.execute(&self.pool).await.map(drop).map_err(Error::doing("noting a host to be left alone"))
    }

    /// Keeps the wishes that a scratch copy of this store heard of: hosts do not know that it was a trial.
    pub async fn keep_closed_hosts_of(&self, copy: &Store) -> Result<(), Error> {
        for closed in copy.closed_hosts().await? {
            self.keep_closed_host(&closed).await?;
        }
        Ok(())
    }
}

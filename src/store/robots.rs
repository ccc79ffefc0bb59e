//! What sites said in their robots.txt, so that none is asked for it twice a day.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::{Row, sqlite::SqliteRow};

use super::{Error, Store, moment, seconds};

/// What is known of one site's robots.txt.
#[derive(Debug, Clone, PartialEq)]
pub struct RobotsRecord {
    /// When it was last asked for and the site could say.
    pub fetched_at: Timestamp,
    /// The file, empty when there is none; nothing when the site never could say.
    pub body: Option<String>,
    /// Since when the site cannot say.
    pub failing_since: Option<Timestamp>,
}

impl Store {
    /// What is known of the robots.txt of every site, by its name.
    pub async fn robots(&self) -> Result<BTreeMap<String, RobotsRecord>, Error> {
        let rows = sqlx::query("select site, fetched_at, body, failing_since from robots")
            .fetch_all(&self.pool)
            .await
            .map_err(Error::doing("looking up what is known of robots.txt"))?;
        let record = |row: &SqliteRow| RobotsRecord {
            fetched_at: moment(row.get(1)),
            body: row.get(2),
            failing_since: row.get::<Option<i64>, _>(3).map(moment),
        };
        Ok(rows.iter().map(|row| (row.get(0), record(row))).collect())
    }

    /// Keeps a site's robots.txt; one that could not be had (`None`) leaves the one kept as it is.
    pub async fn keep_robots(&self, site: &str, body: Option<&str>, now: Timestamp) -> Result<(), Error> {
        let keep = match body {
            Some(_) => {
                "insert into robots (site, fetched_at, body) values ($1, $2, $3)
                 on conflict (site) do update set fetched_at = $2, body = $3, failing_since = null"
            }
            None => {
                "insert into robots (site, fetched_at, body, failing_since) values ($1, $2, $3, $2)
                 on conflict (site) do update set failing_since = coalesce(robots.failing_since, $2)"
            }
        };
        let kept = sqlx::query(keep).bind(site).bind(seconds(now)).bind(body).execute(&self.pool).await;
        kept.map(drop).map_err(Error::doing("keeping a robots.txt"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> Timestamp {
        "2026-11-20T00:00:00Z".parse::<Timestamp>().expect("a timestamp")
            + jiff::SignedDuration::from_hours(hour)
    }

    #[tokio::test]
    async fn an_old_robots_txt_is_forgotten_unless_it_cannot_be_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("state.db")).await.expect("a store");
        for (site, body, hour) in [
            ("http://old.example", Some("User-agent: *"), 1),
            ("http://new.example", Some(""), 3),
            ("http://down.example", Some("User-agent: *"), 1),
            ("http://down.example", None, 2),
            ("http://never.example", None, 1),
        ] {
            store.keep_robots(site, body, at(hour)).await.expect("kept");
        }
        store.prune(at(3)).await.expect("pruned");
        let left = store.robots().await.expect("the records");
        let sites: Vec<&str> = left.keys().map(String::as_str).collect();
        assert_eq!(sites, ["http://down.example", "http://never.example", "http://new.example"]);
        let down = RobotsRecord {
            fetched_at: at(1),
            body: Some("User-agent: *".to_owned()),
            failing_since: Some(at(2)),
        };
        assert_eq!(left.get("http://down.example"), Some(&down));
    }
}

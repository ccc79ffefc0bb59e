//! What sites said in their robots.txt, so that none is asked for it twice a day.

use jiff::Timestamp;
use sqlx::Row;

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
    /// What is known of a site's robots.txt.
    pub async fn robots(&self, site: &str) -> Result<Option<RobotsRecord>, Error> {
        let row = sqlx::query("select fetched_at, body, failing_since from robots where site = $1")
            .bind(site)
            .fetch_optional(&self.pool)
            .await
            .map_err(Error::doing("looking up a robots.txt"))?;
        Ok(row.map(|row| RobotsRecord {
            fetched_at: moment(row.get(0)),
            body: row.get(1),
            failing_since: row.get::<Option<i64>, _>(2).map(moment),
        }))
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

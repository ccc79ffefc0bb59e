//! What sites said in their robots.txt in, the same out, so that no site is asked twice a day. Never reads
//! the rules.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    Error, Store,
    row::{Row, seconds},
};

/// What is known of one site's robots.txt.
#[derive(Debug, Clone, PartialEq)]
pub struct RobotsRecord {
    /// When the site was last asked and gave an answer.
    pub fetched_at: Timestamp,
    /// The file, empty when there is none; `None` when the site never gave an answer.
    pub body: Option<String>,
    /// Since when the site gives no answer.
    pub failing_since: Option<Timestamp>,
}

impl Store {
    /// What is known of the robots.txt of every site, by its name.
    pub async fn robots(&self) -> Result<BTreeMap<String, RobotsRecord>, Error> {
        let rows = sqlx::query("select site, fetched_at, body, failing_since from robots")
            .fetch_all(&self.pool)
            .await
            .map_err(Error::doing("looking up what is known of robots.txt"))?;
        let record = |row| {
            let row = Row::of("the robots.txt of a site", "site", row);
            let record = RobotsRecord {
                fetched_at: row.moment("fetched_at")?,
                body: row.get("body")?,
                failing_since: row.if_any("failing_since", Row::moment)?,
            };
            Ok((row.get("site")?, record))
        };
        rows.iter().map(record).collect()
    }

    /// Stores a site's robots.txt; a failure to get it (`None`) leaves the stored one as it is.
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

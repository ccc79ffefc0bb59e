//! What sites said in their robots.txt, passed between the fetcher, which obeys, and the store, which
//! remembers it for a day. Never reads the rules.

use super::super::desk::Desk;
use crate::store::{self, RobotsRecord};
use jiff::{SignedDuration, Timestamp};

/// A robots.txt is believed for this long (RFC 9309, section 2.4).
const FRESH: SignedDuration = SignedDuration::from_hours(24);

/// A site whose robots.txt could not be read for this long counts as one without (RFC 9309, section 2.3.1.4).
const UNREADABLE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Tells the fetcher what earlier runs found at every site: a page may redirect to any of them.
pub async fn recall(desk: &Desk<'_>) -> Result<(), store::Error> {
    let now = desk.clock.as_of();
    for (site, record) in desk.store.robots().await? {
        let (text, fresh) = recalled(record, now);
        desk.fetcher.recall_robots(&site, text, fresh);
    }
    Ok(())
}

/// What counts of a record at `now`, and whether it is fresh. One from after `now` comes from a wrong clock.
fn recalled(record: RobotsRecord, now: Timestamp) -> (Option<String>, bool) {
    let unreadable = record.failing_since.is_some_and(|since| now.duration_since(since) >= UNREADABLE);
    let age = now.duration_since(record.fetched_at);
    let fresh = record.body.is_some()
        && record.failing_since.is_none()
        && (SignedDuration::ZERO..FRESH).contains(&age);
    (record.body.or_else(|| unreadable.then(String::new)), fresh)
}

/// Stores what the fetcher has found since.
pub async fn keep(desk: &Desk<'_>) -> Result<(), store::Error> {
    for found in desk.fetcher.robots_found() {
        desk.store.keep_robots(&found.site, found.text.as_deref(), desk.clock.as_of()).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> Timestamp {
        "2026-11-22T06:00:00Z".parse::<Timestamp>().expect("a moment") + SignedDuration::from_hours(hours)
    }

    #[test]
    fn a_robots_txt_is_believed_for_a_day_and_longer_only_where_it_cannot_be_read() {
        let record = |body: Option<&str>, failing_since: Option<i64>| RobotsRecord {
            fetched_at: at(0),
            body: body.map(str::to_owned),
            failing_since: failing_since.map(at),
        };
        let rules = Some("User-agent: *".to_owned());
        assert_eq!(recalled(record(Some("User-agent: *"), None), at(23)), (rules.clone(), true));
        assert_eq!(recalled(record(Some("User-agent: *"), None), at(24)), (rules.clone(), false));
        assert_eq!(recalled(record(Some("User-agent: *"), None), at(-1)), (rules.clone(), false));
        assert_eq!(recalled(record(Some("User-agent: *"), Some(5)), at(6)), (rules, false));
        assert_eq!(recalled(record(None, Some(0)), at(29 * 24)), (None, false));
        assert_eq!(recalled(record(None, Some(0)), at(30 * 24)), (Some(String::new()), false));
    }
}

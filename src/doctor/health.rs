//! A feed's record in, its health and what its editor should know out. Never reports a first hiccup.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::Serialize;

use super::{found, words::day};
use crate::model::FeedRecord;

/// Failures in a row are mentioned only if they span this much: a day, less the variation between two daily runs. One
/// bad morning is none of the editor's business.
const WORTH_A_WORD: SignedDuration = SignedDuration::from_hours(20);

/// The health of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FeedState {
    /// Never fetched.
    New,
    Ok,
    /// It can be read, at another address.
    Moved,
    Failing,
    /// Its host asked us to wait.
    Held,
    /// Its server says it is gone for good; it is no longer fetched.
    Gone,
}

/// One configured feed and its health.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Health {
    pub outlet: String,
    pub url: String,
    pub state: FeedState,
    /// When it was last read successfully.
    pub succeeded_at: Option<Timestamp>,
    /// Failures in a row.
    pub failures: i64,
    /// When that row of failures began.
    pub failing_since: Option<Timestamp>,
    /// Why it failed the last time.
    pub reason: Option<String>,
    /// It is not fetched before this; none if the next run fetches it, or if it is gone.
    pub due: Option<Timestamp>,
    /// Until when its host asked us to wait.
    pub held_until: Option<Timestamp>,
    /// The address it says it has moved to for good.
    pub moved_to: Option<String>,
    /// What its editor should know: a sentence without the outlet's name.
    pub notice: Option<String>,
    /// What of its last document is not printed, or not as it stands there; a sentence each.
    pub left_out: Vec<String>,
}

/// The feeds of a newsletter, and what decides whether one is worth mentioning.
#[derive(Debug, Clone)]
pub struct Feeds {
    pub feeds: Vec<Feed>,
    /// The newsletter's time zone.
    pub zone: TimeZone,
    /// After this many failures in a row, over a day or more, a feed is mentioned; 1 means the first failure.
    pub warn_after: usize,
}

/// A feed as configured.
#[derive(Debug, Clone, Default)]
pub struct Feed {
    pub outlet: String,
    /// As it is displayed and stored.
    pub url: String,
    pub section: Option<String>,
}

impl Feeds {
    /// The health of every feed at `now`, in configured order, from what is stored about them.
    pub fn all<'a>(
        &'a self,
        records: &'a BTreeMap<String, FeedRecord>,
        now: Timestamp,
    ) -> impl Iterator<Item = Health> + 'a {
        self.feeds.iter().map(move |feed| match records.get(&feed.url) {
            Some(record) => self.one(feed, record, now),
            None => self.one(feed, &FeedRecord::default(), now),
        })
    }

    /// The health of one feed at `now`.
    pub fn one(&self, feed: &Feed, record: &FeedRecord, now: Timestamp) -> Health {
        let moved_to = record.answer.moved_to();
        let ahead = |at: &Timestamp| *at > now;
        let held = record.held_until.filter(ahead);
        let state = if record.gone().is_some() {
            FeedState::Gone
        } else if held.is_some() {
            FeedState::Held
        } else if record.failures > 0 {
            FeedState::Failing
        } else if moved_to.is_some() {
            FeedState::Moved
        } else if record.succeeded_at.is_some() {
            FeedState::Ok
        } else {
            FeedState::New
        };
        let due = record.answer.due.filter(ahead).max(held);
        Health {
            outlet: feed.outlet.clone(),
            url: feed.url.clone(),
            state,
            succeeded_at: record.succeeded_at,
            failures: record.failures,
            failing_since: record.failing_since,
            reason: record.reason.clone(),
            due: due.filter(|_| state != FeedState::Gone),
            held_until: held,
            moved_to: moved_to.map(str::to_owned),
            notice: self.notice(feed, record, now),
            left_out: record.answer.found.as_ref().map(found::told).unwrap_or_default(),
        }
    }

    /// What the editor should know about a feed: that it is gone, has been failing for a long time, or has moved.
    /// Whoever prints it adds the outlet.
    fn notice(&self, feed: &Feed, record: &FeedRecord, now: Timestamp) -> Option<String> {
        let (url, zone) = (&feed.url, &self.zone);
        if let Some(since) = record.gone() {
            return Some(format!(
                "is gone for good, its server says since {}: {url} is not asked any more; remove it from feeds.toml, or \
             write its new address",
                day(since, zone)
            ));
        }
        let since = record.failing_since.unwrap_or(now);
        let often = usize::try_from(record.failures).is_ok_and(|failures| failures >= self.warn_after);
        let long = self.warn_after == 1 || now.duration_since(since) >= WORTH_A_WORD;
        if record.failures > 0 && often && long {
            let last = match record.succeeded_at {
                Some(at) => format!("last read {}", day(at, zone)),
                None => "never read".to_owned(),
            };
            let reason = about(url, record.reason.as_deref().unwrap_or("no reason was kept"));
            return Some(format!(
                "cannot be read: {} failures in a row since {}, {last}: {reason}",
                record.failures,
                day(since, zone)
            ));
        }
        let to = record.answer.moved_to()?;
        match self.feeds.iter().any(|other| other.url == to) {
            true => Some(format!("has moved for good to {to}, which is in feeds.toml too: remove {url}")),
            false => Some(format!("has moved for good: write {to} in place of {url}")),
        }
    }
}

/// A reason together with the address it concerns; most reasons name it themselves.
pub fn about(url: &str, reason: &str) -> String {
    if reason.contains(url) { reason.to_owned() } else { format!("{url}: {reason}") }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;
    use crate::model::{Answer, Moved};

    const NOW: &str = "2026-11-22T06:00:00Z";

    fn at(hours_ago: i64) -> Option<Timestamp> {
        let now: Timestamp = NOW.parse().expect("a moment");
        Some(now - hours_ago.hours())
    }

    fn feeds(warn_after: usize) -> Feeds {
        let feed = |name: &str| Feed { url: format!("https://{name}.example/rss"), ..Feed::default() };
        Feeds { feeds: vec![feed("quay"), feed("hill")], zone: TimeZone::UTC, warn_after }
    }

    /// The health of the first feed, and what its editor is told.
    fn quay(feeds: &Feeds, record: FeedRecord) -> (FeedState, String) {
        let health = feeds.one(&feeds.feeds[0], &record, NOW.parse().expect("a moment"));
        (health.state, health.notice.unwrap_or_default())
    }

    #[test]
    fn a_row_of_failures_is_worth_a_word_once_it_is_long_in_number_and_in_time() {
        let failing = |failures, since| FeedRecord {
            failures,
            failing_since: at(since),
            succeeded_at: at(since + 24),
            reason: Some("answered 500".to_owned()),
            ..FeedRecord::default()
        };
        for (failures, since, is_told) in [(1, 1, false), (9, 19, false), (2, 60, false), (3, 20, true)] {
            let (state, notice) = quay(&feeds(3), failing(failures, since));
            assert_eq!(
                (state, !notice.is_empty()),
                (FeedState::Failing, is_told),
                "{failures} in {since} hours"
            );
        }
        assert_eq!(
            quay(&feeds(3), failing(3, 48)).1,
            "cannot be read: 3 failures in a row since 2026-11-20, last read 2026-11-19: https://quay.example/rss: \
             answered 500"
        );
        assert!(!quay(&feeds(1), failing(1, 0)).1.is_empty(), "who wants to hear of the first hears of it");
    }

    #[test]
    fn the_gravest_state_is_told() {
        let mut record = FeedRecord::default();
        let state = |record: &FeedRecord| quay(&feeds(3), record.clone()).0;
        assert_eq!(state(&record), FeedState::New);
        record.succeeded_at = at(1);
        assert_eq!(state(&record), FeedState::Ok);
        let moved =
            Moved { to: "https://hill.example/rss".to_owned(), days: 3, seen: at(1).unwrap_or_default() };
        record.answer = Answer { moved: Some(moved), ..Answer::default() };
        assert_eq!(state(&record), FeedState::Moved);
        assert!(
            quay(&feeds(3), record.clone()).1.contains("which is in feeds.toml too: remove"),
            "by another feed"
        );
        record.failures = 1;
        assert_eq!(state(&record), FeedState::Failing);
        record.held_until = at(1);
        assert_eq!(state(&record), FeedState::Failing, "that is over");
        record.held_until = at(-1);
        assert_eq!(state(&record), FeedState::Held);
        record.gone_since = at(41);
        record.checked_at = at(2);
        assert_eq!(state(&record), FeedState::Held, "it was not said for long enough");
        record.checked_at = at(1);
        assert_eq!(state(&record), FeedState::Gone);
    }
}

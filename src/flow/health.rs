//! The record of a feed in, how it is doing out, and what its editor should know. Nothing is said of a first hiccup.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::Serialize;

use super::rest;
use crate::{
    config::{self, Config},
    store::FeedRecord,
};

/// Failures in a row must span this much before they are worth a word, a day less what two daily runs may differ: a
/// bad morning is none of the editor's business.
const WORTH_A_WORD: SignedDuration = SignedDuration::from_hours(20);

/// How a feed is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Never asked.
    New,
    Ok,
    /// It is read, at another address.
    Moved,
    Failing,
    /// Its host asked to be left alone.
    Held,
    /// Its server says that it is gone for good; it is not asked any more.
    Gone,
}

/// One feed of the configuration and how it is doing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Health {
    pub outlet: String,
    pub url: String,
    pub state: State,
    /// When it was last read well.
    pub succeeded_at: Option<Timestamp>,
    /// Failures in a row.
    pub failures: i64,
    /// When the row began.
    pub failing_since: Option<Timestamp>,
    /// Why it failed the last time.
    pub reason: Option<String>,
    /// It is not asked before this; none: the next run asks it, or it is gone.
    pub due: Option<Timestamp>,
    /// Until when its host asked to be left alone.
    pub held_until: Option<Timestamp>,
    /// Where it says it has moved for good.
    pub moved_to: Option<String>,
    /// What its editor should know, in a sentence that lacks the outlet.
    pub notice: Option<String>,
}

/// How every feed of the configuration is doing, by what the store knows of them.
pub fn health<'a>(
    config: &'a Config,
    records: &'a std::collections::BTreeMap<String, FeedRecord>,
    now: Timestamp,
) -> impl Iterator<Item = Health> + 'a {
    config.feeds.iter().map(move |feed| {
        let nothing = FeedRecord::default();
        of(feed, records.get(feed.url.as_str()).unwrap_or(&nothing), config, now)
    })
}

/// How one feed is doing.
pub fn of(feed: &config::Feed, record: &FeedRecord, config: &Config, now: Timestamp) -> Health {
    let moved_to = rest::believed(record.answer.moved.as_ref());
    let ahead = |at: &Timestamp| *at > now;
    let held = record.held_until.filter(ahead);
    let state = if record.gone_since.is_some() {
        State::Gone
    } else if held.is_some() {
        State::Held
    } else if record.failures > 0 {
        State::Failing
    } else if moved_to.is_some() {
        State::Moved
    } else if record.succeeded_at.is_some() {
        State::Ok
    } else {
        State::New
    };
    let due = record.answer.due.filter(ahead).max(held);
    Health {
        outlet: feed.outlet.clone(),
        url: feed.url.to_string(),
        state,
        succeeded_at: record.succeeded_at,
        failures: record.failures,
        failing_since: record.failing_since,
        reason: record.reason.clone(),
        due: due.filter(|_| state != State::Gone),
        held_until: held,
        moved_to: moved_to.map(str::to_owned),
        notice: notice(feed, record, config, now),
    }
}

/// What the editor should know of a feed: that it is gone, that it has been failing for long, or that it has moved. The
/// outlet is said by whoever prints it.
fn notice(feed: &config::Feed, record: &FeedRecord, config: &Config, now: Timestamp) -> Option<String> {
    let url = &feed.url;
    let zone = &config.newsletter.timezone;
    if let Some(since) = record.gone_since {
        return Some(format!(
            "is gone for good, its server says since {}: {url} is not asked any more; remove it from feeds.toml, or \
             write its new address",
            day(since, zone)
        ));
    }
    let since = record.failing_since.unwrap_or(now);
    let often = usize::try_from(record.failures).is_ok_and(|failures| failures >= config.fetch.warn_after);
    let long = config.fetch.warn_after == 1 || now.duration_since(since) >= WORTH_A_WORD;
    if record.failures > 0 && often && long {
        let last = match record.succeeded_at {
            Some(at) => format!("last read {}", day(at, zone)),
            None => "never read".to_owned(),
        };
        let reason = about(url.as_str(), record.reason.as_deref().unwrap_or("no reason was kept"));
        return Some(format!(
            "cannot be read: {} failures in a row since {}, {last}: {reason}",
            record.failures,
            day(since, zone)
        ));
    }
    let to = rest::believed(record.answer.moved.as_ref())?;
    match config.feeds.iter().any(|other| other.url.as_str() == to) {
        true => Some(format!("has moved for good to {to}, which is in feeds.toml too: remove {url}")),
        false => Some(format!("has moved for good: write {to} in place of {url}")),
    }
}

/// A reason with the address it is about; most name it themselves.
pub fn about(url: &str, reason: &str) -> String {
    if reason.contains(url) { reason.to_owned() } else { format!("{url}: {reason}") }
}

fn day(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).date().to_string()
}

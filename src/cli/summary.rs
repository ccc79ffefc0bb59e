//! What is said at the end: problems to standard error, the account to standard output.

use anyhow::Context;
use serde::Serialize;

use super::{Failure, say};
use crate::{
    flow::{FeedCounts, Report},
    model::DeliveryState,
    store::Store,
};

/// Prints `value` as one JSON object when it is wanted.
pub fn json<T: Serialize>(wanted: bool, value: &T) -> Result<(), Failure> {
    if wanted {
        let object = serde_json::to_string(value).context("cannot write the report as JSON")?;
        say(&format!("{object}\n"))?;
    }
    Ok(())
}

/// Names the feeds that could not be read, each with outlet, address and reason.
pub fn failed_feeds(feeds: &FeedCounts) {
    for feed in &feeds.errors {
        let times =
            if feed.failures > 1 { format!(" ({} times in a row)", feed.failures) } else { String::new() };
        // Most reasons name the address themselves.
        let address = if feed.reason.contains(&feed.url) { String::new() } else { format!("{}: ", feed.url) };
        tracing::warn!("{} cannot be read{times}: {address}{}", feed.outlet, feed.reason);
    }
}

/// Names the readers who are without an edition, and why.
pub async fn undelivered(store: &Store, report: &Report) -> Result<(), Failure> {
    for (&date, tally) in &report.deliveries {
        if tally.without() == 0 {
            continue;
        }
        eprintln!("reveille: {} of the edition of {date} not delivered:", readers(tally.without()));
        for delivery in store.deliveries(date).await? {
            let next = match delivery.state {
                DeliveryState::Sent | DeliveryState::Withdrawn => continue,
                DeliveryState::Refused => "not tried again",
                DeliveryState::Pending | DeliveryState::Sending | DeliveryState::Deferred => {
                    "the next run tries again"
                }
            };
            let reason = delivery.reason.as_deref().unwrap_or("not tried");
            eprintln!("  {}: {reason}; {next}", delivery.reader.email);
        }
    }
    Ok(())
}

/// The account of a run, in a few lines.
pub fn run(report: &Report) -> String {
    let mut lines = composed(report);
    for (date, tally) in &report.deliveries {
        lines += &format!(
            "Edition of {date}: {} have it, {} are without.\n",
            readers(tally.sent),
            tally.without()
        );
    }
    if report.deliveries.is_empty() {
        lines += "Nothing new: no edition today.\n";
    }
    lines
}

/// What was read and made; nothing if no feed was asked.
pub fn composed(report: &Report) -> String {
    let feeds = &report.feeds;
    if feeds.read + feeds.unchanged + feeds.failed == 0 {
        return String::new();
    }
    format!(
        "{} feeds read, {} unchanged, {} failed; {} entries, {} new articles, {} stories, {} printed.\n",
        feeds.read,
        feeds.unchanged,
        feeds.failed,
        report.entries,
        report.articles,
        report.stories,
        report.briefs
    )
}

fn readers(count: u64) -> String {
    if count == 1 { "1 reader".to_owned() } else { format!("{count} readers") }
}

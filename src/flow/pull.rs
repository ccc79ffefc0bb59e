//! Feeds in, their entries in the store out: many hosts at once, each failure told and none stopping the others.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use tokio::sync::Semaphore;

use super::{FailedFeed, FeedCounts, Progress, articles, run::Desk};
use crate::{
    config,
    fetch::{Fetched, Kind, Reply, Request, Validators},
    model::Feed,
    parse,
    store::{self, NewEntry},
};

/// The longest a document is parsed.
const PARSING: Duration = Duration::from_secs(20);
/// Entries taken of one feed at most, the first ones.
const MOST_ENTRIES: usize = 1000;

/// How one feed went.
enum Outcome {
    Read { entries: usize },
    Unchanged,
    Failed(FailedFeed),
}

/// Pulls every configured feed into the store. Returns the counts and the number of entries read.
///
/// # Errors
/// Only those of the store; a feed that fails is counted, with its reason.
pub async fn pull(desk: &Desk<'_>, progress: &dyn Progress) -> Result<(FeedCounts, usize), store::Error> {
    let feeds = &desk.config.feeds;
    let readers = Readers::default();
    progress.begin("Reading feeds", feeds.len());
    // Whatever waits for the store waits inside the stream: a future that is not polled could hold its connection.
    let mut outcomes = stream::iter(feeds.iter().enumerate())
        .map(|(place, feed)| {
            let readers = &readers;
            async move { (place, pull_one(desk, feed, readers).await) }
        })
        .buffer_unordered(desk.config.fetch.concurrency);
    let mut counts = FeedCounts::default();
    let mut entries = 0;
    let mut errors = Vec::new();
    while let Some((place, outcome)) = outcomes.next().await {
        match outcome? {
            Outcome::Read { entries: found } => {
                counts.read += 1;
                entries += found;
            }
            Outcome::Unchanged => counts.unchanged += 1,
            Outcome::Failed(error) => errors.push((place, error)),
        }
        progress.step();
    }
    errors.sort_by_key(|(place, _)| *place);
    counts.failed = errors.len();
    counts.errors = errors.into_iter().map(|(_, error)| error).collect();
    Ok((counts, entries))
}

async fn pull_one(desk: &Desk<'_>, feed: &config::Feed, readers: &Readers) -> Result<Outcome, store::Error> {
    let url = feed.url.as_str();
    let record = desk.store.feed(url).await?;
    let validators = Validators { etag: record.etag, last_modified: record.last_modified };
    let request = Request { url, kind: Kind::Feed, validators: &validators };
    let now = desk.clock.as_of();
    let fetched = match desk.fetcher.get(request).await {
        Ok(Reply::NotModified) => {
            desk.store.keep_unchanged(url, now).await?;
            return Ok(Outcome::Unchanged);
        }
        Ok(Reply::Fetched(fetched)) => fetched,
        Err(error) => return failed(desk, feed, sentence(&error)).await,
    };
    if let Some(address) = &fetched.moved_for_good {
        tracing::info!("{} ({url}) has moved for good: write {address} in its place", feed.outlet);
    }
    let validators = fetched.validators.clone();
    let parsed = match readers.read(fetched, entries_with_text).await {
        Ok(parsed) => parsed,
        Err(reason) => return failed(desk, feed, reason).await,
    };
    let (entries, notices) = parsed;
    for notice in &notices {
        tracing::info!("{} ({url}): {notice}", feed.outlet);
    }
    // A document that lost something on the way must not be answered with "not modified" the next time.
    let kept = if notices.is_empty() { validators } else { Validators::default() };
    let (etag, last_modified) = (kept.etag.as_deref(), kept.last_modified.as_deref());
    desk.store.keep_feed(url, etag, last_modified, &entries, now).await?;
    Ok(Outcome::Read { entries: entries.len() })
}

/// A feed's entries with their texts, and what its reader had to say of it.
fn entries_with_text(mut feed: Feed) -> (Vec<NewEntry>, Vec<String>) {
    if feed.entries.len() > MOST_ENTRIES {
        feed.notices
            .push(format!("Only the first {MOST_ENTRIES} of {} entries are taken.", feed.entries.len()));
        feed.entries.truncate(MOST_ENTRIES);
    }
    (feed.entries.into_iter().map(articles::with_text).collect(), feed.notices)
}

/// Parses documents away from the threads that wait for the network, no more at once than there are processors.
pub(super) struct Readers {
    permits: Semaphore,
}

impl Default for Readers {
    fn default() -> Readers {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Readers { permits: Semaphore::new(processors) }
    }
}

impl Readers {
    /// Parses a document and does with it what `then` says; a failure is said in one line.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        fetched: Fetched,
        then: impl FnOnce(Feed) -> T + Send + 'static,
    ) -> Result<T, String> {
        let _permit = self.permits.acquire().await;
        let parsing = tokio::task::spawn_blocking(move || {
            let source = parse::Source { url: &fetched.url, content_type: fetched.content_type.as_deref() };
            parse::feed(&fetched.body, &source).map(then)
        });
        match tokio::time::timeout(PARSING, parsing).await {
            Ok(Ok(parsed)) => parsed.map_err(|error| sentence(&error)),
            Ok(Err(panic)) => Err(format!("the parser gave up: {panic}")),
            Err(_) => Err(format!("it could not be parsed within {} seconds", PARSING.as_secs())),
        }
    }
}

async fn failed(desk: &Desk<'_>, feed: &config::Feed, reason: String) -> Result<Outcome, store::Error> {
    let url = feed.url.to_string();
    desk.store.keep_failure(&url, &reason, desk.clock.as_of()).await?;
    let record = desk.store.feed(&url).await?;
    Ok(Outcome::Failed(FailedFeed {
        outlet: feed.outlet.clone(),
        url,
        reason,
        failures: record.failures,
        failing_since: record.failing_since,
        succeeded_at: record.succeeded_at,
    }))
}

/// An error with its causes, in one line.
pub(super) fn sentence(error: &dyn std::error::Error) -> String {
    let mut sentence = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !sentence.contains(&text) {
            sentence = format!("{sentence}: {text}");
        }
        cause = error.source();
    }
    sentence
}

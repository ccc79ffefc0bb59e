//! Feeds in, their entries in the store out: many hosts at once, each failure told and none stopping the others. A feed
//! that is not due is not asked.

pub(super) mod asking;
mod pulled;
pub(super) mod taken;
mod turn;

pub use pulled::{FailedFeed, FeedNotice, Pulled};
pub use turn::pull_in_turn;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use futures_util::{StreamExt, stream};
use jiff::Timestamp;

use super::{
    Progress, closed_hosts,
    desk::Desk,
    health,
    parsers::{self, Parsers},
};
use crate::{
    config,
    doctor::{FeedState, Health, about},
    fetch::{self, Fetched, Reply, Terms, Validators},
    model::{Answer, FeedRecord, Pace},
    schedule::due,
    store::{self, Miss},
};
use asking::Unanswered;
use taken::{Listed, Taken};

/// Why a feed that never was read is left alone.
const HELD: &str = "it was not asked: its host wants to be left alone";

/// How long feeds that were asked may still take to answer once the program is to stop.
const ANSWERS: Duration = Duration::from_secs(2);

/// How one feed went.
enum Outcome {
    Read {
        entries: usize,
    },
    Unchanged,
    /// Not asked.
    NotDue,
    /// The program is to stop before it is asked, or before it has answered.
    Unasked,
    Missed {
        reason: String,
        error: Option<fetch::Error>,
    },
}

/// What an attempt at one feed knows of it.
struct Attempt<'a> {
    feed: &'a config::Feed,
    record: FeedRecord,
    /// The address it moved to, which is asked in place of its own.
    moved: Option<String>,
    now: Timestamp,
}

/// Feeds by their place in the configuration, with the reason why each could not be read.
type Missed = BTreeMap<usize, (String, Option<fetch::Error>)>;

/// Pulls every configured feed that is due into the store. Whoever calls this has the turn to pull. Asked to stop, it asks no
/// further feed, and stores what those answer that it has asked.
///
/// # Errors
/// Only those of the store; a feed that fails is counted, with its reason.
pub async fn pull(desk: &Desk<'_>, progress: &dyn Progress) -> Result<Pulled, store::Error> {
    let started = desk.clock.elapsed();
    closed_hosts::recall(desk).await?;
    let attempts = attempts(desk, desk.store.feeds().await?);
    let parsers = Parsers::default();
    progress.begin("Reading feeds", attempts.len());
    // Whatever waits for the store waits inside the stream: a future that is not polled could hold its connection.
    let mut outcomes = stream::iter(attempts.iter().enumerate())
        .map(|(place, attempt)| {
            let parsers = &parsers;
            async move {
                match desk.stop.is_asked() {
                    true => (place, Ok(Outcome::Unasked)),
                    false => (place, pull_one(desk, attempt, parsers).await),
                }
            }
        })
        .buffer_unordered(desk.config.fetch.concurrency);
    let (mut pulled, mut missed, mut online) = (Pulled::default(), Missed::new(), false);
    let mut unasked = BTreeSet::new();
    while let Some((place, outcome)) = outcomes.next().await {
        let outcome = outcome?;
        let answered = matches!(outcome, Outcome::Read { .. } | Outcome::Unchanged);
        online |= answered && attempts.get(place).is_some_and(|attempt| !attempt.is_local());
        match outcome {
            Outcome::Read { entries: found } => {
                pulled.read += 1;
                pulled.entries += found;
            }
            Outcome::Unchanged => pulled.unchanged += 1,
            Outcome::NotDue => pulled.not_due += 1,
            Outcome::Unasked => {
                unasked.insert(place);
            }
            Outcome::Missed { reason, error } => {
                missed.insert(place, (reason, error));
            }
        }
        progress.step();
    }
    drop(outcomes);
    pulled.unasked = unasked.len();
    let offline = !online && none_reached(&attempts, &missed);
    for (place, attempt) in attempts.iter().enumerate() {
        if let Some((reason, error)) = missed.get(&place) {
            tracing::info!("{} cannot be read: {}", attempt.feed.outlet, about(attempt.url(), reason));
            if attempt.is_local() || !offline {
                desk.store
                    .keep_miss(attempt.url(), &attempt.miss(reason, error.as_ref()), attempt.now)
                    .await?;
            }
        }
    }
    tell(desk, &missed, &unasked, &mut pulled).await?;
    if !pulled.is_nothing() {
        desk.store.note_pull(desk.clock.as_of()).await?;
    }
    progress.end();
    pulled.seconds = desk.clock.seconds_since(started);
    Ok(pulled)
}

/// Every feed with its record.
fn attempts<'a>(desk: &Desk<'a>, mut records: BTreeMap<String, FeedRecord>) -> Vec<Attempt<'a>> {
    let now = desk.clock.as_of();
    let attempt = |feed: &'a config::Feed| {
        let record = records.remove(feed.url.as_str()).unwrap_or_default();
        let moved = record.answer.moved_to().map(str::to_owned);
        Attempt { feed, record, moved, now }
    };
    desk.config.feeds.iter().map(attempt).collect()
}

/// Whether of several hosts not one could be reached: then it is this machine that has no network, and no feed is blamed.
fn none_reached(attempts: &[Attempt<'_>], missed: &Missed) -> bool {
    let mut hosts = BTreeSet::new();
    for (place, (_, error)) in missed {
        match attempts.get(*place).and_then(|attempt| attempt.feed.url.host_str()) {
            Some(_) if !matches!(error, Some(fetch::Error::Connect { .. })) => return false,
            Some(host) => hosts.insert(host),
            None => continue,
        };
    }
    hosts.len() > 1
}

async fn pull_one(
    desk: &Desk<'_>,
    attempt: &Attempt<'_>,
    parsers: &Parsers,
) -> Result<Outcome, store::Error> {
    let Attempt { feed, record, moved, now } = attempt;
    let (url, now) = (attempt.url(), *now);
    if !attempt.is_local() && !due::is_due(record, now, desk.ignore_schedule) {
        return Ok(Outcome::NotDue);
    }
    let validators = Validators {
        etag: record.answer.etag.clone(),
        last_modified: record.answer.last_modified.clone(),
        given_by: record.answer.given_by.clone(),
    };
    let answer = tokio::select! {
        biased;
        answer = asking::ask(desk.fetcher, feed, moved.as_deref(), validators) => answer,
        () = desk.stop.asked_for(ANSWERS) => return Ok(Outcome::Unasked),
    };
    closed_hosts::keep(desk).await?;
    let (fetched, secrets) = match answer {
        Ok((Reply::NotModified(terms), _)) => {
            let answer = attempt.answer(&terms, record.answer.pace.clone());
            desk.store.keep_unchanged(url, &answer, now).await?;
            return Ok(Outcome::Unchanged);
        }
        Ok((Reply::Fetched(fetched), secrets)) => (fetched, secrets),
        Err(Unanswered { error: Some(fetch::Error::LeftAlone { wait, .. }), .. }) => {
            desk.store.keep_unasked(url, due::held_until(now, wait), now).await?;
            return Ok(Outcome::NotDue);
        }
        // Others of its host were asked in vain and are blamed; this one was not asked.
        Err(Unanswered { error: Some(fetch::Error::Late { .. }), .. }) => return Ok(Outcome::NotDue),
        Err(Unanswered { reason, error }) => return Ok(Outcome::Missed { reason, error }),
    };
    let (validators, terms) = (fetched.validators.clone(), fetched.terms.clone());
    let document = asking::document(&fetched);
    if record.answer.document.as_ref() == Some(&document) {
        let answer = attempt.answer(&terms, record.answer.pace.clone());
        desk.store.keep_unchanged(url, &answer, now).await?;
        let entries = record.answer.found.as_ref().map_or(0, |found| found.entries);
        return Ok(Outcome::Read { entries });
    }
    let before = record.answer.found.as_ref().map(|found| found.cleaned_as.clone());
    let listed = Listed { entries: desk.store.listed(url).await?, cleaned_as: before.unwrap_or_default() };
    let work = move |fetched: &Fetched| Taken::of(|known| parsers::feed(fetched, known), &listed, &secrets);
    let taken = parsers.feed(fetched, work).await;
    let Taken { entries, found, is_whole, pace } = match taken {
        Ok(taken) => taken.counted_for(feed),
        Err(reason) => return Ok(Outcome::Missed { reason, error: None }),
    };
    for notice in &found.notices {
        tracing::info!("{} ({url}): {notice}", feed.outlet);
    }
    let mut answer = Answer { found: Some(found), ..attempt.answer(&terms, pace) };
    // A document that lost something on the way is read again, and must not be answered with "not modified".
    if is_whole {
        answer.etag = validators.etag;
        answer.last_modified = validators.last_modified;
        answer.given_by = validators.given_by;
        answer.document = Some(document);
    }
    desk.store.keep_feed(url, &answer, &entries, now).await?;
    Ok(Outcome::Read { entries: entries.len() })
}

impl Attempt<'_> {
    /// What is kept of a good answer, but for its validators.
    fn answer(&self, terms: &Terms, pace: Pace) -> Answer {
        let before = self.record.answer.moved.as_ref();
        let moved = match (&terms.moved_for_good, self.at_moved()) {
            // The address it moved to answers for itself.
            (None, true) => before.cloned(),
            (to, _) => due::sighted(before, to.as_deref(), self.now),
        };
        let due = Some(due::after_answer(self.now, terms.lifetime, &pace));
        Answer { due, pace, moved, ..Answer::default() }
    }

    /// What is kept of a failure.
    fn miss(&self, reason: &str, error: Option<&fetch::Error>) -> Miss {
        let reached = !matches!(error, Some(fetch::Error::Connect { .. }));
        let since = self.record.failing_since.unwrap_or(self.now);
        let wait = error.and_then(fetch::Error::retry_after);
        let gone = matches!(error, Some(fetch::Error::Status { status: 410, redirected: false, .. }));
        Miss {
            reason: reason.to_owned(),
            due: Some(due::after_failure(self.now, since, reached)),
            held_until: wait.map(|wait| due::held_until(self.now, wait)),
            gone: gone && !self.at_moved(),
            at_moved: self.at_moved(),
        }
    }

    /// The address it is known by.
    fn url(&self) -> &str {
        self.feed.url.as_str()
    }

    /// A file is nobody's server.
    fn is_local(&self) -> bool {
        self.feed.url.scheme() == "file"
    }

    fn at_moved(&self) -> bool {
        self.moved.is_some()
    }
}

/// Says how the feeds are doing after this: which failed now, which did before and were left alone, and what the editor
/// should know.
async fn tell(
    desk: &Desk<'_>,
    missed: &Missed,
    unasked: &BTreeSet<usize>,
    pulled: &mut Pulled,
) -> Result<(), store::Error> {
    let (records, feeds) = (desk.store.feeds().await?, health::feeds(desk.config));
    let known = feeds.all(&records, desk.clock.as_of());
    for (place, known) in known.enumerate().filter(|(place, _)| !unasked.contains(place)) {
        let Health { outlet, url, .. } = known;
        let missed_now = missed.get(&place).map(|(reason, _)| reason.clone());
        // That a feed is gone is said once, and after that by those who ask.
        if let Some(text) = known.notice.filter(|_| known.state != FeedState::Gone || missed_now.is_some()) {
            pulled.notices.push(FeedNotice { outlet: outlet.clone(), url: url.clone(), text });
        }
        let is_well = known.failures == 0 && known.succeeded_at.is_some();
        let failed = FailedFeed {
            outlet,
            url,
            reason: missed_now.clone().or(known.reason).unwrap_or_else(|| HELD.to_owned()),
            failures: known.failures,
            failing_since: known.failing_since,
            succeeded_at: known.succeeded_at,
        };
        match (missed_now, is_well) {
            (Some(_), _) => pulled.failed.push(failed),
            (None, false) => pulled.waiting.push(failed),
            (None, true) => {}
        }
    }
    Ok(())
}

//! A configuration in, which parts of it work out: each feed is read once, the mail server greeted, the DNS
//! asked about the sender. Never stores or sends anything.

mod domain;
mod settings;

use std::collections::BTreeMap;

use futures_util::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::{
    closed_hosts, health,
    letter::Letterhead,
    parsers::{self, Parsers, sentence},
    pull::{
        FailedFeed, FeedNotice, Pulled, asking,
        taken::{Listed, Taken},
    },
};
use crate::{
    config::{self, Config},
    dns::Dns,
    doctor::{self, FeedState, Health},
    fetch::{Fetched, Fetcher, Reply, Validators},
    mailer::{Address, Post},
    model::{FeedRecord, Found},
    sender::Finding,
    store::ClosedHost,
    text::shell,
};

pub use settings::Concern;

/// What a check found.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Checked {
    /// In the order of the configuration.
    #[serde(rename = "checked")]
    pub feeds: Vec<CheckedFeed>,
    /// What the mail server agreed to, as phrases; empty when none is configured.
    pub mail_steps: Vec<String>,
    /// Why mail would not go out; none when it would, or no server is configured.
    pub mail_problem: Option<String>,
    /// What is wrong with the settings of mail.
    pub concerns: Vec<Concern>,
    /// What the DNS says of the sender's domain; empty when no sender is configured.
    pub sender: Vec<Finding>,
    /// Files with secrets in them that everybody on this machine can read, a sentence each.
    pub exposed: Vec<String>,
}

impl Checked {
    /// What is found without asking anybody.
    pub fn offline(config: &Config) -> Checked {
        let exposed = config.exposed().iter().map(ToString::to_string).collect();
        Checked { exposed, concerns: settings::examine(config), ..Checked::default() }
    }

    /// Whether mail would not go out, or not arrive.
    pub fn fails_to_mail(&self) -> bool {
        self.mail_problem.is_some() || self.concerns.iter().any(|concern| concern.is_grave)
    }

    /// The same, counted as a pull that only asked the feeds.
    pub fn pulled(&self) -> Pulled {
        let mut pulled = Pulled::default();
        for CheckedFeed { outlet, url, entries, problem, notice, .. } in &self.feeds {
            let (outlet, url) = (outlet.clone(), url.clone());
            pulled.entries += entries;
            if let Some(text) = notice.clone() {
                pulled.notices.push(FeedNotice { outlet: outlet.clone(), url: url.clone(), text });
            }
            match problem.clone() {
                Some(reason) => {
                    pulled.failed.push(FailedFeed { outlet, url, reason, ..FailedFeed::default() })
                }
                None => pulled.read += 1,
            }
        }
        pulled
    }
}

/// One feed, asked once.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CheckedFeed {
    pub outlet: String,
    pub url: String,
    /// Entries in it now.
    pub entries: usize,
    /// What of it is not printed, or not as it stands there; a sentence each.
    pub left_out: Vec<String>,
    /// Why it cannot be read.
    pub problem: Option<String>,
    /// What its editor should know from earlier runs: that it has long been failing, has moved or is gone.
    pub notice: Option<String>,
}

/// What earlier runs know of the feeds, as of now.
#[derive(Debug, Default)]
pub struct Earlier {
    pub records: BTreeMap<String, FeedRecord>,
    /// Hosts that asked to be left alone.
    pub closed_hosts: Vec<ClosedHost>,
    pub now: Timestamp,
}

/// Reads every feed once (but those that are gone, or whose host asked to be left alone), greets the mail server and
/// asks the DNS about the sender, if there are such.
pub async fn check(
    config: &Config,
    fetcher: &Fetcher,
    post: Option<&Post>,
    letterhead: Option<&Letterhead<'_>>,
    dns: &Dns,
    past: &Earlier,
) -> Checked {
    closed_hosts::tell(fetcher, &past.closed_hosts, past.now);
    let sender = async {
        match letterhead {
            Some(letterhead) => domain::examine(letterhead, config.mail.relay(), dns).await,
            None => Vec::new(),
        }
    };
    let envelope = letterhead.and_then(Letterhead::envelope_sender);
    let probe = probe(post, envelope.as_ref());
    // Of another server others know how it sends; one on this machine may send by itself.
    let probe = async {
        let (steps, problem, name) = probe.await;
        let reverse = match name.filter(|_| letterhead.is_some() && config.mail.relay().is_none()) {
            Some(name) => Some(domain::reverse(&name, dns).await),
            None => None,
        };
        (steps, problem, reverse)
    };
    let (feeds, probe, sender) = tokio::join!(check_feeds(config, fetcher, past), probe, sender);
    let (mail_steps, mail_problem, reverse) = probe;
    let sender = sender.into_iter().chain(reverse).collect();
    Checked { feeds, mail_steps, mail_problem, sender, ..Checked::offline(config) }
}

async fn check_feeds(config: &Config, fetcher: &Fetcher, past: &Earlier) -> Vec<CheckedFeed> {
    let (parsers, feeds) = (Parsers::default(), health::feeds(config));
    let (known, now) = (config.feeds.iter().zip(feeds.all(&past.records, past.now)), past.now);
    let mut feeds: Vec<(usize, CheckedFeed)> = stream::iter(known.enumerate())
        .map(|(place, (feed, known))| {
            let parsers = &parsers;
            async move { (place, check_feed(fetcher, feed, known, parsers, now).await) }
        })
        .buffer_unordered(config.fetch.concurrency)
        .collect()
        .await;
    feeds.sort_by_key(|(place, _)| *place);
    feeds.into_iter().map(|(_, feed)| feed).collect()
}

/// How far the mail server lets us get, what stops us, and what the server calls itself.
async fn probe(
    post: Option<&Post>,
    sender: Option<&Address>,
) -> (Vec<String>, Option<String>, Option<String>) {
    let Some(post) = post else { return (Vec::new(), None, None) };
    let probe = post.probe(sender).await;
    (probe.steps, probe.problem.as_ref().map(|error| sentence(error)), probe.name)
}

async fn check_feed(
    fetcher: &Fetcher,
    feed: &config::Feed,
    known: Health,
    parsers: &Parsers,
    now: Timestamp,
) -> CheckedFeed {
    let mut checked = CheckedFeed { outlet: known.outlet, url: known.url, ..CheckedFeed::default() };
    checked.notice = known.notice;
    checked.problem = match known.state {
        FeedState::Gone => {
            Some("it is gone for good, its server said (410); it is not asked any more".to_owned())
        }
        FeedState::Held => Some(format!(
            "its host wants to be left alone{}; it is not asked before",
            known.held_until.map(|until| format!(" until {until}")).unwrap_or_default()
        )),
        FeedState::New | FeedState::Ok | FeedState::Moved | FeedState::Failing => None,
    };
    if checked.problem.is_none() {
        match ask(fetcher, feed, parsers).await {
            Ok(Seen { found, newest, moved }) => {
                checked.entries = found.entries;
                checked.left_out = doctor::told(&found);
                let sighted =
                    moved.map(|to| format!("redirects for good: write {to} in place of {}", checked.url));
                let quiet = || quiet(found.entries, newest, now, &checked.url);
                checked.notice = checked.notice.take().or(sighted).or_else(quiet);
            }
            Err(problem) => checked.problem = Some(problem),
        }
    }
    checked
}

/// A feed that has brought nothing for longer may have been left behind by its outlet.
const STALE: SignedDuration = SignedDuration::from_hours(14 * 24);

/// What is to be said of a feed that can be read, and brings nothing.
fn quiet(entries: usize, newest: Option<Timestamp>, now: Timestamp, url: &str) -> Option<String> {
    let url = shell::last(url);
    let act = format!("look at the outlet's site for another feed, or type: reveille feeds remove {url}");
    if entries == 0 {
        return Some(format!("has no entry in it; {act}"));
    }
    let newest = newest.filter(|newest| now.duration_since(*newest) > STALE)?;
    let (days, date) = (now.duration_since(newest).as_hours() / 24, newest.strftime("%Y-%m-%d"));
    Some(format!("has had nothing new for {days} days, since {date}; {act}"))
}

/// What a feed holds now.
struct Seen {
    /// What became of its entries.
    found: Found,
    /// When its newest entry was published, if any says.
    newest: Option<Timestamp>,
    /// Where it says it has moved for good.
    moved: Option<String>,
}

/// Reads a feed.
async fn ask(fetcher: &Fetcher, feed: &config::Feed, parsers: &Parsers) -> Result<Seen, String> {
    match asking::ask(fetcher, feed, None, Validators::default()).await {
        Ok((Reply::Fetched(fetched), secrets)) => {
            let moved = fetched.terms.moved_for_good.clone();
            let work = move |fetched: &Fetched| {
                Taken::of(|known| parsers::feed(fetched, known), &Listed::default(), &secrets)
            };
            let taken = parsers.feed(fetched, work).await?;
            let newest = taken.entries.iter().filter_map(|new| new.entry.published).max();
            Ok(Seen { found: taken.counted_for(feed).found, newest, moved })
        }
        Ok((Reply::NotModified(_), _)) => {
            Err("the server said \"not modified\" to a first request".to_owned())
        }
        Err(unanswered) => Err(unanswered.reason),
    }
}

//! A configuration in, what works of it out: each feed read once, the mail server greeted, the DNS asked about the
//! sender. Stores and sends nothing.

use futures_util::{StreamExt, stream};
use serde::Serialize;

use super::{
    domain,
    letter::Letterhead,
    readers::{Readers, sentence},
};
use crate::{
    config::{self, Config},
    dns::Dns,
    fetch::{Fetcher, Kind, Reply, Request, Validators},
    mailer::Post,
    sender::Finding,
};

/// What a check found.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Checked {
    /// In the order of the configuration.
    pub feeds: Vec<CheckedFeed>,
    /// What the mail server agreed to, as phrases; empty when none is configured.
    pub mail_steps: Vec<String>,
    /// Why mail would not go out; none when it would, or no server is configured.
    pub mail_problem: Option<String>,
    /// What the DNS says of the sender's domain; empty when no sender is configured.
    pub sender: Vec<Finding>,
}

/// One feed, asked once.
#[derive(Debug, Clone, Serialize)]
pub struct CheckedFeed {
    pub outlet: String,
    pub url: String,
    /// Entries in it now.
    pub entries: usize,
    /// Why it cannot be read.
    pub problem: Option<String>,
}

/// Reads every feed once, greets the mail server and asks the DNS about the sender, if there are such.
pub async fn check(
    config: &Config,
    fetcher: &Fetcher,
    post: Option<&Post>,
    letterhead: Option<&Letterhead<'_>>,
    dns: &Dns,
) -> Checked {
    let sender = async {
        match letterhead {
            Some(letterhead) => domain::examine(letterhead, config.mail.relay(), dns).await,
            None => Vec::new(),
        }
    };
    let (feeds, probe, sender) = tokio::join!(check_feeds(config, fetcher), probe(post), sender);
    let (mail_steps, mail_problem) = probe;
    Checked { feeds, mail_steps, mail_problem, sender }
}

async fn check_feeds(config: &Config, fetcher: &Fetcher) -> Vec<CheckedFeed> {
    let readers = Readers::default();
    let mut feeds: Vec<(usize, CheckedFeed)> = stream::iter(config.feeds.iter().enumerate())
        .map(|(place, feed)| {
            let readers = &readers;
            async move { (place, check_feed(fetcher, feed, readers).await) }
        })
        .buffer_unordered(config.fetch.concurrency)
        .collect()
        .await;
    feeds.sort_by_key(|(place, _)| *place);
    feeds.into_iter().map(|(_, feed)| feed).collect()
}

/// How far the mail server lets us, and why no farther.
async fn probe(post: Option<&Post>) -> (Vec<String>, Option<String>) {
    let Some(post) = post else { return (Vec::new(), None) };
    let probe = post.probe().await;
    (probe.steps, probe.problem.as_ref().map(|error| sentence(error)))
}

async fn check_feed(fetcher: &Fetcher, feed: &config::Feed, readers: &Readers) -> CheckedFeed {
    let url = feed.url.as_str();
    let request = Request { url, kind: Kind::Feed, validators: &Validators::default() };
    let answer = match fetcher.get(request).await {
        Ok(Reply::Fetched(fetched)) => readers.read(fetched, |feed| feed.entries.len()).await,
        Ok(Reply::NotModified(_)) => Err("the server said \"not modified\" to a first request".to_owned()),
        Err(error) => Err(sentence(&error)),
    };
    let (entries, problem) = match answer {
        Ok(entries) => (entries, None),
        Err(problem) => (0, Some(problem)),
    };
    CheckedFeed { outlet: feed.outlet.clone(), url: url.to_owned(), entries, problem }
}

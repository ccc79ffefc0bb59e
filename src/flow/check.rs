//! A configuration in, what works of it out: each feed read once, the mail server greeted. Stores and sends nothing.

use futures_util::{StreamExt, stream};
use serde::Serialize;

use super::pull::{Readers, sentence};
use crate::{
    config::{self, Config},
    fetch::{Fetcher, Kind, Reply, Request, Validators},
    mailer::Post,
};

/// What a check found.
#[derive(Debug, Clone, Serialize)]
pub struct Checked {
    /// In the order of the configuration.
    pub feeds: Vec<CheckedFeed>,
    /// What the mail server agreed to, as phrases; empty when none is configured.
    pub mail_steps: Vec<String>,
    /// Why mail would not go out; none when it would, or no server is configured.
    pub mail_problem: Option<String>,
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

/// Reads every feed once and greets the mail server, if there is one.
pub async fn check(config: &Config, fetcher: &Fetcher, post: Option<&Post>) -> Checked {
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
    let (mut mail_steps, mut mail_problem) = (Vec::new(), None);
    if let Some(post) = post {
        let probe = post.probe().await;
        mail_steps = probe.steps;
        mail_problem = probe.problem.as_ref().map(|error| sentence(error));
    }
    Checked { feeds: feeds.into_iter().map(|(_, feed)| feed).collect(), mail_steps, mail_problem }
}

async fn check_feed(fetcher: &Fetcher, feed: &config::Feed, readers: &Readers) -> CheckedFeed {
    let url = feed.url.as_str();
    let request = Request { url, kind: Kind::Feed, validators: &Validators::default() };
    let answer = match fetcher.get(request).await {
        Ok(Reply::Fetched(fetched)) => readers.read(fetched, |feed| feed.entries.len()).await,
        Ok(Reply::NotModified) => Err("the server said \"not modified\" to a first request".to_owned()),
        Err(error) => Err(sentence(&error)),
    };
    let (entries, problem) = match answer {
        Ok(entries) => (entries, None),
        Err(problem) => (0, Some(problem)),
    };
    CheckedFeed { outlet: feed.outlet.clone(), url: url.to_owned(), entries, problem }
}

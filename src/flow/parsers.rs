//! Fetched documents in, what they hold out, parsed within bounds of time and memory and never on the threads
//! that wait for the network.

use std::{num::NonZero, time::Duration};

use tokio::sync::Semaphore;

use crate::{
    extract,
    fetch::Fetched,
    model::{Entry, Feed},
    parse::{self, Source},
};

/// The longest a document is waited for. Its parser cannot be stopped, but holds up no other from then on.
const READING: Duration = Duration::from_secs(20);

/// A document of more bytes than this is parsed alone.
const LARGE: usize = 1 << 20;

/// Most documents parsed at once: a malicious one may take a hundred megabytes.
const AT_ONCE: u32 = 4;

/// Reads documents away from the threads that wait for the network, no more at once than there are processors, nor than
/// [`AT_ONCE`].
pub struct Parsers {
    permits: Semaphore,
    at_once: u32,
}

impl Default for Parsers {
    fn default() -> Parsers {
        let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
        let at_once = u32::try_from(processors).map_or(AT_ONCE, |processors| processors.min(AT_ONCE));
        Parsers { permits: Semaphore::new(at_once as usize), at_once }
    }
}

impl Parsers {
    /// Does with a document what `work` says, which parses it ([`feed`]).
    pub async fn feed<T: Send + 'static>(
        &self,
        fetched: Fetched,
        work: impl FnOnce(&Fetched) -> Result<T, String> + Send + 'static,
    ) -> Result<T, String> {
        self.read(fetched, |fetched| work(&fetched)).await?
    }

    /// Finds the article of a page; a failure is said in one line.
    pub async fn page(&self, fetched: Fetched) -> Result<extract::Page, String> {
        let extracting = |fetched: Fetched| {
            let source = extract::Source { url: &fetched.url, content_type: fetched.content_type.as_deref() };
            extract::page(&fetched.body, &source)
        };
        self.read(fetched, extracting).await?.map_err(|error| sentence(&error))
    }

    async fn read<T: Send + 'static>(
        &self,
        fetched: Fetched,
        work: impl FnOnce(Fetched) -> T + Send + 'static,
    ) -> Result<T, String> {
        let shares = if fetched.body.len() > LARGE { self.at_once } else { 1 };
        let _permit = self.permits.acquire_many(shares).await;
        let working = tokio::task::spawn_blocking(move || work(fetched));
        match tokio::time::timeout(READING, working).await {
            Ok(Ok(read)) => Ok(read),
            Ok(Err(panic)) => Err(format!("reading it broke down: {panic}")),
            Err(_) => Err(format!("it could not be read within {} seconds", READING.as_secs())),
        }
    }
}

/// Parses a feed, but for the entries that are `known` by their fingerprint; a failure is said in one line. Of a document that
/// broke off the whole entries are read, and it is a failure where there are none.
pub fn feed(fetched: &Fetched, known: impl Fn(u128) -> Option<Entry>) -> Result<Feed, String> {
    let source = Source { url: &fetched.url, content_type: fetched.content_type.as_deref() };
    let feed = parse::feed_again(&fetched.body, &source, known).map_err(|error| sentence(&error));
    match (feed, fetched.broken_off.as_ref().map(|e| sentence(e))) {
        (Ok(feed), Some(broken_off)) if feed.entries.is_empty() => Err(broken_off),
        (Err(reason), Some(broken_off)) => Err(format!("{reason}; and {broken_off}")),
        (Ok(mut feed), Some(broken_off)) if !feed.notices.is_empty() => {
            feed.notices.push(broken_off);
            Ok(feed)
        }
        (feed, _) => feed,
    }
}

/// An error with its causes, in one line.
pub fn sentence(error: &dyn std::error::Error) -> String {
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

//! Fetched documents in, what was parsed of them out: away from the threads that wait for the network, within bounds of time.

use std::time::Duration;

use tokio::sync::Semaphore;

use crate::{fetch::Fetched, model::Feed, parse};

/// The longest a document is parsed.
const PARSING: Duration = Duration::from_secs(20);

/// Parses documents away from the threads that wait for the network, no more at once than there are processors.
pub struct Readers {
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
    pub async fn read<T: Send + 'static>(
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

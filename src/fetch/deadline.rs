//! Waits for a server in, the time it has left out. A wait that does not pass through here never costs the
//! server time.

use std::time::Duration;

use tokio::time::{Instant, timeout};
use url::Url;

use super::error::Error;

/// The time a server has for an answer.
#[derive(Debug)]
pub struct Deadline {
    whole: Duration,
    left: Duration,
}

impl Deadline {
    pub fn new(whole: Duration) -> Deadline {
        Deadline { whole, left: whole }
    }

    pub fn left(&self) -> Duration {
        self.left
    }

    pub fn spent(&self) -> Duration {
        self.whole.saturating_sub(self.left)
    }

    /// How much of it has passed.
    pub fn spend(&mut self, time: Duration) {
        self.left = self.left.saturating_sub(time);
    }

    /// Waits for `doing` as long as there is time left.
    ///
    /// # Errors
    /// When the time is up first; `url` is what was waited for.
    pub async fn spent_on<T>(&mut self, url: &Url, doing: impl Future<Output = T>) -> Result<T, Error> {
        let started = Instant::now();
        let done = timeout(self.left, doing).await;
        self.spend(started.elapsed());
        done.map_err(|_| Error::Timeout { url: url.to_string(), after: self.whole })
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::sleep;

    use super::*;

    #[tokio::test]
    async fn only_what_is_waited_for_through_it_is_spent() {
        let url = Url::parse("https://quay.example/").expect("an address");
        let mut deadline = Deadline::new(Duration::from_millis(300));
        assert_eq!(deadline.spent_on(&url, async { 7 }).await, Ok(7));
        sleep(Duration::from_millis(400)).await;
        assert!(deadline.spent_on(&url, sleep(Duration::from_millis(20))).await.is_ok());
        assert!(deadline.spent() >= Duration::from_millis(20));
        let late = deadline.spent_on(&url, sleep(Duration::from_secs(60))).await;
        let after = Duration::from_millis(300);
        assert_eq!(late, Err(Error::Timeout { url: url.to_string(), after }));
        assert_eq!(deadline.left(), Duration::ZERO);
    }
}

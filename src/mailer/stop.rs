//! A wish to stop in, heard by all who ask or mail: no feed is asked and no message is begun any more, and those under way are
//! finished within a bounded time. Breaks nothing off but what is given to [`Stop::before`].

use std::{future::Future, sync::Arc, time::Duration};

use tokio::{sync::watch, time::Instant};

/// How long a message under way may still take. Container engines kill ten seconds after they asked.
const GRACE: Duration = Duration::from_secs(8);

/// Whether, and since when, the program is to stop; shared by its clones.
#[derive(Debug, Clone)]
pub struct Stop(Arc<watch::Sender<Option<Instant>>>);

impl Default for Stop {
    fn default() -> Stop {
        Stop(Arc::new(watch::Sender::new(None)))
    }
}

impl Stop {
    /// Asks everybody to stop.
    pub fn ask(&self) {
        self.0.send_if_modified(|since| since.replace(Instant::now()).is_none());
    }

    /// Whether somebody has asked.
    pub fn is_asked(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// Waits until somebody asks.
    pub async fn asked(&self) {
        self.since().await;
    }

    /// Waits until somebody has asked and `time` has passed since.
    pub async fn asked_for(&self, time: Duration) {
        let since = self.since().await;
        tokio::time::sleep_until(since + time).await;
    }

    /// Waits until somebody has asked and the time for what was under way is over.
    pub(super) async fn over(&self) {
        self.asked_for(GRACE).await;
    }

    /// What comes of `work`, or nothing when somebody asks before.
    pub async fn before<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            () = self.asked() => None,
            done = work => Some(done),
        }
    }

    async fn since(&self) -> Instant {
        let mut asked = self.0.subscribe();
        match asked.wait_for(Option::is_some).await.ok().and_then(|since| *since) {
            Some(since) => since,
            // The sender lives as long as `self`.
            None => std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_under_way_may_take_less_than_containers_are_given() {
        assert!(GRACE >= Duration::from_secs(5) && GRACE < Duration::from_secs(10));
    }

    #[tokio::test]
    async fn whoever_asks_is_heard_by_all_who_share_it() {
        let (stop, other) = (Stop::default(), Stop::default());
        let heard = stop.clone();
        let waiting = tokio::spawn(async move { heard.asked().await });
        assert!(!stop.is_asked());
        stop.ask();
        waiting.await.expect("heard");
        assert!(stop.is_asked() && !other.is_asked());
    }

    #[tokio::test]
    async fn work_goes_on_until_somebody_asks_and_for_a_time_after() {
        async fn ends(work: impl Future<Output = ()>) -> bool {
            tokio::time::timeout(Duration::from_millis(50), work).await.is_ok()
        }
        let stop = Stop::default();
        assert!(!ends(stop.asked()).await && !ends(stop.asked_for(Duration::ZERO)).await);
        assert_eq!(stop.before(async { 1 }).await, Some(1));
        stop.ask();
        assert_eq!(stop.before(async { 1 }).await, None);
        assert!(ends(stop.asked()).await && ends(stop.asked_for(Duration::ZERO)).await);
        assert!(!ends(stop.over()).await && !ends(stop.asked_for(GRACE)).await);
    }
}

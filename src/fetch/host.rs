//! Host names in, turns out: one request at a time per host, with a pause in between, and none to a host that
//! asked to be left alone or lets requests time out. No caller can ever bypass it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Mutex as TurnMutex, OwnedMutexGuard},
    time::{Instant, sleep_until},
};

/// The longest time to be left alone that is waited out.
pub const SHORT: Duration = Duration::from_secs(5);

/// The longest a host is left alone on request, in this run and in later ones.
pub const LONGEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// How many requests may time out before a host is not asked again in this run.
const LATE: usize = 2;

/// When the last request to a host ended.
type Ended = Option<Instant>;

/// The hosts asked so far.
pub struct Hosts {
    delay: Duration,
    known: Mutex<BTreeMap<String, Host>>,
}

#[derive(Default)]
struct Host {
    turn: Arc<TurnMutex<Ended>>,
    /// The pause it asks for between two requests.
    delay: Duration,
    closed_until: Option<Instant>,
    /// It asked for that in this run, and nobody was told yet.
    is_news: bool,
    /// Requests so far, and how many of them timed out.
    asked: usize,
    late: usize,
}

/// Why a host is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// It wants to be left alone for this much longer.
    For(Duration),
    /// It let too many requests time out.
    Late,
}

impl Host {
    /// Whether more than a few requests to it timed out: a run must not wait for all of them, one after
    /// another.
    fn is_late(&self) -> bool {
        self.late >= LATE && self.late * 10 > self.asked
    }
}

/// The right to ask one host, given back when dropped, also by a request that was given up.
#[derive(Debug)]
pub struct Turn(OwnedMutexGuard<Ended>);

impl Hosts {
    pub fn new(delay: Duration) -> Hosts {
        Hosts { delay, known: Mutex::default() }
    }

    /// Waits until no other request to `host` is under way and the pause since the last is over. First come, first served.
    ///
    /// # Errors
    /// When the host wants to be left alone, or lets too many requests time out.
    pub async fn turn(&self, host: &str) -> Result<Turn, Closed> {
        let turn = self.about(host, |host| Arc::clone(&host.turn)).lock_owned().await;
        if self.about(host, |host| host.is_late()) {
            return Err(Closed::Late);
        }
        let (delay, closed_until) = self.about(host, |host| (host.delay.max(self.delay), host.closed_until));
        let closed_for = closed_until.map_or(Duration::ZERO, |until| until - Instant::now());
        if closed_for > SHORT {
            return Err(Closed::For(closed_for));
        }
        if let Some(free) = turn.map(|ended| ended + delay).max(closed_until) {
            sleep_until(free).await;
        }
        Ok(Turn(turn))
    }

    /// Counts a request, and whether it timed out.
    pub fn took(&self, host: &str, late: bool) {
        self.about(host, |host| {
            host.asked += 1;
            host.late += usize::from(late);
        });
    }

    /// From now on the pause between two requests to `host` is at least `delay`.
    pub fn space(&self, host: &str, delay: Duration) {
        self.about(host, |host| host.delay = delay);
    }

    /// Has `host` left alone for `wait`, at most [`LONGEST`].
    pub fn leave_alone(&self, host: &str, wait: Duration) {
        let until = Instant::now() + wait.min(LONGEST);
        self.about(host, |host| host.closed_until = host.closed_until.max(Some(until)));
    }

    /// Has `host`, which has just asked for it, left alone.
    pub fn close(&self, host: &str, wait: Duration) {
        self.leave_alone(host, wait);
        self.about(host, |host| host.is_news = true);
    }

    /// The hosts closed since the last call, and for how much longer.
    pub fn closed(&self) -> Vec<(String, Duration)> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let news = known.iter_mut().filter_map(|(name, host)| {
            let until = host.closed_until.filter(|_| std::mem::take(&mut host.is_news))?;
            Some((name.clone(), until.saturating_duration_since(Instant::now())))
        });
        news.collect()
    }

    fn about<T>(&self, name: &str, look: impl FnOnce(&mut Host) -> T) -> T {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        look(known.entry(name.to_ascii_lowercase()).or_default())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *self.0 = Some(Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn turns_are_spaced_by_the_longer_of_two_pauses() {
        let hosts = Hosts::new(Duration::from_millis(20));
        hosts.space("slow.example", Duration::from_millis(90));
        hosts.space("quick.example", Duration::from_millis(1));
        for (host, pause) in [("slow.example", 90), ("quick.example", 20)] {
            let started = Instant::now();
            for _ in 0..3 {
                drop(hosts.turn(host).await);
            }
            assert!(started.elapsed() >= Duration::from_millis(2 * pause), "{host}");
        }
    }

    #[tokio::test]
    async fn a_host_is_left_alone_as_long_as_it_asked() {
        let hosts = Hosts::new(Duration::ZERO);
        hosts.leave_alone("Busy.example", Duration::from_secs(3600));
        hosts.leave_alone("busy.example", Duration::from_secs(60));
        let left = hosts.turn("busy.example").await.expect_err("it is closed");
        let hour = Closed::For(Duration::from_secs(3590));
        assert!(
            matches!((left, hour), (Closed::For(left), Closed::For(hour)) if left > hour),
            "the longer counts: {left:?}"
        );
        assert!(hosts.turn("other.example").await.is_ok());
        hosts.leave_alone("brief.example", Duration::from_millis(60));
        let started = Instant::now();
        assert!(hosts.turn("brief.example").await.is_ok(), "a moment is waited for");
        assert!(started.elapsed() >= Duration::from_millis(60));
    }

    #[test]
    fn who_asked_to_be_left_alone_in_this_run_is_told_once() {
        let hosts = Hosts::new(Duration::ZERO);
        hosts.leave_alone("known.example", Duration::from_secs(60));
        hosts.close("Busy.example", Duration::from_secs(3600));
        let [(name, left)] = <[_; 1]>::try_from(hosts.closed()).expect("one host");
        assert_eq!(name, "busy.example");
        assert!(left > Duration::from_secs(3590), "{left:?}");
        assert_eq!(hosts.closed(), []);
    }

    #[tokio::test]
    async fn nobody_is_left_alone_for_ever() {
        let hosts = Hosts::new(Duration::ZERO);
        hosts.leave_alone("odd.example", Duration::MAX);
        assert!(
            hosts
                .turn("odd.example")
                .await
                .is_err_and(|left| matches!(left, Closed::For(left) if left <= LONGEST))
        );
    }

    #[tokio::test]
    async fn a_host_that_is_waited_for_in_vain_again_and_again_is_asked_no_more() {
        let hosts = Hosts::new(Duration::ZERO);
        for late in [false, true, false, true] {
            assert!(hosts.turn("slow.example").await.is_ok());
            hosts.took("slow.example", late);
        }
        assert_eq!(hosts.turn("slow.example").await.err(), Some(Closed::Late));
        for request in 0..40 {
            assert!(hosts.turn("large.example").await.is_ok(), "one of many does not count");
            hosts.took("large.example", request % 15 == 14);
        }
    }
}

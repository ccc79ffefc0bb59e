//! Addresses in, turns out: one request at a time per host, with a pause in between, and none to a host that
//! asked to be left alone or lets requests time out. No caller can ever bypass it, and nobody who links to a host can have
//! its own feeds left alone.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Mutex as TurnMutex, OwnedMutexGuard},
    time::{Instant, sleep_until},
};
use url::Url;

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
    closed: Mutex<BTreeMap<Door, Wish>>,
}

/// What is closed when a host asks to be left alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Door {
    /// Scheme, host and port: who answers at one port cannot speak for another.
    pub origin: String,
    /// Closed for those whom others sent only, that is by a link or a redirect: any outlet could have sent us to an address that
    /// always asks to be left alone, to keep a rival's feed unread. Else closed for the feeds there too.
    pub to_those_sent: bool,
}

impl Door {
    /// The door that a request goes through.
    pub fn of(url: &Url, sent_by_others: bool) -> Door {
        Door { origin: url.origin().ascii_serialization(), to_those_sent: sent_by_others }
    }
}

/// A wish to be left alone.
#[derive(Debug, Clone, Copy)]
struct Wish {
    until: Instant,
    /// It was said in this run, and nobody was told yet.
    is_news: bool,
}

#[derive(Default)]
struct Host {
    turn: Arc<TurnMutex<Ended>>,
    /// The pause it asks for between two requests.
    delay: Duration,
    /// All requests, whoever sent us.
    all: Waits,
    /// Those for feeds, by the origin of the feed, wherever on this host it sent us.
    of_feeds: BTreeMap<String, Waits>,
}

/// Requests so far, and how many of them timed out.
#[derive(Debug, Default)]
struct Waits {
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
    /// Whether more than a few requests to it timed out. A feed is held to what feeds of its own origin met: anybody can send
    /// us to an address there that never answers.
    fn is_late(&self, feed: Option<&str>) -> bool {
        match feed {
            None => self.all.are_many(),
            Some(origin) => self.of_feeds.get(origin).is_some_and(Waits::are_many),
        }
    }
}

impl Waits {
    fn count(&mut self, late: bool) {
        self.asked += 1;
        self.late += usize::from(late);
    }

    /// Whether more than a few timed out: a run must not wait for all of them, one after another.
    fn are_many(&self) -> bool {
        self.late >= LATE && self.late * 10 > self.asked
    }
}

/// The right to ask one host, given back when dropped, also by a request that was given up.
#[derive(Debug)]
pub struct Turn(OwnedMutexGuard<Ended>);

impl Hosts {
    pub fn new(delay: Duration) -> Hosts {
        Hosts { delay, known: Mutex::default(), closed: Mutex::default() }
    }

    /// Waits until no other request to `host` is under way and the pause since the last is over. First come, first served.
    /// `feed` is the origin of the feed that is asked for, here or behind its redirects.
    ///
    /// # Errors
    /// When the host wants to be left alone at this door, or lets too many requests time out.
    pub async fn turn(&self, host: &str, door: &Door, feed: Option<&str>) -> Result<Turn, Closed> {
        let turn = self.about(host, |host| Arc::clone(&host.turn)).lock_owned().await;
        if self.about(host, |host| host.is_late(feed)) {
            return Err(Closed::Late);
        }
        let delay = self.about(host, |host| host.delay.max(self.delay));
        let closed_until = self.closed_until(door);
        let closed_for = closed_until.map_or(Duration::ZERO, |until| until - Instant::now());
        if closed_for > SHORT {
            return Err(Closed::For(closed_for));
        }
        if let Some(free) = turn.map(|ended| ended + delay).max(closed_until) {
            sleep_until(free).await;
        }
        Ok(Turn(turn))
    }

    /// Counts a request, for a feed of this origin if for one, and whether it timed out.
    pub fn took(&self, host: &str, feed: Option<&str>, late: bool) {
        self.about(host, |host| {
            host.all.count(late);
            if let Some(origin) = feed {
                host.of_feeds.entry(origin.to_owned()).or_default().count(late);
            }
        });
    }

    /// From now on the pause between two requests to `host` is at least `delay`.
    pub fn space(&self, host: &str, delay: Duration) {
        self.about(host, |host| host.delay = delay);
    }

    /// Has a host left alone at this door for `wait`, at most [`LONGEST`].
    pub fn leave_alone(&self, door: Door, wait: Duration) {
        self.shut(door, wait, false);
    }

    /// The same for a host that has just asked for it.
    pub fn close(&self, door: Door, wait: Duration) {
        self.shut(door, wait, true);
    }

    /// The doors closed since the last call, and for how much longer.
    pub fn closed(&self) -> Vec<(Door, Duration)> {
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        let news = closed.iter_mut().filter_map(|(door, wish)| {
            let left = wish.until.saturating_duration_since(Instant::now());
            std::mem::take(&mut wish.is_news).then(|| (door.clone(), left))
        });
        news.collect()
    }

    /// Of two wishes the longer counts.
    fn shut(&self, door: Door, wait: Duration, is_news: bool) {
        let until = Instant::now() + wait.min(LONGEST);
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        let wish = closed.entry(door).or_insert(Wish { until, is_news });
        *wish = Wish { until: wish.until.max(until), is_news: wish.is_news || is_news };
    }

    /// A host that closed for its own feeds has closed for those sent by others.
    fn closed_until(&self, door: &Door) -> Option<Instant> {
        let closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        let doors = [door.clone(), Door { to_those_sent: false, ..door.clone() }];
        doors.iter().filter_map(|door| closed.get(door)).map(|wish| wish.until).max()
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

    fn door(host: &str) -> Door {
        Door { origin: format!("https://{host}"), to_those_sent: false }
    }

    async fn turn(hosts: &Hosts, host: &str) -> Result<Turn, Closed> {
        hosts.turn(host, &door(host), None).await
    }

    #[tokio::test]
    async fn turns_are_spaced_by_the_longer_of_two_pauses() {
        let hosts = Hosts::new(Duration::from_millis(20));
        hosts.space("slow.example", Duration::from_millis(90));
        hosts.space("quick.example", Duration::from_millis(1));
        for (host, pause) in [("slow.example", 90), ("quick.example", 20)] {
            let started = Instant::now();
            for _ in 0..3 {
                drop(turn(&hosts, host).await);
            }
            assert!(started.elapsed() >= Duration::from_millis(2 * pause), "{host}");
        }
    }

    #[tokio::test]
    async fn a_host_is_one_however_its_name_is_written() {
        let hosts = Hosts::new(Duration::from_millis(90));
        let started = Instant::now();
        drop(turn(&hosts, "Quay.Example").await);
        drop(turn(&hosts, "quay.example").await);
        assert!(started.elapsed() >= Duration::from_millis(90));
    }

    #[tokio::test]
    async fn only_a_moment_is_waited_out() {
        let hosts = Hosts::new(Duration::ZERO);
        hosts.leave_alone(door("short.example"), Duration::from_secs(7));
        assert!(turn(&hosts, "short.example").await.is_err(), "seven seconds are no moment");
    }

    #[tokio::test]
    async fn a_host_is_left_alone_as_long_as_it_asked() {
        let hosts = Hosts::new(Duration::ZERO);
        hosts.leave_alone(door("busy.example"), Duration::from_secs(3600));
        hosts.leave_alone(door("busy.example"), Duration::from_secs(60));
        let left = turn(&hosts, "busy.example").await.expect_err("it is closed");
        let hour = Closed::For(Duration::from_secs(3590));
        assert!(
            matches!((left, hour), (Closed::For(left), Closed::For(hour)) if left > hour),
            "the longer counts: {left:?}"
        );
        assert!(turn(&hosts, "other.example").await.is_ok());
        hosts.leave_alone(door("brief.example"), Duration::from_millis(60));
        let started = Instant::now();
        assert!(turn(&hosts, "brief.example").await.is_ok(), "a moment is waited for");
        assert!(started.elapsed() >= Duration::from_millis(60));
    }

    #[test]
    fn who_asked_to_be_left_alone_in_this_run_is_told_once() {
        let hosts = Hosts::new(Duration::ZERO);
        hosts.leave_alone(door("known.example"), Duration::from_secs(60));
        hosts.close(door("busy.example"), Duration::from_secs(3600));
        let [(told, left)] = <[_; 1]>::try_from(hosts.closed()).expect("one host");
        assert_eq!(told, door("busy.example"));
        assert!(left > Duration::from_secs(3590), "{left:?}");
        assert_eq!(hosts.closed(), []);
    }

    #[tokio::test]
    async fn what_a_link_led_to_closes_no_feed_and_one_port_none_of_another() {
        let hosts = Hosts::new(Duration::ZERO);
        let hour = Duration::from_secs(3600);
        let at = |text: &str, sent| Door::of(&Url::parse(text).expect("an address"), sent);
        let open = async |text: &str, sent| hosts.turn("host.example", &at(text, sent), None).await.is_ok();
        hosts.close(at("https://host.example/busy", true), hour);
        assert!(open("https://host.example/rss", false).await, "its feed is asked");
        assert!(!open("https://host.example/page", true).await, "its pages are left alone");
        assert!(open("https://host.example:8443/page", true).await, "that is another server");
        hosts.close(at("https://host.example:8443/rss", false), hour);
        assert!(!open("https://host.example:8443/rss", false).await);
        assert!(!open("https://host.example:8443/page", true).await, "its own word counts for everybody");
    }

    #[tokio::test]
    async fn nobody_is_left_alone_for_ever() {
        let hosts = Hosts::new(Duration::ZERO);
        hosts.leave_alone(door("odd.example"), Duration::MAX);
        assert!(
            turn(&hosts, "odd.example")
                .await
                .is_err_and(|left| matches!(left, Closed::For(left) if left <= LONGEST))
        );
    }

    #[tokio::test]
    async fn a_host_that_is_waited_for_in_vain_again_and_again_is_asked_no_more() {
        let hosts = Hosts::new(Duration::ZERO);
        for late in [false, true, false, true] {
            assert!(turn(&hosts, "slow.example").await.is_ok());
            hosts.took("slow.example", None, late);
        }
        assert_eq!(turn(&hosts, "slow.example").await.err(), Some(Closed::Late));
        for (host, requests, is_late) in [("one.example", 19, true), ("other.example", 20, false)] {
            (0..requests).for_each(|request| hosts.took(host, None, request >= requests - 2));
            assert_eq!(turn(&hosts, host).await.is_err(), is_late, "two of {requests}");
        }
        for request in 0..40 {
            assert!(turn(&hosts, "large.example").await.is_ok(), "one of many does not count");
            hosts.took("large.example", None, request % 15 == 14);
        }
    }

    #[tokio::test]
    async fn what_a_link_led_to_in_vain_keeps_no_feed_of_that_host_unread() {
        let hosts = Hosts::new(Duration::ZERO);
        let open = async |feed| hosts.turn("rival.example", &door("rival.example"), feed).await.is_ok();
        let (hostile, rival) = (Some("https://hostile.example"), Some("http://rival.example"));
        for sent_by in [hostile, None] {
            assert!(open(sent_by).await);
            hosts.took("rival.example", sent_by, true);
        }
        assert!(!open(None).await, "no page there is asked any more");
        assert!(open(rival).await && open(hostile).await, "feeds are");
        hosts.took("rival.example", hostile, true);
        assert!(!open(hostile).await && open(rival).await, "but for those that were sent there in vain");
    }
}

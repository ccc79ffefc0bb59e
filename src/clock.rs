//! The system's clock or a given moment in, the time out. The one place that reads the clock: everything else
//! is told the time, and never asks.

use std::time::Duration;

use jiff::{Timestamp, civil, tz::TimeZone};

/// A moment as somebody typed it: in RFC 3339, or in the local time of `zone`. `None` when it is no time.
pub fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let local = |time: civil::DateTime| time.to_zoned(zone.clone()).map(|zoned| zoned.timestamp());
    text.parse().or_else(|_| text.parse::<civil::DateTime>().and_then(local)).ok()
}

/// Where the time comes from: the system, or the moment given by `--at`, from which it runs on. What servers
/// asked for is measured in their time, which a trial as of another moment does not change.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    started: std::time::Instant,
    at: Timestamp,
    /// The time in the servers' world when the clock was set.
    world: Timestamp,
}

impl Clock {
    /// The system's clock.
    #[allow(clippy::disallowed_methods)]
    pub fn system() -> Clock {
        Clock::set_to(Timestamp::now())
    }

    /// A clock that shows `at` now and runs on from there, as if that were the time everywhere.
    pub fn set_to(at: Timestamp) -> Clock {
        Clock { started: std::time::Instant::now(), at, world: at }
    }

    /// A clock that shows `at` while servers go by the system's time: for a trial of which nothing is kept.
    pub fn as_if(at: Timestamp) -> Clock {
        Clock { at, ..Clock::system() }
    }

    /// The time, to the second.
    pub fn now(&self) -> Timestamp {
        self.since(self.at)
    }

    /// The time in the servers' world.
    pub fn world_now(&self) -> Timestamp {
        self.since(self.world)
    }

    /// The time in the servers' world when the clock was set.
    pub fn world_as_of(&self) -> Timestamp {
        self.world
    }

    fn since(&self, at: Timestamp) -> Timestamp {
        let passed = self.started.elapsed().as_secs().try_into().unwrap_or(i64::MAX);
        at.saturating_add(jiff::SignedDuration::from_secs(passed)).unwrap_or(Timestamp::MAX)
    }

    /// The moment the clock was set to: the "as of" of a whole run.
    pub fn as_of(&self) -> Timestamp {
        self.at
    }

    /// Seconds passed since the clock had `elapsed` so far.
    pub fn seconds_since(&self, elapsed: Duration) -> f64 {
        self.elapsed().saturating_sub(elapsed).as_secs_f64()
    }

    /// Time passed since the clock was set.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}

//! The one place that reads the clock. Everything else is told the time.

use std::time::Duration;

use jiff::{Timestamp, civil, tz::TimeZone};

/// The moment that somebody wrote: in RFC 3339, or in the local time of `zone`. None when it is no time.
pub fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let local = |time: civil::DateTime| time.to_zoned(zone.clone()).map(|zoned| zoned.timestamp());
    text.parse().or_else(|_| text.parse::<civil::DateTime>().and_then(local)).ok()
}

/// Where the time comes from: the system, or the moment given by `--at`, from which it goes on. What servers asked for
/// goes by their time, which a trial as of another moment does not change.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    started: std::time::Instant,
    at: Timestamp,
    /// What servers would call the time when it was set.
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

    /// A clock that shows `at`, in a world that goes by the system's: for a trial that nothing is kept of.
    pub fn as_if(at: Timestamp) -> Clock {
        Clock { at, ..Clock::system() }
    }

    /// The time, to the second.
    pub fn now(&self) -> Timestamp {
        self.since(self.at)
    }

    /// What servers call the time.
    pub fn world_now(&self) -> Timestamp {
        self.since(self.world)
    }

    /// What servers called the time when the clock was set.
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

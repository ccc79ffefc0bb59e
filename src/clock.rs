//! The one place that reads the clock. Everything else is told the time.

use std::time::Duration;

use jiff::Timestamp;

/// Where the time comes from: the system, or the moment given by `--at`, from which it goes on.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    started: std::time::Instant,
    at: Timestamp,
}

impl Clock {
    /// The system's clock.
    #[allow(clippy::disallowed_methods)]
    pub fn system() -> Clock {
        Clock::set_to(Timestamp::now())
    }

    /// A clock that shows `at` now and runs on from there.
    pub fn set_to(at: Timestamp) -> Clock {
        Clock { started: std::time::Instant::now(), at }
    }

    /// The time, to the second.
    pub fn now(&self) -> Timestamp {
        let passed = self.started.elapsed().as_secs().try_into().unwrap_or(i64::MAX);
        self.at.saturating_add(jiff::SignedDuration::from_secs(passed)).unwrap_or(Timestamp::MAX)
    }

    /// The moment the clock was set to: the "as of" of a whole run.
    pub fn as_of(&self) -> Timestamp {
        self.at
    }

    /// Time passed since the clock was set.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}

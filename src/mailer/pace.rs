//! How fast messages may begin: a moment in, the moment when the next one may begin out. Shared by all
//! connections; never lets a burst through.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// A steady pace, shared by its clones. No burst is allowed after an idle time: relays count by the second.
#[derive(Debug, Clone, Default)]
pub struct Pace {
    /// None for no limit.
    interval: Option<Duration>,
    next: Arc<Mutex<Option<Instant>>>,
}

impl Pace {
    /// `rate` messages a second, above 0; no limit without.
    pub fn new(rate: Option<f64>) -> Pace {
        let interval = rate.and_then(|rate| Duration::try_from_secs_f64(rate.recip()).ok());
        Pace { interval, next: Arc::default() }
    }

    /// Waits until the next message may begin.
    pub(super) async fn turn(&self) {
        if let Some(turn) = self.book(Instant::now()) {
            tokio::time::sleep_until(turn).await;
        }
    }

    /// Books the first free moment from `now` on; none when there is no limit.
    fn book(&self, now: Instant) -> Option<Instant> {
        let interval = self.interval?;
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = next.map_or(now, |free| free.max(now));
        *next = turn.checked_add(interval);
        Some(turn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn milliseconds(pace: &Pace, start: Instant, after: &[u64]) -> Vec<u128> {
        let now = |after| start + Duration::from_millis(after);
        after
            .iter()
            .map(|&after| pace.book(now(after)).expect("a limit").duration_since(start).as_millis())
            .collect()
    }

    #[test]
    fn messages_begin_no_faster_than_the_rate_over_all_connections() {
        let (pace, start) = (Pace::new(Some(4.0)), Instant::now());
        let other = pace.clone();
        assert_eq!(milliseconds(&pace, start, &[0, 0, 10]), [0, 250, 500]);
        assert_eq!(milliseconds(&other, start, &[20]), [750]);
    }

    #[test]
    fn an_idle_time_earns_no_burst() {
        let (pace, start) = (Pace::new(Some(10.0)), Instant::now());
        assert_eq!(milliseconds(&pace, start, &[0, 5000, 5000, 5000]), [0, 5000, 5100, 5200]);
    }

    #[test]
    fn without_a_rate_nobody_waits() {
        assert_eq!(Pace::default().book(Instant::now()), None);
        assert_eq!(Pace::new(None).book(Instant::now()), None);
    }
}

//! Host names in, turns out: one request at a time per host, and a pause between two. No caller can pass by it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Mutex as TurnMutex, OwnedMutexGuard},
    time::{Instant, sleep_until},
};

/// When the last request to a host ended.
type Ended = Option<Instant>;

/// The hosts asked so far.
pub struct Hosts {
    delay: Duration,
    known: Mutex<BTreeMap<String, Arc<TurnMutex<Ended>>>>,
}

/// The right to ask one host, given back when dropped, also by a request that was given up.
pub struct Turn(OwnedMutexGuard<Ended>);

impl Hosts {
    pub fn new(delay: Duration) -> Hosts {
        Hosts { delay, known: Mutex::default() }
    }

    /// Waits until no other request to `host` is under way and the pause since the last is over. First come, first served.
    pub async fn turn(&self, host: &str) -> Turn {
        let turn = {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(known.entry(host.to_ascii_lowercase()).or_default())
        };
        let turn = turn.lock_owned().await;
        if let Some(ended) = *turn {
            sleep_until(ended + self.delay).await;
        }
        Turn(turn)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *self.0 = Some(Instant::now());
    }
}

//! Whose turn it is to pull: a lock apart from that of a run in, so that a pull goes on beside a run that mails, and two
//! pulls never ask the same feeds at once.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::{Error, Store, lock};

/// How often a turn that is taken is asked for again.
const AGAIN: Duration = Duration::from_millis(50);

/// The turn to pull, given back when it is dropped.
#[derive(Debug)]
pub struct Turn {
    _lock: lock::Lock,
}

impl Store {
    /// The turn to pull; `None` when another process still has it once `patience` is over.
    pub async fn turn_to_pull(&self, patience: Duration) -> Result<Option<Turn>, Error> {
        let options = self.pool.connect_options();
        let end = Instant::now() + patience;
        loop {
            let turn = lock::take_turn(options.get_filename())?;
            if turn.is_some() || Instant::now() >= end {
                return Ok(turn.map(|lock| Turn { _lock: lock }));
            }
            sleep(AGAIN).await;
        }
    }
}

//! Refusals by the mail server in, those that are about their reader and nobody else out: the ones that a message taken
//! from us follows. A server that refuses everybody (a relay that does not know us, a broken user table) is no word on any.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::{model::DeliveryState, store::Ended};

/// So many refusals with nobody served in between are about us or the server, not about that many readers.
const MOST_IN_A_ROW: usize = 20;

/// The refusals of a run that nothing has confirmed yet.
#[derive(Debug, Default)]
pub struct Refusals {
    held: Mutex<Vec<Ended>>,
}

impl Refusals {
    /// What is to be settled at once of a delivery that ended so: a refusal is put off until it is confirmed.
    pub fn for_now(ended: &Ended) -> Ended {
        match ended.state {
            DeliveryState::Refused => Ended { state: DeliveryState::Deferred, ..ended.clone() },
            _ => ended.clone(),
        }
    }

    /// Takes note of how a delivery ended and returns the refusals that are certain by it: all so far, once a message was
    /// taken.
    pub fn confirmed_by(&self, ended: Ended) -> Vec<Ended> {
        match ended.state {
            DeliveryState::Sent => self.all(),
            DeliveryState::Refused => {
                self.held().push(ended);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Whether there are too many of them to be about single readers.
    pub fn are_everybodys(&self) -> bool {
        self.held().len() >= MOST_IN_A_ROW
    }

    /// All that are not confirmed yet; they are forgotten here.
    pub fn all(&self) -> Vec<Ended> {
        std::mem::take(&mut *self.held())
    }

    fn held(&self) -> MutexGuard<'_, Vec<Ended>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Outcome;

    fn ended(turn: u32, state: DeliveryState) -> Ended {
        Ended { turn, state, outcome: Outcome::Sent }
    }

    #[test]
    fn a_refusal_counts_once_the_server_has_taken_a_message() {
        let (refusals, refused) = (Refusals::default(), ended(1, DeliveryState::Refused));
        assert_eq!(Refusals::for_now(&refused).state, DeliveryState::Deferred);
        assert!(refusals.confirmed_by(refused.clone()).is_empty());
        assert!(refusals.confirmed_by(ended(2, DeliveryState::Deferred)).is_empty());
        assert_eq!(refusals.confirmed_by(ended(3, DeliveryState::Sent)), [refused]);
        assert!(refusals.confirmed_by(ended(4, DeliveryState::Sent)).is_empty());
    }

    #[test]
    fn many_in_a_row_are_about_everybody() {
        let refusals = Refusals::default();
        for n in (0..).take(MOST_IN_A_ROW) {
            assert!(!refusals.are_everybodys(), "{n}");
            refusals.confirmed_by(ended(n, DeliveryState::Refused));
        }
        assert!(refusals.are_everybodys());
        refusals.confirmed_by(ended(3, DeliveryState::Sent));
        assert!(!refusals.are_everybodys());
    }
}

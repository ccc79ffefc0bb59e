//! The outcomes of an edition's deliveries, one by one, in; which refusals concern their reader alone, and whether to
//! go on, out. Never blames a reader when a server refuses everybody (a relay that does not know us, a broken user
//! table).

use std::collections::BTreeMap;

use crate::model::{DeliveryState, Ended, Outcome, Reply};

/// This many refusals without a message accepted in between are about us or the server, not about that many readers.
const MOST_IN_A_ROW: usize = 20;

/// A policy refusal or a lost answer may concern one reader; this many in a row concern us or the server.
const STRIKES: usize = 3;

/// What the outcomes so far show.
#[derive(Debug, Default)]
pub struct Verdict {
    /// Refusals not yet followed by an accepted message.
    unconfirmed: Vec<Ended>,
    /// Readers the server refused for good and has not accepted a message for since.
    refused: BTreeMap<String, Reply>,
    /// Consecutive failures that may affect everybody.
    strikes: usize,
    /// The server accepts nothing from us, or cannot be reached.
    stopped: bool,
}

impl Verdict {
    /// What to record at once for a delivery that ended this way: a refusal is deferred until confirmed.
    pub fn for_now(ended: &Ended) -> Ended {
        match ended.state {
            DeliveryState::Refused => Ended { state: DeliveryState::Deferred, ..ended.clone() },
            _ => ended.clone(),
        }
    }

    /// Records what an attempt says about the reader, the server and us.
    pub fn hear(&mut self, email: &str, outcome: &Outcome) {
        match outcome {
            Outcome::Sent => {
                self.refused.remove(email);
                self.strikes = 0;
            }
            Outcome::Refused(reply) => {
                self.refused.insert(email.to_owned(), reply.clone());
            }
            Outcome::Deferred(_)
            | Outcome::Lost(_)
            | Outcome::BadAddress(_)
            | Outcome::Withdrawn(_)
            | Outcome::Written(_)
            | Outcome::Filed(_) => {}
            Outcome::Unknown(_) | Outcome::SenderRefused(_) => {
                self.strikes += 1;
                self.stopped |= self.strikes >= STRIKES;
            }
            Outcome::NoLogin(_)
            | Outcome::Closed(_)
            | Outcome::Insecure(_)
            | Outcome::Down(_)
            | Outcome::Unmade(_) => self.stopped = true,
        }
    }

    /// Records that a delivery is settled for now, and returns the refusals this confirms: all so far, once a message
    /// was accepted.
    pub fn settled(&mut self, ended: Ended) -> Vec<Ended> {
        match ended.state {
            DeliveryState::Sent | DeliveryState::Filed => return self.unconfirmed(),
            DeliveryState::Refused => self.unconfirmed.push(ended),
            _ => {}
        }
        self.stopped |= self.unconfirmed.len() >= MOST_IN_A_ROW;
        Vec::new()
    }

    /// Whether it is worth going on.
    pub fn goes_on(&self) -> bool {
        !self.stopped
    }

    /// Stops, for a reason that did not come from a server.
    pub fn stop(&mut self) {
        self.stopped = true;
    }

    /// The refusals not confirmed yet; forgets them.
    pub fn unconfirmed(&mut self) -> Vec<Ended> {
        std::mem::take(&mut self.unconfirmed)
    }

    /// The readers the server refused for good, given that `sent` messages were accepted: none, if it refused more
    /// than it accepted. Forgets them.
    pub fn bounced(&mut self, sent: u64) -> BTreeMap<String, Reply> {
        let refused = std::mem::take(&mut self.refused);
        if refused.len() as u64 > sent { BTreeMap::new() } else { refused }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(turn: u32, state: DeliveryState) -> Ended {
        Ended { turn, state, outcome: Outcome::Sent }
    }

    fn reply(code: u16) -> Reply {
        Reply { code, enhanced: None, text: String::new() }
    }

    #[test]
    fn a_refusal_counts_once_the_server_has_taken_a_message() {
        let (mut verdict, refused) = (Verdict::default(), ended(1, DeliveryState::Refused));
        assert_eq!(Verdict::for_now(&refused).state, DeliveryState::Deferred);
        assert!(verdict.settled(refused.clone()).is_empty());
        assert!(verdict.settled(ended(2, DeliveryState::Deferred)).is_empty());
        assert_eq!(verdict.settled(ended(3, DeliveryState::Sent)), [refused]);
        assert!(verdict.settled(ended(4, DeliveryState::Sent)).is_empty());
    }

    #[test]
    fn many_refusals_in_a_row_are_about_everybody() {
        let mut verdict = Verdict::default();
        for n in 1..=20 {
            assert!(verdict.goes_on(), "{n}");
            verdict.settled(ended(n, DeliveryState::Refused));
        }
        assert!(!verdict.goes_on());
        let mut verdict = Verdict::default();
        for n in 1..=60 {
            let state = if n % 20 == 0 { DeliveryState::Sent } else { DeliveryState::Refused };
            verdict.settled(ended(n, state));
        }
        assert!(verdict.goes_on(), "nineteen in a row, again and again, are about as many readers");
    }

    #[test]
    fn three_strikes_in_a_row_end_it_and_an_accepted_message_starts_the_count_anew() {
        let policy = Outcome::SenderRefused(reply(550));
        let mut verdict = Verdict::default();
        for _ in 0..5 {
            for outcome in [&policy, &policy, &Outcome::Sent] {
                verdict.hear("ann@example.net", outcome);
                assert!(verdict.goes_on());
            }
        }
        for left in [true, true, false] {
            verdict.hear("ann@example.net", &policy);
            assert_eq!(verdict.goes_on(), left);
        }
    }

    #[test]
    fn what_was_filed_confirms_a_refusal_and_what_was_put_off_or_written_does_not() {
        for (state, confirms) in [
            (DeliveryState::Filed, true),
            (DeliveryState::Written, false),
            (DeliveryState::Deferred, false),
            (DeliveryState::Withdrawn, false),
        ] {
            let mut verdict = Verdict::default();
            verdict.settled(ended(1, DeliveryState::Refused));
            assert_eq!(!verdict.settled(ended(2, state)).is_empty(), confirms, "{state:?}");
        }
    }

    #[test]
    fn what_may_be_everybodys_ends_it_only_in_a_row_and_a_server_that_is_not_there_at_once() {
        let mut verdict = Verdict::default();
        let (policy, lost) = (Outcome::SenderRefused(reply(550)), Outcome::Unknown(String::new()));
        for outcome in [&policy, &lost, &Outcome::Sent, &lost, &policy, &Outcome::Deferred(reply(451))] {
            verdict.hear("ann@example.net", outcome);
            assert!(verdict.goes_on(), "{outcome}");
        }
        verdict.hear("ann@example.net", &lost);
        assert!(!verdict.goes_on());
        let mut verdict = Verdict::default();
        verdict.hear("ann@example.net", &Outcome::Down("no route".to_owned()));
        assert!(!verdict.goes_on());
    }

    #[test]
    fn a_server_that_refuses_more_than_it_takes_says_nothing_of_readers() {
        let two_refused = || {
            let mut verdict = Verdict::default();
            for email in ["ann@example.net", "bob@example.net", "cid@example.net"] {
                verdict.hear(email, &Outcome::Refused(reply(550)));
            }
            verdict.hear("bob@example.net", &Outcome::Sent);
            verdict
        };
        assert!(two_refused().bounced(0).is_empty() && two_refused().bounced(1).is_empty());
        let bounced: Vec<String> = two_refused().bounced(2).into_keys().collect();
        assert_eq!(bounced, ["ann@example.net", "cid@example.net"]);
    }
}

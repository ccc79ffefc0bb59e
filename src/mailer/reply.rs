//! What became of a message: an SMTP step and the server's answer in, the [`Outcome`] a caller acts on out.
//! Never talks to a server itself.

use crate::model::{Meaning, Outcome, Reply};

/// Where in a mail transaction (RFC 5321 section 3.3) something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Mail,
    Rcpt,
    Data,
    /// The text of the message, before its final dot was written.
    Text,
    /// The final dot was written.
    Dot,
}

/// Why a step did not succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// The server answered 4xx or 5xx.
    Refusal(Reply),
    /// No usable answer: the connection is of no more use.
    Lost(String),
}

impl Fault {
    /// Whether the connection must not be used again: it is gone, or the server said it is leaving (421).
    pub(super) fn ends_connection(&self) -> bool {
        matches!(self, Fault::Lost(_) | Fault::Refusal(Reply { code: 421, .. }))
    }

    /// What this fault at `step` means for the message. Servers hold back until RCPT, or later, what they have against the
    /// sender, so the answer tells, whatever step it is given at.
    pub(super) fn outcome(self, step: Step) -> Outcome {
        match self {
            Fault::Lost(reason) if step == Step::Dot => Outcome::Unknown(reason),
            Fault::Lost(reason) => Outcome::Lost(reason),
            Fault::Refusal(reply) if reply.is_for_now() => Outcome::Deferred(reply),
            Fault::Refusal(reply) if reply.meaning() == Meaning::Login => Outcome::NoLogin(reply),
            Fault::Refusal(reply) if step == Step::Mail || reply.meaning().is_the_senders() => {
                Outcome::SenderRefused(reply)
            }
            Fault::Refusal(reply) => Outcome::Refused(reply),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(step: Step, code: u16, text: &str) -> Outcome {
        Fault::Refusal(Reply::new(code, text)).outcome(step)
    }

    #[test]
    fn a_refusal_at_rcpt_is_the_readers() {
        let outcome = refusal(Step::Rcpt, 550, "5.1.1 no such user");
        assert_eq!(outcome.to_string(), "refused for good: 550 5.1.1 no such user");
        assert!(matches!(refusal(Step::Dot, 552, "5.2.2 mailbox full"), Outcome::Refused(_)));
    }

    #[test]
    fn a_refusal_at_mail_or_by_policy_is_the_senders() {
        assert!(matches!(refusal(Step::Mail, 550, "go away"), Outcome::SenderRefused(_)));
        assert!(matches!(refusal(Step::Rcpt, 554, "5.7.1 relay access denied"), Outcome::SenderRefused(_)));
        for code in ["5.1.7", "5.1.8"] {
            assert!(matches!(refusal(Step::Rcpt, 550, code), Outcome::SenderRefused(_)), "{code}");
        }
        assert!(matches!(refusal(Step::Dot, 550, "5.7.26 unauthenticated mail"), Outcome::SenderRefused(_)));
        for step in [Step::Mail, Step::Rcpt] {
            assert!(matches!(refusal(step, 530, "log in first"), Outcome::NoLogin(_)), "which ends the run");
        }
    }

    #[test]
    fn a_4xx_is_deferred_at_every_step() {
        for step in [Step::Mail, Step::Rcpt, Step::Data, Step::Dot] {
            assert!(matches!(refusal(step, 451, "4.7.1 later"), Outcome::Deferred(_)));
        }
    }

    #[test]
    fn a_connection_is_of_no_more_use_when_it_is_lost_or_the_server_leaves() {
        assert!(Fault::Lost("gone".into()).ends_connection());
        let ends = |code| Fault::Refusal(Reply::new(code, "")).ends_connection();
        assert_eq!([420, 421, 422, 450, 521, 550].map(ends), [false, true, false, false, false, false]);
    }

    #[test]
    fn only_a_loss_after_the_final_dot_is_unknown() {
        for step in [Step::Mail, Step::Rcpt, Step::Data, Step::Text] {
            assert!(matches!(Fault::Lost("gone".into()).outcome(step), Outcome::Lost(_)));
        }
        assert!(matches!(Fault::Lost("gone".into()).outcome(Step::Dot), Outcome::Unknown(_)));
    }
}

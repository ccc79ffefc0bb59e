//! What became of a message: an SMTP step and the server's answer in, the [`Outcome`] a caller acts on out.
//! Never talks to a server itself.

use std::error::Error;

use lettre::transport::smtp;

/// How sending one message ended. The reasons are the server's words or ours, for the ledger and for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The server said 250 to the whole message: it has it now.
    Sent { reply: String },
    /// Not now: a 4xx, or the connection was lost before the final dot. Try again later.
    Deferred { reply: String },
    /// Never to this reader: a 5xx about the recipient or this message. Do not try again.
    Refused { reply: String },
    /// Lost after the final dot: the server may or may not have the message (RFC 1047). Try again with the same
    /// Message-ID.
    Unknown { reason: String },
    /// A 5xx about the sender, the credentials or a policy: every other message would meet the same. Stop the run.
    SenderRefused { reply: String },
    /// No connection could be had. Try again later; the next message is likely to meet the same.
    Down { reason: String },
}

impl Outcome {
    /// The same with its reason put in other words.
    pub(super) fn reworded(mut self, words: impl Fn(&str) -> String) -> Outcome {
        let (Outcome::Sent { reply: text }
        | Outcome::Deferred { reply: text }
        | Outcome::Refused { reply: text }
        | Outcome::Unknown { reason: text }
        | Outcome::SenderRefused { reply: text }
        | Outcome::Down { reason: text }) = &mut self;
        *text = words(text);
        self
    }
}

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
    Refusal { code: u16, text: String },
    /// No usable answer: the connection is of no more use.
    Lost(String),
}

impl Fault {
    /// Whether the connection must not be used again: it is gone, or the server said it is leaving (421).
    pub(super) fn ends_connection(&self) -> bool {
        matches!(self, Fault::Lost(_) | Fault::Refusal { code: 421, .. })
    }

    /// What this fault at `step` means for the message.
    pub(super) fn outcome(self, step: Step) -> Outcome {
        match self {
            Fault::Lost(reason) if step == Step::Dot => Outcome::Unknown { reason },
            Fault::Lost(reason) => Outcome::Deferred { reply: reason },
            Fault::Refusal { code, text } if code < 500 => Outcome::Deferred { reply: said(code, &text) },
            Fault::Refusal { code, text } if step == Step::Mail || blames_sender(code, &text) => {
                Outcome::SenderRefused { reply: said(code, &text) }
            }
            Fault::Refusal { code, text } => Outcome::Refused { reply: said(code, &text) },
        }
    }

    /// The fault in words.
    pub(super) fn words(&self) -> String {
        match self {
            Fault::Refusal { code, text } => said(*code, text),
            Fault::Lost(reason) => reason.clone(),
        }
    }
}

impl From<smtp::Error> for Fault {
    fn from(error: smtp::Error) -> Fault {
        let text = innermost(&error);
        match error.status() {
            Some(code) => Fault::Refusal { code: code.into(), text },
            None if error.is_response() => {
                Fault::Lost(format!("the server hung up or spoke no SMTP ({text})"))
            }
            None => Fault::Lost(text),
        }
    }
}

/// What happened, without the frames that lettre puts around it level by level.
fn innermost(error: &dyn Error) -> String {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

/// A reply on one line.
pub(super) fn said(code: u16, text: &str) -> String {
    super::header::clean(&format!("{code} {text}"))
}

/// Whether a 5xx is about the sender whatever step it answers: credentials (RFC 4954 section 6), or an enhanced code
/// (RFC 3463) for a policy (5.7.x) or a bad sender's address (5.1.7, 5.1.8), which many servers hold back until RCPT.
fn blames_sender(code: u16, text: &str) -> bool {
    let enhanced = text.split_whitespace().next().unwrap_or_default();
    matches!(code, 530 | 534 | 535 | 538)
        || enhanced.starts_with("5.7.")
        || matches!(enhanced, "5.1.7" | "5.1.8")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(step: Step, code: u16, text: &str) -> Outcome {
        Fault::Refusal { code, text: text.to_owned() }.outcome(step)
    }

    #[test]
    fn a_refusal_at_rcpt_is_the_readers() {
        let outcome = refusal(Step::Rcpt, 550, "5.1.1 no such user");
        assert_eq!(outcome, Outcome::Refused { reply: "550 5.1.1 no such user".into() });
        assert!(matches!(refusal(Step::Dot, 552, "5.2.2 mailbox full"), Outcome::Refused { .. }));
    }

    #[test]
    fn a_refusal_at_mail_or_by_policy_is_the_senders() {
        assert!(matches!(refusal(Step::Mail, 550, "go away"), Outcome::SenderRefused { .. }));
        assert!(matches!(
            refusal(Step::Rcpt, 554, "5.7.1 relay access denied"),
            Outcome::SenderRefused { .. }
        ));
        assert!(matches!(
            refusal(Step::Rcpt, 550, "5.1.8 sender domain not found"),
            Outcome::SenderRefused { .. }
        ));
        assert!(matches!(
            refusal(Step::Dot, 550, "5.7.26 unauthenticated mail"),
            Outcome::SenderRefused { .. }
        ));
        assert!(matches!(refusal(Step::Rcpt, 530, "log in first"), Outcome::SenderRefused { .. }));
    }

    #[test]
    fn a_4xx_is_deferred_at_every_step() {
        for step in [Step::Mail, Step::Rcpt, Step::Data, Step::Dot] {
            assert!(matches!(refusal(step, 451, "4.7.1 later"), Outcome::Deferred { .. }));
        }
    }

    #[test]
    fn only_a_loss_after_the_final_dot_is_unknown() {
        for step in [Step::Mail, Step::Rcpt, Step::Data, Step::Text] {
            assert!(matches!(Fault::Lost("gone".into()).outcome(step), Outcome::Deferred { .. }));
        }
        assert!(matches!(Fault::Lost("gone".into()).outcome(Step::Dot), Outcome::Unknown { .. }));
    }
}

//! The state of a delivery, how the last attempt at it ended, and the sentence that says so. Never decides what to do
//! next.

use std::{fmt, str::FromStr};

use super::{Reply, Status};

/// The state of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// Not tried yet.
    Pending,
    /// Claimed by a run that has not recorded how it ended: the server may or may not have it.
    Sending,
    /// The server said 250.
    Sent,
    /// The server said "not now" (4xx), or could not be reached: to be tried again.
    Deferred,
    /// The server said "never" to this reader (5xx).
    Refused,
    /// The reader left the list before the message was sent.
    Withdrawn,
    /// Written to a folder to be looked at, and still to be mailed.
    Written,
    /// Written to a folder, which counts as delivered.
    Filed,
}

impl Outcome {
    /// Why a delivery is withdrawn whose reader is missing from the list; it is undone when the reader is back.
    pub const MISSING: &str = "no longer a reader";
}

impl DeliveryState {
    const ALL: [DeliveryState; 8] = [
        DeliveryState::Pending,
        DeliveryState::Sending,
        DeliveryState::Sent,
        DeliveryState::Deferred,
        DeliveryState::Refused,
        DeliveryState::Withdrawn,
        DeliveryState::Written,
        DeliveryState::Filed,
    ];

    /// Its name as stored.
    pub fn word(self) -> &'static str {
        match self {
            DeliveryState::Pending => "pending",
            DeliveryState::Sending => "sending",
            DeliveryState::Sent => "sent",
            DeliveryState::Deferred => "deferred",
            DeliveryState::Refused => "refused",
            DeliveryState::Withdrawn => "withdrawn",
            DeliveryState::Written => "written",
            DeliveryState::Filed => "filed",
        }
    }
}

impl FromStr for DeliveryState {
    type Err = String;

    fn from_str(word: &str) -> Result<DeliveryState, String> {
        let known = DeliveryState::ALL.into_iter().find(|state| state.word() == word);
        known.ok_or_else(|| format!("{word:?} is no state of a delivery"))
    }
}

/// How a claimed delivery ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// The delivery's position in its edition.
    pub turn: u32,
    /// The state the delivery is in for now.
    pub state: DeliveryState,
    pub outcome: Outcome,
}

/// How one attempt ended: what a caller acts on, and what the ledger keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The server said 250 to the whole message: it now has it.
    Sent,
    /// Not now (4xx). Try again later.
    Deferred(Reply),
    /// The connection was lost before the final dot. Try again later.
    Lost(String),
    /// Never to this reader: a 5xx about the recipient or this message. Do not try again.
    Refused(Reply),
    /// Lost after the final dot: the server may or may not have the message (RFC 1047). Try again with the same
    /// Message-ID.
    Unknown(String),
    /// A 5xx about the sender or a policy: every other message would get the same.
    SenderRefused(Reply),
    /// The server does not accept the login. The next message would get the same, as with the three below.
    NoLogin(Reply),
    /// The server answers, but accepts mail from nobody now.
    Closed(Reply),
    /// No encrypted connection could be made.
    Insecure(String),
    /// No connection could be made, or no file written.
    Down(String),
    /// No message could be built.
    Unmade(String),
    /// This address cannot be written to.
    BadAddress(String),
    /// Nothing was sent, because the recipient is no longer a reader.
    Withdrawn(String),
    /// Written to this folder, and mailed to nobody.
    Written(String),
    /// Written to this folder, which counts as delivered.
    Filed(String),
}

impl Outcome {
    /// The state this outcome leaves the delivery in.
    pub fn state(&self) -> DeliveryState {
        match self {
            Outcome::Sent => DeliveryState::Sent,
            Outcome::Refused(_) | Outcome::BadAddress(_) => DeliveryState::Refused,
            Outcome::Unknown(_) => DeliveryState::Sending,
            Outcome::Withdrawn(_) => DeliveryState::Withdrawn,
            Outcome::Written(_) => DeliveryState::Written,
            Outcome::Filed(_) => DeliveryState::Filed,
            _ => DeliveryState::Deferred,
        }
    }

    /// Its name as stored.
    pub fn word(&self) -> &'static str {
        match self {
            Outcome::Sent => "sent",
            Outcome::Deferred(_) => "deferred",
            Outcome::Lost(_) => "lost",
            Outcome::Refused(_) => "refused",
            Outcome::Unknown(_) => "unknown",
            Outcome::SenderRefused(_) => "sender_refused",
            Outcome::NoLogin(_) => "no_login",
            Outcome::Closed(_) => "closed",
            Outcome::Insecure(_) => "insecure",
            Outcome::Down(_) => "down",
            Outcome::Unmade(_) => "unmade",
            Outcome::BadAddress(_) => "bad_address",
            Outcome::Withdrawn(_) => "withdrawn",
            Outcome::Written(_) => "written",
            Outcome::Filed(_) => "filed",
        }
    }

    /// The server's reply, if there was one.
    pub fn reply(&self) -> Option<&Reply> {
        match self {
            Outcome::Deferred(reply)
            | Outcome::Refused(reply)
            | Outcome::SenderRefused(reply)
            | Outcome::NoLogin(reply)
            | Outcome::Closed(reply) => Some(reply),
            _ => None,
        }
    }

    /// The server's words, or ours.
    pub fn words(&self) -> &str {
        match self {
            Outcome::Sent => "",
            Outcome::Deferred(Reply { text, .. })
            | Outcome::Refused(Reply { text, .. })
            | Outcome::SenderRefused(Reply { text, .. })
            | Outcome::NoLogin(Reply { text, .. })
            | Outcome::Closed(Reply { text, .. })
            | Outcome::Lost(text)
            | Outcome::Unknown(text)
            | Outcome::Insecure(text)
            | Outcome::Down(text)
            | Outcome::Unmade(text)
            | Outcome::BadAddress(text)
            | Outcome::Withdrawn(text)
            | Outcome::Written(text)
            | Outcome::Filed(text) => text,
        }
    }

    /// Rebuilds the outcome from what the methods above return; none if the word or reply does not match any.
    pub fn of(word: &str, code: Option<u16>, enhanced: Option<Status>, words: String) -> Option<Outcome> {
        Some(match (word, code) {
            ("sent", None) => Outcome::Sent,
            ("lost", None) => Outcome::Lost(words),
            ("unknown", None) => Outcome::Unknown(words),
            ("insecure", None) => Outcome::Insecure(words),
            ("down", None) => Outcome::Down(words),
            ("unmade", None) => Outcome::Unmade(words),
            ("bad_address", None) => Outcome::BadAddress(words),
            ("withdrawn", None) => Outcome::Withdrawn(words),
            ("written", None) => Outcome::Written(words),
            ("filed", None) => Outcome::Filed(words),
            (_, None) => return None,
            (word, Some(code)) => {
                let reply = Reply { code, enhanced, text: words };
                match word {
                    "deferred" => Outcome::Deferred(reply),
                    "refused" => Outcome::Refused(reply),
                    "sender_refused" => Outcome::SenderRefused(reply),
                    "no_login" => Outcome::NoLogin(reply),
                    "closed" => Outcome::Closed(reply),
                    _ => return None,
                }
            }
        })
    }

    /// The same outcome with its words changed.
    pub fn reworded(&self, words: impl Fn(&str) -> String) -> Outcome {
        let reply = self.reply();
        let (code, enhanced) = (reply.map(|reply| reply.code), reply.and_then(|reply| reply.enhanced));
        Outcome::of(self.word(), code, enhanced, words(self.words())).unwrap_or_else(|| self.clone())
    }
}

/// The sentence for people, without a full stop.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Sent => f.write_str("sent"),
            Outcome::Deferred(reply) => write!(f, "put off: {reply}"),
            Outcome::Lost(words) => write!(f, "put off: {words}"),
            Outcome::Refused(reply) => write!(f, "refused for good: {reply}"),
            Outcome::Unknown(words) => write!(f, "sent, but no answer came: {words}"),
            Outcome::SenderRefused(reply) => write!(f, "the server takes no such mail from us: {reply}"),
            Outcome::NoLogin(reply) => {
                write!(f, "the mail server refuses the login: {reply}; check user and password")
            }
            Outcome::Closed(reply) => write!(f, "the mail server takes no mail now: {reply}"),
            Outcome::Withdrawn(words) => write!(f, "{words}: nothing sent"),
            Outcome::Written(folder) | Outcome::Filed(folder) => write!(f, "written to {folder}"),
            Outcome::Insecure(words)
            | Outcome::Down(words)
            | Outcome::Unmade(words)
            | Outcome::BadAddress(words) => f.write_str(words),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_is_put_together_again_from_what_it_says_of_itself() {
        let (reply, words) = (Reply::new(550, "5.1.1 no"), "gone".to_owned());
        let answered: [fn(Reply) -> Outcome; 5] =
            [Outcome::Deferred, Outcome::Refused, Outcome::SenderRefused, Outcome::NoLogin, Outcome::Closed];
        let told: [fn(String) -> Outcome; 9] = [
            Outcome::Lost,
            Outcome::Unknown,
            Outcome::Insecure,
            Outcome::Down,
            Outcome::Unmade,
            Outcome::BadAddress,
            Outcome::Withdrawn,
            Outcome::Written,
            Outcome::Filed,
        ];
        let all = answered.map(|outcome| outcome(reply.clone())).into_iter();
        let all = all.chain(told.map(|outcome| outcome(words.clone()))).chain([Outcome::Sent]);
        for outcome in all {
            assert_eq!(outcome.reworded(str::to_owned), outcome);
            let shorter = outcome.reworded(|_| String::new());
            assert_eq!((shorter.word(), shorter.words()), (outcome.word(), ""));
        }
        assert_eq!(Outcome::of("refused", None, None, words.clone()), None);
        assert_eq!(Outcome::of("sent", Some(550), None, words), None);
    }
}

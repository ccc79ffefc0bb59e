//! One message that came back to the newsletter in, what it is out: a bounce, a complaint, a request to leave, an automatic
//! reply or none of these, with the signs by which a caller tells whom it is about. Believes nothing: a sign proves
//! something only once it was verified. Never panics, whatever the bytes are.

mod bounce;
mod complaint;
mod failure;
mod head;
mod letter;
mod parts;
mod score;
#[cfg(test)]
mod tests;

use crate::text::panics::caught;
use parts::Part;

pub use failure::Failure;
pub use score::{LIMIT, Score};

/// Octets of a message that are looked at: a report stands before the message it returns.
const LARGEST: usize = 512 * 1024;

/// Most signs that are collected; each costs a caller one HMAC per reader.
const MOST_SIGNS: usize = 16;

/// What a message is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    pub kind: Kind,
    /// What may prove whom it is about, without repetition.
    pub signs: Vec<Sign>,
}

/// The kinds of message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A message to a reader could not be delivered for good: how, and the server's own words.
    Bounce { failure: Failure, words: String },
    /// A reader called a message unwanted (ARF, RFC 5965).
    Complaint,
    /// A reader asks to be mailed no more.
    Unsubscribe,
    /// Written by a machine, and nothing to act on: out of office, read receipts, delays.
    Automatic,
    /// None of these: somebody may have written it.
    Other,
}

/// What may have come from one of our own messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sign {
    /// Behind the `+` of an address this message was sent to, or of the envelope sender of the message it is about.
    Tag(String),
    /// The Message-ID of the message it is about.
    MessageId(String),
    /// As it stands in unsubscribe links.
    Token(String),
}

/// Reads a message.
pub fn read(bytes: &[u8]) -> Incoming {
    let bytes = bytes.get(..LARGEST).unwrap_or(bytes);
    let mut incoming = caught(|| kind(bytes)).unwrap_or(Incoming { kind: Kind::Other, signs: Vec::new() });
    let mut once: Vec<Sign> = Vec::new();
    for sign in incoming.signs {
        if once.len() < MOST_SIGNS && !once.contains(&sign) {
            once.push(sign);
        }
    }
    incoming.signs = once;
    incoming
}

fn kind(bytes: &[u8]) -> Incoming {
    let message = Part::read(bytes);
    let parts = message.parts();
    let addressed = head::addressed(&message);
    if let Some(found) = bounce::report(&parts).or_else(|| complaint::report(&parts)) {
        return found.signed(addressed);
    }
    if let Some(signs) = letter::unsubscribe(&message, &addressed) {
        return Incoming { kind: Kind::Unsubscribe, signs };
    }
    if let Some(found) = bounce::untyped(&message, &parts) {
        return found.signed(addressed);
    }
    let kind = if letter::is_automatic(&message) { Kind::Automatic } else { Kind::Other };
    Incoming { kind, signs: Vec::new() }
}

impl Incoming {
    /// The same with these signs before its own.
    fn signed(mut self, mut signs: Vec<Sign>) -> Incoming {
        signs.append(&mut self.signs);
        Incoming { signs, ..self }
    }
}

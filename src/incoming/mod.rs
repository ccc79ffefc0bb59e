//! One message sent back to the newsletter in, its kind out: a bounce, a complaint, a wish to leave, an automatic reply
//! or none of these, with the signs that tell the caller whom it is about. Never believes anything: a
//! sign proves something only once verified. Never panics, whatever the bytes.

mod bounce;
mod complaint;
mod failure;
mod head;
mod letter;
mod parts;
mod score;
mod sender;
#[cfg(test)]
mod tests;
mod wish;

use crate::{language::Asks, text::panics::caught};
use parts::Part;

pub use failure::Failure;
pub use score::{LIMIT, Score};
pub use sender::Sender;
pub use wish::Wish;

/// Octets of a message that are read: a report comes before the message it returns.
const LARGEST: usize = 512 * 1024;

/// The most signs collected; each costs a caller one HMAC per reader.
const MOST_SIGNS: usize = 16;

/// What a message is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    pub kind: Kind,
    /// What may prove whom it is about, without repeats.
    pub signs: Vec<Sign>,
    /// Who wrote it, by its own word.
    pub sender: Option<Sender>,
}

/// The kinds of message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A message to a reader could not be delivered at all: how it failed, and the server's own words.
    Bounce { failure: Failure, words: String },
    /// A reader marked a message as spam (ARF, RFC 5965).
    Complaint,
    /// Somebody asks to be unsubscribed: by what looks like a token, or in words of their own.
    Unsubscribe(Option<Wish>),
    /// Written by a machine, with nothing to act on: out-of-office replies, read receipts, delays.
    Automatic,
    /// None of these: a person may have written it.
    Other,
}

/// A mark that may come from one of our own messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sign {
    /// What follows the `+` in an address this message was sent to, or in the envelope sender of the message it is
    /// about.
    Tag(String),
    /// The Message-ID of the message it is about.
    MessageId(String),
    /// As found in unsubscribe links.
    Token(String),
}

/// Reads a message and tells its kind.
pub fn read(bytes: &[u8]) -> Incoming {
    let bytes = bytes.get(..LARGEST).unwrap_or(bytes);
    let mut incoming = caught(|| kind(bytes)).unwrap_or_else(|| Incoming::of(Kind::Other));
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
    let tokens = head::tokens(message.subject());
    if tokens.is_empty()
        && let Some(found) = bounce::untyped(&message, &parts)
    {
        return found.signed(addressed);
    }
    let is_automatic = letter::is_automatic(&message);
    let wish = if is_automatic { None } else { wish::wish(&message) };
    if tokens.is_empty() && wish.is_none() {
        return Incoming::of(if is_automatic { Kind::Automatic } else { Kind::Other });
    }
    // What a message answers proves something only if it asks for nothing else.
    let is_plain = wish.as_ref().is_some_and(|wish| wish.asks == Asks::Plainly);
    let answered = if is_plain { [addressed, head::answered(&message)].concat() } else { Vec::new() };
    let (signs, sender) = ([tokens, answered].concat(), sender::sender(&message));
    Incoming { kind: Kind::Unsubscribe(wish), signs, sender }
}

impl Incoming {
    /// Of a kind without signs.
    fn of(kind: Kind) -> Incoming {
        Incoming { kind, signs: Vec::new(), sender: None }
    }

    /// The same, with these signs before its own.
    fn signed(mut self, mut signs: Vec<Sign>) -> Incoming {
        signs.append(&mut self.signs);
        Incoming { signs, ..self }
    }
}

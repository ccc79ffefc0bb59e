//! A message that came back in, what was done about it out: a bounce counted, a reader who complains or
//! unsubscribes suppressed. Never acts on a sign that does not verify: anybody can write a bounce.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    super::desk::Fault,
    suppress::{Bounced, Suppressions},
};
use crate::{
    config::Config,
    incoming::{self, Incoming, Kind, Sign},
    model::Reader,
    schedule,
    store::{Cause, Store},
    token::{self, Key},
};

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// Nothing to act on; says what it is, in a few words.
    Ignored(&'static str),
    /// A report, but nothing in it proves that it is about a reader of ours.
    Unproven(&'static str),
    /// Somebody asks to unsubscribe, and nothing proves who: for the operator.
    Stranger,
    /// A bounce was counted; the reader still gets mail.
    Counted { email: String, words: String },
    /// A bounce about the newsletter, not the reader: for the operator.
    Policy { email: String, words: String },
    /// The reader is suppressed, and was not before if `is_new`.
    Suppressed { email: String, cause: Cause, words: String, is_new: bool },
}

/// Reads one message and acts on it.
///
/// # Errors
/// Those of the store; the message can be received again.
pub async fn receive(config: &Config, store: &Store, at: Timestamp, bytes: &[u8]) -> Result<Received, Fault> {
    let Incoming { kind, signs } = incoming::read(bytes);
    let without_proof = match kind {
        Kind::Automatic => return Ok(Received::Ignored("an automatic message")),
        Kind::Other => return Ok(Received::Ignored("no report and no wish to leave")),
        Kind::Bounce { .. } => Received::Unproven("a bounce"),
        Kind::Complaint => Received::Unproven("a complaint"),
        Kind::Unsubscribe => Received::Stranger,
    };
    let Some(email) = reader(config, store, &signs).await? else { return Ok(without_proof) };
    let suppressions = Suppressions::of(store).await?;
    let (cause, words) = match kind {
        Kind::Bounce { failure, words } => {
            let day = schedule::edition_date(at, &config.newsletter.timezone);
            return Ok(match suppressions.bounced(&email, failure, day, at).await? {
                Bounced::Policy => Received::Policy { email, words },
                Bounced::Counted => Received::Counted { email, words },
                Bounced::Suppressed { is_new } => {
                    Received::Suppressed { email, cause: Cause::Bounced, words, is_new }
                }
            });
        }
        Kind::Complaint => (Cause::Complained, "called it unwanted"),
        _ => (Cause::Unsubscribed, "asked to leave"),
    };
    let is_new = suppressions.suppress(&email, cause, at).await?;
    Ok(Received::Suppressed { email, cause, words: words.to_owned(), is_new })
}

/// The reader, present or former, for whom one of the signs was made.
async fn reader(config: &Config, store: &Store, signs: &[Sign]) -> Result<Option<String>, Fault> {
    if signs.is_empty() {
        return Ok(None);
    }
    let key = Key::new(&store.identity().await?.secret);
    let configured = config.readers.iter().map(|reader| reader.email.clone());
    let readers = store.addressees().await?.into_iter().chain(configured);
    let known: BTreeMap<String, String> = readers.map(|email| (Reader::key(&email), email)).collect();
    let is_of = |email: &str| {
        signs.iter().any(|sign| match sign {
            Sign::Tag(tag) => token::verify_tag(&key, email, tag),
            Sign::MessageId(id) => token::verify_message_id(&key, email, id),
            Sign::Token(token) => token::verify(&key, email, token),
        })
    };
    Ok(known.into_values().find(|email| is_of(email)))
}

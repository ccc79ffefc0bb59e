//! A message that came back in, what was done about it out: a bounce counted, a reader who complains or
//! unsubscribes suppressed. Never acts on a sign that does not verify: anybody can write a bounce, and sign it with anybody's
//! address.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    super::desk::Fault,
    suppress::{Bounced, Suppressions},
};
use crate::{
    config::Config,
    incoming::{self, Incoming, Kind, Sender, Sign},
    language::Asks,
    mailer,
    model::Reader,
    schedule,
    store::{Cause, Store, Wish},
    token::{self, Key},
};

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// Nothing to act on; says what it is, in a few words.
    Ignored(&'static str),
    /// A report, but nothing in it proves that it is about a reader of ours.
    Unproven(&'static str),
    /// Somebody asks to leave, and nothing proves who: kept for the operator.
    Wish { email: String, is_readers: bool },
    /// The same without an address to keep.
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
    let Incoming { kind, signs, sender } = incoming::read(bytes);
    let without_proof = match &kind {
        Kind::Automatic => return Ok(Received::Ignored("an automatic message")),
        Kind::Other => return Ok(Received::Ignored("no report and no wish to leave")),
        Kind::Bounce { .. } => Received::Unproven("a bounce"),
        Kind::Complaint => Received::Unproven("a complaint"),
        Kind::Unsubscribe(_) => Received::Stranger,
    };
    let email = match (reader(config, store, &signs).await?, &kind, &sender) {
        (Some(email), ..) => email,
        (None, Kind::Unsubscribe(Some(wish)), Some(sender)) => {
            match proven_sender(config, store, wish, sender).await? {
                Ok(email) => email,
                Err(None) => return Ok(without_proof),
                Err(Some((email, is_readers))) => {
                    let words = wish.words.clone();
                    store.keep_wish(&Wish { email: email.clone(), is_readers, since: at, words }).await?;
                    return Ok(Received::Wish { email, is_readers });
                }
            }
        }
        _ => return Ok(without_proof),
    };
    let suppressions = Suppressions::of(store).await?;
    let asker = sender.as_ref().map(|sender| sender.address.as_str());
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
        Kind::Complaint => (Cause::Complained, "called it unwanted".to_owned()),
        _ => (Cause::Unsubscribed, asked(&email, asker)),
    };
    let is_new = suppressions.suppress(&email, cause, at).await?;
    Ok(Received::Suppressed { email, cause, words, is_new })
}

/// What is said of a wish to leave. The token in it counts whoever sends it, for readers write from other addresses than the
/// one that is mailed; but it stands in every copy that a reader forwards.
fn asked(email: &str, asker: Option<&str>) -> String {
    match asker.filter(|asker| Reader::key(asker) != Reader::key(email)) {
        Some(asker) => format!(
            "asked to leave by a mail from {asker} (if who wrote it was forwarded a copy, `reveille recipients restore` takes it back)"
        ),
        None => "asked to leave".to_owned(),
    }
}

/// The reader who wrote a plain wish to leave, if our mail server vouches for that. Else who wrote it by their own word, if
/// that is an address, and whether it is a reader's.
async fn proven_sender(
    config: &Config,
    store: &Store,
    wish: &incoming::Wish,
    sender: &Sender,
) -> Result<Result<String, Option<(String, bool)>>, Fault> {
    let Ok(email) = mailer::address(&sender.address) else { return Ok(Err(None)) };
    let email = Reader::key(email.as_ref());
    let is_readers = known(config, store).await?.contains_key(&email);
    let server = config.mail.authenticated_by.as_deref();
    let is_vouched_for = server.is_some_and(|server| sender.is_vouched_for_by(server));
    let is_proven = is_readers && is_vouched_for && wish.asks == Asks::Plainly;
    Ok(if is_proven { Ok(email) } else { Err(Some((email, is_readers))) })
}

/// The readers, present and former, by their addresses in lower case.
async fn known(config: &Config, store: &Store) -> Result<BTreeMap<String, String>, Fault> {
    let configured = config.readers.iter().map(|reader| reader.email.clone());
    let readers = store.addressees().await?.into_iter().chain(configured);
    Ok(readers.map(|email| (Reader::key(&email), email)).collect())
}

/// The reader, present or former, for whom one of the signs was made.
async fn reader(config: &Config, store: &Store, signs: &[Sign]) -> Result<Option<String>, Fault> {
    if signs.is_empty() {
        return Ok(None);
    }
    let key = Key::new(&store.identity().await?.secret);
    let known = known(config, store).await?;
    let is_of = |email: &str| {
        signs.iter().any(|sign| match sign {
            Sign::Tag(tag) => token::verify_tag(&key, email, tag),
            Sign::MessageId(id) => token::verify_message_id(&key, email, id),
            Sign::Token(token) => token::verify(&key, email, token),
        })
    };
    Ok(known.into_values().find(|email| is_of(email)))
}

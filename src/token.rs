//! A state's secret and an address in, signed names for a reader out: a fixed-length token, an envelope tag, a
//! Message-ID or a pseudonym. They hang on nothing that an editor may change: no title, sender or folder. Never
//! holds an address in clear, never reads a clock, never keeps state.

use std::fmt;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{Timestamp, civil::Date};
use sha2::Sha256;

use crate::model::Reader;

/// First byte of every token; what follows is HMAC-SHA256, truncated to [`SIGNATURE`] bytes.
const VERSION: u8 = 1;

/// Length of a secret in bytes.
const SECRET: usize = 32;

/// Bytes kept of the HMAC: 160 bits, above the 128 that RFC 2104 section 5 asks for.
const SIGNATURE: usize = 20;

/// Length of every token in characters: 21 bytes as base64url, which needs no padding.
const TOKEN_LENGTH: usize = (1 + SIGNATURE) / 3 * 4;

/// Bytes kept of the HMAC in the tag of an envelope sender: 152 bits, so that version and signature fill whole
/// groups.
const TAG_SIGNATURE: usize = 19;

/// Length of such a tag in characters: 20 bytes in base32. Half of the 64 a local part may have (RFC 5321 section
/// 4.5.3.1.1).
pub const TAG_LENGTH: usize = (1 + TAG_SIGNATURE) / 5 * 8;

/// The digits of base32 (RFC 4648 section 6), in lower case: mail servers may change the case of a local part.
const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The block of SHA-256 in bytes, to which HMAC fills up a shorter key with zeros (RFC 2104 section 2).
const BLOCK: usize = 64;

/// Signed along with the reader, so that nothing else made with the key passes for a token.
const UNSUBSCRIBE: &str = "unsubscribe";
const ENVELOPE: &str = "envelope";
const MESSAGE_ID: &str = "message-id";
const TRIAL: &str = "trial";
const PSEUDONYM: &str = "pseudonym";

/// The signing secret. All users of a store must share it; otherwise links in mails already sent stop working.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

impl Key {
    /// The key made from a secret.
    pub fn new(secret: &[u8; SECRET]) -> Key {
        let mut block = [0; BLOCK];
        block[..SECRET].copy_from_slice(secret);
        Key(Hmac::new(&block.into()))
    }

    /// The HMAC over `parts`, each preceded by its length so that no two lists give the same one.
    fn sign(&self, parts: &[&str]) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(secret)")
    }
}

/// The token with which the reader at `email` unsubscribes: 28 characters of `A-Z a-z 0-9 - _`, always the same,
/// however the address is capitalised.
pub fn issue(key: &Key, email: &str) -> String {
    let signature = key.sign(&[UNSUBSCRIBE, &Reader::key(email)]).finalize().into_bytes();
    let token: Vec<u8> = std::iter::once(VERSION).chain(signature.into_iter().take(SIGNATURE)).collect();
    BASE64_URL_SAFE_NO_PAD.encode(token)
}

/// Whether `token` was issued with this key for exactly this reader. Compares in constant time; a malformed token
/// counts as a wrong one.
pub fn verify(key: &Key, email: &str, token: &str) -> bool {
    if token.len() != TOKEN_LENGTH {
        return false;
    }
    let Ok(bytes) = BASE64_URL_SAFE_NO_PAD.decode(token) else { return false };
    let Some((&VERSION, signature)) = bytes.split_first() else { return false };
    let expected = key.sign(&[UNSUBSCRIBE, &Reader::key(email)]);
    signature.len() == SIGNATURE && expected.verify_truncated_left(signature).is_ok()
}

/// The Message-ID (RFC 5322 section 3.6.4), angle brackets included, of one edition to one reader: the same at every
/// attempt, so that a receiver who already has the message can drop a second copy.
pub fn message_id(key: &Key, edition: Date, email: &str, sender_domain: &str) -> String {
    named_id(key, MESSAGE_ID, &edition.to_string(), email, sender_domain)
}

/// The Message-ID of a copy of an edition requested at this moment, to the second. It differs from the original's,
/// because receivers drop a message whose Message-ID they have seen; it is the same at every attempt at this copy.
pub fn copy_id(key: &Key, edition: Date, asked_at: Timestamp, email: &str, sender_domain: &str) -> String {
    named_id(key, MESSAGE_ID, &copy_name(edition, asked_at), email, sender_domain)
}

/// The Message-ID of a test message mailed at this moment. It is nobody's sign: a test is no delivery.
pub fn trial_id(key: &Key, edition: Date, mailed_at: Timestamp, email: &str, sender_domain: &str) -> String {
    named_id(key, TRIAL, &copy_name(edition, mailed_at), email, sender_domain)
}

fn copy_name(edition: Date, asked_at: Timestamp) -> String {
    format!("{edition}-{}", asked_at.as_second())
}

fn named_id(key: &Key, purpose: &str, name: &str, email: &str, sender_domain: &str) -> String {
    let signature = key.sign(&[purpose, name, &Reader::key(email)]).finalize();
    let signature = hex(signature.into_bytes().get(..SIGNATURE).unwrap_or_default());
    format!("<{name}.{signature}@{sender_domain}>")
}

/// Whether `id`, with or without angle brackets, is the Message-ID of some edition, or of a copy of one, to exactly
/// this reader, whatever domain it was sent from. Compares in constant time.
pub fn verify_message_id(key: &Key, email: &str, id: &str) -> bool {
    let name = id.trim_matches(['<', '>']).split_once('@').map_or("", |(name, _)| name);
    let Some((message, signature)) = name.split_once('.') else { return false };
    let Some(signature) = from_hex(signature).filter(|bytes| bytes.len() == SIGNATURE) else { return false };
    let expected = key.sign(&[MESSAGE_ID, message, &Reader::key(email)]);
    expected.verify_truncated_left(&signature).is_ok()
}

/// Identifies the reader at `email` in the envelope sender (VERP), so that a bounce tells whom it is about: [`TAG_LENGTH`] characters of `a-z 2-7`, the same for every edition.
pub fn tag(key: &Key, email: &str) -> String {
    let signature = key.sign(&[ENVELOPE, &Reader::key(email)]).finalize().into_bytes();
    let tag: Vec<u8> = std::iter::once(VERSION).chain(signature.into_iter().take(TAG_SIGNATURE)).collect();
    base32(&tag)
}

/// Whether `tag`, in either case, was made with this key for exactly this reader. Compares in constant time.
pub fn verify_tag(key: &Key, email: &str, tag: &str) -> bool {
    let Some(bytes) = from_base32(tag) else { return false };
    let Some((&VERSION, signature)) = bytes.split_first() else { return false };
    let expected = key.sign(&[ENVELOPE, &Reader::key(email)]);
    signature.len() == TAG_SIGNATURE && expected.verify_truncated_left(signature).is_ok()
}

/// Replaces an address where the address itself must not be kept: 64 hexadecimal digits that only the holder of the
/// key can match to it.
pub fn pseudonym(key: &Key, email: &str) -> String {
    hex(&key.sign(&[PSEUDONYM, &Reader::key(email)]).finalize().into_bytes())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    text.as_bytes().chunks(2).map(|two| Some(digit(two.first()?)? << 4 | digit(two.get(1)?)?)).collect()
}

/// Encodes whole groups of five bytes as eight digits each.
fn base32(bytes: &[u8]) -> String {
    let group = |five: &[u8]| five.iter().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
    let digit =
        |bits: u64, place: u32| char::from(DIGITS[usize::try_from(bits >> (5 * place) & 31).unwrap_or(0)]);
    let digits = |five| (0..8).rev().map(move |place| digit(group(five), place));
    bytes.chunks_exact(5).flat_map(digits).collect()
}

/// The bytes of a tag; none if its length or digits are wrong.
fn from_base32(text: &str) -> Option<Vec<u8>> {
    if text.len() != TAG_LENGTH {
        return None;
    }
    let value = |digit: &u8| DIGITS.iter().position(|known| known.eq_ignore_ascii_case(digit));
    let mut bytes = Vec::with_capacity(1 + TAG_SIGNATURE);
    for eight in text.as_bytes().chunks_exact(8) {
        let bits = eight.iter().try_fold(0_u64, |bits, digit| Some(bits << 5 | value(digit)? as u64))?;
        bytes.extend(bits.to_be_bytes().into_iter().skip(3));
    }
    Some(bytes)
}

#[cfg(test)]
mod tests;

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
mod tests {
    use jiff::civil::date;

    use super::*;

    fn key() -> Key {
        Key::new(&[7; SECRET])
    }

    fn token() -> String {
        issue(&key(), "ann@example.net")
    }

    #[test]
    fn a_token_has_a_fixed_length_and_holds_no_address() {
        let short = token();
        let long = issue(&key(), &format!("{}@example.net", "a".repeat(60)));
        assert_eq!((short.len(), long.len()), (TOKEN_LENGTH, TOKEN_LENGTH));
        assert!(short.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{short}");
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(&short).expect("base64url");
        assert_eq!(bytes.first(), Some(&VERSION));
        assert!(!bytes.windows(3).any(|three| three == b"ann"));
    }

    #[test]
    fn a_token_is_good_for_its_key_and_reader_only() {
        let token = token();
        assert!(verify(&key(), "Ann@Example.net", &token));
        assert!(!verify(&key(), "bob@example.net", &token));
        let other = Key::new(&[8; SECRET]);
        assert!(!verify(&other, "ann@example.net", &token));
    }

    #[test]
    fn a_bent_token_is_refused() {
        let good = token();
        let later_version = format!("Ag{}", &good[2..]);
        let last_changed = format!("{}{}", &good[..27], if good.ends_with('A') { 'B' } else { 'A' });
        for bad in
            ["", "é", "AQ==", &good[1..], &format!("{good}A"), &later_version, &last_changed, &"é".repeat(14)]
        {
            assert!(!verify(&key(), "ann@example.net", bad), "{bad}");
        }
    }

    #[test]
    fn parts_cannot_be_shifted_into_each_other() {
        let signed = |parts: &[&str]| key().sign(parts).finalize().into_bytes();
        assert_ne!(signed(&["ab", "c@example.net"]), signed(&["a", "bc@example.net"]));
    }

    #[test]
    fn a_key_is_never_printed_and_is_filled_up_as_the_rfc_says() {
        assert_eq!(format!("{:?}", key()), "Key(secret)");
        let same = Key(Hmac::new_from_slice(&[7; SECRET]).expect("of any length"));
        assert_eq!(pseudonym(&same, "ann@example.net"), pseudonym(&key(), "ann@example.net"));
    }

    #[test]
    fn a_message_id_is_stable_and_differs_by_day_and_reader() {
        let id = |day: i8, email: &str| message_id(&key(), date(2026, 11, day), email, "news.example.com");
        assert_eq!(id(22, "ann@example.net"), id(22, "ANN@example.net"));
        assert_ne!(id(22, "ann@example.net"), id(23, "ann@example.net"));
        assert_ne!(id(22, "ann@example.net"), id(22, "bob@example.net"));
        let sample = id(22, "ann@example.net");
        assert!(sample.starts_with("<2026-11-22.") && sample.ends_with("@news.example.com>"), "{sample}");
        assert!(!sample.contains("ann"));
    }

    #[test]
    fn a_tag_fits_a_local_part_and_survives_a_change_of_case() {
        let tag = tag(&key(), "Ann@example.net");
        assert!(tag.len() == TAG_LENGTH && tag.bytes().all(|b| DIGITS.contains(&b)), "{tag}");
        let verified = |email: &str, tag: &str| verify_tag(&key(), email, tag);
        assert!(verified("ann@example.net", &tag) && verified("ann@example.net", &tag.to_uppercase()));
        assert!(!verified("bob@example.net", &tag));
        let later_version = format!("b{}", &tag[1..]);
        let last_changed = format!("{}{}", &tag[..31], if tag.ends_with('a') { 'b' } else { 'a' });
        for bad in [
            "",
            &tag[1..],
            &format!("{tag}a"),
            &later_version,
            &last_changed,
            &"1".repeat(32),
            &"é".repeat(16),
        ] {
            assert!(!verified("ann@example.net", bad), "{bad}");
        }
    }

    #[test]
    fn base32_is_that_of_the_rfc() {
        assert_eq!(base32(b"foobarfoob"), "mzxw6ytbojtg633c");
        assert_eq!(from_base32(&base32(&[0xa5; 20])), Some(vec![0xa5; 20]));
    }

    #[test]
    fn a_message_id_is_known_again_for_its_reader_only() {
        let id = message_id(&key(), date(2026, 11, 22), "ann@example.net", "news.example.com");
        let known = |email: &str, id: &str| verify_message_id(&key(), email, id);
        assert!(known("ANN@example.net", &id) && known("ann@example.net", id.trim_matches(['<', '>'])));
        assert!(!known("bob@example.net", &id) && !known("ann@example.net", &id.replace("11-22", "11-23")));
        for bad in ["", "<>", "<a@b>", "<2026-11-22.@b>", "<2026-11-22.zz@b>", "<2026-11-22.é@b>", &id[..30]]
        {
            assert!(!known("ann@example.net", bad), "{bad}");
        }
    }

    #[test]
    fn a_copy_has_a_message_id_of_its_own_that_is_known_again() {
        let (key, day, asked_at) = (key(), date(2026, 11, 22), Timestamp::UNIX_EPOCH);
        let copy = |email: &str, second: i64| {
            let asked_at = asked_at + jiff::SignedDuration::from_secs(second);
            copy_id(&key, day, asked_at, email, "news.example.com")
        };
        let own = message_id(&key, day, "ann@example.net", "news.example.com");
        let first = copy("ann@example.net", 0);
        assert_eq!(first, copy("Ann@example.net", 0));
        assert!(first != own && first != copy("ann@example.net", 1) && first != copy("bob@example.net", 0));
        assert!(verify_message_id(&key, "ann@example.net", &first));
        assert!(!verify_message_id(&key, "bob@example.net", &first));
        let moved = first.replace("news.example.com", "letters.example.org");
        assert!(verify_message_id(&key, "ann@example.net", &moved), "the domain may change");
        let trial = trial_id(&key, day, asked_at, "ann@example.net", "news.example.com");
        assert!(!verify_message_id(&key, "ann@example.net", &trial), "a test is no delivery");
    }

    #[test]
    fn a_pseudonym_is_one_for_an_address_and_unlike_everything_else() {
        let name = pseudonym(&key(), "ann@example.net");
        assert_eq!((name.len(), &name), (64, &pseudonym(&key(), "Ann@Example.net")));
        assert_ne!(name, pseudonym(&key(), "bob@example.net"));
        let other = Key::new(&[8; SECRET]);
        assert_ne!(name, pseudonym(&other, "ann@example.net"));
    }
}

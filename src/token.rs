//! Signed names for a reader: a secret key, a newsletter and an address in, a fixed-length token or a Message-ID out.
//! Never holds an address in clear, never reads a clock, never keeps state.

use std::fmt;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use jiff::civil::Date;
use sha2::Sha256;

/// First byte of every token: what follows is HMAC-SHA256, cut to [`SIGNATURE`] bytes.
const VERSION: u8 = 1;

/// Bytes kept of the HMAC: 160 bits, above the 128 that RFC 2104 section 5 asks for.
const SIGNATURE: usize = 20;

/// Characters of every token: 21 bytes as base64url, which need no padding.
const TOKEN_LENGTH: usize = (1 + SIGNATURE) / 3 * 4;

/// Shortest secret that is taken, in bytes.
const SHORTEST_SECRET: usize = 16;

/// What is signed besides newsletter and reader, so that nothing else made with the key passes for a token.
const UNSUBSCRIBE: &str = "unsubscribe";

/// The secret that signs. Whoever shares a store must share it, else links in mails sent before stop working.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

/// Why a secret cannot be used as a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the secret that signs unsubscribe links has {given} bytes: give it {SHORTEST_SECRET} random bytes or more"
)]
pub struct WeakSecret {
    given: usize,
}

impl Key {
    /// A key from a secret of any length from 16 bytes up.
    pub fn new(secret: &[u8]) -> Result<Key, WeakSecret> {
        let weak = WeakSecret { given: secret.len() };
        if secret.len() < SHORTEST_SECRET {
            return Err(weak);
        }
        Hmac::new_from_slice(secret).map(Key).map_err(|_| weak)
    }

    /// The HMAC over `parts`, each preceded by its length so that no two lists of parts sign alike.
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

/// The token by which the reader at `email` leaves `newsletter`: 28 characters of `A-Z a-z 0-9 - _`, the same whenever
/// it is asked for and however the address is capitalised.
pub fn issue(key: &Key, newsletter: &str, email: &str) -> String {
    let signature = key.sign(&[UNSUBSCRIBE, newsletter, &email.to_lowercase()]).finalize().into_bytes();
    let token: Vec<u8> = std::iter::once(VERSION).chain(signature.into_iter().take(SIGNATURE)).collect();
    BASE64_URL_SAFE_NO_PAD.encode(token)
}

/// Whether `token` was issued for just this newsletter and reader. Compares in constant time; a malformed
/// token is answered like a wrong one.
pub fn verify(key: &Key, newsletter: &str, email: &str, token: &str) -> bool {
    if token.len() != TOKEN_LENGTH {
        return false;
    }
    let Ok(bytes) = BASE64_URL_SAFE_NO_PAD.decode(token) else { return false };
    let Some((&VERSION, signature)) = bytes.split_first() else { return false };
    let expected = key.sign(&[UNSUBSCRIBE, newsletter, &email.to_lowercase()]);
    signature.len() == SIGNATURE && expected.verify_truncated_left(signature).is_ok()
}

/// The Message-ID (RFC 5322 section 3.6.4), angle brackets included, of one edition to one reader: the same at every
/// attempt, so that a receiver who already has the message can drop a second copy.
pub fn message_id(key: &Key, newsletter: &str, edition: Date, email: &str, from_domain: &str) -> String {
    let signature =
        key.sign(&["message-id", newsletter, &edition.to_string(), &email.to_lowercase()]).finalize();
    let name: String =
        signature.into_bytes().iter().take(SIGNATURE).map(|byte| format!("{byte:02x}")).collect();
    format!("<{edition}.{name}@{from_domain}>")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn key() -> Key {
        Key::new(b"sixteen bytes or more").expect("long enough")
    }

    fn token() -> String {
        issue(&key(), "Harbour Post", "ann@example.net")
    }

    #[test]
    fn a_token_has_a_fixed_length_and_holds_no_address() {
        let short = token();
        let long = issue(&key(), "Harbour Post", &format!("{}@example.net", "a".repeat(60)));
        assert_eq!((short.len(), long.len()), (TOKEN_LENGTH, TOKEN_LENGTH));
        assert!(short.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{short}");
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(&short).expect("base64url");
        assert_eq!(bytes.first(), Some(&VERSION));
        assert!(!bytes.windows(3).any(|three| three == b"ann"));
    }

    #[test]
    fn a_token_is_good_for_its_newsletter_and_reader_only() {
        let token = token();
        assert!(verify(&key(), "Harbour Post", "Ann@Example.net", &token));
        assert!(!verify(&key(), "Valley Post", "ann@example.net", &token));
        assert!(!verify(&key(), "Harbour Post", "bob@example.net", &token));
        let other = Key::new(b"another secret, long enough").expect("long enough");
        assert!(!verify(&other, "Harbour Post", "ann@example.net", &token));
    }

    #[test]
    fn a_bent_token_is_refused() {
        let good = token();
        let later_version = format!("Ag{}", &good[2..]);
        let last_changed = format!("{}{}", &good[..27], if good.ends_with('A') { 'B' } else { 'A' });
        for bad in
            ["", "é", "AQ==", &good[1..], &format!("{good}A"), &later_version, &last_changed, &"é".repeat(14)]
        {
            assert!(!verify(&key(), "Harbour Post", "ann@example.net", bad), "{bad}");
        }
    }

    #[test]
    fn parts_cannot_be_shifted_into_each_other() {
        let one = issue(&key(), "ab", "c@example.net");
        let other = issue(&key(), "a", "bc@example.net");
        assert_ne!(one, other);
    }

    #[test]
    fn a_short_secret_is_refused_and_a_key_never_printed() {
        assert_eq!(Key::new(b"short").map(|_| ()), Err(WeakSecret { given: 5 }));
        assert_eq!(format!("{:?}", key()), "Key(secret)");
    }

    #[test]
    fn a_message_id_is_stable_and_differs_by_day_and_reader() {
        let id = |day: i8, email: &str| {
            message_id(&key(), "Harbour Post", date(2026, 11, day), email, "news.example.com")
        };
        assert_eq!(id(22, "ann@example.net"), id(22, "ANN@example.net"));
        assert_ne!(id(22, "ann@example.net"), id(23, "ann@example.net"));
        assert_ne!(id(22, "ann@example.net"), id(22, "bob@example.net"));
        let sample = id(22, "ann@example.net");
        assert!(sample.starts_with("<2026-11-22.") && sample.ends_with("@news.example.com>"), "{sample}");
        assert!(!sample.contains("ann"));
    }
}

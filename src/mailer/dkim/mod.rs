//! DKIM signatures (RFC 6376, RFC 8463): a key and the bytes of a message in, the same message with its signature on
//! top out. The same key, message and time give the same bytes. Never shows the private half of a key.

mod canonical;
mod key;
#[cfg(test)]
mod tests;

use base64::{Engine, prelude::BASE64_STANDARD};
use jiff::Timestamp;

pub use key::{Key, KeyError, Kind};

use super::header::Head;

/// The headers that are signed where the message has them: what readers see, and what their programs act on. RFC 6376
/// section 5.4.1; the two of RFC 8058 section 4 among them.
const SIGNED: [&str; 14] = [
    "From",
    "Reply-To",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "List-Help",
    "List-Archive",
    "Auto-Submitted",
];

/// The headers that are signed once more than they occur, so that one put on top of the message breaks the signature
/// (RFC 6376 section 8.15): those that readers see or click on.
const ONLY_ONCE: [&str; 8] = [
    "From",
    "Reply-To",
    "To",
    "Subject",
    "Date",
    "Content-Type",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
];

/// Characters of the signature on one line.
const LINE: usize = 72;

/// Who signs: a domain, the name of one of its keys, and the key.
#[derive(Debug)]
pub struct Signer {
    key: Key,
    domain: String,
    selector: String,
}

/// Why a message could not be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the message cannot be signed with the DKIM key")]
pub struct Unsigned;

impl Signer {
    /// Signs for `domain`, in ASCII, with the key it publishes as `selector`.
    pub fn new(key: Key, domain: &str, selector: &str) -> Signer {
        Signer { key, domain: domain.to_ascii_lowercase(), selector: selector.to_ascii_lowercase() }
    }

    /// The key that signs.
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// The domain that answers for the messages.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The name of its key.
    pub fn selector(&self) -> &str {
        &self.selector
    }

    /// `message` with a signature made at `at` as its first header. Both canonicalisations are "relaxed"; the whole
    /// body is signed (no `l=`, RFC 6376 section 8.2).
    ///
    /// # Errors
    /// When the cryptography fails, as it does without memory.
    pub fn sign(&self, message: &[u8], at: Timestamp) -> Result<Vec<u8>, Unsigned> {
        let (head, body) = canonical::split(message);
        let headers = canonical::headers(head);
        let mut names: Vec<&str> = Vec::new();
        let mut signed: Vec<u8> = Vec::new();
        for name in SIGNED {
            // From the bottom up, as verifiers take them (section 5.4.2).
            for (_, line) in headers.iter().rev().filter(|(own, _)| own.eq_ignore_ascii_case(name)) {
                names.push(name);
                signed.extend_from_slice(line);
                signed.extend_from_slice(b"\r\n");
            }
            if ONLY_ONCE.contains(&name) {
                names.push(name);
            }
        }
        let unsigned = self.header(&names, &BASE64_STANDARD.encode(canonical::body_hash(body)), at);
        let own = canonical::headers(unsigned.as_bytes());
        signed.extend(own.into_iter().flat_map(|(_, line)| line));

        let signature = BASE64_STANDARD.encode(self.key.sign(&signed).map_err(|_| Unsigned)?);
        let mut bytes = Vec::with_capacity(message.len() + unsigned.len() + signature.len() + 32);
        bytes.extend_from_slice(unsigned.trim_end().as_bytes());
        for line in signature.as_bytes().chunks(LINE) {
            bytes.extend_from_slice(b"\r\n ");
            bytes.extend_from_slice(line);
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(message);
        Ok(bytes)
    }

    /// The header that holds the signature, the signature itself still empty.
    fn header(&self, names: &[&str], body_hash: &str, at: Timestamp) -> String {
        let last = names.len().saturating_sub(1);
        let mut tags = vec![
            "v=1;".to_owned(),
            format!("a={}-sha256;", self.key.kind().name()),
            "c=relaxed/relaxed;".to_owned(),
            format!("d={};", self.domain),
            format!("s={};", self.selector),
            format!("t={};", at.as_second()),
        ];
        tags.extend(names.iter().enumerate().map(|(place, name)| {
            let (before, after) = (if place == 0 { "h=" } else { "" }, if place == last { ";" } else { ":" });
            format!("{before}{name}{after}")
        }));
        tags.push(format!("bh={body_hash};"));
        tags.push("b=".to_owned());
        let mut head = Head::default();
        head.line("DKIM-Signature", &tags);
        head.into_string()
    }
}

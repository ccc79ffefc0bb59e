//! `[mail.dkim]` in, the key file that signs the mail and where its public half is published out. The key
//! itself never leaves its file.

use std::{fs, path::PathBuf};

use serde::{Deserialize, Deserializer, de::Error as _};

use super::{Error, trust};
use crate::mailer::dkim::{Key, Signer};

/// How the mail is signed. The key is read when mail is made, so that a preview needs no secret.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dkim {
    /// A PEM file with an RSA or Ed25519 key. Absolute once the configuration is loaded.
    pub key_file: PathBuf,
    /// The name of the key below `_domainkey.` of the domain. Default: reveille.
    #[serde(default = "selector", deserialize_with = "name")]
    pub selector: String,
    /// The domain that signs; that of `from` when absent.
    #[serde(default, deserialize_with = "some_name")]
    pub domain: Option<String>,
}

/// The default selector.
pub fn selector() -> String {
    "reveille".to_owned()
}

impl Dkim {
    /// What signs the mail of a sender at the domain `from`.
    ///
    /// # Errors
    /// The file cannot be read, or holds no usable key; its content is never repeated.
    pub fn signer(&self, from: &str) -> Result<Signer, Error> {
        let unusable = |why: String| Error::Key { path: self.key_file.clone(), why };
        trust::check(&self.key_file)?;
        let text = fs::read(&self.key_file).map_err(|error| unusable(error.to_string()))?;
        let key = Key::from_pem(&text).map_err(|error| unusable(error.to_string()))?;
        Ok(Signer::new(key, self.domain.as_deref().unwrap_or(from), &self.selector))
    }
}

/// A domain name, or a part of one, in ASCII and lower case: labels of letters, digits, `-` and `_` (RFC 6376 section
/// 3.1).
pub fn parse_name(text: &str) -> Result<String, String> {
    let ascii = idna::domain_to_ascii(text.trim()).unwrap_or_default();
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    match ascii.len() <= 200 && ascii.split('.').all(is_label) {
        true => Ok(ascii),
        false => Err(format!("`{text}` cannot be part of a domain name\nwrite letters, digits and hyphens")),
    }
}

fn name<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    parse_name(&String::deserialize(from)?).map_err(D::Error::custom)
}

fn some_name<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    name(from).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(key_file: PathBuf) -> Dkim {
        Dkim { key_file, selector: selector(), domain: None }
    }

    #[test]
    fn a_key_that_cannot_sign_is_refused_without_showing_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("dkim.pem");
        let said = || settings(file.clone()).signer("news.example").map(drop).unwrap_err().to_string();
        assert!(said().contains("dkim.pem") && said().contains("No such file"), "{}", said());
        for (text, why) in [
            ("", "no private key"),
            ("hunter2hunter2", "no private key"),
            ("-----BEGIN PUBLIC KEY-----\nhunter2\n-----END PUBLIC KEY-----\n", "public half"),
            (
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nhunter2\n-----END ENCRYPTED PRIVATE KEY-----\n",
                "passphrase",
            ),
            ("-----BEGIN PRIVATE KEY-----\naHVudGVyMg==\n-----END PRIVATE KEY-----\n", "damaged"),
        ] {
            fs::write(&file, text).unwrap();
            assert!(said().contains(why), "{text}: {}", said());
            assert!(!said().contains("hunter2") && !said().contains("aHVudGVyMg"));
        }
    }

    #[test]
    fn names_are_kept_in_ascii() {
        assert_eq!(parse_name("Bücher.Example").as_deref(), Ok("xn--bcher-kva.example"));
        assert_eq!(parse_name("s2026._x").as_deref(), Ok("s2026._x"));
        for bad in ["", "a b", "a;b", "a..b", ".", "a\r\nb", &"a".repeat(64), &"a.".repeat(101)] {
            assert!(parse_name(bad).is_err(), "{bad:?}");
        }
    }
}

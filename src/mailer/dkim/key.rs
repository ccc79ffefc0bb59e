//! The key behind a DKIM signature: PEM text in, signatures and the public half out. Its private half is never shown.

use std::{fmt, str::FromStr};

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der},
    error::Unspecified,
    rand::SystemRandom,
    rsa::{self, KeySize},
    signature::{Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, pem::PemObject};

/// Octets of the longest modulus that every verifier takes: 4096 bits (RFC 8301 section 3.2).
const LONGEST_MODULUS: usize = 512;

/// Characters on a line of a PEM file (RFC 7468 section 2).
const PEM_LINE: usize = 64;

/// The kinds of keys that DKIM knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 2048 to 4096 bits. What every verifier takes.
    Rsa,
    /// RFC 8463. Short and fast, but several large providers do not look at it.
    Ed25519,
}

impl Kind {
    /// As it stands in signatures and DNS records.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Rsa => "rsa",
            Kind::Ed25519 => "ed25519",
        }
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(name: &str) -> Result<Kind, String> {
        [Kind::Rsa, Kind::Ed25519]
            .into_iter()
            .find(|kind| kind.name() == name)
            .ok_or_else(|| "the kinds are rsa and ed25519".to_owned())
    }
}

/// A private key, and its public half.
pub struct Key {
    pair: Pair,
    public: String,
}

enum Pair {
    Rsa(rsa::KeyPair),
    Ed25519(Ed25519KeyPair),
}

/// Why a file is no key to sign with. None of these repeats what the file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("it holds the public half only: the private one is needed, which begins with BEGIN PRIVATE KEY")]
    Public,
    #[error("the key in it is locked by a passphrase: unlock it with `openssl pkey -in FILE -out NEW`")]
    Locked,
    #[error(
        "it holds no private key in PEM form, which begins with BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY"
    )]
    NoKey,
    #[error("the key in it is damaged, or neither RSA nor Ed25519")]
    Unknown,
    /// RFC 8301 section 3.2 lets verifiers refuse anything below 1024 bits and asks signers for 2048.
    #[error(
        "the RSA key in it is below 2048 bits, which receivers distrust: make one with `reveille dkim new`"
    )]
    Short,
    #[error("the RSA key in it is above 4096 bits, which receivers need not take: use one of 2048")]
    Long,
}

impl Key {
    /// Reads the first private key of a PEM text: PKCS #8 or, for RSA, PKCS #1.
    ///
    /// # Errors
    /// When it holds none that can sign.
    pub fn from_pem(text: &[u8]) -> Result<Key, KeyError> {
        let pair = match PrivateKeyDer::from_pem_slice(text) {
            Ok(PrivateKeyDer::Pkcs1(der)) => rsa(rsa::KeyPair::from_der(der.secret_pkcs1_der())),
            Ok(PrivateKeyDer::Pkcs8(der)) => {
                match Ed25519KeyPair::from_pkcs8_maybe_unchecked(der.secret_pkcs8_der()) {
                    Ok(pair) => Ok(Pair::Ed25519(pair)),
                    Err(_) => rsa(rsa::KeyPair::from_pkcs8(der.secret_pkcs8_der())),
                }
            }
            Ok(_) => Err(KeyError::Unknown),
            Err(_) => Err(no_key(&String::from_utf8_lossy(text))),
        };
        Key::of(pair?).map_err(|Unspecified| KeyError::Unknown)
    }

    /// Makes a new key, an RSA key of 2048 bits, with the randomness of the cryptographic library.
    ///
    /// # Errors
    /// When there is no randomness to be had.
    pub fn generate(kind: Kind) -> Result<Key, Unspecified> {
        Key::of(match kind {
            Kind::Rsa => Pair::Rsa(rsa::KeyPair::generate(KeySize::Rsa2048)?),
            Kind::Ed25519 => Pair::Ed25519(Ed25519KeyPair::generate()?),
        })
    }

    fn of(pair: Pair) -> Result<Key, Unspecified> {
        let public = match &pair {
            Pair::Rsa(pair) => {
                let der: PublicKeyX509Der = pair.public_key().as_der()?;
                BASE64_STANDARD.encode(der.as_ref())
            }
            Pair::Ed25519(pair) => BASE64_STANDARD.encode(pair.public_key()),
        };
        Ok(Key { pair, public })
    }

    /// The private key as a PEM text (PKCS #8): for a file nobody else can read, and for nothing else.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn to_secret_pem(&self) -> Result<String, Unspecified> {
        let base64 = match &self.pair {
            Pair::Rsa(pair) => {
                let der: Pkcs8V1Der = pair.as_der()?;
                BASE64_STANDARD.encode(der.as_ref())
            }
            Pair::Ed25519(pair) => BASE64_STANDARD.encode(pair.to_pkcs8v1()?.as_ref()),
        };
        let mut pem = "-----BEGIN PRIVATE KEY-----\n".to_owned();
        for (place, character) in base64.chars().enumerate() {
            if place > 0 && place % PEM_LINE == 0 {
                pem.push('\n');
            }
            pem.push(character);
        }
        pem.push_str("\n-----END PRIVATE KEY-----\n");
        Ok(pem)
    }

    /// What kind it is.
    pub fn kind(&self) -> Kind {
        match self.pair {
            Pair::Rsa(_) => Kind::Rsa,
            Pair::Ed25519(_) => Kind::Ed25519,
        }
    }

    /// The public half in the form DNS records hold it (RFC 6376 section 3.6.1, RFC 8463 section 4.2), in base64.
    pub fn public(&self) -> &str {
        &self.public
    }

    /// The signature of `data`. Deterministic for both kinds.
    pub(super) fn sign(&self, data: &[u8]) -> Result<Vec<u8>, Unspecified> {
        match &self.pair {
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), data, &mut signature)?;
                Ok(signature)
            }
            // RFC 8463 section 3: it is the hash that is signed.
            Pair::Ed25519(pair) => Ok(pair.try_sign(&Sha256::digest(data))?.as_ref().to_vec()),
        }
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({}, secret)", self.kind().name())
    }
}

fn rsa(read: Result<rsa::KeyPair, aws_lc_rs::error::KeyRejected>) -> Result<Pair, KeyError> {
    match read {
        Ok(pair) if pair.public_modulus_len() > LONGEST_MODULUS => Err(KeyError::Long),
        Ok(pair) => Ok(Pair::Rsa(pair)),
        Err(why) if why.description_() == "TooSmall" => Err(KeyError::Short),
        Err(why) if why.description_() == "TooLarge" => Err(KeyError::Long),
        Err(_) => Err(KeyError::Unknown),
    }
}

/// What a text without a private key holds in its place, if that can be told.
fn no_key(text: &str) -> KeyError {
    if text.contains("-----BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED") {
        KeyError::Locked
    } else if text.contains("PUBLIC KEY-----") {
        KeyError::Public
    } else {
        KeyError::NoKey
    }
}

//! The bytes of a body as they were sent in, the bytes that were meant out: codings are undone whether they were said or
//! not. Never holds more of a body than a buffer, nor unpacks without an end.

use std::{
    io::{self, Cursor},
    pin::Pin,
};

use async_compression::tokio::bufread::{BrotliDecoder, DeflateDecoder, GzipDecoder, ZlibDecoder};
use reqwest::header::{self, HeaderMap};
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, BufReader};

/// Bytes to be read in order.
pub type Bytes = Pin<Box<dyn AsyncBufRead + Send>>;

/// What is asked for in `Accept-Encoding`.
pub const ACCEPTED: &str = "gzip, br, deflate";

/// Codings in each other that are undone: some servers pack a packed file once more.
const LAYERS: usize = 4;

/// Bytes by which an unsaid coding is known.
const SIGN: u64 = 4;

/// Bytes of which something is unpacked where they tell nothing.
const HEAD: usize = 2048;

/// Bytes unpacked of them to see whether a document opens there.
const OPENING: u64 = 16;

/// A way to pack a body (RFC 9110, section 8.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    Gzip,
    /// In the wrapping of zlib, or without it: servers mean either.
    Deflate,
    Brotli,
    /// Known by name, and not asked for.
    Other(&'static str),
}

impl Coding {
    /// By its name; what is none, as `identity` or `utf-8`, packs nothing.
    fn named(name: &str) -> Option<Coding> {
        match name.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => Some(Coding::Gzip),
            "deflate" | "x-deflate" => Some(Coding::Deflate),
            "br" => Some(Coding::Brotli),
            "zstd" => Some(Coding::Other("zstd")),
            "compress" | "x-compress" => Some(Coding::Other("compress")),
            _ => None,
        }
    }

    /// By the first bytes, which are no text's.
    fn by_sign(sign: &[u8]) -> Option<Coding> {
        match sign {
            [0x1f, 0x8b, ..] => Some(Coding::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Coding::Other("zstd")),
            [b'x', ..] if is_zlib(sign) => Some(Coding::Deflate),
            _ => None,
        }
    }

    /// By trying those that have no sign: what opens a document then was packed so.
    async fn by_trial(head: &[u8]) -> Option<Coding> {
        if opens_document(head) {
            return None;
        }
        for coding in [Coding::Deflate, Coding::Brotli] {
            let (mut opening, packed) = (Vec::new(), Box::pin(Cursor::new(head.to_vec())));
            if let Ok(unpacked) = coding.undone(head, packed, OPENING) {
                // The head ends within the packed bytes.
                let _ = unpacked.take(OPENING).read_to_end(&mut opening).await;
            }
            if opens_document(&opening) {
                return Some(coding);
            }
        }
        None
    }

    fn name(self) -> &'static str {
        match self {
            Coding::Gzip => "gzip",
            Coding::Deflate => "deflate",
            Coding::Brotli => "br",
            Coding::Other(name) => name,
        }
    }

    /// The bytes packed in `packed`, which begins with `sign`; not more than `limit` and one.
    fn undone(self, sign: &[u8], packed: Bytes, limit: u64) -> io::Result<Bytes> {
        let unpacked: Pin<Box<dyn AsyncRead + Send>> = match self {
            Coding::Gzip => {
                let mut members = GzipDecoder::new(packed);
                members.multiple_members(true);
                Box::pin(members)
            }
            Coding::Deflate if is_zlib(sign) => Box::pin(ZlibDecoder::new(packed)),
            Coding::Deflate => Box::pin(DeflateDecoder::new(packed)),
            Coding::Brotli => Box::pin(BrotliDecoder::new(packed)),
            Coding::Other(name) => {
                return Err(io::Error::other(format!("it is packed with {name}, which was not asked for")));
            }
        };
        Ok(Box::pin(BufReader::new(unpacked.take(limit.saturating_add(1)))))
    }
}

/// Whether XML, HTML or JSON begins here.
fn opens_document(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    match bytes {
        [b'<', next, ..] => next.is_ascii_alphabetic() || matches!(next, b'?' | b'!'),
        [b'{', next, ..] => next.is_ascii_whitespace() || *next == b'"',
        _ => false,
    }
}

/// Whether this is the head of a zlib stream (RFC 1950, section 2.2).
fn is_zlib(sign: &[u8]) -> bool {
    let [first, second, ..] = sign else { return false };
    first & 0x0f == 8 && u16::from_be_bytes([*first, *second]).is_multiple_of(31)
}

/// The codings that a header names, in the order in which they were applied.
fn said(headers: &HeaderMap) -> Vec<Coding> {
    let lines = headers.get_all(header::CONTENT_ENCODING).into_iter();
    let lines = lines.map(|line| String::from_utf8_lossy(line.as_bytes()).into_owned());
    lines.flat_map(|line| line.split(',').filter_map(Coding::named).collect::<Vec<_>>()).collect()
}

/// Why nothing of a body can be unpacked, with what the headers say of it.
pub fn blamed(headers: &HeaderMap, reason: String) -> String {
    let names: Vec<&str> = said(headers).into_iter().map(Coding::name).collect();
    match names.as_slice() {
        [] => reason,
        names => format!("it is said to be packed as {}: {reason}", names.join(", ")),
    }
}

/// The body behind every coding that `headers` name, and behind those that its bytes show.
///
/// # Errors
/// When it is packed in a way that was not asked for, or too often.
pub async fn unpacked(headers: &HeaderMap, mut bytes: Bytes, limit: u64) -> io::Result<Bytes> {
    let mut said = said(headers);
    for layer in 0..=LAYERS {
        let mut sign = Vec::new();
        (&mut bytes).take(SIGN).read_to_end(&mut sign).await?;
        // Nothing is nothing, however it is said to be packed.
        let found = match said.pop().filter(|_| !sign.is_empty()).or_else(|| Coding::by_sign(&sign)) {
            None if layer == 0 => {
                let more = bytes.fill_buf().await?;
                Coding::by_trial(&[&sign, &more[..more.len().min(HEAD)]].concat()).await
            }
            found => found,
        };
        bytes = Box::pin(Cursor::new(sign.clone()).chain(bytes));
        let Some(coding) = found else { return Ok(bytes) };
        bytes = coding.undone(&sign, bytes, limit)?;
    }
    Err(io::Error::other(format!("it is packed more than {LAYERS} times")))
}

//! The "relaxed" canonicalisation of RFC 6376 sections 3.4.2 and 3.4.4: the bytes of a message in, what of them is
//! signed out. Never changes the message itself.

use memchr::{memchr, memmem};
use sha2::{Digest, Sha256};

/// The header block of a message, and its body after the empty line.
pub fn split(message: &[u8]) -> (&[u8], &[u8]) {
    let end = message.windows(4).position(|window| window == b"\r\n\r\n");
    end.and_then(|at| Some((message.get(..at + 2)?, message.get(at + 4..)?))).unwrap_or((message, b""))
}

/// Every header of a block, in order: its name in lower case, and its canonical line without the CRLF.
pub fn headers(block: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut headers: Vec<(String, Vec<u8>)> = Vec::new();
    for line in lines(block) {
        let is_folded = line.first().is_some_and(|&first| is_space(first));
        match headers.last_mut() {
            Some((_, folded)) if is_folded => relax(line, folded),
            _ => {
                let colon = line.iter().position(|&byte| byte == b':').unwrap_or(line.len());
                let (name, value) = (line.get(..colon).unwrap_or(line), line.get(colon + 1..).unwrap_or(b""));
                let name = String::from_utf8_lossy(name).trim().to_ascii_lowercase();
                let mut canonical = format!("{name}:").into_bytes();
                relax(value, &mut canonical);
                headers.push((name, canonical));
            }
        }
    }
    for (name, line) in &mut headers {
        // White space at either end of the value goes, however it was folded.
        let value = line.split_off(name.len() + 1);
        line.extend_from_slice(value.trim_ascii());
    }
    headers
}

/// SHA-256 of the canonical body: runs of white space become one space and vanish at the ends of lines, empty lines
/// vanish at the end.
pub fn body_hash(body: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut empty_lines = 0;
    let mut relaxed = Vec::new();
    for raw in lines(body) {
        let line = if is_relaxed(raw) {
            raw
        } else {
            relaxed.clear();
            relax(raw, &mut relaxed);
            relaxed.strip_suffix(b" ").unwrap_or(&relaxed)
        };
        if line.is_empty() {
            empty_lines += 1;
            continue;
        }
        for _ in 0..std::mem::take(&mut empty_lines) {
            hash.update(b"\r\n");
        }
        hash.update(line);
        hash.update(b"\r\n");
    }
    hash.finalize().into()
}

/// Lines without their CRLF; what follows the last one is a line too, unless it is empty.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split_inclusive(|&byte| byte == b'\n').map(|line| {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        line.strip_suffix(b"\r").unwrap_or(line)
    })
}

/// Whether a line is its own canonical form, as most are.
fn is_relaxed(line: &[u8]) -> bool {
    memchr(b'\t', line).is_none() && memmem::find(line, b"  ").is_none() && line.last() != Some(&b' ')
}

/// Appends `text` with every run of spaces and tabs made one space.
fn relax(text: &[u8], to: &mut Vec<u8>) {
    for &byte in text {
        match is_space(byte) {
            false => to.push(byte),
            true if to.last() == Some(&b' ') => {}
            true => to.push(b' '),
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_unfolded_and_spaces_joined_as_in_the_rfcs_example() {
        // RFC 6376 section 3.4.5.
        let (head, body) = split(b"A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n C \r\nD \t E\r\n\r\n\r\n");
        let lines: Vec<_> =
            headers(head).into_iter().map(|(_, line)| String::from_utf8_lossy(&line).into_owned()).collect();
        assert_eq!(lines, ["a:X", "b:Y Z"]);
        assert_eq!(body_hash(body), <[u8; 32]>::from(Sha256::digest(b" C\r\nD E\r\n")));
    }

    #[test]
    fn a_tab_or_a_space_more_makes_no_difference_and_one_less_does() {
        let hash = body_hash(b"a b c\r\n\r\nd\r\n");
        for same in ["a\tb c\r\n\r\nd", "a b  c\r\n\t\r\nd \r\n", "a \t b c \r\n\r\nd\t\r\n \r\n\r\n"] {
            assert_eq!(body_hash(same.as_bytes()), hash, "{same:?}");
        }
        for other in ["ab c\r\n\r\nd", " a b c\r\n\r\nd", "a b c\r\nd"] {
            assert_ne!(body_hash(other.as_bytes()), hash, "{other:?}");
        }
    }

    #[test]
    fn an_empty_body_hashes_as_nothing_at_all() {
        for body in [&b""[..], b"\r\n", b" \r\n\t\r\n\r\n"] {
            assert_eq!(body_hash(body), <[u8; 32]>::from(Sha256::digest(b"")));
        }
        assert_eq!(body_hash(b"no line end"), body_hash(b"no line end\r\n"));
        assert_ne!(body_hash(b"\r\na\r\n"), body_hash(b"a\r\n"));
    }

    #[test]
    fn a_message_without_a_body_is_all_headers() {
        assert_eq!(split(b"A: X\r\n"), (&b"A: X\r\n"[..], &b""[..]));
        assert_eq!(split(b"A: X\r\n\r\n"), (&b"A: X\r\n"[..], &b""[..]));
    }
}

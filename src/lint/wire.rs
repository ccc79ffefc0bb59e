//! The raw octets of a message in, findings out: line endings, line lengths, bytes that do not travel. Looks at no
//! meaning.

use super::finding::Findings;

/// RFC 5322 section 2.1.1, without the CRLF.
const LONGEST_LINE: usize = 998;

pub(super) fn check(bytes: &[u8], findings: &mut Findings) {
    if has_bare_line_end(bytes) {
        findings
            .error("RFC 5322 section 2.3", "a line ends in CR or LF alone; only the two together end a line");
    }
    let longest = lines(bytes).map(<[u8]>::len).max().unwrap_or(0);
    if longest > LONGEST_LINE {
        let text = format!("a line has {longest} octets; no line may have more than {LONGEST_LINE}");
        findings.error("RFC 5322 section 2.1.1", text);
    }
    if bytes.contains(&0) {
        findings.error("RFC 5321 section 4.5.2", "it holds a NUL octet, which servers refuse or drop");
    }
    if !bytes.is_ascii() {
        findings.warn("RFC 6152", "it holds octets above 127: only servers with 8BITMIME take it as it is");
    }
}

fn has_bare_line_end(bytes: &[u8]) -> bool {
    let before = |place: usize| place.checked_sub(1).and_then(|place| bytes.get(place));
    bytes.iter().enumerate().any(|(place, byte)| match byte {
        b'\n' => before(place) != Some(&b'\r'),
        b'\r' => bytes.get(place + 1) != Some(&b'\n'),
        _ => false,
    })
}

/// The lines between the CRLFs.
fn lines(mut rest: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut over = false;
    std::iter::from_fn(move || {
        if over {
            return None;
        }
        let end = rest.windows(2).position(|pair| pair == b"\r\n");
        let (line, tail) = match end {
            Some(end) => (rest.get(..end)?, rest.get(end + 2..)?),
            None => (rest, &[][..]),
        };
        over = end.is_none();
        rest = tail;
        Some(line)
    })
}

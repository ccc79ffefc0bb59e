//! A text and a secret in, the places out where the text holds the secret, however it is written in an address: percent-encoded
//! in part, in whole or more than once, with digits in either case (RFC 3986, section 2.1), or with `+` for a space. Never
//! decodes the text, so that every place is a place of the text itself.

use std::ops::Range;

/// The first place at or after `from` where `text` spells `secret`.
pub fn find(text: &str, secret: &str, from: usize) -> Option<Range<usize>> {
    let (text, secret) = (text.as_bytes(), secret.as_bytes());
    let may_begin = |&at: &usize| matches!(text[at], b'%' | b'+') || secret.first() == Some(&text[at]);
    (from..text.len()).filter(may_begin).find_map(|at| Some(at..at + length(&text[at..], secret)?))
}

/// Whether `text` is `secret`, in whatever spelling.
pub fn is(text: &str, secret: &str) -> bool {
    length(text.as_bytes(), secret.as_bytes()) == Some(text.len())
}

/// How many bytes at the beginning of `text` spell all of `secret`.
fn length(text: &[u8], secret: &[u8]) -> Option<usize> {
    secret.iter().try_fold(0, |at, byte| Some(at + one(&text[at..], *byte)?))
}

/// How many bytes at the beginning of `text` spell this one. An encoded `%` is taken whole, however often it was encoded.
fn one(text: &[u8], byte: u8) -> Option<usize> {
    let plain = text.first().is_some_and(|first| *first == byte || (*first == b'+' && byte == b' '));
    encoded(text, byte).or_else(|| plain.then_some(1))
}

/// How many bytes `%2F`, `%252F`, `%25252F` … for this byte have.
fn encoded(text: &[u8], byte: u8) -> Option<usize> {
    let mut digits = text.strip_prefix(b"%")?;
    let mut length = None;
    loop {
        if hex(digits) == Some(byte) {
            length = Some(text.len() - digits.len() + 2);
        }
        match digits.strip_prefix(b"25") {
            Some(rest) => digits = rest,
            None => return length,
        }
    }
}

fn hex(digits: &[u8]) -> Option<u8> {
    let digit = |at: usize| char::from(*digits.get(at)?).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_secret_is_found_where_it_stands() {
        for text in ["a/b+c%", "a%2Fb%2Bc%25", "a%2fb+c%", "a%252Fb%25252bc%2525", "%61/%62+%63%25"] {
            assert!(is(text, "a/b+c%"), "{text}");
            let within = format!("x={text}&y");
            assert_eq!(find(&within, "a/b+c%", 0), Some(2..2 + text.len()), "{text}");
        }
        assert!(is("two+words%20é", "two words é") && is("two%20words+%C3%a9", "two words é"));
    }

    #[test]
    fn what_spells_something_else_is_left_alone() {
        for text in ["a/b c%", "a%2Fb", "a%2Gb+c%", "A/b+c%", "+/b+c%", "", "%", "a%2"] {
            assert!(!is(text, "a/b+c%"), "{text}");
            assert_eq!(find(text, "a/b+c%", 0), None, "{text}");
        }
        assert!(!is("a/b+c%!", "a/b+c%"), "more than the secret");
        assert!(!is("two-words", "two words"));
    }
}

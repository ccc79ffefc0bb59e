//! The bytes of a page in, its text out, in whatever encoding they came. Never fails: what cannot be decoded
//! becomes U+FFFD.

use std::{borrow::Cow, sync::LazyLock};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use regex::bytes::Regex;

use crate::text::encoding;

/// Bytes of a page that are looked at; the rest is cut off.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// How far into a page its `meta` charset may stand, with room for the long heads of real pages; the HTML
/// standard's prescan asks for 1,024 bytes.
const META_WINDOW: usize = 16 * 1024;

/// Decodes a page: byte order mark, then the Content-Type header, then the `meta` charset, then UTF-8 if valid,
/// then a guess (WHATWG HTML §13.2.3.2, with the guess of chardetng).
pub fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    let bytes = bytes.get(..MAX_BYTES).unwrap_or(bytes);
    if let Some(text) = encoding::marked(bytes) {
        return text;
    }
    let declared = content_type.and_then(encoding::of_header).or_else(|| meta_charset(bytes));
    let valid = || is_utf8(bytes).then_some(UTF_8);
    let encoding = declared.or_else(valid).unwrap_or_else(|| encoding::guessed(bytes));
    encoding.decode_without_bom_handling(bytes).0
}

fn meta_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    static META: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i-u)<meta[^>]{0,1024}?charset\s*=\s*["']?\s*([a-z0-9_:.-]{1,40})"#)
            .expect("a constant pattern")
    });
    let head = bytes.get(..META_WINDOW).unwrap_or(bytes);
    let label = META.captures(head)?.get(1)?.as_bytes();
    let encoding = Encoding::for_label(label)?;
    // A page whose `meta` could be read as ASCII is not UTF-16, whatever it says.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

/// Whether the bytes are UTF-8, forgiving a character cut in two at the very end.
fn is_utf8(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(e) => e.error_len().is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_byte_order_mark_wins_over_the_header() {
        assert_eq!(decode("\u{feff}né".as_bytes(), Some("text/html; charset=windows-1252")), "né");
    }

    #[test]
    fn the_header_wins_over_the_meta_element() {
        let page = b"<meta charset=utf-8>caf\xe9";
        assert_eq!(decode(page, Some("text/html; Charset=\"windows-1252\"")), "<meta charset=utf-8>café");
    }

    #[test]
    fn the_meta_element_names_the_encoding() {
        let page = b"<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>\xcc\xe8\xf0";
        assert!(decode(page, Some("text/html")).ends_with("Мир"));
    }

    #[test]
    fn undeclared_bytes_are_utf8_if_they_can_be() {
        assert_eq!(decode("Grüße".as_bytes(), None), "Grüße");
        assert_eq!(decode(b"Gr\xc3\xbc\xc3\x9f\xc3", None), "Grüß\u{fffd}");
    }

    #[test]
    fn undeclared_bytes_that_are_not_utf8_are_guessed() {
        let text =
            b"Der B\xfcrgermeister von M\xfcnchen er\xf6ffnete die Br\xfccke \xfcber die gro\xdfe Stra\xdfe.";
        assert!(decode(text, None).starts_with("Der Bürgermeister von München eröffnete die Brücke"));
    }

    #[test]
    fn a_page_is_cut_at_its_largest_size() {
        let page = vec![b'a'; MAX_BYTES + 10];
        assert_eq!(decode(&page, None).len(), MAX_BYTES);
    }
}

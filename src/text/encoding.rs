//! The bytes of a document and its Content-Type in, what each says about the encoding out. Never decides which of
//! them wins: feeds and pages differ in that.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// How many bytes an encoding is guessed from, and how many may come before the first one that tells: guessing takes
/// a second for a few megabytes.
const TELLING: usize = 512 * 1024;
const BEFORE: usize = 1024;

/// The text of bytes that begin with a byte order mark, without the mark.
pub fn marked(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let (encoding, _) = Encoding::for_bom(bytes)?;
    Some(encoding.decode_with_bom_removal(bytes).0)
}

/// The text of a file that somebody saved: its byte order mark says how it is to be read, else zeros tell UTF-16; else it
/// is UTF-8 if it can be, or in the older encoding that is likeliest.
pub fn saved(bytes: &[u8]) -> Cow<'_, str> {
    let wide = match bytes {
        [first, 0, second, 0, ..] if *first > 0 && *second > 0 => Some(UTF_16LE),
        [0, first, 0, second, ..] if *first > 0 && *second > 0 => Some(UTF_16BE),
        _ => None,
    };
    marked(bytes).unwrap_or_else(|| match (wide, std::str::from_utf8(bytes)) {
        (Some(wide), _) => wide.decode_without_bom_handling(bytes).0,
        (None, Ok(text)) => Cow::Borrowed(text),
        (None, Err(_)) => guessed(bytes).decode_without_bom_handling(bytes).0,
    })
}

/// The encoding named by the `charset` of a Content-Type header (RFC 9110, section 8.3), quoted or not.
pub fn of_header(content_type: &str) -> Option<&'static Encoding> {
    let header = content_type.to_ascii_lowercase();
    let value = header.split_once("charset")?.1.trim_start().strip_prefix('=')?;
    let label = value.split(';').next()?;
    Encoding::for_label(label.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')).as_bytes())
}

/// The likeliest encoding of bytes that are not UTF-8, guessed as browsers do for pages that name none, from the
/// first bytes that are not ASCII and what follows them.
pub fn guessed(bytes: &[u8]) -> &'static Encoding {
    let from = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or_default();
    let from = from.saturating_sub(BEFORE);
    let telling = bytes.get(from..bytes.len().min(from + TELLING)).unwrap_or(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(telling, true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use encoding_rs::{UTF_8, WINDOWS_1251, WINDOWS_1252};

    use super::*;

    #[test]
    fn the_mark_is_no_part_of_the_text() {
        assert_eq!(marked("\u{feff}né".as_bytes()).as_deref(), Some("né"));
        assert_eq!(marked("né".as_bytes()), None);
    }

    #[test]
    fn the_header_is_read_however_it_is_written() {
        for header in [
            "text/html; charset=windows-1251",
            "text/xml;Charset=\"Windows-1251\"; q=1",
            "text/html; boundary=x; charset = 'windows-1251' ",
        ] {
            assert_eq!(of_header(header), Some(WINDOWS_1251), "{header}");
        }
        for header in ["text/html", "text/html; charset", "text/html; charset=", "charset=klingon"] {
            assert_eq!(of_header(header), None, "{header}");
        }
    }

    #[test]
    fn a_file_is_read_as_it_was_saved() {
        let text = "Änne ß €, Łódź";
        let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let (little, big) = (wide(u16::to_le_bytes), wide(u16::to_be_bytes));
        for bytes in
            [text.as_bytes(), &[b"\xff\xfe", &little[..]].concat(), &[b"\xfe\xff", &big[..]].concat()]
        {
            assert_eq!(saved(bytes), text);
        }
        let plain = |bytes: fn(u16) -> [u8; 2]| "email".encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        assert_eq!(
            (saved(&plain(u16::to_le_bytes)), saved(&plain(u16::to_be_bytes))),
            ("email".into(), "email".into())
        );
        assert_eq!(saved(b"email,name\nann@example.net,\xc4nne\n"), "email,name\nann@example.net,Änne\n");
    }

    #[test]
    fn a_guess_is_never_utf8() {
        assert_eq!(guessed(b"M\xfcnchen er\xf6ffnete die Br\xfccke"), WINDOWS_1252);
        assert_ne!(guessed("Grüße".as_bytes()), UTF_8);
    }
}

//! The bytes of a document in, its text out: the encoding is found, never believed blindly. Fails never.

use std::borrow::Cow;

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::text::encoding;

/// How much of a document is searched for what it says of its encoding.
const HEAD: usize = 1024;

/// Foreign bytes that a document in UTF-8 may have.
const MOST_FOREIGN: usize = 10_000;

/// The text of a document. A byte order mark counts most; then the bytes themselves, where they are valid UTF-8;
/// then the HTTP header, the XML prolog, and a guess.
pub fn text<'b>(bytes: &'b [u8], content_type: Option<&str>) -> Cow<'b, str> {
    if let Some(text) = encoding::marked(bytes) {
        return text;
    }
    if let Some(encoding) = wide(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    let declared = declared(content_type, bytes);
    match utf8(bytes) {
        Some(text) if declared != Some(ISO_2022_JP) => Cow::Borrowed(text),
        _ => match declared {
            Some(encoding) => encoding.decode_without_bom_handling(bytes).0,
            None => mostly_utf8(bytes).map_or_else(|| guessed(bytes), Cow::Owned),
        },
    }
}

/// The encoding that the header declares, or else the prolog, of bytes that are neither UTF-8 nor UTF-16. Latin 1 in a header
/// is what servers say that know nothing, so the prolog counts for more.
fn declared(content_type: Option<&str>, bytes: &[u8]) -> Option<&'static Encoding> {
    let is_of_bytes = |e: &&Encoding| ![UTF_8, UTF_16LE, UTF_16BE].contains(e);
    let header = content_type.and_then(encoding::of_header).filter(is_of_bytes);
    let prolog = || prolog(bytes).filter(is_of_bytes);
    match header {
        Some(encoding) if encoding != WINDOWS_1252 => Some(encoding),
        latin_1 => prolog().or(latin_1),
    }
}

/// Bytes that are UTF-8; of a document cut short in the midst of a character, those before it.
fn utf8(bytes: &[u8]) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => {
            bytes.get(..error.valid_up_to()).and_then(|whole| std::str::from_utf8(whole).ok())
        }
        Err(_) => None,
    }
}

/// UTF-16 without a byte order mark: its first character is a `<`.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<', 0, ..] => Some(UTF_16LE),
        [0, b'<', ..] => Some(UTF_16BE),
        _ => None,
    }
}

fn prolog(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes.iter().take(HEAD).map(|b| char::from(*b)).collect();
    let declaration = head.split_once("<?xml")?.1.split_once("?>")?.0;
    let label = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = label.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Encoding::for_label(label.get(1..)?.split(quote).next()?.as_bytes())
}

/// UTF-8 with a few foreign bytes in it, as pasted from another program: those are read as windows-1252.
fn mostly_utf8(bytes: &[u8]) -> Option<String> {
    let (mut text, mut good, mut bad) = (String::with_capacity(bytes.len()), 0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += chunk.invalid().len();
        if bad > MOST_FOREIGN {
            return None;
        }
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    (good > bad).then_some(text)
}

fn guessed(bytes: &[u8]) -> Cow<'_, str> {
    encoding::guessed(bytes).decode_without_bom_handling(bytes).0
}

#[cfg(test)]
mod tests {
    use super::*;

    const CYRILLIC: &[u8] = b"<t>\xcf\xf0\xe8\xe2\xe5\xf2</t>";

    #[test]
    fn the_header_says_what_the_prolog_leaves_out() {
        assert_eq!(text(CYRILLIC, Some("text/xml; charset=\"windows-1251\"")), "<t>Привет</t>");
    }

    #[test]
    fn a_header_that_cannot_be_true_leaves_the_word_to_the_prolog() {
        let document = [b"<?xml version='1.0' encoding='windows-1251'?>".as_slice(), CYRILLIC].concat();
        for header in ["text/xml; charset=utf-8", "text/xml; charset=ISO-8859-1", "text/xml; charset=utf-16"]
        {
            assert!(text(&document, Some(header)).ends_with("<t>Привет</t>"), "{header}");
        }
        assert!(!text(&document, Some("text/xml; charset=koi8-r")).ends_with("<t>Привет</t>"));
    }

    #[test]
    fn the_prolog_counts_where_there_is_no_header() {
        let document = [b"<?xml version='1.0' encoding='windows-1251'?>".as_slice(), CYRILLIC].concat();
        assert!(text(&document, None).ends_with("<t>Привет</t>"));
    }

    #[test]
    fn valid_utf8_is_believed_against_any_declaration() {
        let document = "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><t>café</t>";
        assert_eq!(text(document.as_bytes(), Some("text/xml; charset=utf-16")), document);
    }

    #[test]
    fn a_document_cut_within_a_character_loses_that_character_alone() {
        assert_eq!(text(b"<t>n\xc3\xa9\xe6\xb8", None), "<t>né");
    }

    #[test]
    fn utf16_is_read_with_and_without_its_mark() {
        let wide: Vec<u8> = "<t>ø</t>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&wide, None), "<t>ø</t>");
        assert_eq!(text(&[&[0xff, 0xfe], wide.as_slice()].concat(), None), "<t>ø</t>");
    }

    #[test]
    fn one_foreign_byte_spoils_no_utf8() {
        assert_eq!(
            text(b"<t>caf\xc3\xa9 na\xc3\xafve \x93</t>", Some("text/xml; charset=utf-8")),
            "<t>café naïve “</t>"
        );
    }

    #[test]
    fn bytes_that_say_nothing_of_themselves_are_guessed_at() {
        assert_eq!(
            text(b"<t>\xd1\xe5\xe3\xee\xe4\xed\xff \xe2 \xef\xee\xf0\xf2\xf3</t>", None),
            "<t>Сегодня в порту</t>"
        );
    }
}

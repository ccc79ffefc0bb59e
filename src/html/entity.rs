//! Character references of HTML in, the characters they stand for out. Never decodes twice.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

/// Length of the longest reference name in HTML, without `&` and `;`.
const LONGEST: usize = 32;

/// References that browsers accept without a semicolon and that feeds are known to write so.
const WITHOUT_SEMICOLON: [&str; 10] =
    ["nbsp", "quot", "copy", "lt", "gt", "reg", "raquo", "laquo", "hellip", "amp"];

/// Decodes every reference once; anything else stays as it is.
pub fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        match reference(after) {
            Some((character, tail)) => {
                decoded.push_str(&character);
                rest = tail;
            }
            None => {
                decoded.push('&');
                rest = after;
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Reads what follows an `&` as a reference: its character and the text after it.
fn reference(after: &str) -> Option<(Cow<'static, str>, &str)> {
    let end = after
        .char_indices()
        .take(LONGEST + 1)
        .find(|(place, c)| !(c.is_ascii_alphanumeric() || (*place == 0 && *c == '#')))
        .map_or(after.len(), |(place, _)| place);
    let (name, tail) = after.split_at_checked(end)?;
    if let Some(tail) = tail.strip_prefix(';') {
        return Some((resolve(name)?, tail));
    }
    if name.starts_with('#') || WITHOUT_SEMICOLON.contains(&name) {
        return Some((resolve(name)?, tail));
    }
    None
}

/// The character or string that `name` (between `&` and `;`) stands for.
pub fn resolve(name: &str) -> Option<Cow<'static, str>> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(Cow::Borrowed);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    let character = windows_1252(code).or_else(|| char::from_u32(code)).filter(|c| *c != '\0');
    Some(Cow::Owned(character.unwrap_or('\u{fffd}').to_string()))
}

/// Replaces control characters 80–9F, which text never means: they are windows-1252 written as Latin-1 (HTML, section
/// "numeric character reference end state").
pub fn without_controls(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_control = |place: usize| bytes.get(place + 1).is_some_and(|second| *second < 0xa0);
    if !memchr::memchr_iter(0xc2, bytes).any(is_control) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| windows_1252(c.into()).unwrap_or(c)).collect())
}

fn windows_1252(code: u32) -> Option<char> {
    let byte = u8::try_from(code).ok().filter(|b| (0x80..=0x9f).contains(b))?;
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next()
}

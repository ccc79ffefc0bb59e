//! JSON with slips inside its strings in, the same without them out: half characters, raw controls, escapes that are
//! none. Never changes what stands outside strings.

use std::{iter::Peekable, str::Chars};

/// What stands for a half of a surrogate pair.
const HALF: &str = "\\ufffd";

/// The text with every string made one that JSON allows (RFC 8259 section 7).
pub fn strings(text: &str) -> String {
    let mut repaired = String::with_capacity(text.len());
    let mut inside = false;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' if inside => escape(&mut rest, &mut repaired),
            c if inside && c < ' ' => repaired.push(' '),
            c => {
                inside ^= c == '"';
                repaired.push(c);
            }
        }
    }
    repaired
}

/// What follows a backslash; one that escapes nothing is dropped.
fn escape(rest: &mut Peekable<Chars>, repaired: &mut String) {
    let Some(&next) = rest.peek() else { return };
    if next == 'u' {
        rest.next();
        return unit(rest, repaired);
    }
    if "\"\\/bfnrt".contains(next) {
        repaired.extend(['\\', next]);
        rest.next();
    }
}

/// What follows `\u`: a character of its own, a pair of halves, or a half alone.
fn unit(rest: &mut Peekable<Chars>, repaired: &mut String) {
    let Some(first) = hex(rest) else { return repaired.push_str(HALF) };
    let mut ahead = rest.clone();
    let second = (ahead.next() == Some('\\') && ahead.next() == Some('u')).then(|| hex(&mut ahead)).flatten();
    match (first, second) {
        (0xd800..=0xdbff, Some(second @ 0xdc00..=0xdfff)) => {
            *rest = ahead;
            repaired.push_str(&format!("\\u{first:04x}\\u{second:04x}"));
        }
        (0xd800..=0xdfff, _) => repaired.push_str(HALF),
        _ => repaired.push_str(&format!("\\u{first:04x}")),
    }
}

/// Four hexadecimal digits; nothing is taken when there are none.
fn hex(rest: &mut Peekable<Chars>) -> Option<u32> {
    let mut ahead = rest.clone();
    let digits: Option<u32> = (0..4).try_fold(0, |sum, _| Some(sum * 16 + ahead.next()?.to_digit(16)?));
    *rest = if digits.is_some() { ahead } else { return None };
    digits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::strings;

    fn read(text: &str) -> Option<String> {
        serde_json::from_str::<Value>(&strings(text)).ok()?.as_str().map(str::to_owned)
    }

    #[test]
    fn halves_controls_and_escapes_that_are_none_are_mended() {
        for (slip, expected) in [
            (r#""a\ud800b""#, "a\u{fffd}b"),
            (r#""a\udfff\ud800""#, "a\u{fffd}\u{fffd}"),
            (r#""a\ud800\u0041""#, "a\u{fffd}A"),
            ("\"a\n\tb\0\"", "a  b "),
            (r#""it\'s \x \u12""#, "it's x \u{fffd}12"),
            (r#""a\ud83d\ude00\"\\""#, "a😀\"\\"),
        ] {
            assert_eq!(read(slip).as_deref(), Some(expected), "{slip}");
        }
    }

    #[test]
    fn outside_of_strings_nothing_changes() {
        let sound = "{\n\t\"a\": [1, true, \"b\\\\\"],\r\n\"c\\\"\": null}";
        assert_eq!(strings(sound), sound);
    }

    proptest! {
        #[test]
        fn sound_json_stays_what_it_is(text in any::<String>(), loose in any::<String>()) {
            let sound = Value::String(text).to_string();
            prop_assert_eq!(strings(&sound), sound);
            strings(&loose);
        }
    }
}

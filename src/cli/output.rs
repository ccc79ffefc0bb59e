//! What a command has to say in, on standard output or standard error out. The one place where that is done: no word of a
//! stranger's commands the terminal from here, and no secret that is recognised passes.

use std::{
    borrow::Cow,
    io::{self, ErrorKind, Write},
};

use super::{Failure, Status};
use crate::{
    secret::hidden,
    text::hidden::{is_hidden, unprintable},
};

/// Prints the result of a command, for people. Whoever stopped reading early (`| head`) has seen enough.
pub fn say(text: &str) -> Result<Status, Failure> {
    print(&harmless(text))
}

/// Prints JSON, for programs: with an escape in place of every character that [`say`] leaves out.
pub fn hand_over(json: &str) -> Result<Status, Failure> {
    print(&escaped(json))
}

fn escaped(json: &str) -> Cow<'_, str> {
    let (mut escaped, mut kept) = (String::new(), 0);
    for (place, c) in unprintable(json).filter(|(_, c)| *c != '\n' && is_hidden(*c)) {
        escaped += json.get(kept..place).unwrap_or_default();
        c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| escaped += &format!("\\u{unit:04x}"));
        kept = place + c.len_utf8();
    }
    match kept {
        0 => Cow::Borrowed(json),
        _ => Cow::Owned(escaped + json.get(kept..).unwrap_or_default()),
    }
}

/// Says something on standard error, each line of it whole.
pub fn complain(text: &str) {
    eprintln!("reveille: {}", harmless(&hidden(text)).trim_end());
}

/// A text without characters that a terminal acts on or that change how others are read: control sequences, and those
/// that turn the direction of writing. Lines stay lines.
pub fn harmless(text: &str) -> String {
    text.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| *c == '\n' || !is_hidden(*c)).collect()
}

fn print(text: &str) -> Result<Status, Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(anyhow::Error::new(error).context("cannot write to standard output").into())
        }
        _ => Ok(Status::Done),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_stays_the_same_to_a_program() {
        assert_eq!(escaped("\u{7f}{\"a\": \"語 🏳\u{fe0f}\"}\n"), "\\u007f{\"a\": \"語 🏳\u{fe0f}\"}\n");
        assert_eq!(escaped("a\u{202e}b\u{e0041}\u{9b}"), "a\\u202eb\\udb40\\udc41\\u009b");
        assert!(matches!(escaped("{\"ä\": 1}\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_terminal_is_told_words_alone() {
        let stranger =
            "a\u{1b}]52;c;ZXZpbA==\u{7}b\u{1b}[2J\u{9b}31m\u{202e}c\u{2066}\td\r\nnächste 語 🏳\u{fe0f}";
        assert_eq!(harmless(stranger), "a]52;c;ZXZpbA==b[2J31mc d\nnächste 語 🏳\u{fe0f}");
    }
}

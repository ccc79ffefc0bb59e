//! What a command has to say in, on standard output or standard error out. The one place where that is done: no word of a
//! stranger's commands the terminal from here, and no secret that is recognised passes.

use std::io::{self, ErrorKind, Write};

use super::{Failure, Status};
use crate::{secret::hidden, text::hidden::is_hidden};

/// Prints the result of a command, for people. Whoever stopped reading early (`| head`) has seen enough.
pub fn say(text: &str) -> Result<Status, Failure> {
    print(&harmless(text))
}

/// Prints JSON, for programs: with an escape in place of every character that [`say`] leaves out.
pub fn hand_over(json: &str) -> Result<Status, Failure> {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        match c == '\n' || !is_hidden(c) {
            true => escaped.push(c),
            false => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| escaped += &format!("\\u{unit:04x}")),
        }
    }
    print(&escaped)
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
    fn a_terminal_is_told_words_alone() {
        let stranger =
            "a\u{1b}]52;c;ZXZpbA==\u{7}b\u{1b}[2J\u{9b}31m\u{202e}c\u{2066}\td\r\nnächste 語 🏳\u{fe0f}";
        assert_eq!(harmless(stranger), "a]52;c;ZXZpbA==b[2J31mc d\nnächste 語 🏳\u{fe0f}");
    }
}

//! Message headers: names and texts of any kind in, safe folded lines out (RFC 5322, RFC 2047), in ASCII but for an
//! address whose local part is not (RFC 6532).
//! Never lets a value start a line of its own.

use base64::{Engine, prelude::BASE64_STANDARD};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{hidden, space};

/// Columns after which a line is folded (RFC 5322 section 2.1.1).
const LINE: usize = 76;

/// A longer word is encoded, because an encoded one can be broken over lines.
const LONGEST_WORD: usize = 60;

/// Characters of text in one encoded word: with 12 of frame, a line that begins with the header's name stays within the
/// 76 of RFC 2047 section 2.
const ENCODED_TEXT: usize = 52;

/// Characters kept of a subject or a name.
const LONGEST: usize = 300;

/// One line of text: controls and white space of every kind become single spaces, bidirectional controls and others that
/// draw nothing go, and it ends after 300 characters, never inside one as readers see it.
pub fn clean(text: &str) -> String {
    let blank = |c: char| c.is_control() || c.is_whitespace();
    let spaced: String = text.chars().map(|c| if blank(c) { ' ' } else { c }).collect();
    let folded = space::fold(&hidden::shown(&spaced));
    let mut room = LONGEST;
    let fits = |cluster: &&str| {
        let left = room.checked_sub(cluster.chars().count());
        room = left.unwrap_or_default();
        left.is_some()
    };
    folded.graphemes(true).take_while(fits).collect::<String>().trim_end().to_owned()
}

/// The header block of a message, built line by line.
#[derive(Debug, Clone, Default)]
pub struct Head(String);

impl Head {
    /// Text that people read, such as a subject.
    pub fn text(&mut self, name: &str, value: &str) {
        let value = clean(value);
        let words = if needs_encoding(&value) { encoded_words(&value) } else { words(&value) };
        self.line(name, &words);
    }

    /// A phrase and what it names in angle brackets.
    pub fn phrase(&mut self, name: &str, phrase: &str, named: &str) {
        let mut tokens = phrase_words(&clean(phrase));
        tokens.push(format!("<{named}>"));
        self.line(name, &tokens);
    }

    /// Tokens that are ASCII without controls already; lines are broken only between them.
    pub fn line<T: AsRef<str>>(&mut self, name: &str, tokens: &[T]) {
        self.0.push_str(name);
        self.0.push(':');
        let mut column = name.len() + 1;
        for (index, token) in tokens.iter().map(AsRef::as_ref).enumerate() {
            if index > 0 && column + 1 + token.len() > LINE {
                self.0.push_str("\r\n");
                column = 0;
            }
            self.0.push(' ');
            self.0.push_str(token);
            column += 1 + token.len();
        }
        self.0.push_str("\r\n");
    }

    /// Headers that were built before.
    pub fn append(&mut self, other: &Head) {
        self.0.push_str(&other.0);
    }

    /// The finished block, without the empty line that ends it.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Whether readers would not show the text as it is: not ASCII, a word too long to fold, or `=?`, which they decode.
fn needs_encoding(value: &str) -> bool {
    !value.is_ascii() || value.contains("=?") || value.split(' ').any(|word| word.len() > LONGEST_WORD)
}

fn words(value: &str) -> Vec<String> {
    value.split(' ').map(str::to_owned).collect()
}

/// A display name (RFC 5322 section 3.2.5) as atoms, as a quoted string, or encoded.
fn phrase_words(value: &str) -> Vec<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || " !#$%&'*+-/=?^_`{|}~".contains(c);
    if value.is_empty() {
        Vec::new()
    } else if needs_encoding(value) {
        encoded_words(value)
    } else if value.chars().all(plain) {
        words(value)
    } else {
        words(&format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")))
    }
}

/// The two encodings of RFC 2047 section 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    B,
    Q,
}

/// RFC 2047 encoded words, in the encoding that is shorter for this text, broken between characters, and if possible
/// between those that readers see. The white space between two of them is not part of the text.
fn encoded_words(value: &str) -> Vec<String> {
    let encoding =
        if Encoding::Q.length(value) <= Encoding::B.length(value) { Encoding::Q } else { Encoding::B };
    let fits = |chunk: &str, more: &str| encoding.length(&[chunk, more].concat()) <= ENCODED_TEXT;
    let mut words = Vec::new();
    let mut chunk = String::new();
    for cluster in value.graphemes(true) {
        if !fits(&chunk, cluster) && fits("", cluster) {
            words.push(encoding.word(&std::mem::take(&mut chunk)));
        }
        for character in cluster.chars() {
            if !fits(&chunk, character.encode_utf8(&mut [0; 4])) {
                words.push(encoding.word(&std::mem::take(&mut chunk)));
            }
            chunk.push(character);
        }
    }
    words.push(encoding.word(&chunk));
    words
}

impl Encoding {
    fn word(self, text: &str) -> String {
        match self {
            Encoding::B => format!("=?utf-8?B?{}?=", BASE64_STANDARD.encode(text)),
            Encoding::Q => format!("=?utf-8?Q?{}?=", text.bytes().map(quoted).collect::<String>()),
        }
    }

    /// Characters of the text when encoded.
    fn length(self, text: &str) -> usize {
        match self {
            Encoding::B => text.len().div_ceil(3) * 4,
            Encoding::Q => {
                text.bytes().map(|byte| if stands_bare(byte) || byte == b' ' { 1 } else { 3 }).sum()
            }
        }
    }
}

/// Bytes that may stand bare in an encoded word wherever it stands, in a name too (RFC 2047 section 5, rule 3).
fn stands_bare(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!*+-/".contains(&byte)
}

fn quoted(byte: u8) -> String {
    match byte {
        b' ' => "_".to_owned(),
        bare if stands_bare(bare) => char::from(bare).to_string(),
        other => format!("={other:02X}"),
    }
}

#[cfg(test)]
mod tests;

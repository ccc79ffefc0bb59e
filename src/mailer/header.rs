//! Message headers: names and texts of any kind in, safe folded lines out (RFC 5322, RFC 2047), in ASCII but for an
//! address whose local part is not (RFC 6532).
//! Never lets a value start a line of its own.

use base64::{Engine, prelude::BASE64_STANDARD};

use super::Mailbox;

/// Columns after which a line is folded (RFC 5322 section 2.1.1).
const LINE: usize = 76;

/// A longer word is encoded, because an encoded one can be broken over lines.
const LONGEST_WORD: usize = 60;

/// Text bytes in one encoded word: with 52 characters of base64 and 12 of frame, a line that begins with the header's
/// name stays within the 76 of RFC 2047 section 2.
const ENCODED_WORD: usize = 39;

/// Characters kept of a subject or a name.
const LONGEST: usize = 300;

/// One line of text: controls and white space of every kind become single spaces, and it ends after 300 characters.
pub fn clean(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let folded = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    folded.chars().take(LONGEST).collect::<String>().trim_end().to_owned()
}

/// The header block of a message, built line by line.
#[derive(Debug, Default)]
pub struct Head(String);

impl Head {
    /// Text that people read, such as a subject.
    pub fn text(&mut self, name: &str, value: &str) {
        let value = clean(value);
        let words = if needs_encoding(&value) { encoded_words(&value) } else { words(&value) };
        self.line(name, &words);
    }

    /// A mailbox with its display name.
    pub fn mailbox(&mut self, name: &str, mailbox: &Mailbox) {
        self.phrase(name, mailbox.name(), mailbox.address().as_ref());
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

/// RFC 2047 encoded words, broken between characters. The white space between two of them is not part of the text.
fn encoded_words(value: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut chunk = String::new();
    for character in value.chars() {
        if chunk.len() + character.len_utf8() > ENCODED_WORD {
            words.push(encoded_word(&chunk));
            chunk.clear();
        }
        chunk.push(character);
    }
    words.push(encoded_word(&chunk));
    words
}

fn encoded_word(chunk: &str) -> String {
    format!("=?utf-8?B?{}?=", BASE64_STANDARD.encode(chunk))
}

#[cfg(test)]
mod tests {
    use mail_parser::MessageParser;
    use proptest::prelude::*;

    use super::*;

    fn subject_line(value: &str) -> String {
        let mut head = Head::default();
        head.text("Subject", value);
        head.into_string()
    }

    fn read_back(line: &str) -> String {
        let message = format!("{line}\r\nbody");
        let parsed = MessageParser::default().parse(message.as_bytes()).expect("a message");
        parsed.subject().unwrap_or_default().to_owned()
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        assert_eq!(subject_line("Ferry talks, day 3"), "Subject: Ferry talks, day 3\r\n");
    }

    #[test]
    fn long_text_is_folded_at_spaces() {
        let title = "harbour ".repeat(20);
        let line = subject_line(&title);
        assert!(line.lines().all(|l| l.len() <= LINE + 1), "{line}");
        assert_eq!(read_back(&line), title.trim());
    }

    #[test]
    fn text_that_looks_encoded_survives_as_text() {
        let tricky = "Why =?utf-8?Q?Bcc=3A?= is shown";
        assert_eq!(read_back(&subject_line(tricky)), tricky);
    }

    #[test]
    fn a_quoted_name_keeps_quotes_and_commas() {
        let mut head = Head::default();
        head.phrase("From", "Post, \"The\" \\", "a@example.com");
        assert_eq!(head.into_string(), "From: \"Post, \\\"The\\\" \\\\\" <a@example.com>\r\n");
    }

    proptest! {
        #[test]
        fn any_text_becomes_one_safe_header_and_reads_back_cleaned(value in any::<String>()) {
            let line = subject_line(&value);
            prop_assert!(line.is_ascii());
            prop_assert!(!line.contains("=?") || line.split("\r\n").all(|part| part.len() <= LINE), "{}", line);
            for (index, part) in line.trim_end_matches("\r\n").split("\r\n").enumerate() {
                prop_assert!(part.len() <= 998 && !part.contains(['\r', '\n', '\0']));
                prop_assert!(index == 0 || part.starts_with(' '));
            }
            prop_assert_eq!(read_back(&line), clean(&value));
        }
    }
}

//! Bytes of a mail server in, its answers out (RFC 5321 section 4.2): the code decides, whatever the words are, and they
//! are kept as far as they can be read. Never holds more of an answer than a bounded piece.

use memchr::memchr;

use crate::{model::Status, text::encoding};

/// Bytes of one line. RFC 5321 section 4.5.3.1.5 allows 512; some servers say more.
const LONGEST_LINE: usize = 8 * 1024;

/// Bytes of one answer with all its lines.
const LONGEST: usize = 64 * 1024;

/// What a server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    /// 200 to 599; that of the last line, should they differ.
    pub code: u16,
    /// The words of each line, behind its code.
    pub lines: Vec<String>,
}

impl Answer {
    /// All its words, an enhanced code that is repeated on every line once.
    pub fn text(&self) -> String {
        let Some((first, others)) = self.lines.split_first() else { return String::new() };
        let status = first.split(' ').next().filter(|word| word.parse::<Status>().is_ok());
        let bare = |line: &str| match status.and_then(|status| line.strip_prefix(status)) {
            Some(rest) => rest.trim_start().to_owned(),
            None => line.to_owned(),
        };
        let others = others.iter().map(|line| bare(line));
        std::iter::once(first.clone()).chain(others).collect::<Vec<String>>().join(" ")
    }
}

/// An answer that is still coming in.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// The line that has not ended yet.
    begun: Vec<u8>,
    /// The code of the last line that had one.
    code: Option<u16>,
    lines: Vec<String>,
    /// Bytes of the lines that have ended.
    size: usize,
}

impl Draft {
    /// Takes what the server sent, up to the end of the answer: says how many bytes that was, and hands out the answer
    /// once it has ended.
    ///
    /// # Errors
    /// When this is no answer, or has no end.
    pub fn take(&mut self, bytes: &[u8]) -> Result<(usize, Option<Answer>), String> {
        let end = memchr(b'\n', bytes);
        let taken = end.map_or(bytes.len(), |end| end + 1);
        let room = (LONGEST_LINE - self.begun.len()).min(LONGEST - self.size);
        self.begun.extend(bytes.iter().take(taken.min(room)));
        if taken > room {
            return Err("an answer of the server has no end".to_owned());
        }
        if end.is_none() {
            return Ok((taken, None));
        }
        let line = std::mem::take(&mut self.begun);
        self.size += line.len();
        let answer = self.line(line.trim_ascii_end())?.then(|| std::mem::take(self)).and_then(Draft::ended);
        Ok((taken, answer))
    }

    /// The answer as far as it came, if that tells its code: all there will be of one that breaks off.
    pub fn broken_off(&mut self) -> Option<Answer> {
        let mut draft = std::mem::take(self);
        let begun = std::mem::take(&mut draft.begun);
        // What has no code changes nothing.
        let _ = draft.line(begun.trim_ascii_end());
        draft.ended()
    }

    /// Keeps one line; whether it is the last. Behind a line that announces more, one without a code is words.
    fn line(&mut self, line: &[u8]) -> Result<bool, String> {
        let (code, rest) = match (code(line), self.code) {
            (Some(code), _) => (code, line.get(3..).unwrap_or_default()),
            (None, Some(code)) => (code, line),
            // Nothing was said yet.
            (None, None) if line.is_empty() => return Ok(false),
            (None, None) => {
                let said: String = readable(line).chars().take(80).collect();
                return Err(format!("the server speaks no SMTP, it says {said:?}"));
            }
        };
        let is_last = self::code(line).is_some() && rest.first() != Some(&b'-');
        let words = rest.strip_prefix(b"-").unwrap_or(rest);
        self.code = Some(code);
        self.lines.push(readable(words.trim_ascii()));
        Ok(is_last)
    }

    fn ended(self) -> Option<Answer> {
        self.code.map(|code| Answer { code, lines: self.lines })
    }
}

/// The code a line begins with.
fn code(line: &[u8]) -> Option<u16> {
    let (digits, rest) = line.split_at_checked(3)?;
    let is_code = matches!(digits, [b'2'..=b'5', b'0'..=b'9', b'0'..=b'9']);
    let ends = rest.first().is_none_or(|next| !next.is_ascii_digit());
    str::from_utf8(digits).ok().filter(|_| is_code && ends)?.parse().ok()
}

/// Words in UTF-8, else in the encoding they are likeliest in.
fn readable(words: &[u8]) -> String {
    match str::from_utf8(words) {
        Ok(words) => words.to_owned(),
        Err(_) => encoding::guessed(words).decode_without_bom_handling(words).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The answers in these bytes, fed in pieces of this size, and what is wrong behind them.
    fn answers(bytes: &[u8], piece: usize) -> (Vec<(u16, String)>, Option<String>) {
        let (mut draft, mut answers) = (Draft::default(), Vec::new());
        for mut piece in bytes.chunks(piece) {
            while !piece.is_empty() {
                match draft.take(piece) {
                    Ok((taken, answer)) => {
                        answers.extend(answer.map(|answer| (answer.code, answer.text())));
                        piece = piece.get(taken..).unwrap_or_default();
                    }
                    Err(wrong) => return (answers, Some(wrong)),
                }
            }
        }
        (answers, None)
    }

    fn one(bytes: &[u8]) -> (u16, String) {
        let [whole, bytewise] = [bytes.len(), 1].map(|piece| answers(bytes, piece));
        assert_eq!(whole, bytewise, "however it comes in");
        assert_eq!(whole.0.len(), 1, "{whole:?}");
        whole.0.into_iter().next().expect("one answer")
    }

    #[test]
    fn the_code_is_the_answer_whatever_is_behind_it() {
        for (bytes, code, text) in [
            (&b"250 2.1.0 ok\r\n"[..], 250, "2.1.0 ok"),
            (b"250\r\n", 250, ""),
            (b"250\n", 250, ""),
            (b"354 \r\r\n", 354, ""),
            (b"\r\n220 lab\r\n", 220, "lab"),
            (b"250\tok\r\n", 250, "ok"),
            (b"250ok\r\n", 250, "ok"),
            (b"250-lab\r\n250-SIZE 1\r\n250 HELP\r\n", 250, "lab SIZE 1 HELP"),
            (b"250-lab\r\n250-\r\n250\r\n", 250, "lab  "),
            (b"250-taken\r\nand more\r\n250 done\r\n", 250, "taken and more done"),
            (b"550-5.1.1 no\r\n550-5.1.1  such\r\n550 5.1.1 user\r\n", 550, "5.1.1 no such user"),
            (b"250-queued\r\n450 no, later\r\n", 450, "queued no, later"),
            (b"250 danke f\xfcr die Post\r\n", 250, "danke für die Post"),
            ("250 спасибо\r\n".as_bytes(), 250, "спасибо"),
        ] {
            assert_eq!(one(bytes), (code, text.to_owned()), "{}", String::from_utf8_lossy(bytes));
        }
        let (code, text) = one(b"550 5.1.1 \xd3\xc3\xbb\xa7\xb2\xbb\xb4\xe6\xd4\xda\r\n");
        assert_eq!((code, text.get(..6)), (550, Some("5.1.1 ")), "GBK");
    }

    #[test]
    fn several_answers_at_once_are_told_apart() {
        let (answers, wrong) = answers(b"250 a\r\n550-b\r\n550 c\r\n354 d\r\n", 7);
        let codes: Vec<u16> = answers.iter().map(|(code, _)| *code).collect();
        assert_eq!((codes.as_slice(), wrong), (&[250, 550, 354][..], None));
    }

    #[test]
    fn what_is_no_answer_is_quoted_and_what_has_no_end_is_given_up() {
        for (bytes, words) in [
            (&b"* OK IMAP4rev1 ready\r\n"[..], "\"* OK IMAP4rev1 ready\""),
            (b"HTTP/1.1 400 Bad Request\r\n", "HTTP"),
            (b"2500 ok\r\n", "2500"),
            (b"150 wait\r\n", "150"),
        ] {
            let (none, wrong) = answers(bytes, 5);
            assert!(none.is_empty() && wrong.is_some_and(|wrong| wrong.contains(words)), "{words}");
        }
        let line = |length: usize| format!("220 {}\r\n", "x".repeat(length - 6)).into_bytes();
        let lines = |number: usize| ["250-and so on\r\n".repeat(number), "250 done\r\n".to_owned()].concat();
        for endless in [line(8193), lines(4369).into_bytes()] {
            let (none, wrong) = answers(&endless, 1000);
            assert!(none.is_empty() && wrong.is_some_and(|wrong| wrong.contains("no end")));
        }
        for long in [line(8192), lines(4368).into_bytes()] {
            let (one, wrong) = answers(&long, 1000);
            assert_eq!((one.len(), wrong), (1, None), "8 KiB in a line, 64 in all");
        }
    }

    #[test]
    fn an_answer_that_breaks_off_has_its_code() {
        let mut draft = Draft::default();
        for (bytes, code) in [
            ("250-taken\r\n", Some(250)),
            ("250 tak", Some(250)),
            ("550", Some(550)),
            ("25", None),
            ("", None),
        ] {
            assert_eq!(draft.take(bytes.as_bytes()), Ok((bytes.len(), None)));
            assert_eq!(draft.broken_off().map(|answer| answer.code), code, "{bytes:?}");
        }
    }
}

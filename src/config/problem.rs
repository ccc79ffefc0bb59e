//! Something wrong in a text: where it stands, what it is and what to write instead. Never prints itself.

use std::ops::Range;

/// Bytes of the source.
pub type Span = Range<usize>;

/// Something in the file that cannot be used: where, what, and what to write in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The bytes to be marked; none when the whole file is meant.
    pub span: Option<Span>,
    /// One sentence without a full stop.
    pub title: String,
    /// A few words beside the mark; may be empty.
    pub label: String,
    /// What is allowed.
    pub help: Option<String>,
    /// Whether nothing that stands behind it can be made out.
    pub ends_reading: bool,
}

impl Problem {
    pub fn at(span: Option<Span>, title: impl Into<String>) -> Problem {
        Problem { span, title: title.into(), label: String::new(), help: None, ends_reading: false }
    }

    /// From a message of one or two lines: what is wrong, and what is allowed.
    pub fn told(span: Option<Span>, message: &str) -> Problem {
        match message.split_once('\n') {
            Some((title, help)) => Problem::at(span, title).help(help),
            None => Problem::at(span, message),
        }
    }

    pub fn label(mut self, label: impl Into<String>) -> Problem {
        self.label = label.into();
        self
    }

    /// What is wrong and what is allowed, in one line.
    pub fn in_a_line(&self) -> String {
        match &self.help {
            Some(help) => format!("{}; {help}", self.title),
            None => self.title.clone(),
        }
    }

    pub fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }
}

/// The line around a byte, which need not be the first one of a character.
pub fn line_around(source: &str, at: usize) -> Span {
    let at = at.min(source.len());
    let (before, behind) = source.as_bytes().split_at(at);
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let end = behind.iter().position(|byte| *byte == b'\n').map_or(source.len(), |end| at + end);
    start..end
}

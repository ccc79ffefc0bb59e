//! A text that is not TOML and the parser's complaint in, the slip that an editor made, in the editor's words, out. Never
//! reads a value.

use toml::de::Error;

use super::{
    problem::{Problem, Span, line_around},
    unclosed::unclosed,
};

/// Quotation marks as word processors write them.
const TYPOGRAPHIC: [char; 10] = ['“', '”', '„', '‟', '«', '»', '‘', '’', '‚', '″'];

/// What was probably meant at the place of the complaint, if it is one of the common slips.
pub(super) fn slip(source: &str, error: &Error) -> Option<Problem> {
    let at = error.span()?.start.min(source.len());
    let line = Line::around(source, at);
    let found = header(&line, error).or_else(|| twice(&line, error)).or_else(|| unclosed(source, at));
    let found = found.or_else(|| typographic(&line));
    found.or_else(|| escape(&line, error)).or_else(|| bare(&line, at))
}

/// A path as Windows writes it, in quotation marks in which `\` begins something else; also where that can be read.
pub(super) fn windows_path(source: &str) -> Option<Problem> {
    let mut start = 0;
    for text in source.split_inclusive('\n') {
        let line = Line { start, text: text.trim_end() };
        if let Some((from, value)) = line.value()
            && let [b'"', drive, b':', b'\\', next, ..] = value.as_bytes()
            && drive.is_ascii_alphabetic()
            && *next != b'\\'
        {
            return Some(backslash(from, value));
        }
        start += text.len();
    }
    None
}

/// A line of the file.
struct Line<'s> {
    start: usize,
    text: &'s str,
}

impl<'s> Line<'s> {
    fn around(source: &'s str, at: usize) -> Line<'s> {
        let Span { start, end } = line_around(source, at);
        let text = &source[start..end];
        Line { start, text: text.trim_end() }
    }

    /// What stands behind the first `=`, and where.
    fn value(&self) -> Option<(usize, &'s str)> {
        if self.text.trim_start().starts_with(['#', '[']) {
            return None;
        }
        let (key, value) = self.text.split_once('=')?;
        let blank = value.len() - value.trim_start().len();
        Some((self.start + key.len() + 1 + blank, value.trim_start()))
    }
}

fn span(from: usize, text: &str) -> Option<Span> {
    Some(from..from + text.len())
}

fn is_duplicate(error: &Error) -> bool {
    error.message().contains("duplicate key")
}

/// A table that comes twice: a list is written with two brackets.
fn header(line: &Line, error: &Error) -> Option<Problem> {
    let text = line.text.trim();
    let name = text.strip_prefix('[')?.strip_suffix(']')?.trim_matches(['[', ']']).trim();
    if !is_duplicate(error) {
        return None;
    }
    let problem = Problem::at(span(line.start, line.text), format!("[{name}] is there already"));
    Some(match name {
        "feeds" | "recipients" => {
            problem.help(format!("write [[{name}]], with two brackets, for each of them"))
        }
        _ => problem.help("write all its lines below the first one"),
    })
}

fn twice(line: &Line, error: &Error) -> Option<Problem> {
    let key = line.text.split('=').next().filter(|_| is_duplicate(error) && line.text.contains('='))?;
    let name = key.trim();
    let place = span(line.start, key.trim_end());
    Some(Problem::at(place, format!("`{name}` is there already")).help("leave out one of the two lines"))
}

fn typographic(line: &Line) -> Option<Problem> {
    let (from, value) = line.value().unwrap_or((line.start, line.text));
    let unquoted: String = value.split('"').step_by(2).collect();
    unquoted.find(TYPOGRAPHIC)?;
    let straight = value.replace(TYPOGRAPHIC, "\"");
    let title = "these quotation marks are typographic ones, as word processors write them";
    Some(Problem::at(span(from, value), title).help(format!("write straight ones: {straight}")))
}

fn escape(line: &Line, error: &Error) -> Option<Problem> {
    let (from, value) = line.value()?;
    let is_escape = ["escape", "unicode value"].iter().any(|word| error.message().contains(word));
    (is_escape && value.starts_with('"') && value.contains('\\')).then(|| backslash(from, value))
}

fn backslash(from: usize, value: &str) -> Problem {
    let inner = value.trim_start_matches('"').split('"').next().unwrap_or_default();
    Problem::at(span(from, value), "between double quotes a `\\` does not stand for itself")
        .help(format!("put it between single ones: '{inner}'"))
}

/// A word without quotation marks.
fn bare(line: &Line, at: usize) -> Option<Problem> {
    let (from, value) = line.value()?;
    let is_word = value.starts_with(|first: char| first.is_alphabetic() || first == '/');
    if from != at || !is_word {
        return None;
    }
    let word = value.split('#').next().unwrap_or_default().trim_end();
    let place = span(from, word);
    Some(match word.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => {
            Problem::at(place, format!("`{word}` is not a value")).help("write true, in small letters")
        }
        "false" | "no" | "off" => {
            Problem::at(place, format!("`{word}` is not a value")).help("write false, in small letters")
        }
        _ => Problem::at(place, "a text must be in quotes").help(format!("write \"{word}\"")),
    })
}

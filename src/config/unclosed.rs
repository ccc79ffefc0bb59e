//! A text that is not TOML and the place where its parser gave up in, the list or the header that was opened and never closed
//! out. Never reads a value.

use super::problem::{Problem, line_around};

/// So many lines before the place are looked at for the beginning of a list.
const LINES: usize = 500;

/// What was opened and not closed, so that the parser gave up at the byte `at`.
pub(super) fn unclosed(source: &str, at: usize) -> Option<Problem> {
    list(source, at).or_else(|| header(source, at))
}

/// Whether nothing but its own line is lost for what is wrong at the byte `at`: what follows can be read.
pub(super) fn is_alone(source: &str, at: usize) -> bool {
    let line = &source[line_around(source, at)];
    let is_whole = |open: char, close: char| line.matches(open).count() == line.matches(close).count();
    let is_long = line.contains("\"\"\"") || line.contains("'''");
    let is_element = || opened(source, at).is_some();
    is_whole('[', ']') && is_whole('{', '}') && !is_long && (key(line) || is_element()) && at < source.len()
}

fn header(source: &str, at: usize) -> Option<Problem> {
    let span = line_around(source, at);
    let text = source[span.clone()].split('#').next()?.trim();
    let behind = text.trim_start_matches('[');
    let name = behind.trim_end_matches(']');
    let [opened, closed] = [text.len() - behind.len(), behind.len() - name.len()];
    let name = name.trim();
    if opened == 0 || opened == closed || name.is_empty() || !name.chars().all(is_of_a_key) {
        return None;
    }
    let number = opened.max(closed);
    let (open, close) = ("[".repeat(number), "]".repeat(number));
    let title = "the brackets of this header do not pair";
    Some(Problem::at(Some(span), title).help(format!("write {open}{name}{close}")))
}

/// A list into which the next key or header, or the end of the file, has run.
fn list(source: &str, at: usize) -> Option<Problem> {
    let (start, first) = opened(source, at)?;
    let line = line_around(source, at);
    let is_end = source[at.min(source.len())..].trim().is_empty();
    let ends = match is_end {
        true => source.trim_end().len(),
        false if line.start > first && begins_anew(&source[line.clone()]) => line.start - 1,
        false => return None,
    };
    let problem = Problem::at(Some(start..ends), "this list is opened and never closed");
    Some(problem.help("write ] behind its last value"))
}

/// The list that is open at the byte `at`: where it begins, and where its line does.
fn opened(source: &str, at: usize) -> Option<(usize, usize)> {
    let at = at.min(source.len());
    let mut line = line_around(source, at);
    for _ in 0..LINES {
        let text = &source[line.clone()];
        let value = text.split_once('=').filter(|_| key(text)).map(|(_, value)| value.trim_start());
        if let Some(value) = value.filter(|value| value.starts_with('[')) {
            let start = line.end - value.len();
            return (start < at && is_open(&source[start..at])).then_some((start, line.start));
        }
        line = line_around(source, line.start.checked_sub(1)?);
    }
    None
}

/// Whether more brackets are opened than closed, strings and comments aside.
fn is_open(text: &str) -> bool {
    let (mut depth, mut quote, mut is_escaped, mut is_comment) = (0_i32, None, false, false);
    for c in text.chars() {
        match (c, quote) {
            ('\n', _) => (quote, is_comment) = (None, false),
            _ if is_comment => {}
            ('\\', Some('"')) if !is_escaped => {
                is_escaped = true;
                continue;
            }
            (c, Some(open)) if c == open && !is_escaped => quote = None,
            ('"' | '\'', None) => quote = Some(c),
            ('#', None) => is_comment = true,
            ('[', None) => depth += 1,
            (']', None) => depth -= 1,
            _ => {}
        }
        is_escaped = false;
    }
    depth > 0
}

/// Whether a line begins with a key or is a header: it is no value of a list.
fn begins_anew(line: &str) -> bool {
    let header = line.trim_start().trim_start_matches('[');
    let is_header = || {
        let name = header.split(']').next().unwrap_or_default().trim();
        line.trim_start().starts_with('[')
            && !name.is_empty()
            && name.chars().all(is_of_a_key)
            && !is_number(name)
    };
    key(line) || is_header()
}

fn key(line: &str) -> bool {
    let name = line.split_once('=').map(|(name, _)| name.trim()).unwrap_or_default();
    !name.is_empty() && name.chars().all(is_of_a_key)
}

fn is_of_a_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

fn is_number(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::problem::Span;

    fn marked(source: &str, at: &str) -> Option<String> {
        let at = if at.is_empty() { source.len() } else { source.find(at).expect("a place") };
        let Span { start, end } = unclosed(source, at)?.span?;
        Some(source[start..end].to_owned())
    }

    #[test]
    fn a_list_goes_on_to_the_next_key_header_or_end() {
        let list = Some("['sea', # ] no\n  \"]\"".to_owned());
        for rest in ["max = 1\n", "[mail]\nx = 1\n", "[[feeds]]\n"] {
            let source = format!("[newsletter]\nfocus = ['sea', # ] no\n  \"]\"\n{rest}");
            assert_eq!(marked(&source, rest), list, "{rest}");
        }
        assert_eq!(marked("a = 1\nfocus = ['sea', # ] no\n  \"]\"\n", ""), list);
        assert_eq!(marked("focus = ['sea']\nmax = \n", "max"), None);
        assert_eq!(marked("focus = [\n  'sea'\n  'land',\n]\n", "'land'"), None);
        assert_eq!(marked("focus = [\n  [1, 2]\n  [3, 4]\n]\n", "[3"), None);
    }

    #[test]
    fn a_header_whose_brackets_do_not_pair_is_one() {
        for header in ["[mail", "[[feeds]", "[feeds]]", " [ mail # the server"] {
            let told = unclosed(&format!("{header}\nx = 1\n"), 3).and_then(|problem| problem.help);
            assert!(told.as_deref().is_some_and(|told| told.starts_with("write [")), "{header}: {told:?}");
        }
        assert_eq!(unclosed("[mail]\n", 3), None);
    }
}

//! A text in, the spans between its matching quotation marks out. Knows typography alone; never asks who speaks, or
//! whether anybody does. A mark without a partner is skipped and encloses nothing.

use std::ops::Range;

/// The text between two quotation marks, marks included.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    pub bytes: Range<usize>,
    /// There is no closing mark: the next paragraph continues the quotation with its own opening mark.
    pub runs_on: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    /// `"`, `“”`, `„“`.
    Double,
    /// `«»` and the German `»«`.
    Angle,
    /// `‘’`, `‚‘` and `'`.
    Single,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Opens,
    Closes,
    /// A straight mark, with nothing around it to decide.
    Either,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    end: usize,
    family: Family,
    role: Role,
    /// First on its line.
    leads: bool,
    /// Follows punctuation, as a closing mark usually does and an apostrophe hardly ever.
    after_stop: bool,
    /// The straight single mark, far more often an apostrophe.
    typewriter: bool,
}

/// The outermost quoted spans of a text, in order. Quotations within a quotation are part of it.
pub fn spans(text: &str) -> Vec<Span> {
    let paragraphs = paragraphs(text);
    let marks: Vec<Vec<Mark>> = paragraphs.iter().map(|range| marks(text, range)).collect();
    let mut spans = Vec::new();
    for (n, own) in marks.iter().enumerate() {
        let next = marks.get(n + 1).and_then(|m| m.first()).filter(|m| m.leads && m.role != Role::Closes);
        let end = paragraphs.get(n).map_or(text.len(), |range| range.end);
        pair(text, own, end, next, &mut spans);
    }
    spans
}

/// Trimmed byte ranges between blank lines.
pub fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    let mut apart = true;
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        match found.last_mut() {
            _ if body.is_empty() => apart = true,
            Some(open) if !apart => open.end = start + body.len(),
            _ => {
                found.push(start..start + body.len());
                apart = false;
            }
        }
    }
    found
}

fn pair(text: &str, marks: &[Mark], end: usize, next: Option<&Mark>, spans: &mut Vec<Span>) {
    let mut i = 0;
    while let Some(open) = marks.get(i) {
        i += 1;
        if open.role == Role::Closes {
            continue;
        }
        match partner(marks, i) {
            Partner::Closing(j) => {
                spans.extend(marks.get(j).map(|close| Span { bytes: open.at..close.end, runs_on: false }));
                i = j + 1;
            }
            Partner::NextLine(j) => {
                let line = marks.get(j).and_then(|m| text.get(open.at..m.at)).unwrap_or_default().trim_end();
                spans.push(Span { bytes: open.at..open.at + line.len(), runs_on: true });
                i = j;
            }
            Partner::Missing
                if next.is_some_and(|n| n.family == open.family) && open.family != Family::Single =>
            {
                if !marks.iter().skip(i).any(|m| m.family == open.family) {
                    spans.push(Span { bytes: open.at..end, runs_on: true });
                    return;
                }
            }
            Partner::Missing => {}
        }
    }
}

enum Partner {
    Closing(usize),
    NextLine(usize),
    Missing,
}

/// The partner of the opening mark just before `from`.
fn partner(marks: &[Mark], from: usize) -> Partner {
    let Some(open) = from.checked_sub(1).and_then(|i| marks.get(i)) else { return Partner::Missing };
    if open.family == Family::Single {
        return single_partner(marks, from, open.typewriter);
    }
    let rest = || marks.iter().enumerate().skip(from).filter(|(_, m)| m.family == open.family);
    let mut depth = 0;
    let mut walk = rest();
    while let Some((j, mark)) = walk.next() {
        if mark.role == Role::Opens {
            let mut ahead = walk.clone();
            let closes = |m: Option<(usize, &Mark)>| m.is_some_and(|(_, m)| m.role == Role::Closes);
            if mark.leads {
                return if depth == 0 { Partner::NextLine(j) } else { Partner::Missing };
            }
            if !(closes(ahead.next()) && closes(ahead.next())) {
                return Partner::Missing;
            }
            depth += 1;
        } else if depth == 0 {
            return Partner::Closing(j);
        } else {
            depth -= 1;
        }
    }
    Partner::Missing
}

/// A single mark is closed by the first mark after punctuation, otherwise by the last before the next opening, since
/// earlier ones may be the apostrophes of plurals ("the workers’ rights").
fn single_partner(marks: &[Mark], from: usize, typewriter: bool) -> Partner {
    let mut last = None;
    for (j, mark) in marks.iter().enumerate().skip(from) {
        match (mark.family, mark.role) {
            (Family::Single, Role::Closes) if mark.after_stop => return Partner::Closing(j),
            (Family::Single, Role::Closes) if last.is_none() => last = Some(j),
            (Family::Single, Role::Closes) => {}
            (Family::Single, _) => break,
            _ if typewriter => break,
            _ => {}
        }
    }
    last.filter(|_| !typewriter).map_or(Partner::Missing, Partner::Closing)
}

fn marks(text: &str, paragraph: &Range<usize>) -> Vec<Mark> {
    let slice = text.get(paragraph.clone()).unwrap_or_default();
    let mut before: Option<char> = None;
    let mut leads = true;
    let mut found = Vec::new();
    for (i, c) in slice.char_indices() {
        let behind = slice.get(i + c.len_utf8()..).unwrap_or_default();
        if let Some((family, role)) = role(before, c, behind) {
            let at = paragraph.start + i;
            let after_stop =
                before.is_some_and(|b| matches!(b, '.' | ',' | '!' | '?' | '…' | ';' | ':' | '—' | '–'));
            found.push(Mark {
                at,
                end: at + c.len_utf8(),
                family,
                role,
                leads,
                after_stop,
                typewriter: c == '\'',
            });
        }
        leads = c == '\n' || (leads && c.is_whitespace());
        before = Some(c);
    }
    found
}

/// The role of a character as a quotation mark, given its surroundings.
fn role(before: Option<char>, c: char, behind: &str) -> Option<(Family, Role)> {
    let after = behind.chars().next();
    let free = before.is_none_or(|b| {
        b.is_whitespace() || matches!(b, '(' | '[' | '—' | '–' | '-' | '/' | '…' | '\u{200b}')
    });
    let within = before.is_some_and(char::is_alphanumeric);
    let word_next = after.is_some_and(char::is_alphanumeric);
    let loose = after.is_none_or(|a| {
        a.is_whitespace() || a.is_ascii_punctuation() || matches!(a, '—' | '–' | '…' | '’' | '”')
    });
    let found = match c {
        '„' => (Family::Double, Role::Opens),
        '“' if !free && loose && !before.is_some_and(is_mark) => (Family::Double, Role::Closes),
        '“' => (Family::Double, Role::Opens),
        '”' if free && word_next => (Family::Double, Role::Opens),
        '”' => (Family::Double, Role::Closes),
        '"' if free || before.is_some_and(is_mark) && word_next => {
            let alone = after.is_none_or(char::is_whitespace) && before.is_some();
            (Family::Double, if alone { Role::Either } else { Role::Opens })
        }
        '"' if loose => (Family::Double, Role::Closes),
        '"' => (Family::Double, if within { Role::Closes } else { Role::Either }),
        '«' if free && after.is_some() => (Family::Angle, Role::Opens),
        '«' => (Family::Angle, Role::Closes),
        '»' if free && word_next => (Family::Angle, Role::Opens),
        '»' => (Family::Angle, Role::Closes),
        '‚' if word_next && free => (Family::Single, Role::Opens),
        '‘' if !free && loose => (Family::Single, Role::Closes),
        '‘' if !within => (Family::Single, Role::Opens),
        '\'' if free && after.is_some_and(char::is_alphabetic) => (Family::Single, Role::Opens),
        '’' | '\'' if !free && !word_next => (Family::Single, Role::Closes),
        _ => return None,
    };
    Some(found)
}

/// Whether a character can be a quotation mark.
pub fn is_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '"' | '«' | '»' | '‘' | '’' | '‚' | '\'')
}

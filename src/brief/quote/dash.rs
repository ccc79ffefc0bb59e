//! A text in, what is spoken after dialogue dashes out ("—Ha llegado el hielo —dijo Ada Quiroga—. Es pronto."). Never
//! takes a dash alone for speech: only if a verb of saying opens the aside after the next dash.

use std::ops::Range;

use crate::language::Lexicon;
use crate::text::marks::{Span, paragraphs};

/// The spoken spans of all paragraphs, in order; the opening dash belongs to the first span of its paragraph.
pub fn spans(text: &str, lexicon: &Lexicon) -> Vec<Span> {
    let spoken = paragraphs(text).into_iter().flat_map(|paragraph| speech(text, paragraph, lexicon));
    spoken.map(|bytes| Span { bytes, runs_on: false }).collect()
}

/// Every second span between the dashes of a paragraph that begins with one.
fn speech(text: &str, paragraph: Range<usize>, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let slice = text.get(paragraph.clone()).unwrap_or_default();
    if !slice.starts_with(is_dash) {
        return Vec::new();
    }
    let dashes: Vec<(usize, char)> =
        slice.char_indices().filter(|(at, c)| is_dash(*c) && stands_apart(slice, *at)).collect();
    let ends = dashes.iter().map(|(at, _)| *at).skip(1).chain([slice.len()]);
    let stretches: Vec<(usize, Range<usize>)> =
        dashes.iter().zip(ends).map(|((at, dash), end)| (*at, at + dash.len_utf8()..end)).collect();
    let words = |stretch: &Range<usize>| slice.get(stretch.clone()).unwrap_or_default().trim_start();
    let tagged = stretches.get(1).is_some_and(|(_, aside)| opens_with_a_verb(words(aside), lexicon));
    let spoken = stretches.iter().step_by(2).filter(|_| tagged).filter_map(|(dash, stretch)| {
        let rest = slice.get(stretch.clone())?;
        let skipped = rest.len()
            - rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';')).len();
        let start = if *dash == 0 { 0 } else { stretch.start + skipped };
        let end = stretch.start + rest.trim_end().len();
        (start < end).then_some(paragraph.start + start..paragraph.start + end)
    });
    spoken.collect()
}

fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–' | '―')
}

/// Whether a dash is not part of a word or number ("2019–2024").
fn stands_apart(slice: &str, at: usize) -> bool {
    let before = slice.get(..at).and_then(|s| s.chars().next_back());
    let after = slice.get(at..).and_then(|s| s.chars().nth(1));
    let part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !(part(before) && part(after))
}

fn opens_with_a_verb(aside: &str, lexicon: &Lexicon) -> bool {
    let verb = aside.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    verb.starts_with(char::is_lowercase) && lexicon.classes(verb).says()
}

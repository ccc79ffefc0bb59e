//! A text and its quoted spans in, who speaks in each out: the words that say so, the verb, the full name. Never
//! invents a speaker: the name is always words of the text, and if the text does not say, there is none.

mod aside;
mod clause;
mod names;
mod order;
mod people;
mod phrase;
mod source;
#[cfg(test)]
mod tests;

use std::ops::Range;

use self::clause::{Kind, Token, tokens};
use self::people::People;
use self::source::{Source, earlier, own};
use crate::language::Lexicon;
use crate::text::marks::{Span, paragraphs};

/// Who speaks in one quoted span.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Attribution {
    /// Full name or description.
    pub speaker: Option<String>,
    /// Byte range of the words that name the speaker.
    pub words: Option<Range<usize>>,
    pub cue: Option<String>,
    /// Whether the speaker is named in the span's own sentence.
    pub own: bool,
    /// Whether a comma, colon or dash leads up to it, so that a lower-case first letter does not mark a fragment.
    pub resumes: bool,
    /// Whether a comma or dash and then the speaker follow, so that it is complete without punctuation of its own.
    pub tagged: bool,
}

/// The attribution of each span, in the same order.
pub fn attribute(text: &str, spans: &[Span], lexicon: &Lexicon) -> Vec<Attribution> {
    let mut found = vec![Attribution::default(); spans.len()];
    let mut rows = Vec::new();
    let mut last: Option<(usize, Range<usize>)> = None;
    let mut next = 0;
    for (number, paragraph) in paragraphs(text).into_iter().enumerate() {
        let inside = spans.iter().skip(next).take_while(|span| span.bytes.start < paragraph.end).count();
        let quotes: Vec<_> = (next..next + inside)
            .filter_map(|i| Some((i, spans.get(i)?.bytes.clone())))
            .flat_map(|(i, bytes)| {
                aside::pieces(text, bytes, lexicon).into_iter().map(move |piece| (i, piece))
            })
            .collect();
        let row = tokens(text, paragraph, &quotes, lexicon);
        let carried = last
            .clone()
            .filter(|(from, _)| carries(&row, *from, number, spans, next))
            .map(|(_, words)| words);
        let heard = one_paragraph(&row, carried, &mut found);
        last = heard.map(|words| (number, words)).or(last);
        next += inside;
        rows.push(row);
    }
    take_back(spans, &mut found);
    name_speakers(text, &rows, &mut found);
    found
}

/// Gives each attribution the full name that its words stand for.
fn name_speakers(text: &str, rows: &[Vec<Token>], found: &mut [Attribution]) {
    let words: Vec<_> = found.iter().filter_map(|a| a.words.clone()).collect();
    let people = People::read(text, rows, &words);
    let mut heard: Option<(usize, String)> = None;
    let mut known: Option<(Range<usize>, Option<String>)> = None;
    for attribution in found {
        let Some(words) = attribution.words.clone() else { continue };
        let before = known.as_ref().filter(|(same, _)| *same == words).map(|(_, speaker)| speaker.clone());
        let speaker = before.unwrap_or_else(|| {
            people.speaker(&words, heard.as_ref().map(|(paragraph, name)| (*paragraph, name.as_str())))
        });
        let paragraph = rows.partition_point(|row| row.last().is_some_and(|t| t.bytes.end <= words.start));
        heard = speaker.clone().map(|name| (paragraph, name)).or(heard);
        known = Some((words, speaker.clone()));
        attribution.speaker = speaker;
    }
}

/// Whether the speaker last heard in paragraph `from` continues in this one: it follows directly and holds only
/// quotations.
fn carries(row: &[Token], from: usize, number: usize, spans: &[Span], next: usize) -> bool {
    let goes_on = next.checked_sub(1).and_then(|i| spans.get(i)).is_some_and(|span| span.runs_on);
    from + 1 == number && (goes_on || row.iter().all(|t| t.is_quote() || t.is_sign(&['.', ','])))
}

/// Attributes the quotations of one paragraph; returns the words naming the last speaker heard in it.
fn one_paragraph(
    row: &[Token],
    carried: Option<Range<usize>>,
    found: &mut [Attribution],
) -> Option<Range<usize>> {
    let mut heard = carried;
    let mut floor = 0;
    for (at, token) in row.iter().enumerate() {
        let Kind::Quote(number) = token.kind else { continue };
        let named = own(row, at);
        let source = named.clone().or_else(|| earlier(row, at, floor));
        let bytes = source.as_ref().and_then(|s| bytes_of(row, s));
        let words = bytes.or_else(|| heard.clone());
        // The piece after a tag inside a quotation has nothing to add.
        if let Some(slot) = found.get_mut(number).filter(|slot| !slot.own) {
            slot.cue = source.and_then(|s| s.cue).and_then(|i| row.get(i)).map(|t| t.word.to_owned());
            slot.own = named.is_some();
            slot.tagged = named.is_some_and(|source| source.words.start > at)
                && row.get(at + 1).is_some_and(|t| t.is_sign(&[',', '—', '–', '-', '―']));
            slot.words = words.clone();
            slot.resumes = at > 0 && row.get(at - 1).is_some_and(|t| t.is_sign(&[',', ':', '—', '–', '-']));
        }
        heard = words.or(heard);
        floor = at + 1;
    }
    let tail = earlier(row, row.len(), floor).and_then(|s| bytes_of(row, &s));
    tail.or(heard)
}

fn bytes_of(row: &[Token], source: &Source) -> Option<Range<usize>> {
    let words = row.get(source.words.clone())?;
    Some(words.first()?.bytes.start..words.last()?.bytes.end)
}

/// A quotation over several paragraphs is often attributed at its end: earlier unattributed ones take that name.
fn take_back(spans: &[Span], found: &mut [Attribution]) {
    for i in (1..found.len()).rev() {
        let runs_on = spans.get(i - 1).is_some_and(|span| span.runs_on);
        let words = found.get(i).and_then(|a| a.words.clone());
        if let Some(before) = found.get_mut(i - 1).filter(|a| runs_on && a.words.is_none()) {
            before.words = words;
        }
    }
}

//! A text in, its quotations out: where they are, and which are direct speech. Never finds the speaker: that is the
//! task of `speaker`.

pub mod dash;
pub mod direct;
#[cfg(test)]
mod tests;

use crate::{
    language::Lexicon,
    text::marks::{self, Span},
};

/// The quoted spans of a text, in order and not overlapping: between marks, or after dialogue dashes in languages
/// that use them.
pub fn spans(text: &str, lexicon: &Lexicon) -> Vec<Span> {
    let mut spans = dash::spans(text, lexicon);
    let overlaps =
        |span: &Span, other: &Span| span.bytes.start < other.bytes.end && other.bytes.start < span.bytes.end;
    let marked = marks::spans(text);
    if spans.is_empty() {
        return marked;
    }
    let free = |span: &Span| {
        let next = spans.partition_point(|other| other.bytes.end <= span.bytes.start);
        !spans.get(next).is_some_and(|other| overlaps(span, other))
    };
    let marked: Vec<Span> = marked.into_iter().filter(free).collect();
    spans.extend(marked);
    spans.sort_by_key(|span| span.bytes.start);
    spans
}

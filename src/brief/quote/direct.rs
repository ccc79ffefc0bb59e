//! A quoted span in, a verdict out: direct speech, or a scare quote, a fragment, a title? Never asks who speaks.

use crate::brief::speaker::Attribution;
use crate::language::Lexicon;
use crate::text::marks::is_mark;

/// Minimum words for a span without a named speaker, or one that begins in lower case.
const FEW: usize = 5;

/// From this many words, a span that begins in lower case is more than a phrase, if its sentence names the speaker.
const MANY: usize = 10;

/// Whether the span is direct speech. `slice` includes the marks.
pub fn is_direct(slice: &str, attribution: &Attribution, lexicon: &Lexicon) -> bool {
    let inner = slice.trim_matches(|c: char| c.is_whitespace() || is_mark(c));
    let words: Vec<&str> =
        inner.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).collect();
    let first = inner.chars().next();
    let sentence_like = first.is_some_and(|c| !c.is_lowercase());
    let stopped = inner.ends_with(['.', '!', '?', ',', '…']);
    if is_title(&words, inner, lexicon) {
        return false;
    }
    match words.len() {
        0 => false,
        1..FEW => sentence_like && (stopped && attribution.words.is_some() || attribution.tagged),
        n if lexicon.speech.in_parts && n > FEW && (n >= MANY || attribution.words.is_some()) => true,
        _ if attribution.words.is_none() => sentence_like && stopped,
        n => sentence_like || attribution.own && (n >= MANY || attribution.resumes || inner.ends_with(',')),
    }
}

/// Whether it is written like the title of a work: every significant word is capitalised.
fn is_title(words: &[&str], inner: &str, lexicon: &Lexicon) -> bool {
    let weighty = |w: &&&str| !lexicon.words.small.has(w.trim_matches(|c: char| !c.is_alphanumeric()));
    let mut heavy = words.iter().filter(weighty);
    !inner.ends_with('!')
        && heavy.all(|w| w.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase()))
}

//! A paragraph's tokens in, for each of its quotations the words that say whose it is out. Looks no further than the
//! paragraph.

use std::ops::Range;

use super::clause::Token;
use super::phrase::{before, behind, is_cue, subject};
use super::vocabulary::{PARTICIPLES, PRONOUNS};

/// Furthest a verb of saying may stand from its quotation, in tokens.
const REACH: usize = 34;

/// The words that name a speaker, as tokens of the paragraph, and the verb.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    pub words: Range<usize>,
    pub cue: Option<usize>,
}

/// The source named in the quotation's own sentence; `at` is the quotation's token.
pub fn own(tokens: &[Token], at: usize) -> Option<Source> {
    let quote = tokens.get(at)?;
    let last =
        quote.word.trim_end_matches(['"', '”', '“', '»', '«', '’', '‘', '\'', '\u{a0}', ' ']).chars().last();
    let open_ended = last.is_some_and(|c| !matches!(c, '.'));
    let introduced = at > 0
        && tokens.get(at - 1).is_some_and(|t| t.is_sign(&[':']) || t.is_sign(&[',']) && !tag(tokens, at));
    let follows = tokens.get(at + 1);
    let tagged = follows.is_some_and(|t| {
        open_ended && t.is_word()
            || t.is_sign(&[',', '—', '–', '-', '―', '('])
            || t.is_word() && !t.is_capital()
    });
    if introduced && let Some(found) = ahead(tokens, at) {
        return Some(found);
    }
    if tagged && let Some(found) = after(tokens, at) {
        return Some(found);
    }
    ahead(tokens, at)
}

/// Whether what stands before the quotation is the tag of another one in the same sentence.
fn tag(tokens: &[Token], at: usize) -> bool {
    let sentence = tokens.get(at).map(|t| t.sentence);
    tokens.iter().take(at).rev().take_while(|t| Some(t.sentence) == sentence).any(Token::is_quote)
}

/// "…," she said · "…," said Mr. X · "…," according to X · "…" — X
fn after(tokens: &[Token], at: usize) -> Option<Source> {
    let quote = tokens.get(at)?;
    let mut from = at + 1;
    let dash = tokens.get(from).is_some_and(|t| t.is_sign(&['—', '–', '-', '―']));
    while tokens.get(from).is_some_and(|t| t.is_sign(&[',', '—', '–', '-', '―'])) {
        from += 1;
    }
    let first = tokens.get(from)?;
    let sentence = if quote.sentence == first.sentence { quote.sentence } else { first.sentence };
    let row = tokens.iter().skip(from).take(REACH);
    let to =
        from + row.take_while(|t| t.sentence == sentence && !t.is_quote() && !t.is_sign(&[';', ':'])).count();
    if first.word.eq_ignore_ascii_case("according") || first.word == "per" {
        let words = behind(tokens, from + 1 + usize::from(first.word.len() > 3), to)?;
        return Some(Source { words, cue: None });
    }
    let verb = (from..to).find(|i| is_cue(tokens, *i));
    if let Some(verb) = verb {
        let inverted = verb <= from + 1;
        let words = if inverted { behind(tokens, verb + 1, to).filter(|_| verb == from) } else { None };
        let words = words.or_else(|| leading(tokens, from, verb)).or_else(|| before(tokens, verb, from))?;
        return Some(Source { words, cue: Some(verb) });
    }
    let signed = dash && first.is_capital() && first.bytes.start.saturating_sub(quote.bytes.end) < 8;
    signed.then(|| behind(tokens, from, to).map(|words| Source { words, cue: None })).flatten()
}

/// The phrase a tag begins with when the verb belongs to it: directly behind it, or behind an apposition.
fn leading(tokens: &[Token], from: usize, verb: usize) -> Option<Range<usize>> {
    let words = behind(tokens, from, verb)?;
    let next = tokens.get(words.end)?;
    let close = verb <= words.end + 2 || next.is_sign(&[',', '(', '—', '–']) || next.word == "who";
    (close || tokens.get(from).is_some_and(|t| PRONOUNS.has(t.word))).then_some(words)
}

/// X said: "…" · X, speaking in Y, told Z, "…" · according to X, "…"
fn ahead(tokens: &[Token], at: usize) -> Option<Source> {
    let sentence = tokens.get(at)?.sentence;
    let row = tokens.iter().take(at).rev().take(REACH);
    let from = at - row.take_while(|t| t.sentence == sentence && !t.is_quote()).count();
    if let Some(found) = speech(tokens, from, at) {
        return Some(found);
    }
    let colon = tokens.get(at.checked_sub(1)?)?.is_sign(&[':']);
    let words = subject(tokens, from, at).filter(|_| colon)?;
    Some(Source { words, cue: None })
}

/// The last speaker named with a verb of saying between two tokens of one sentence.
pub fn speech(tokens: &[Token], from: usize, to: usize) -> Option<Source> {
    let according =
        (from..to).find(|i| tokens.get(*i).is_some_and(|t| t.word.eq_ignore_ascii_case("according")));
    if let Some(words) = according.and_then(|i| behind(tokens, i + 2, to)) {
        return Some(Source { words, cue: None });
    }
    let verb = (from..to).rev().find_map(|i| {
        let inverted = || {
            (i == from || tokens.get(i - 1).is_some_and(|t| t.is_sign(&[','])))
                .then(|| behind(tokens, i + 1, to))
                .flatten()
        };
        let words = is_cue(tokens, i).then(|| before(tokens, i, from).or_else(inverted)).flatten()?;
        Some(Source { words, cue: Some(i) })
    });
    verb.or_else(|| {
        let participle =
            (from..to).rev().find(|i| tokens.get(*i).is_some_and(|t| PARTICIPLES.has(t.word)))?;
        let words = subject(tokens, from, participle)?;
        Some(Source { words, cue: Some(participle) })
    })
}

/// The source of a quotation that names none itself: what the sentences between it and `floor` say, nearest first.
pub fn earlier(tokens: &[Token], at: usize, floor: usize) -> Option<Source> {
    let mut to = at;
    while to > floor {
        let sentence = tokens.get(to - 1)?.sentence;
        let from =
            to - tokens.iter().take(to).skip(floor).rev().take_while(|t| t.sentence == sentence).count();
        if let Some(found) = speech(tokens, from, to) {
            return Some(Source { cue: None, ..found });
        }
        to = from;
    }
    None
}

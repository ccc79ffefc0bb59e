//! A paragraph's tokens in, for each of its quotations the words that name its speaker out. Never looks beyond the
//! paragraph.

use std::ops::Range;

use super::clause::Token;
use super::order::{behind_verb, document, goes_on, is_oblique, quoted, subject, subject_of};
use super::phrase::{before, behind, is_cue, is_plain};
use crate::{language::Class, text::marks::is_mark};

/// The furthest a verb of saying may be from its quotation, in tokens.
const REACH: usize = 34;

/// The longest sentence searched at once, in tokens.
const LONGEST: usize = 120;

/// The words that name a speaker, as tokens of the paragraph, and the verb.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    pub words: Range<usize>,
    pub cue: Option<usize>,
}

/// The source named in the quotation's own sentence; `at` is the quotation's token.
pub fn own(tokens: &[Token], at: usize) -> Option<Source> {
    let quote = tokens.get(at)?;
    let from = sentence_start(tokens, at);
    let stopped = quote.word.trim_end_matches(|c: char| c.is_whitespace() || is_mark(c)).ends_with('.');
    let introduced = at > 0
        && tokens.get(at - 1).is_some_and(|t| t.is_sign(&[':']) || t.is_sign(&[',']) && !tag(tokens, at));
    let tagged = tokens.get(at + 1).is_some_and(|t| {
        t.is_sign(&[',', '—', '–', '-', '―', '('])
            || t.is_word() && (!stopped || !t.is_capital() || bare_tag(tokens, at + 1))
    });
    if goes_on(tokens, from, at) {
        return None;
    }
    let direct = introduced.then(|| finite(tokens, from, at)).flatten();
    let after = || tagged.then(|| after(tokens, at)).flatten();
    direct.or_else(after).or_else(|| speech(tokens, from, at)).or_else(|| announced(tokens, from, at))
}

/// The first token of the quotation's sentence, or the first after the previous quotation.
fn sentence_start(tokens: &[Token], at: usize) -> usize {
    let sentence = tokens.get(at).map(|t| t.sentence);
    let row = tokens.iter().take(at).rev().take(REACH);
    at - row.take_while(|t| Some(t.sentence) == sentence && !t.is_speech()).count()
}

/// Whether the sentence from token `from` is just "Name said."
fn bare_tag(tokens: &[Token], from: usize) -> bool {
    let verb = (from..from + 5).find(|i| is_cue(tokens, *i));
    verb.is_some_and(|i| tokens.get(i + 1).is_none_or(|t| t.is_sign(&['.'])))
}

/// Whether the words before the quotation are the tag of another one in the same sentence.
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
    let to = from
        + row.take_while(|t| t.sentence == sentence && !t.is_speech() && !t.is_sign(&[';', ':'])).count();
    if let Some(named) = according(tokens, from) {
        let words = behind(tokens, named, to)?;
        return Some(Source { words: named_in_apposition(tokens, words), cue: None });
    }
    let reads = |i: &usize| tokens.get(*i).is_some_and(|t| t.is(Class::Reads));
    if let Some(verb) = (from..to.min(from + 4)).find(reads) {
        return document(tokens, verb, verb, to).map(|words| Source { words, cue: Some(verb) });
    }
    let hung = tokens.get(from + 1).is_some_and(|t| t.is_sign(&['-']));
    if hung && tokens.get(from + 2).is_some_and(|t| t.is(Class::Subject)) {
        let cue = [from, from + 3].into_iter().find(|i| is_cue(tokens, *i))?;
        return Some(Source { words: from + 2..from + 3, cue: Some(cue) });
    }
    if first.is(Class::Thus) {
        return behind(tokens, from + 1, to).map(|words| Source { words, cue: Some(from) });
    }
    let verb = (from..to).find(|i| is_cue(tokens, *i));
    if let Some(verb) = verb {
        let cited = || {
            let paper = tokens
                .get(verb)
                .filter(|t| t.is(Class::Quotes))
                .and_then(|_| behind(tokens, verb + 1, to))?;
            behind(tokens, paper.end, to)
        };
        let words = cited()
            .or_else(|| inverted(tokens, from, verb, to))
            .or_else(|| leading(tokens, from, verb))
            .or_else(|| before(tokens, verb, from))?;
        return Some(Source { words: named_in_apposition(tokens, words), cue: Some(verb) });
    }
    let next = tokens.get(from + 1);
    let follows = next.is_some_and(|t| t.is_capital() || t.is(Class::Oneself));
    if first.is(Class::Past) && !first.is_capital() && follows {
        return behind_verb(tokens, from, to).map(|words| Source { words, cue: Some(from) });
    }
    let signed = dash && first.is_capital() && first.bytes.start.saturating_sub(quote.bytes.end) < 8;
    signed.then(|| behind(tokens, from, to).map(|words| Source { words, cue: None })).flatten()
}

/// Where the name begins after "according to" at token `at`.
fn according(tokens: &[Token], at: usize) -> Option<usize> {
    let length = tokens.get(at)?.according;
    (length > 0).then_some(at + length)
}

/// Who is named after a verb that begins a tag: "said X", "a déclaré la ministre X", "hat X gesagt".
fn inverted(tokens: &[Token], from: usize, verb: usize, to: usize) -> Option<Range<usize>> {
    let helped = tokens.get(from)?.is(Class::Helps);
    if verb > from + 1 {
        return behind(tokens, from + 1, verb).filter(|_| helped);
    }
    if verb > from && !helped {
        return None;
    }
    let plain = tokens.iter().skip(verb + 1).take(3).take_while(|t| is_plain(t)).count();
    let named = tokens.get(verb + 1 + plain).is_some_and(Token::is_capital);
    let subject = behind(tokens, verb + 1, to).filter(|words| !is_oblique(tokens, words));
    let subject = subject.or_else(|| behind_verb(tokens, verb, to));
    subject.or_else(|| behind(tokens, verb + 1 + plain, to).filter(|_| named))
}

/// "the ambassador, Ada Quill," becomes "Ada Quill", and so does "Brackwater's ambassador, Ada Quill": the name after a
/// description that names nobody.
fn named_in_apposition(tokens: &[Token], words: Range<usize>) -> Range<usize> {
    let phrase = tokens.get(words.clone()).unwrap_or_default();
    let owned = phrase.iter().any(Token::is_possessive) && phrase.last().is_some_and(|t| !t.is_capital());
    let described = owned || phrase.first().is_some_and(|t| t.is(Class::Determines));
    let comma = tokens.get(words.end).is_some_and(|t| t.is_sign(&[',']));
    let start = words.end + 1;
    let row = tokens.iter().skip(start);
    let length = row.take_while(|t| (t.is_capital() || t.is(Class::Particle)) && !t.is_possessive()).count();
    let closed = tokens
        .get(start + length)
        .is_none_or(|t| t.is_sign(&[',', '.', ':']) || is_cue(tokens, start + length));
    let least = if owned { 1 } else { 2 };
    if described && comma && (least..=4).contains(&length) && closed { start..start + length } else { words }
}

/// The phrase a tag begins with, if the verb belongs to it: directly after it, or after an apposition.
fn leading(tokens: &[Token], from: usize, verb: usize) -> Option<Range<usize>> {
    let mut words = behind(tokens, from, verb)?;
    let described = tokens.get(from).is_some_and(|t| t.is(Class::Determines));
    while described && words.end < verb && tokens.get(words.end).is_some_and(is_plain) {
        words.end += 1;
    }
    let next = tokens.get(words.end)?;
    let close = verb <= words.end + 3 || next.is_sign(&[',', '(', '—', '–']) || next.is(Class::Relative);
    close.then_some(words)
}

/// X was unmoved: "…"
fn announced(tokens: &[Token], from: usize, at: usize) -> Option<Source> {
    let colon = tokens.get(at.checked_sub(1)?)?.is_sign(&[':']);
    let words = subject(tokens, from, at).filter(|_| colon)?;
    // "Q:" and "A:" in a transcript name nobody.
    let initial = words.len() == 1 && tokens.get(words.start).is_some_and(|t| t.word.len() == 1);
    if initial {
        return None;
    }
    Some(Source { words, cue: None })
}

/// The last speaker named with a verb of saying between two tokens of one sentence.
pub fn speech(tokens: &[Token], from: usize, to: usize) -> Option<Source> {
    finite(tokens, from, to).or_else(|| {
        let verb = (from..to).rev().find(|i| tokens.get(*i).is_some_and(|t| t.is(Class::Saying)))?;
        let named =
            before(tokens, verb, from).filter(|r| tokens.get(r.end - 1).is_some_and(Token::is_capital));
        let words = named.or_else(|| subject(tokens, from, verb))?;
        Some(Source { words, cue: Some(verb) })
    })
}

/// X said: "…" · X, speaking in Y, told Z, "…" · according to X, "…"
fn finite(tokens: &[Token], from: usize, to: usize) -> Option<Source> {
    let opens = |i: &usize| *i == from || tokens.get(i - 1).is_some_and(|t| t.is_sign(&[',']));
    let long = |i: &usize| tokens.get(*i).is_some_and(|t| t.according > 1);
    let named = (from..to).filter(|i| long(i) || opens(i)).find_map(|i| according(tokens, i));
    if let Some(words) = named.and_then(|i| behind(tokens, i, to)) {
        return Some(Source { words, cue: None });
    }
    let so = (from..to).filter(|i| opens(i) && tokens.get(*i).is_some_and(|t| t.is(Class::Thus)));
    if let Some((cue, words)) = so.filter(|i| *i > from).find_map(|i| Some((i, behind(tokens, i + 1, to)?))) {
        return Some(Source { words, cue: Some(cue) });
    }
    let is = |i: usize, class| tokens.get(i).is_some_and(|t| t.is(class));
    let told = (from..to).rev().filter(|i| is_cue(tokens, *i)).find_map(|i| {
        let words = if is(i, Class::Reads) {
            document(tokens, from, i, to)
        } else if is(i, Class::Quotes) {
            quoted(tokens, from, i, to)
        } else {
            let clause = clause(tokens, from, i).and_then(|start| subject_of(tokens, start, i, to));
            clause.or_else(|| subject_of(tokens, from, i, to))
        }?;
        Some(Source { words: named_in_apposition(tokens, words), cue: Some(i) })
    });
    told.or_else(|| {
        let opened = is(from, Class::Preposition) || is(from, Class::Inverts);
        let verb = (from..to).find(|i| opened && is(*i, Class::Reads))?;
        document(tokens, from, verb, to).map(|words| Source { words, cue: Some(verb) })
    })
}

/// Where the clause of a verb begins, if another one with a verb of saying stands before it in the sentence: "Brandt wies das
/// zurück, die Sprecherin, Eva Lorenz, *erklärte*".
fn clause(tokens: &[Token], from: usize, verb: usize) -> Option<usize> {
    let other = (from..verb).rev().find(|i| is_cue(tokens, *i))?;
    let comma = (other..verb).find(|i| tokens.get(*i).is_some_and(|t| t.is_sign(&[','])))?;
    let opens = tokens.get(comma + 1)?;
    (opens.is_capital() || opens.is(Class::Determines)).then_some(comma + 1)
}

/// The source of a quotation without one of its own: from the sentences between it and `floor`, nearest first.
pub fn earlier(tokens: &[Token], at: usize, floor: usize) -> Option<Source> {
    let mut to = at;
    while to > floor {
        let sentence = tokens.get(to - 1)?.sentence;
        let from = to
            - tokens
                .iter()
                .take(to)
                .skip(floor)
                .rev()
                .take(LONGEST)
                .take_while(|t| t.sentence == sentence)
                .count();
        if let Some(found) = speech(tokens, from, to) {
            return Some(Source { cue: None, ..found });
        }
        to = from;
    }
    None
}

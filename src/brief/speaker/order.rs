//! The tokens of a clause in, the subject of its verb out where the order of words hides it: behind the verb ("In Brackwater
//! sagte Quill"), before an auxiliary ("Quill hat am Montag erklärt"), among phrases in other cases. Never a phrase that
//! hangs on a preposition.

use std::ops::Range;

use super::clause::Token;
use super::phrase::{before, behind, is_cue, is_plain};
use crate::language::Class;

/// What may stand between a verb and the subject behind it: words, or phrases in another case.
const STEPS: usize = 4;

/// The subject of the verb at token `verb` in the clause from `from` to `to`.
pub fn subject_of(tokens: &[Token], from: usize, verb: usize, to: usize) -> Option<Range<usize>> {
    let finite = auxiliary(tokens, from, verb).unwrap_or(verb);
    let words = before(tokens, finite, from);
    match words.as_ref().map(|words| may_be_subject(tokens, words)) {
        Some(true) => words,
        Some(false) => behind_verb(tokens, finite, to).or_else(|| words.filter(|_| finite == verb)),
        None => {
            let helps = tokens.get(from..finite)?.iter().rev().take_while(|t| t.is(Class::Helps)).count();
            let first = finite - helps;
            let opens = first == from || at_comma(tokens, first) || inverts(tokens, from, first);
            opens.then(|| behind_verb(tokens, finite, to)).flatten()
        }
    }
}

/// "Quill *hat* am Montag erklärt": the auxiliary of a participle further on in its clause.
fn auxiliary(tokens: &[Token], from: usize, verb: usize) -> Option<usize> {
    let ends = |t: &Token| t.is_sign(&[',']) || t.is(Class::And) || t.is_speech();
    let row = tokens.get(from..verb)?.iter().rev().take_while(|t| !ends(t));
    let distance = row.skip(1).position(|t| t.is_word() && t.is(Class::Helps) && !t.is_capital())?;
    Some(verb - distance - 2)
}

/// Whether the first word of a clause, not its verb's, puts the subject behind the verb.
fn inverts(tokens: &[Token], from: usize, verb: usize) -> bool {
    let first = tokens.get(from).filter(|_| from < verb);
    first.is_some_and(|t| t.is(Class::Inverts) || t.is(Class::Preposition))
}

fn at_comma(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|t| t.is_sign(&[',']))
}

/// Whether a phrase may be a subject: no preposition stands before it, and it is in no other case.
pub fn may_be_subject(tokens: &[Token], words: &Range<usize>) -> bool {
    let before = words.start.checked_sub(1).and_then(|at| tokens.get(at));
    !before.is_some_and(|t| t.is(Class::Preposition)) && !is_oblique(tokens, words)
}

/// Whether the article of a phrase tells that it is no subject: "dem Sender", "der Zeitung".
pub fn is_oblique(tokens: &[Token], words: &Range<usize>) -> bool {
    let phrase = tokens.get(words.clone()).unwrap_or_default();
    let Some((first, rest)) = phrase.split_first() else { return false };
    let head = rest.iter().take_while(|t| !t.is(Class::Binds)).filter(|t| t.is_capital()).last();
    first.is(Class::Oblique) || first.is(Class::ObliqueShe) && head.is_some_and(|t| t.is(Class::Feminine))
}

/// The subject behind a verb, over the small words and phrases in another case that may stand between.
pub fn behind_verb(tokens: &[Token], verb: usize, to: usize) -> Option<Range<usize>> {
    let mut at = verb + 1;
    for _ in 0..=STEPS {
        let token = tokens.get(at).filter(|t| at < to && t.is_word())?;
        let hangs = usize::from(token.is(Class::Preposition));
        match behind(tokens, at + hangs, to) {
            Some(words) if hangs == 0 && !is_oblique(tokens, &words) => return Some(words),
            Some(words) => at = words.end,
            None if hangs > 0 => at += 2,
            None if token.is(Class::Between) || token.is(Class::Inverts) => at += 1,
            None => return None,
        }
    }
    None
}

/// The subject of a clause whose verb is not known, where it begins with something else: "Im Rundfunk zeigte sich *die
/// Ministerin* zufrieden".
pub fn second(tokens: &[Token], from: usize, to: usize) -> Option<Range<usize>> {
    let first = tokens.get(from)?;
    let phrase = behind(tokens, from + usize::from(first.is(Class::Preposition)), to);
    let opening = match phrase {
        Some(words) if first.is(Class::Preposition) || is_oblique(tokens, &words) => words.end,
        _ if first.is(Class::Inverts) => from + 1,
        _ => return None,
    };
    let verb = tokens.get(opening).filter(|t| is_plain(t) || t.is(Class::Breaks) && !t.is_sign(&[',']))?;
    (!verb.is(Class::Preposition)).then(|| behind_verb(tokens, opening, to)).flatten()
}

/// The verb of a clause is one of quoting: who is quoted, not who quotes. "Der Bote zitiert *einen Lotsen*", "*Eva Lorenz*
/// wird mit den Worten zitiert".
pub fn quoted(tokens: &[Token], from: usize, verb: usize, to: usize) -> Option<Range<usize>> {
    let small =
        tokens.iter().skip(verb + 1).take_while(|t| t.is(Class::Between) || t.is(Class::Inverts)).count();
    let object = behind(tokens, verb + 1 + small, to);
    object.or_else(|| auxiliary(tokens, from, verb).and_then(|_| subject_of(tokens, from, verb, to)))
}

/// The text that speaks: "heißt es in *dem Schreiben*", "In *einer Erklärung* hieß es".
pub fn document(tokens: &[Token], from: usize, verb: usize, to: usize) -> Option<Range<usize>> {
    let within = |range: Range<usize>, end: usize| {
        let mut places = range.filter(|at| tokens.get(*at).is_some_and(|t| t.is(Class::Where)));
        places.find_map(|at| behind(tokens, at + 1, end))
    };
    within(from..verb, verb).or_else(|| within(verb + 1..to, to))
}

/// Whether the words from token `from` go on with the speaker before: "und fügte hinzu".
pub fn goes_on(tokens: &[Token], from: usize, to: usize) -> bool {
    let first = (from..to).find(|at| tokens.get(*at).is_some_and(Token::is_word));
    first.is_some_and(|at| {
        tokens.get(at).is_some_and(|t| t.is(Class::And)) && at + 1 < to && is_cue(tokens, at + 1)
    })
}

/// The subject of the sentence that begins at token `from`: its first noun phrase, skipping introductions.
pub fn subject(tokens: &[Token], from: usize, to: usize) -> Option<Range<usize>> {
    let is_verb = |t: &Token| is_plain(t) && !t.is(Class::Subject);
    let inverted = |i: &usize| {
        tokens.get(i - 2).is_some_and(|t| t.is_sign(&[','])) && tokens.get(i - 1).is_some_and(is_verb)
    };
    let pronoun = |i: &usize| tokens.get(*i).is_some_and(|t| t.is(Class::Subject) && !t.is_capital());
    if let Some(at) = (from + 2..to).rev().filter(inverted).find(pronoun) {
        return Some(at..at + 1);
    }
    let mut at = from;
    for _ in 0..3 {
        let skip = usize::from(tokens.get(at).is_some_and(|t| t.is(Class::Opens)));
        let listed = |end| at > from && tokens.get(end).is_some_and(|t: &Token| t.is_sign(&[',']));
        let found = behind(tokens, at + skip, to).filter(|words| !listed(words.end));
        let found = found.filter(|words| may_be_subject(tokens, words)).or_else(|| second(tokens, at, to));
        if found.is_some() {
            return found;
        }
        at = (at..to).find(|i| tokens.get(*i).is_some_and(|t| t.is_sign(&[','])))? + 1;
    }
    None
}

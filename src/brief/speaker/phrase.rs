//! Tokens and a place among them in, the noun phrase there out: who is named just behind or just before a verb.

use std::ops::Range;

use super::clause::Token;
use super::vocabulary::{BETWEEN, BINDERS, CUES, DETERMINERS, NOUNS_TOO, PRONOUNS, ROLES, STOPS};

/// Longest phrase, in tokens.
const LONGEST: usize = 14;

/// The noun phrase that begins at token `from` and ends before `to`.
pub fn behind(tokens: &[Token], from: usize, to: usize) -> Option<Range<usize>> {
    let row = tokens.get(..to.min(tokens.len()))?;
    let first = row.get(from)?;
    if !first.is_word() {
        return None;
    }
    if PRONOUNS.has(first.word) && !is_article(row, from) {
        return Some(from..from + 1);
    }
    let opens =
        DETERMINERS.has(first.word) || ROLES.has(first.word) || first.is_possessive() || titles(row, from);
    if STOPS.has(first.word) || !(first.is_capital() || opens) {
        return None;
    }
    let described = DETERMINERS.has(first.word);
    let mut end = from;
    let mut named = false;
    for (i, token) in row.iter().enumerate().skip(from).take(LONGEST) {
        let next_capital = row.get(i + 1).is_some_and(|t| t.is_capital() || DETERMINERS.has(t.word));
        let bound = BINDERS.has(token.word)
            && i > from
            && next_capital
            && (!named
                || matches!(token.word, "of" | "de" | "von")
                || described && matches!(token.word, "der" | "des" | "du" | "del"));
        let joined = matches!(token.word, "and" | "&" | "und" | "et" | "y")
            && row.get(i + 1).is_some_and(Token::is_capital);
        if !token.is_word() && token.word != "&"
            || is_cue(row, i)
            || STOPS.has(token.word) && !bound && !joined && i > from
        {
            break;
        }
        if named && !token.is_capital() && !bound && !joined && !ROLES.has(token.word) {
            break;
        }
        named |= token.is_capital() && !token.is_possessive();
        end = i + 1;
    }
    while end > from && row.get(end - 1).is_some_and(|t| BINDERS.has(t.word) && !t.is_capital()) {
        end -= 1;
    }
    let bare_article = end == from + 1 && matches!(first.word, "the" | "The" | "a" | "A" | "an" | "An");
    (end > from && !bare_article).then_some(from..end)
}

/// Whether a pronoun at token `at` is an article instead: "il ministro" (Italian), but "dit-il lundi" (French).
fn is_article(row: &[Token], at: usize) -> bool {
    let hangs = at.checked_sub(1).and_then(|i| row.get(i)).is_some_and(|t| t.is_sign(&['-']));
    let noun = row.get(at + 1).is_some_and(|t| is_plain(t) && !CUES.has(t.word));
    row.get(at).is_some_and(|t| DETERMINERS.has(t.word)) && noun && !hangs
}

/// A lower-case word that can be part of a noun phrase.
pub fn is_plain(token: &Token) -> bool {
    token.is_word() && !token.is_capital() && !STOPS.has(token.word) && !between(token)
}

/// Whether lower-case words at token `from` lead up to a name within reach ("harbour pilot Ada Quill").
fn titles(row: &[Token], from: usize) -> bool {
    let length = row.iter().skip(from).take(4).take_while(|t| is_plain(t)).count();
    let last = (from + length).checked_sub(1).and_then(|i| row.get(i));
    let name = row.get(from + length).is_some_and(|t| t.is_capital() && !STOPS.has(t.word));
    length > 0 && name && last.is_some_and(names_a_person)
}

/// The noun phrase whose verb stands at token `verb`, looked for to the left, no further than `floor`.
pub fn before(tokens: &[Token], verb: usize, floor: usize) -> Option<Range<usize>> {
    let mut end = verb;
    while end > floor && tokens.get(end - 1).is_some_and(between) {
        end -= 1;
    }
    let last = tokens.get(end.checked_sub(1)?).filter(|_| end > floor)?;
    let relative = tokens.get(end).is_some_and(|t| matches!(t.word, "who" | "which" | "that"));
    if relative && last.is_sign(&[',']) {
        return grown_left(tokens, end - 1, floor);
    }
    if last.is_sign(&[',', ')', '—', '–', ']']) {
        return head_of_apposition(tokens, end - 1, floor);
    }
    if !last.is_word() {
        return None;
    }
    if PRONOUNS.has(last.word) {
        return Some(end - 1..end);
    }
    grown_left(tokens, end, floor)
}

fn between(token: &Token) -> bool {
    token.is_word()
        && !token.is_capital()
        && (BETWEEN.has(token.word) || token.word.len() > 4 && token.word.ends_with("ly"))
}

/// Grows a phrase that ends before `end` to the left.
fn grown_left(tokens: &[Token], end: usize, floor: usize) -> Option<Range<usize>> {
    let mut start = end;
    let mut plain = 0;
    while start > floor && end - start < LONGEST {
        let Some(token) = tokens.get(start - 1).filter(|t| t.is_word() || t.word == "&") else { break };
        let right_capital = tokens.get(start).is_some_and(Token::is_capital);
        let left_capital = start >= floor + 2 && tokens.get(start - 2).is_some_and(Token::is_capital);
        if token.is_capital() && !STOPS.has(token.word) {
            start -= 1;
        } else if DETERMINERS.has(token.word) && start < end {
            start -= 1;
            break;
        } else if BINDERS.has(token.word)
            && start < end
            && (left_capital || plain > 0 || matches!(token.word, "of" | "for" | "with"))
        {
            let wider = grown_left(tokens, start - 1, floor)?;
            let described = tokens
                .get(wider.start)
                .is_some_and(|t| DETERMINERS.has(t.word) || ROLES.has(t.word) || t.is_capital());
            let tight = matches!(token.word, "of" | "for" | "with" | "from" | "de" | "von");
            return if described && tight { Some(wider.start..end) } else { checked(tokens, start..end) };
        } else if matches!(token.word, "and" | "&") && right_capital && left_capital {
            start -= 1;
        } else if STOPS.has(token.word)
            || CUES.has(token.word) && !NOUNS_TOO.has(token.word)
            || plain > 5
            || right_capital && !ROLES.has(token.word) && !names_a_person(token)
        {
            break;
        } else {
            plain += 1;
            start -= 1;
        }
    }
    checked(tokens, start..end)
}

/// Lower-case words that may open a titled name ("actor Ben Stone", "spokesman Kim Bay").
fn names_a_person(token: &Token) -> bool {
    ["er", "or", "man", "ist", "ot", "ic", "ef", "ian", "ant", "ent", "woman"]
        .iter()
        .any(|end| token.word.ends_with(end))
}

/// A phrase that can be a speaker: it starts like one and is not bare lower-case words in the middle of nowhere.
fn checked(tokens: &[Token], range: Range<usize>) -> Option<Range<usize>> {
    let words = tokens.get(range.clone())?;
    let first = words.first()?;
    let fit = words.iter().any(Token::is_capital)
        || DETERMINERS.has(first.word)
        || words.iter().any(|t| ROLES.has(t.word));
    fit.then_some(range)
}

/// "Smith, 45, a teacher from Ohio, said": the phrase before the apposition that ends at the sign `close`.
fn head_of_apposition(tokens: &[Token], close: usize, floor: usize) -> Option<Range<usize>> {
    let mut starts = vec![floor];
    let opener = |t: &Token| t.is_sign(&[',', '(', '—', '–', '[']);
    starts.extend((floor..close).filter(|i| tokens.get(*i).is_some_and(opener)).map(|i| i + 1));
    let mut best = None;
    for pair in starts.windows(2) {
        let [start, next] = pair else { continue };
        let stop = next - 1;
        let skip = usize::from(
            tokens.get(*start).is_some_and(|t| matches!(t.word, "and" | "but" | "And" | "But" | "as" | "As")),
        );
        let whole = behind(tokens, start + skip, stop).filter(|range| range.end == stop);
        let tail = || {
            grown_left(tokens, stop, *start)
                .filter(|r| tokens.get(r.clone()).is_some_and(|w| w.iter().any(Token::is_capital)))
        };
        if whole.is_some() {
            return whole;
        }
        best = best.or_else(tail);
    }
    best
}

/// Whether token `i` is a verb of saying rather than a noun that looks like one.
pub fn is_cue(tokens: &[Token], i: usize) -> bool {
    let Some(token) = tokens.get(i).filter(|t| t.is_word() && !t.is_capital()) else { return false };
    if !NOUNS_TOO.has(token.word) {
        return CUES.has(token.word);
    }
    let before = i.checked_sub(1).and_then(|j| tokens.get(j));
    before.is_some_and(|t| {
        t.is_capital() && !t.is_possessive() || PRONOUNS.has(t.word) || t.is_quote() || t.is_sign(&[','])
    })
}

/// The subject of the sentence that begins at token `from`: its first noun phrase, introductions skipped.
pub fn subject(tokens: &[Token], from: usize, to: usize) -> Option<Range<usize>> {
    let mut at = from;
    for _ in 0..3 {
        let skip = usize::from(
            tokens.get(at).is_some_and(|t| matches!(t.word, "And" | "But" | "and" | "but" | "Then" | "So")),
        );
        let listed = |end| at > from && tokens.get(end).is_some_and(|t: &Token| t.is_sign(&[',']));
        if let Some(found) = behind(tokens, at + skip, to).filter(|words| !listed(words.end)) {
            return Some(found);
        }
        at = (at..to).find(|i| tokens.get(*i).is_some_and(|t| t.is_sign(&[','])))? + 1;
    }
    None
}

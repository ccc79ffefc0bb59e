//! Tokens and a position among them in, the noun phrase there out: who is named just after or just before a verb.
//! Never reaches across a sentence.

use std::ops::Range;

use super::clause::Token;
use crate::language::Class;

/// Longest phrase, in tokens.
const LONGEST: usize = 14;

/// The noun phrase that begins at token `from` and ends before `to`.
pub fn behind(tokens: &[Token], from: usize, to: usize) -> Option<Range<usize>> {
    let row = tokens.get(..to.min(tokens.len()))?;
    let first = row.get(from)?;
    if !first.is_word() {
        return None;
    }
    if first.is(Class::Subject) {
        return Some(from..from + 1);
    }
    let opens =
        first.is(Class::Determines) || first.is(Class::Role) || first.is_possessive() || titles(row, from);
    if first.is(Class::Breaks) || !(first.is_capital() || opens) {
        return None;
    }
    let described = first.is(Class::Determines);
    let mut end = from;
    let mut named = false;
    let mut at = from;
    while let Some(token) = row.get(at).filter(|_| at < from + LONGEST) {
        let region = region_length(row, at);
        if region > 0 && at > from {
            (named, at) = (false, at + region);
            continue;
        }
        if described && !named && token.is_quote() && !token.is_speech() {
            return Some(from..at + 1);
        }
        let next_capital = row.get(at + 1).is_some_and(|t| t.is_capital() || t.is(Class::Determines));
        let bound = token.is(Class::Binds)
            && at > from
            && next_capital
            && (!named || token.is(Class::BindsName) || described && token.is(Class::BindsGenitive));
        let joined = token.is(Class::And) && row.get(at + 1).is_some_and(Token::is_capital);
        if !(token.is_word() || token.is(Class::And))
            || is_cue(row, at)
            || token.is(Class::Breaks) && !bound && !joined && at > from
        {
            break;
        }
        let goes_on =
            bound || joined || token.is(Class::Role) || is_particle(row, at) || leads_to_name(row, at);
        let before = at.checked_sub(1).and_then(|i| row.get(i));
        let second = token.is(Class::Article)
            && at > from + 1
            && before.is_some_and(|t| is_plain(t) && !t.is(Class::Binds));
        if named && !token.is_capital() && !goes_on || second && !goes_on {
            break;
        }
        named = !token.is_possessive() && (named || token.is_capital());
        end = at + 1;
        at = end;
    }
    while end > from && row.get(end - 1).is_some_and(|t| t.is(Class::Binds) && !t.is_capital()) {
        end -= 1;
    }
    let bare_article = end == from + 1 && first.is(Class::Article);
    (end > from && !bare_article).then_some(from..end)
}

/// How many tokens name the region of a place inside a phrase: ", N.Y.," of "the Brackwater, N.Y., chapter".
fn region_length(row: &[Token], at: usize) -> usize {
    let comma = |i: usize| row.get(at + i).is_some_and(|t| t.is_sign(&[',']));
    let is_region =
        |t: &Token| t.is_capital() && (t.is(Class::Region) || t.word.len() > 2 && t.word.ends_with('.'));
    let region = row.get(at + 1).is_some_and(is_region);
    if comma(0) && region && comma(2) && row.get(at + 3).is_some_and(is_plain) && !is_cue(row, at + 3) {
        3
    } else {
        0
    }
}

/// Whether a small word belongs to the name that goes on behind it: "de" and "la" of "Ada de la Quill".
pub fn is_particle(row: &[Token], at: usize) -> bool {
    let mut behind =
        row.get(at..).unwrap_or_default().iter().skip_while(|t| t.is(Class::Particle) && !t.is_capital());
    row.get(at).is_some_and(|t| t.is(Class::Particle)) && behind.next().is_some_and(Token::is_capital)
}

/// Whether small words behind a name say what the person is whose name follows: "coach" of "Brackwater coach Ada Quill".
fn leads_to_name(row: &[Token], at: usize) -> bool {
    let words = row.get(at..).unwrap_or_default().iter();
    let length = words.take(4).take_while(|t| is_plain(t) && !t.says()).count();
    let is_office = |t: &Token| [Class::Title, Class::Role, Class::Person].iter().any(|class| t.is(*class));
    let last = (at + length).checked_sub(1).and_then(|i| row.get(i));
    length > 0
        && last.is_some_and(is_office)
        && row.get(at + length).is_some_and(|t| t.is_capital() && !t.is(Class::Breaks))
}

/// Whether a lower-case word can be part of a noun phrase.
pub fn is_plain(token: &Token) -> bool {
    token.is_word() && !token.is_capital() && !token.is(Class::Breaks) && !between(token)
}

/// Whether lower-case words from token `from` lead to a name within reach ("harbour pilot Ada Quill").
fn titles(row: &[Token], from: usize) -> bool {
    let length = row.iter().skip(from).take(4).take_while(|t| is_plain(t)).count();
    let last = (from + length).checked_sub(1).and_then(|i| row.get(i));
    let name = row.get(from + length).is_some_and(|t| t.is_capital() && !t.is(Class::Breaks));
    length > 0 && name && last.is_some_and(|t| t.is(Class::Person))
}

/// The noun phrase whose verb is token `verb`, searched for to the left, no further than `floor`.
pub fn before(tokens: &[Token], verb: usize, floor: usize) -> Option<Range<usize>> {
    let mut end = verb;
    while end > floor && tokens.get(end - 1).is_some_and(between) {
        end -= 1;
    }
    let last = tokens.get(end.checked_sub(1)?).filter(|_| end > floor)?;
    let relative = tokens.get(end).is_some_and(|t| t.is(Class::Relative));
    if relative && last.is_sign(&[',']) {
        return grown_left(tokens, end - 1, floor);
    }
    if last.is_sign(&[',', ')', '—', '–', ']']) {
        return head_of_apposition(tokens, end - 1, floor);
    }
    if !last.is_word() {
        return None;
    }
    if last.is(Class::Subject) {
        return Some(end - 1..end);
    }
    grown_left(tokens, end, floor)
}

fn between(token: &Token) -> bool {
    token.is_word() && !token.is_capital() && token.is(Class::Between)
}

/// Extends a phrase that ends before `end` to the left.
fn grown_left(tokens: &[Token], end: usize, floor: usize) -> Option<Range<usize>> {
    let mut start = end;
    let mut plain = 0;
    while start > floor && end - start < LONGEST {
        let Some(token) = tokens.get(start - 1).filter(|t| t.is_word() || t.is(Class::And)) else { break };
        let right_capital = tokens.get(start).is_some_and(Token::is_capital);
        let left_capital = start >= floor + 2 && tokens.get(start - 2).is_some_and(Token::is_capital);
        let (opening, particle) = (opens(tokens, start - 1), is_particle(tokens, start - 1));
        let leads = opening && (start < end || token.is(Class::Inverts));
        let is_name = token.is_capital() && !token.is(Class::Breaks) && !leads;
        if is_name || particle && start < end && left_named(tokens, start - 1, floor) {
            start -= 1;
        } else if token.is(Class::Determines) && start < end {
            start -= 1;
            return Some(bound_left(tokens, start, floor).unwrap_or(start)..end);
        } else if token.is(Class::Binds)
            && start < end
            && (left_capital || plain > 0 || token.is(Class::BindsTightly))
        {
            let wider = grown_left(tokens, start - 1, floor)?;
            let described = tokens
                .get(wider.start)
                .is_some_and(|t| t.is(Class::Determines) || t.is(Class::Role) || t.is_capital());
            let bound = token.is(Class::BindsTightly) || token.is(Class::BindsGenitive);
            return if described && bound { Some(wider.start..end) } else { checked(tokens, start..end) };
        } else if token.is(Class::And) && right_capital && left_capital {
            start -= 1;
        } else if token.is(Class::Breaks)
            || leads
            || token.says()
            || plain > 5
            || right_capital && ![Class::Role, Class::Person, Class::Adjective].iter().any(|c| token.is(*c))
        {
            break;
        } else {
            plain += 1;
            start -= 1;
        }
    }
    checked(tokens, start..end)
}

/// Where a described phrase begins that the one from token `start` belongs to: "the mayor of" before "the town".
fn bound_left(tokens: &[Token], start: usize, floor: usize) -> Option<usize> {
    let genitive = tokens.get(start)?.is(Class::BindsGenitive);
    let left = start.checked_sub(1).filter(|at| *at >= floor)?;
    let end = if tokens.get(left)?.is(Class::Binds) { left } else { start };
    let noun = end.checked_sub(1).filter(|at| *at >= floor).and_then(|at| tokens.get(at))?;
    let binds = end < start && is_plain(noun) || (end < start || genitive) && noun.is_capital();
    let wider = binds.then(|| grown_left(tokens, end, floor)).flatten()?;
    let first = tokens.get(wider.start)?;
    (first.is(Class::Determines) || first.is(Class::Role)).then_some(wider.start)
}

/// Whether a word is one that a sentence may open with, and opens it: "Now" of "Now Quill said".
pub fn opens(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| tokens.get(i));
    let may = |t: &Token| t.is(Class::Opens) || t.is(Class::Inverts);
    tokens.get(at).is_some_and(|t| may(t) && before.is_none_or(|b| b.sentence != t.sentence))
}

/// Whether a name stands before the particles that end with token `at`.
fn left_named(tokens: &[Token], at: usize, floor: usize) -> bool {
    let before = tokens.get(floor..at).unwrap_or_default().iter().rev();
    before.clone().find(|t| !t.is(Class::Particle)).is_some_and(Token::is_capital)
}

/// A phrase that can be a speaker: it begins like one, and is not just lower-case words in mid-sentence.
fn checked(tokens: &[Token], range: Range<usize>) -> Option<Range<usize>> {
    let words = tokens.get(range.clone())?;
    let first = words.first()?;
    let fit = words.iter().any(Token::is_capital)
        || first.is(Class::Determines)
        || words.iter().any(|t| t.is(Class::Role));
    let bare_article = words.len() == 1 && first.is(Class::Article);
    (fit && !bare_article).then_some(range)
}

/// "Smith, 45, a teacher from Ohio, said": the phrase before the apposition that ends at token `close`.
fn head_of_apposition(tokens: &[Token], close: usize, floor: usize) -> Option<Range<usize>> {
    let mut starts = vec![floor];
    let opener = |t: &Token| t.is_sign(&[',', '(', '—', '–', '[']);
    starts.extend((floor..close).filter(|i| tokens.get(*i).is_some_and(opener)).map(|i| i + 1));
    let mut best = None;
    for pair in starts.windows(2) {
        let [start, next] = pair else { continue };
        let stop = next - 1;
        let skip = usize::from(tokens.get(*start).is_some_and(|t| t.is(Class::Opens)));
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
    if !token.is(Class::SaysOrNames) {
        return token.is(Class::Says);
    }
    let before = i.checked_sub(1).and_then(|j| tokens.get(j));
    before.is_some_and(|t| {
        t.is_capital() && !t.is_possessive() || t.is(Class::Subject) || t.is_quote() || t.is_sign(&[','])
    })
}

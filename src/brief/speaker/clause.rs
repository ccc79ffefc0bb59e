//! A paragraph with its quotations in, a row of tokens out: words and punctuation marks, with each quotation as one
//! token. Only splits; never asks what the words mean.

use std::ops::Range;

use crate::{
    language::{Class, Classes, Lexicon},
    prose::sentence,
};

/// The kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Word,
    Sign(char),
    /// A quotation, by its number in the whole text.
    Quote(usize),
}

/// One token; offsets are bytes of the whole text.
#[derive(Debug, Clone)]
pub struct Token<'a> {
    pub word: &'a str,
    pub bytes: Range<usize>,
    pub kind: Kind,
    /// Number of its sentence within the paragraph.
    pub sentence: usize,
    /// The word classes it belongs to, taken alone.
    classes: Classes,
    /// Number of tokens in an "according to" phrase that begins here.
    pub according: usize,
    /// Whether it is what a rank ends with ("Sgt. 1st Class"), or the noun of an office before a name: it is then a title, and
    /// written like a name.
    grade: bool,
}

impl Token<'_> {
    /// Whether it is a word of this class.
    pub fn is(&self, class: Class) -> bool {
        if self.grade { class == Class::Title } else { self.classes.has(class) }
    }

    /// Whether it is a verb of saying and nothing else.
    pub fn says(&self) -> bool {
        self.classes.says()
    }

    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub fn is_sign(&self, signs: &[char]) -> bool {
        matches!(self.kind, Kind::Sign(c) if signs.contains(&c))
    }

    pub fn is_quote(&self) -> bool {
        matches!(self.kind, Kind::Quote(_))
    }

    /// Whether it is a quotation of more than a few words, rather than a nickname or slogan in passing.
    pub fn is_speech(&self) -> bool {
        self.is_quote() && self.word.split_whitespace().nth(3).is_some()
    }

    /// Whether it is written like a name: a word with a capital first letter, or an `@handle`.
    pub fn is_capital(&self) -> bool {
        let mut letters = self.word.chars();
        self.is_word()
            && (self.grade
                || match letters.next() {
                    Some('@') => true,
                    // "al-Hakim", "d’Angelo", "iPhone"
                    Some(c) if c.is_lowercase() => {
                        self.word.chars().count() > 4
                            && self.word.chars().skip(1).take(4).any(char::is_uppercase)
                    }
                    first => first.is_some_and(char::is_uppercase),
                })
    }

    /// Whether it ends in a genitive mark ("Starmer’s", "workers’").
    pub fn is_possessive(&self) -> bool {
        self.is_word() && ["'s", "’s", "s'", "s’"].iter().any(|end| self.word.ends_with(end))
    }
}

/// Splits `paragraph`, a range of `text`, into tokens; `quotes` are the quotations in it, in order, with their
/// numbers (a quotation split by its own tag has more than one piece).
pub fn tokens<'a>(
    text: &'a str,
    paragraph: Range<usize>,
    quotes: &[(usize, Range<usize>)],
    lexicon: &Lexicon,
) -> Vec<Token<'a>> {
    let starts = sentence_starts(text, &paragraph, quotes, lexicon);
    let mut found = Vec::new();
    let mut at = paragraph.start;
    for (number, bytes) in quotes {
        cut(text, at..bytes.start, lexicon, &mut found);
        let word = text.get(bytes.clone()).unwrap_or_default();
        found.push(Token {
            word,
            bytes: bytes.clone(),
            kind: Kind::Quote(*number),
            sentence: 0,
            classes: Classes::default(),
            according: 0,
            grade: false,
        });
        at = bytes.end;
    }
    cut(text, at..paragraph.end, lexicon, &mut found);
    for at in 0..found.len() {
        let ahead = found.get(at..).unwrap_or_default().iter().map(|token| token.word);
        let according = lexicon.speech.according(ahead);
        found.get_mut(at).into_iter().for_each(|token| token.according = according);
    }
    for at in 0..found.len() {
        let length =
            grade_length(found.get(at..).unwrap_or_default(), at.checked_sub(1).and_then(|i| found.get(i)));
        found.iter_mut().skip(at).take(length).for_each(|token| token.grade = true);
    }
    let nouns = if lexicon.speech.capital_nouns { office_nouns(&found, lexicon) } else { Vec::new() };
    for at in nouns {
        found.get_mut(at).into_iter().for_each(|token| token.grade = true);
    }
    for token in &mut found {
        token.sentence = starts.partition_point(|start| *start <= token.bytes.start);
    }
    found
}

/// The nouns that say who somebody is, between an article and a full name, in a language that writes them as names: "Lotse"
/// of "der frühere Velmorer Lotse Jost Kern". An adjective may stand before each.
fn office_nouns(row: &[Token], lexicon: &Lexicon) -> Vec<usize> {
    let adjective = |t: &Token| lexicon.classes(&t.word.to_lowercase()).has(Class::Adjective);
    let mut found = Vec::new();
    for (at, _) in row.iter().enumerate().filter(|(_, t)| t.is(Class::Article)) {
        let ahead = row.get(at + 1..).unwrap_or_default();
        let small = ahead.iter().take_while(|t| t.is_word() && !t.is_capital() && adjective(t)).count();
        let name = ahead.iter().skip(small);
        let run = name.take_while(|t| t.is_capital() && !t.is(Class::Breaks) && !t.is(Class::Body));
        let length = run.count();
        let town = ahead.get(small).filter(|t| length > 3 && adjective(t)).map_or(0, |_| 1);
        let ends = ahead.get(small + length).is_none_or(|t| !t.is(Class::Body) && !t.is(Class::Particle));
        if length >= 3 && ends {
            found.extend((0..=town).map(|noun| at + 1 + small + noun));
        }
    }
    found
}

/// How many of the tokens are what a rank ends with, if a name follows: "1st Class", "2", "j.g.".
fn grade_length(ahead: &[Token], before: Option<&Token>) -> usize {
    let ordinal =
        |t: &Token| t.is_word() && t.word.len() <= 3 && t.word.starts_with(|c: char| c.is_ascii_digit());
    let grade = |at: usize| ahead.get(at).is_some_and(|t| t.is(Class::Grade));
    let titled = before.is_some_and(|t| t.is(Class::Title));
    let length = match ahead.first() {
        Some(first) if ordinal(first) && grade(1) => 2,
        Some(first) if titled && (ordinal(first) || grade(0)) => 1,
        _ => return 0,
    };
    if ahead.get(length).is_some_and(Token::is_capital) { length } else { 0 }
}

/// Where sentences begin, except inside quotations.
fn sentence_starts(
    text: &str,
    paragraph: &Range<usize>,
    quotes: &[(usize, Range<usize>)],
    lexicon: &Lexicon,
) -> Vec<usize> {
    let slice = text.get(paragraph.clone()).unwrap_or_default();
    let starts = sentence::spans(slice, lexicon.tag()).into_iter().map(|span| span.start + paragraph.start);
    let inside = |at: usize| {
        let before = quotes.partition_point(|(_, q)| q.start < at);
        before.checked_sub(1).and_then(|i| quotes.get(i)).is_some_and(|(_, q)| at < q.end)
    };
    starts.filter(|at| !inside(*at)).collect()
}

fn cut<'a>(text: &'a str, range: Range<usize>, lexicon: &Lexicon, found: &mut Vec<Token<'a>>) {
    let slice = text.get(range.clone()).unwrap_or_default();
    let mut rest = slice.char_indices().peekable();
    while let Some((i, c)) = rest.next() {
        if c.is_whitespace() {
            continue;
        }
        let behind = slice.get(i..).unwrap_or_default();
        let length = if c.is_alphanumeric() || c == '@' { word_length(behind, lexicon) } else { 0 };
        let joint = if behind.starts_with("-t-") { "-t-".len() } else { c.len_utf8() };
        let end = i + length.max(joint);
        while rest.peek().is_some_and(|(j, _)| *j < end) {
            rest.next();
        }
        let word = slice.get(i..end).unwrap_or_default();
        let kind = if length > 0 { Kind::Word } else { Kind::Sign(c) };
        let classes = lexicon.classes(word);
        found.push(Token {
            word,
            bytes: range.start + i..range.start + end,
            kind,
            sentence: 0,
            classes,
            according: 0,
            grade: false,
        });
    }
}

/// Length in bytes of the word a text begins with: letters and digits, joined by apostrophes, hyphens and inner dots,
/// including the dot of an abbreviation or initial.
fn word_length(text: &str, lexicon: &Lexicon) -> usize {
    let mut length = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let more = chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        let joins = matches!(c, '\'' | '’' | '-' | '.' | '&' | '‑' | '_') && more || c == '@' && i == 0;
        if !c.is_alphanumeric() && !joins {
            break;
        }
        length = i + c.len_utf8();
    }
    length = lexicon.speech.without_pronoun(text.get(..length).unwrap_or_default()).len();
    let word = text.get(..length).unwrap_or_default();
    let behind = text.get(length..).unwrap_or_default();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let classes = lexicon.classes(word);
    let is_name = word.starts_with(char::is_uppercase);
    let is_cut = classes.has(Class::Abbreviation)
        || classes.has(Class::Cut)
        || is_name && (classes.has(Class::Rank) || classes.has(Class::Region));
    if behind.starts_with('.') && (initial || word.contains('.') || is_cut) {
        length + 1
    } else if word.ends_with('s') && behind.starts_with(['’', '\'']) {
        length + behind.chars().next().map_or(0, char::len_utf8)
    } else {
        length
    }
}

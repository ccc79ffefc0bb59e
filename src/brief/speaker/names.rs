//! Tokens in, the names among them out: runs of capitalised words, without the titles before them. Never decides
//! whose name it is.

use std::ops::Range;

use super::clause::Token;
use super::phrase::{is_particle, opens};
use crate::language::Class;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    He,
    She,
}

/// A name as found in the text, without titles and genitive.
#[derive(Debug, Clone)]
pub struct Name<'a> {
    /// Byte range in the text, without titles.
    pub bytes: Range<usize>,
    /// Its parts, without suffixes; never empty.
    pub parts: Vec<&'a str>,
    pub gender: Option<Gender>,
    pub sentence: usize,
    /// Whether a form of address or an office precedes it.
    pub titled: bool,
    /// Whether it could be a person's: it has no word for an organisation, no article before it, and is not only ever
    /// a place.
    pub personal: bool,
}

impl<'a> Name<'a> {
    pub fn first(&self) -> &'a str {
        self.parts.first().copied().unwrap_or_default()
    }

    pub fn last(&self) -> &'a str {
        self.parts.last().copied().unwrap_or_default()
    }
}

/// All names of a row of tokens, in order.
pub fn names<'a>(row: &[Token<'a>]) -> Vec<Name<'a>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < row.len() {
        let length = run_length(row, at);
        if length > 0 {
            found.extend(name(row, at..at + length));
        }
        at += length.max(1);
    }
    found
}

fn run_length(row: &[Token], at: usize) -> usize {
    let mut end = at;
    while let Some(token) = row.get(end) {
        let particle = end > at && is_particle(row, end);
        let small = [Class::Breaks, Class::Subject, Class::Determines].iter().any(|class| token.is(*class));
        let small = small || opens(row, end);
        if !(token.is_capital() && !small || particle) {
            break;
        }
        end += 1;
        if token.is_possessive() {
            break;
        }
    }
    end - at
}

/// The name in a run of capitalised words, if anything remains after the titles.
pub fn name<'a>(row: &[Token<'a>], run: Range<usize>) -> Option<Name<'a>> {
    let words = row.get(run.clone())?;
    let is_title = |(i, t): (usize, &Token)| {
        let suffix = i > 0 && i + 1 == words.len() && t.is(Class::Suffix);
        t.is(Class::Title) && !t.is_possessive() && !suffix
    };
    let last_title =
        |among: &[Token]| among.iter().enumerate().rev().find(|t| is_title(*t)).map_or(0, |(i, _)| i + 1);
    let skipped = match last_title(words) {
        all if all == words.len() && is_surname(words) => last_title(words.split_last()?.1),
        some => some,
    };
    let own = words.get(skipped..)?;
    let parts: Vec<&str> = own.iter().filter(|t| !t.is(Class::Suffix)).map(|t| bare(t.word)).collect();
    let (first, last) = (own.first()?, own.last()?);
    let titles = words.get(..skipped)?;
    let before = run.start.checked_sub(1).and_then(|i| row.get(i));
    let article =
        skipped == 0 && before.is_some_and(|t| t.is(Class::Determines)) || first.is(Class::Determines);
    let place = skipped == 0 && before.is_some_and(|t| t.is(Class::Where));
    let body = own.iter().any(|t| t.is(Class::Body) || t.word.chars().any(|c| c.is_ascii_digit()));
    let told = |class: Class| titles.iter().any(|t| t.is(class));
    let gender =
        if told(Class::TitleShe) { Some(Gender::She) } else { told(Class::TitleHe).then_some(Gender::He) };
    let gender = gender.or_else(|| by_article(row, first, skipped, run.start));
    let bytes = first.bytes.start..last.bytes.start + bare(last.word).len();
    let role = parts.len() == 1 && first.is(Class::Role);
    let personal = !(article || place || body || role);
    (!parts.is_empty()).then_some(Name {
        bytes,
        parts,
        titled: skipped > 0,
        gender,
        sentence: first.sentence,
        personal,
    })
}

/// Whether the last of some capitalised words is a name although it is an office, too: "Sen. Ada King", "Mr. Pope".
fn is_surname(words: &[Token]) -> bool {
    let [titles @ .., before, last] = words else { return false };
    let addressed = before.is(Class::TitleHe) || before.is(Class::TitleShe);
    let behind_a_name = !before.is(Class::Title) && titles.iter().any(|t| t.is(Class::Title));
    !last.word.ends_with('.') && !last.is(Class::Rank) && (addressed || behind_a_name)
}

/// The gender shown by the article before an office: "la ministre", "der Sprecher".
fn by_article(row: &[Token], first: &Token, skipped: usize, start: usize) -> Option<Gender> {
    let office = start.checked_sub(usize::from(skipped == 0))?;
    let holds_office = skipped > 0 || row.get(office).is_some_and(|t| t.is(Class::Title) && !t.is_capital());
    let small =
        row.get(..office)?.iter().rev().take_while(|t| t.is(Class::Adjective) && !t.is_capital()).count();
    let article =
        row.get(office.checked_sub(1 + small)?).filter(|t| holds_office && t.sentence == first.sentence)?;
    match (article.is(Class::ArticleShe), article.is(Class::ArticleHe)) {
        (true, false) => Some(Gender::She),
        (false, true) => Some(Gender::He),
        _ => None,
    }
}

/// A word without its genitive ending.
pub fn bare(word: &str) -> &str {
    ["'s", "’s"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word).trim_end_matches(['’', '\''])
}

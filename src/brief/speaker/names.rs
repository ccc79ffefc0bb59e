//! Tokens in, the names among them out: runs of capitalised words, parted from the titles before them.

use std::ops::Range;

use super::clause::Token;
use super::vocabulary::{
    BODIES, Class, DETERMINERS, GIVEN_HE, GIVEN_SHE, MEN, PRONOUNS, ROLES, STOPS, WOMEN,
};

/// Words inside a name that are written small.
const PARTICLES: &[&str] =
    &["de", "van", "von", "der", "bin", "al", "el", "da", "di", "du", "la", "le", "ten", "ter", "zu"];
/// Words behind a surname that are not it.
const SUFFIXES: &[&str] = &["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"];
/// Prepositions a place rather than a person stands behind.
const WHERE: &[&str] = &["in", "at", "from", "near", "across", "outside", "throughout", "toward"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    He,
    She,
}

/// A name as it stands in the text, without titles and genitive.
#[derive(Debug, Clone)]
pub struct Name<'a> {
    /// Bytes in the text, titles left out.
    pub bytes: Range<usize>,
    /// Its parts, suffixes left out, never empty.
    pub parts: Vec<&'a str>,
    pub gender: Option<Gender>,
    pub sentence: usize,
    /// Whether it could be a person's: no word of a body, no article before it, not only ever a place.
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
        let particle =
            end > at && PARTICLES.contains(&token.word) && row.get(end + 1).is_some_and(Token::is_capital);
        let small = STOPS.has(token.word) || PRONOUNS.has(token.word) || DETERMINERS.has(token.word);
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

/// The name in a run of capitalised words, if anything is left behind the titles.
pub fn name<'a>(row: &[Token<'a>], run: Range<usize>) -> Option<Name<'a>> {
    let words = row.get(run.clone())?;
    let is_title = |(i, t): (usize, &Token)| {
        let suffix = i > 0 && i + 1 == words.len() && SUFFIXES.contains(&t.word.to_lowercase().as_str());
        t.title && !t.is_possessive() && !suffix
    };
    let skipped = words.iter().enumerate().rev().find(|title| is_title(*title)).map_or(0, |(i, _)| i + 1);
    let own = words.get(skipped..)?;
    let parts: Vec<&str> =
        own.iter().map(|t| bare(t.word)).filter(|w| !SUFFIXES.contains(&w.to_lowercase().as_str())).collect();
    let (first, last) = (own.first()?, own.last()?);
    let titles = words.get(..skipped)?;
    let before = run.start.checked_sub(1).and_then(|i| row.get(i));
    let article =
        skipped == 0 && before.is_some_and(|t| DETERMINERS.has(t.word)) || DETERMINERS.has(first.word);
    let place = skipped == 0 && before.is_some_and(|t| WHERE.contains(&t.word));
    let body = parts.iter().any(|w| BODIES.has(w) || w.chars().any(|c| c.is_ascii_digit()));
    let told = |class: &Class| titles.iter().any(|t| class.has(t.word));
    let gender = if told(&WOMEN) { Some(Gender::She) } else { told(&MEN).then_some(Gender::He) };
    let gender = gender.or_else(|| given(first.word).filter(|_| parts.len() > 1));
    let gender = gender.or_else(|| by_article(row, first, skipped, run.start));
    let bytes = first.bytes.start..last.bytes.start + bare(last.word).len();
    let role = parts.len() == 1 && ROLES.has(first.word);
    let personal = !(article || place || body || role);
    (!parts.is_empty()).then_some(Name { bytes, parts, gender, sentence: first.sentence, personal })
}

/// The gender a given name tells of.
fn given(name: &str) -> Option<Gender> {
    if GIVEN_SHE.has(name) { Some(Gender::She) } else { GIVEN_HE.has(name).then_some(Gender::He) }
}

/// The gender that the article before an office tells: "la ministre", "der Sprecher".
fn by_article(row: &[Token], first: &Token, skipped: usize, start: usize) -> Option<Gender> {
    let office = start.checked_sub(usize::from(skipped == 0))?;
    let holds_office = skipped > 0 || row.get(office).is_some_and(|t| t.title && !t.is_capital());
    let article = row.get(office.checked_sub(1)?).filter(|t| holds_office && t.sentence == first.sentence)?;
    match article.word.to_lowercase().as_str() {
        "la" | "una" | "die" | "eine" => Some(Gender::She),
        "le" | "el" | "il" | "der" => Some(Gender::He),
        _ => None,
    }
}

/// A word without its genitive ending.
pub fn bare(word: &str) -> &str {
    ["'s", "’s"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word).trim_end_matches(['’', '\''])
}

//! The kinds of lists a language's file is made of: words, phrases and patterns.

use std::sync::OnceLock;

use regex::bytes::{RegexSet, RegexSetBuilder};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Deserializer, de::Error};

use super::line::Line;

/// What a file writes a list as: words apart by white space, or an array where one entry is more than a word.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Words(String),
    Entries(Vec<String>),
}

/// The entries of a list as the file has them.
#[derive(Debug, Default)]
pub(super) struct Entries(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Entries(match Written::deserialize(from)? {
            Written::Words(text) => text.split_whitespace().map(str::to_owned).collect(),
            Written::Entries(entries) => entries,
        }))
    }
}

/// A set of words or short names, in lower case.
#[derive(Debug, Default)]
pub struct Words(FxHashSet<Box<str>>);

impl Words {
    /// Whether it holds the word, whatever its case.
    pub fn has(&self, word: &str) -> bool {
        if is_small(word) { self.0.contains(word) } else { self.0.contains(word.to_lowercase().as_str()) }
    }

    /// All of them, in no order.
    pub(super) fn each(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|word| &**word)
    }

    pub(super) fn extend<'a>(&mut self, words: impl IntoIterator<Item = &'a str>) {
        self.0.extend(words.into_iter().map(Box::from));
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let entries = Entries::deserialize(from)?.0;
        Ok(Words(entries.into_iter().map(String::into_boxed_str).collect()))
    }
}

/// Phrases that a text may begin with, in lower case.
#[derive(Debug, Default)]
pub struct Phrases(Vec<String>);

impl Phrases {
    /// Whether a text is one of the phrases, whatever its case.
    pub fn has(&self, text: &str) -> bool {
        self.split(text).is_some_and(|(_, rest)| rest.is_empty())
    }

    /// A text parted behind the longest of the phrases that it begins with, whatever its case; a word is not cut.
    pub fn split<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        let ends = self.0.iter().filter_map(|phrase| text.split_at_checked(common_bytes(phrase, text)?));
        let whole = ends.filter(|(_, rest)| !rest.starts_with(char::is_alphanumeric));
        whole.max_by_key(|(phrase, _)| phrase.len())
    }
}

/// Bytes of the words a text begins with, if they are these but for their case.
fn common_bytes(phrase: &str, text: &str) -> Option<usize> {
    let mut own = text.chars();
    let same = phrase.chars().all(|c| own.next().is_some_and(|own| own == c || own.to_lowercase().eq([c])));
    same.then(|| text.len() - own.as_str().len())
}

impl<'de> Deserialize<'de> for Phrases {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Entries::deserialize(from).map(|entries| Phrases(entries.0))
    }
}

/// Whether a word has no capital letter.
pub(super) fn is_small(word: &str) -> bool {
    word.chars().all(|c| c.is_lowercase() || !c.is_alphabetic())
}

/// Patterns of what a [`Line`] says. Those that begin with `^` look at how it opens: few lines begin like furniture, and the
/// rest of a line need not be read for them. Compiled when they are first asked.
#[derive(Debug, Default)]
pub struct Patterns {
    written: Vec<String>,
    sets: OnceLock<[RegexSet; 2]>,
}

impl Patterns {
    pub fn is_match(&self, line: &Line) -> bool {
        let [opening, anywhere] = self.sets();
        opening.is_match(line.opening().as_bytes()) || anywhere.is_match(line.text().as_bytes())
    }

    /// Whether a text in small letters, a part of a line, opens like one of them.
    pub fn open(&self, part: &str) -> bool {
        let [opening, _] = self.sets();
        opening.is_match(part.as_bytes())
    }

    /// Whether a text in small letters, a part of a line, holds one of them.
    pub fn are_in(&self, part: &str) -> bool {
        let [_, anywhere] = self.sets();
        anywhere.is_match(part.as_bytes())
    }

    fn sets(&self) -> &[RegexSet; 2] {
        self.sets.get_or_init(|| {
            let (opening, anywhere): (Vec<&String>, Vec<&String>) =
                self.written.iter().partition(|pattern| pattern.starts_with('^'));
            [opening, anywhere].map(|patterns| compiled(&patterns).expect("a test compiles every pattern"))
        })
    }
}

/// The set of some patterns. It reads bytes, of which those beyond ASCII are letters: classes of Unicode make automata of
/// megabytes when they are repeated, and its word boundaries stop the fast ones at the first letter beyond ASCII.
fn compiled(patterns: &[impl AsRef<str>]) -> Result<RegexSet, regex::Error> {
    let in_full = patterns.iter().map(|pattern| {
        let pattern = pattern.as_ref().replace(r"\w", r"[0-9a-z_\x80-\xff]");
        let pattern = pattern.replace(r"\<", r"\b{start-half}").replace(r"\>", r"\b{end-half}");
        let written = pattern.chars().map(|c| match c.is_ascii() {
            true => c.to_string(),
            false => format!(
                "(?:{})",
                c.to_string().bytes().map(|byte| format!(r"\x{byte:02x}")).collect::<String>()
            ),
        });
        written.collect::<String>()
    });
    RegexSetBuilder::new(in_full).unicode(false).build()
}

impl<'de> Deserialize<'de> for Patterns {
    /// Refuses what is no regular expression in tests alone: to compile them all takes longer than to read an article.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let written = Entries::deserialize(from)?.0;
        if cfg!(test) {
            compiled(&written).map_err(D::Error::custom)?;
        }
        Ok(Patterns { written, sets: OnceLock::new() })
    }
}

//! The kinds of lists a language's file is made of: words, phrases and patterns.

use std::sync::OnceLock;

use regex::{Regex, RegexSet};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Deserializer, de::Error};

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

/// Patterns, read in any case. `^` skips what stands before the first word, but no quotation mark: what someone says is
/// never a paper's own. Compiled when they are first asked.
#[derive(Debug, Default)]
pub struct Patterns {
    written: Vec<String>,
    set: OnceLock<RegexSet>,
}

impl Patterns {
    pub fn is_match(&self, text: &str) -> bool {
        !self.written.is_empty() && self.set.get_or_init(|| self.compiled()).is_match(text)
    }

    fn compiled(&self) -> RegexSet {
        let written = self.written.iter().map(|pattern| in_full(pattern));
        RegexSet::new(written).expect("a test compiles every pattern")
    }
}

/// A pattern of a file as the regular expression it stands for.
fn in_full(pattern: &str) -> String {
    match pattern.strip_prefix('^') {
        Some(rest) => format!(r#"(?i)^[^\w“”"«»„‘']*(?:{rest})"#),
        None => format!("(?i){pattern}"),
    }
}

impl<'de> Deserialize<'de> for Patterns {
    /// Refuses what is no regular expression in tests alone: to compile them all takes longer than to read an article.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let written = Entries::deserialize(from)?.0;
        if cfg!(test) {
            let wrong = written.iter().find_map(|pattern| Regex::new(&in_full(pattern)).err());
            if let Some(wrong) = wrong {
                return Err(D::Error::custom(wrong));
            }
        }
        Ok(Patterns { written, set: OnceLock::new() })
    }
}

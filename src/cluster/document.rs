//! Articles in, bags of weighted words out: what pairs are compared by. Numbers its words batch by batch.

use std::collections::BTreeMap;

use super::title::{Furniture, address_words};
use crate::{
    model::Article,
    text::{
        language,
        words::{Language, is_capitalised, is_number, words},
    },
};

/// How often a word of the title counts compared with one of the text.
const TITLE_COUNT: f32 = 2.0;
/// Words of the article's own text that are read: news tells its event first.
const WORDS_READ: usize = 600;
const SECONDS_PER_DAY: f64 = 86_400.0;

/// One word of a document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Term {
    /// Its number in the batch.
    pub(super) word: u32,
    /// Dampened count (1 + ln n) over title, teaser and text.
    pub(super) anywhere: f32,
    /// Dampened count in the title and the address; 0 when it is not there.
    pub(super) title: f32,
    /// Written as a name somewhere outside the title, or there.
    pub(super) name: bool,
    pub(super) number: bool,
}

/// An article as a bag of words.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Document {
    /// Sorted by word number.
    pub(super) terms: Vec<Term>,
    /// Days since 1970, in UTC.
    pub(super) day: Option<f64>,
}

/// The documents of a batch and how many different words they hold.
pub(super) struct Documents {
    pub(super) all: Vec<Document>,
    pub(super) vocabulary: usize,
}

/// Reads a batch. A word's number depends on the order of `articles` alone.
pub(super) fn read(articles: &[&Article]) -> Documents {
    let furniture = Furniture::learn(articles);
    let tags = languages(articles);
    let known: BTreeMap<&str, Language> = tags.iter().map(|&t| (t, Language::of(t))).collect();
    let mut vocabulary = Vocabulary::default();
    let all = articles.iter().zip(&tags).filter_map(|(article, tag)| {
        Some(document(article, &furniture, known.get(tag)?, tag, &mut vocabulary))
    });
    let all = all.collect();
    Documents { all, vocabulary: vocabulary.numbers.len() }
}

/// The language of each article: declared, else guessed from enough text, else the commonest of the batch.
fn languages<'a>(articles: &[&'a Article]) -> Vec<&'a str> {
    let told = |a: &&'a Article| {
        let declared = a.lang.as_deref().filter(|tag| !tag.is_empty());
        declared
            .or_else(|| language::detect(&a.text))
            .or_else(|| language::detect(&format!("{} {}", a.title, a.summary)))
    };
    let told: Vec<Option<&str>> = articles.iter().map(told).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for tag in told.iter().flatten() {
        *counts.entry(tag).or_default() += 1;
    }
    let commonest =
        counts.into_iter().max_by_key(|&(tag, n)| (n, std::cmp::Reverse(tag))).map_or("en", |(tag, _)| tag);
    told.into_iter().map(|tag| tag.unwrap_or(commonest)).collect()
}

#[derive(Default)]
struct Vocabulary {
    numbers: BTreeMap<String, u32>,
    /// Keys of words as written, by language: stemming once a word is most of the time saved.
    keys: BTreeMap<String, BTreeMap<String, Option<u32>>>,
}

impl Vocabulary {
    fn number(&mut self, word: &str, tag: &str, language: &Language) -> Option<u32> {
        if !self.keys.contains_key(tag) {
            self.keys.insert(tag.to_owned(), BTreeMap::new());
        }
        let keys = self.keys.get_mut(tag)?;
        if let Some(&number) = keys.get(word) {
            return number;
        }
        let number = language.key(word).map(|key| {
            let next = self.numbers.len() as u32;
            *self.numbers.entry(key).or_insert(next)
        });
        keys.insert(word.to_owned(), number);
        number
    }
}

#[derive(Default)]
struct Count {
    anywhere: f32,
    title: f32,
    name: bool,
    number: bool,
}

fn document(
    article: &Article,
    furniture: &Furniture,
    language: &Language,
    tag: &str,
    vocabulary: &mut Vocabulary,
) -> Document {
    let mut counts: BTreeMap<u32, Count> = BTreeMap::new();
    let mut add = |text: &str, anywhere: f32, title: f32, limit: usize| {
        for word in words(text).take(limit) {
            if let Some(number) = vocabulary.number(word, tag, language) {
                let count = counts.entry(number).or_default();
                count.anywhere += anywhere;
                count.title += title;
                count.name |= is_capitalised(word);
                count.number |= is_number(word);
            }
        }
    };
    add(furniture.strip(article), TITLE_COUNT, 1.0, usize::MAX);
    add(&address_words(&article.url), 1.0, 1.0, usize::MAX);
    add(&article.summary, 1.0, 0.0, WORDS_READ);
    add(&article.text, 1.0, 0.0, WORDS_READ);
    let dampened = |n: f32| if n >= 1.0 { 1.0 + n.ln() } else { n };
    let terms = counts.into_iter().map(|(word, c)| Term {
        word,
        anywhere: dampened(c.anywhere),
        title: dampened(c.title),
        name: c.name,
        number: c.number,
    });
    let day = article.published.map(|at| at.as_second() as f64 / SECONDS_PER_DAY);
    Document { terms: terms.collect(), day }
}

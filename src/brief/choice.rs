//! The articles of a story in, the order in which they may speak for it out. Reads words, never meaning.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use crate::model::Article;

/// Words of an article that are compared: the news is at the top.
const COMPARED_WORDS: usize = 100;
/// A text of this many words is complete enough for the home outlet to be preferred.
const COMPLETE_WORDS: usize = 60;
/// A text of fewer words is hardly one.
const FEWEST_WORDS: usize = 20;
/// What such a stub is worth beside a text.
const STUB: f64 = 0.7;
/// Weight of telling what the headlines are about.
const HEADLINES: f64 = 0.25;
/// Shortest word of a headline that is about something.
const TELLING_LETTERS: usize = 4;

/// The articles, the best representative first: see [`rated`].
pub fn ranked<'a>(articles: &[&'a Article]) -> Vec<&'a Article> {
    rated(articles).into_iter().map(|rated| rated.article).collect()
}

/// An article and what it is chosen by.
pub struct Rated<'a> {
    pub article: &'a Article,
    /// Whether it is the home outlet's, with a text that is complete enough.
    pub home: bool,
    /// How much of it the others say too, and how complete it is: see [`shares`].
    pub share: f64,
    /// Words it can be quoted from.
    pub words: usize,
}

/// The articles, the best representative first: the home outlet's if its text is complete enough, then by how much of
/// it the others say too and how complete it is, then the earlier, then by id.
pub fn rated<'a>(articles: &[&'a Article]) -> Vec<Rated<'a>> {
    let rate = |(&article, share): (&&'a Article, f64)| {
        let words = words(material(article)).count();
        Rated { article, home: article.home && words >= COMPLETE_WORDS, share, words }
    };
    let mut rated: Vec<_> = articles.iter().zip(shares(articles)).map(rate).collect();
    rated.sort_by(|a, b| {
        b.home
            .cmp(&a.home)
            .then(b.share.total_cmp(&a.share))
            .then_with(|| earlier(a.article, b.article))
            .then_with(|| a.article.id.cmp(&b.article.id))
    });
    rated
}

fn earlier(a: &Article, b: &Article) -> Ordering {
    match (a.published, b.published) {
        (Some(a), Some(b)) => a.cmp(&b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

/// For each article the Dice overlap of its words with the average other one's, and the part of all headlines' words
/// its opening holds; lessened for stubs.
fn shares(articles: &[&Article]) -> Vec<f64> {
    let openings: Vec<BTreeSet<String>> = articles.iter().map(|article| lower(opening(article))).collect();
    let titles: Vec<BTreeSet<String>> = articles.iter().map(|article| lower(words(&article.title))).collect();
    let mut carriers: HashMap<&str, usize> = HashMap::new();
    let mut headlines: HashMap<&str, f64> = HashMap::new();
    let mut mean = 0.0;
    for (opening, title) in openings.iter().zip(&titles) {
        opening.union(title).for_each(|word| *carriers.entry(word).or_default() += 1);
        mean += opening.union(title).count() as f64 / articles.len() as f64;
        let telling: Vec<&String> =
            title.iter().filter(|word| word.chars().count() >= TELLING_LETTERS).collect();
        for word in &telling {
            *headlines.entry(word).or_default() += 1.0 / telling.len() as f64 / articles.len() as f64;
        }
    }
    let others = articles.len().saturating_sub(1).max(1) as f64;
    let share = |(article, (opening, title)): (&&Article, (&BTreeSet<String>, &BTreeSet<String>))| {
        let shared: usize =
            opening.union(title).filter_map(|word| carriers.get(word.as_str())).map(|n| n - 1).sum();
        let dice = 2.0 * shared as f64 / others / (opening.union(title).count() as f64 + mean).max(1.0);
        let about: f64 = opening.iter().filter_map(|word| headlines.get(word.as_str())).sum();
        let stub = if words(material(article)).nth(FEWEST_WORDS).is_none() { STUB } else { 1.0 };
        // Rounded, so that a tie is a tie whatever order the sums were taken in.
        ((dice + HEADLINES * about) * stub * 1e6).round() / 1e6
    };
    articles.iter().zip(openings.iter().zip(&titles)).map(share).collect()
}

/// What an article would be quoted from: its text, else its summary.
fn material(article: &Article) -> &str {
    if article.text.trim().is_empty() { &article.summary } else { &article.text }
}

/// The words at the top of what an article would be quoted from.
fn opening(article: &Article) -> impl Iterator<Item = &str> {
    words(material(article)).take(COMPARED_WORDS)
}

fn lower<'a>(words: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    words.map(str::to_lowercase).collect()
}

/// The words of a text: runs of letters and digits.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

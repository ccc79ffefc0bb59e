//! The articles of a story in, the order in which they may speak for it out. Reads words, never meaning.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::model::Article;

/// Words of an article that are compared: the news is at the top.
const COMPARED_WORDS: usize = 100;
/// A text of this many words is complete enough for the home outlet to be preferred, and counts in full.
const COMPLETE_WORDS: usize = 60;
/// How much a thin text weighs against an article: its share of `COMPLETE_WORDS` to this power.
const THINNESS: f64 = 0.3;

/// The articles, the best representative first: the home outlet's if its text is complete enough, then by how much of
/// it the others say too and how complete it is, then the earlier, then by id.
pub fn ranked<'a>(articles: &[&'a Article]) -> Vec<&'a Article> {
    let mut rated: Vec<_> = articles.iter().copied().zip(shares(articles)).collect();
    rated.sort_by(|(a, share_a), (b, share_b)| {
        let home = |article: &Article| article.home && words(material(article)).count() >= COMPLETE_WORDS;
        home(b)
            .cmp(&home(a))
            .then(share_b.total_cmp(share_a))
            .then_with(|| earlier(a, b))
            .then_with(|| a.id.cmp(&b.id))
    });
    rated.into_iter().map(|(article, _)| article).collect()
}

fn earlier(a: &Article, b: &Article) -> Ordering {
    match (a.published, b.published) {
        (Some(a), Some(b)) => a.cmp(&b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

/// For each article the Dice overlap of its words with the average other one's, lessened for thin texts.
fn shares(articles: &[&Article]) -> Vec<f64> {
    let vocabularies: Vec<Vec<String>> = articles.iter().map(|article| vocabulary(article)).collect();
    let mut carriers: HashMap<&str, usize> = HashMap::new();
    for word in vocabularies.iter().flatten() {
        *carriers.entry(word).or_default() += 1;
    }
    let others = articles.len().saturating_sub(1).max(1) as f64;
    let mean = vocabularies.iter().map(Vec::len).sum::<usize>() as f64 / articles.len().max(1) as f64;
    let share = |(article, own): (&&Article, &Vec<String>)| {
        let shared: usize = own.iter().filter_map(|word| carriers.get(word.as_str())).map(|n| n - 1).sum();
        let dice = 2.0 * shared as f64 / others / (own.len() as f64 + mean).max(1.0);
        let complete = words(material(article)).take(COMPLETE_WORDS).count() as f64 / COMPLETE_WORDS as f64;
        // Rounded, so that a tie is a tie on every machine.
        ((dice + 0.01) * complete.powf(THINNESS) * 1e6).round()
    };
    articles.iter().zip(&vocabularies).map(share).collect()
}

/// What an article would be quoted from: its text, else its summary.
fn material(article: &Article) -> &str {
    if article.text.trim().is_empty() { &article.summary } else { &article.text }
}

/// The distinct words of the title and the top of the text.
fn vocabulary(article: &Article) -> Vec<String> {
    let top = words(material(article)).take(COMPARED_WORDS);
    let mut found: Vec<String> = words(&article.title).chain(top).map(str::to_lowercase).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The words of a text: runs of letters and digits.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

//! Articles in, stories out: which of them tell one event, and which are copies of one text. Two relations, kept
//! apart: copies are told by shingles of the text (`copies`), events by a score over few features of a pair
//! (`evidence`, `weights`) and average-link agglomeration of the scored pairs (`agglomerate`).

use serde::Deserialize;

use crate::model::{Article, Story};

mod agglomerate;
mod candidates;
mod copies;
mod document;
mod evidence;
mod rarity;
mod telling;
#[cfg(test)]
mod tests;
mod title;
mod voices;
mod weights;

use agglomerate::Link;
use document::Documents;
pub use evidence::Evidence;
use evidence::Mass;
use rarity::Rarity;
pub use weights::{FITTED, Weights};

/// Looks taken at a batch. From the second on a word's rarity is counted over the stories found so far, so that the
/// words of a big story are not taken for common ones; what that brings closer, and what it drives apart, is grouped anew.
const LOOKS: usize = 3;
/// Pairs less likely than this are taken for strangers.
const STRANGERS: f64 = 0.02;
/// The probability given to copies of one text.
const SAME_TEXT: f32 = 1.0;

/// Settings of the clustering, `[cluster]` in feeds.toml.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// How sure to be that articles tell one event before they are one story, 0 to 1: the higher, the fewer false
    /// merges and the more stories told twice.
    pub certainty: f64,
}

impl Default for Options {
    fn default() -> Self {
        Options { certainty: 0.5 }
    }
}

/// Groups `articles` into stories, largest first; every article is in exactly one. The answer does not depend on
/// the order of the input.
pub fn stories(articles: &[Article], options: &Options) -> Vec<Story> {
    let mut articles: Vec<&Article> = articles.iter().collect();
    articles.sort_by_cached_key(|a| (&a.id, a.published, &a.outlet, &a.title, &a.url, &a.summary, &a.text));
    let copies = copies::groups(&articles);
    let batch = Batch::read(&articles, &copies);
    let (group, links) = batch.group(&FITTED, options.certainty);
    telling::stories(&articles, &group, &links, &copies)
}

/// What stays the same while a batch is looked at again and again.
struct Batch {
    documents: Documents,
    /// Pairs worth comparing, sorted, with whether they are copies of one text.
    pairs: Vec<(u32, u32, bool)>,
}

impl Batch {
    fn read(articles: &[&Article], copies: &[Vec<usize>]) -> Self {
        let documents = document::read(articles);
        let rarity = Rarity::by_document(&documents);
        let alike = candidates::pairs(&documents.all, &rarity, documents.vocabulary);
        let mut pairs: Vec<(u32, u32, bool)> = alike.into_iter().map(|(a, b)| (a, b, false)).collect();
        for group in copies {
            let next = group.iter().zip(group.iter().skip(1));
            pairs.extend(next.map(|(&a, &b)| (a as u32, b as u32, true)));
        }
        pairs.sort_unstable_by_key(|&(a, b, copy)| (a, b, !copy));
        pairs.dedup_by_key(|pair| (pair.0, pair.1));
        Batch { documents, pairs }
    }

    /// The group of each document, and the scored pairs they were made from.
    fn group(&self, weights: &Weights, certainty: f64) -> (Vec<usize>, Vec<Link>) {
        let documents = self.documents.all.len();
        let mut rarity = Rarity::by_document(&self.documents);
        let mut links = self.score(&rarity, weights);
        let mut group = agglomerate::groups(documents, &links, certainty, weights.cohesion);
        for _ in 1..LOOKS {
            rarity = Rarity::by_story(&self.documents, &group);
            links = self.score(&rarity, weights);
            group = agglomerate::groups(documents, &links, certainty, weights.cohesion);
        }
        (group, links)
    }

    fn score(&self, rarity: &Rarity, weights: &Weights) -> Vec<Link> {
        let all = &self.documents.all;
        let masses: Vec<Mass> = all.iter().map(|d| Mass::of(d, rarity)).collect();
        let known = |at: u32| Some((all.get(at as usize)?, masses.get(at as usize)?));
        let score = |&(a, b, copy): &(u32, u32, bool)| {
            if copy {
                return Some(Link { a, b, score: SAME_TEXT });
            }
            let score = Evidence::between(known(a)?, known(b)?, rarity).score(weights);
            (score >= STRANGERS).then_some(Link { a, b, score: score as f32 })
        };
        self.pairs.iter().filter_map(score).collect()
    }
}

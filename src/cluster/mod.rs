//! Articles in, stories out: which articles report one event, and which are copies of one text. The two relations are
//! never mixed: copies are recognised by shingles of the text (`copies`), events by a score over a few features of a
//! pair (`evidence`, `weights`) and average-link agglomeration of the scored pairs (`agglomerate`).

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de};

use crate::model::{Article, Member, Story};

mod agglomerate;
mod assemble;
mod candidates;
mod copies;
mod developments;
mod document;
mod evidence;
mod explain;
mod lookalikes;
mod past;
mod rarity;
mod roundups;
mod site;
mod subjects;
#[cfg(test)]
mod tests;
mod texts;
mod title;
mod vocabulary;
mod voices;
mod weights;

use agglomerate::Link;
use document::Documents;
pub use evidence::Evidence;
use evidence::{Mass, Table};
pub use explain::Judgement;
use past::Before;
pub use past::Past;
use rarity::Rarity;
pub use weights::{FITTED, Weights};

/// Number of passes over a batch. From the second on, a word's rarity is counted over the stories found so far, so
/// that the words of a big story do not count as common; pairs that this brings closer or drives apart are regrouped.
const LOOKS: usize = 3;
/// Pairs less likely than this count as unrelated.
const STRANGERS: f64 = 0.05;
/// The log-odds given to copies of one text: certain.
const SAME_TEXT: f64 = f64::INFINITY;
/// Articles whose names are less alike than this name different people and places.
const NAMES: f64 = 0.15;

/// Settings for clustering, `[cluster]` in feeds.toml.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// How sure to be that articles report one event before they become one story, 0 to 1: the higher, the fewer
    /// false merges and the more stories told twice.
    #[serde(deserialize_with = "from_0_to_1")]
    pub certainty: f64,
}

fn from_0_to_1<'de, D: Deserializer<'de>>(value: D) -> Result<f64, D::Error> {
    let certainty = f64::deserialize(value)?;
    if (0.0..=1.0).contains(&certainty) {
        Ok(certainty)
    } else {
        Err(de::Error::custom(format!("certainty is {certainty}; it should be from 0 to 1")))
    }
}

impl Default for Options {
    fn default() -> Self {
        Options { certainty: 0.5 }
    }
}

/// Groups `articles` into stories, largest first; every article is in exactly one. The result does not depend on the
/// order of the input.
pub fn stories(articles: &[Article], options: &Options) -> Vec<Story> {
    judge(articles, &Past::default(), options).stories
}

/// The same, by what is known of the `past`, with everything needed to say why: see [`Judgement::why`].
pub fn judge<'a>(articles: &'a [Article], past: &Past, options: &Options) -> Judgement<'a> {
    let mut articles: Vec<&Article> = articles.iter().collect();
    let key = |a: &'a Article| (&a.id, a.published, &a.outlet, &a.title, &a.url, &a.summary, &a.text);
    articles.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut documents = document::read(&articles);
    let before = past.before(&documents.words);
    let texts = std::mem::take(&mut documents.texts);
    let copies = copies::groups(&articles, &texts, documents.words.spellings());
    drop(texts);
    let mut batch = Batch::of(documents, before, &copies);
    let grouped = batch.group(&FITTED, options.certainty, &copies);
    let stories = assemble::stories(&articles, &grouped, &copies);
    Judgement { stories, articles, documents: batch.documents, grouped, certainty: options.certainty }
}

/// Articles known to report one event, as a story; the first speaks for it.
pub fn one_story(articles: &[&Article]) -> Story {
    let first = articles.first();
    Story {
        headline: first.map(|article| article.title.clone()).unwrap_or_default(),
        representative: first.map(|article| article.id.clone()).unwrap_or_default(),
        members: members(articles),
        subject: None,
    }
}

/// Articles as the members of one story, in order: which are copies, and the voice of each. Recompute it when more is
/// known about them: the text and credits of their pages.
pub fn members(articles: &[&Article]) -> Vec<Member> {
    let documents = document::read(articles);
    let copies = copies::groups(articles, &documents.texts, documents.words.spellings());
    voices::members(articles, &assemble::texts(articles.len(), &copies))
}

/// What stays the same over all passes of a batch.
struct Batch {
    documents: Documents,
    before: Before,
    /// Pairs worth comparing, sorted by the later document, then the earlier.
    pairs: Vec<Pair>,
}

/// Two documents, `a < b`, and whether they are copies of one text.
#[derive(Clone, Copy)]
struct Pair {
    a: u32,
    b: u32,
    copies: bool,
}

/// The groups of a batch, and what they were made from.
struct Grouped {
    /// The group of each document, named by a member.
    group: Vec<usize>,
    /// The running subject of each group.
    subjects: BTreeMap<usize, usize>,
    /// The scored pairs.
    links: Vec<Link>,
    /// The worth of each word at the time of scoring.
    rarity: Rarity,
}

impl Batch {
    fn of(documents: Documents, before: Before, copies: &[Vec<usize>]) -> Self {
        let rarity = Rarity::by_document(&documents, &before);
        let alike = candidates::pairs(&documents.all, &rarity, documents.vocabulary);
        let mut pairs: Vec<Pair> = alike.into_iter().map(|(a, b)| Pair { a, b, copies: false }).collect();
        for group in copies {
            let next = group.iter().zip(group.iter().skip(1));
            pairs.extend(next.map(|(&a, &b)| Pair { a: a as u32, b: b as u32, copies: true }));
        }
        pairs.sort_by_key(|p| (p.b, p.a, !p.copies));
        pairs.dedup_by_key(|p| (p.b, p.a));
        Batch { documents, before, pairs }
    }

    /// Scores and groups the documents, pass by pass.
    fn group(&mut self, weights: &Weights, certainty: f64, copies: &[Vec<usize>]) -> Grouped {
        let documents = self.documents.all.len();
        let rule = weights.rule(certainty);
        let mut rarity = Rarity::by_document(&self.documents, &self.before);
        let mut links = self.score(&rarity, weights);
        let mut group = agglomerate::groups(documents, &links, rule);
        for _ in 1..LOOKS {
            rarity = Rarity::by_story(&self.documents, &group, &self.before);
            links = self.score(&rarity, weights);
            group = agglomerate::groups(documents, &links, rule);
        }
        roundups::set_apart(&self.documents.all, &mut group, &links);
        lookalikes::part(&self.documents.all, &mut group, &links);
        let whole = group.clone();
        developments::part(&self.documents.all, &mut group, copies);
        let subjects = subjects::of(&whole, &group, &links, weights.cohesion);
        Grouped { group, subjects, links, rarity }
    }

    /// Scores the pairs. Those found to be unrelated are not scored again.
    fn score(&mut self, rarity: &Rarity, weights: &Weights) -> Vec<Link> {
        let all = &self.documents.all;
        let masses: Vec<Mass> = all.iter().map(|d| Mass::of(d, rarity)).collect();
        let known = |at: u32| Some((all.get(at as usize)?, masses.get(at as usize)?));
        let strangers = (STRANGERS / (1.0 - STRANGERS)).ln();
        let mut table = Table::new(self.documents.vocabulary);
        let mut near = Vec::with_capacity(self.pairs.len());
        let mut links = Vec::with_capacity(self.pairs.len());
        for pairs in self.pairs.chunk_by(|x, y| x.b == y.b) {
            let Some(later) = pairs.first().and_then(|pair| known(pair.b)) else { continue };
            table.lay(later.0);
            for &pair in pairs {
                let Some(earlier) = known(pair.a) else { continue };
                let evidence = Evidence::between(earlier, later, &table, rarity);
                let log_odds = if pair.copies { SAME_TEXT } else { evidence.log_odds(weights) };
                if log_odds >= strangers {
                    near.push(pair);
                    let (score, names) = (probability(log_odds) as f32, evidence.names);
                    let names_the_same = names >= NAMES && evidence.others == 0.0;
                    links.push(Link { a: pair.a, b: pair.b, score, names_the_same });
                }
            }
            table.clear(later.0);
        }
        self.pairs = near;
        links
    }
}

fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

//! The articles of a story in, the order in which they may speak for it out. Reads words, never meaning.
//!
//! Each article is rated by its opening. The weights were fitted once on 300 events of NeuS (AllSides): ridge
//! regression of how much of the editors' round-up a lead contains (ROUGE-1 + ROUGE-2) when it begins with that
//! article, relative to the other articles of the event. Features were standardised, and the penalty was so strong
//! that each weight is about what the feature achieves alone; then the weights were rounded. Only the cost of a stub
//! is set by hand. ROUGE-1/2 over five folds, held-out events: .443/.200, the same as on the fitted ones; any article
//! first .414/.171, the best one first .482/.241. With a weak penalty or thirty features, held-out events fall to
//! .434/.190. Left out because they did not help there: length, week days, verbs of saying, questions, the first
//! person, and overlap of bigrams, of whole texts, and by tf-idf.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::{prose::Prose, toll};
use crate::model::Article;
use crate::prose::{context::leans, report::is_report};
use crate::text::words::{is_capitalised, is_number};

/// Words in an opening: about one sentence.
const OPENING_WORDS: usize = 25;
/// Words of an article that are compared, since the news is at the top.
pub const COMPARED_WORDS: usize = 100;
/// A text with this many words is complete enough for the home outlet to be preferred.
const COMPLETE_WORDS: usize = 60;

/// Weight of the similarity between the opening and the others' openings (Dice, 0 to 1, headlines included). The unit
/// of all weights is one word of the opening that every other article also has.
const ALIKE: f64 = 30.0;
/// Weight of the share of a headline found in the opening, averaged over all headlines.
const HEADLINES: f64 = 10.0;
/// Weight of a name in the opening: a capital letter inside a sentence.
const NAME: f64 = 0.6;
/// Weight of a number in the opening.
const NUMBER: f64 = 1.0;
/// An opening with fewer words is a stub, and loses one point for each missing word.
const FEWEST_WORDS: usize = 15;
/// What an opening loses if it refers to something before it ("But ...", "He ...").
const LEANING: f64 = 5.0;

/// What a piece that is no report loses of its rating: it comes behind every report that tells at least half as much of
/// what the others do, and before those that hardly tell the same.
const ASIDE: f64 = 0.5;

/// What an article loses of it whose toll is behind that of others: among equals the latest figure leads.
const OUTDATED: f64 = 0.4;

/// The articles' prose, best representative first: see [`rated`].
pub fn ranked(articles: Vec<Prose>) -> Vec<Prose> {
    rated(articles).into_iter().map(|rated| rated.prose).collect()
}

/// An article and the criteria it is chosen by.
pub struct Rated<'a> {
    pub prose: Prose<'a>,
    /// Whether it is a plain report: see [`is_report`].
    pub report: bool,
    /// Whether it is the home outlet's, with a sufficiently complete text.
    pub home: bool,
    /// Whether it gives a lower toll than others do, or none: see [`toll`].
    outdated: bool,
    /// How much of its opening the others share, and how concrete it is: see [`ratings`].
    pub share: f64,
    /// Words that can be quoted from it.
    pub words: usize,
}

impl Rated<'_> {
    /// What it is rated by among reports: of any other piece, a part of its rating.
    fn claim(&self) -> f64 {
        let loss = if self.report { 0.0 } else { ASIDE } + if self.outdated { OUTDATED } else { 0.0 };
        self.share - loss * self.share.abs()
    }
}

/// The articles, best representative first: those with any prose, reports before other pieces, of each the home outlet's
/// first if its text is complete enough; then by rating, then by time, then by id.
pub fn rated<'a>(articles: Vec<Prose<'a>>) -> Vec<Rated<'a>> {
    let ratings = ratings(&articles);
    let latest = toll::latest(articles.iter().filter_map(toll::of));
    let rate = |(prose, share): (Prose<'a>, f64)| {
        let words = words(material(prose.article)).count();
        let complete = words >= COMPLETE_WORDS && !prose.runs.is_empty();
        let report = is_report(prose.article);
        let outdated = toll::of(&prose) < latest;
        Rated { report, home: report && prose.article.home && complete, outdated, share, words, prose }
    };
    let mut rated: Vec<_> = articles.into_iter().zip(ratings).map(rate).collect();
    rated.sort_by(|a, b| {
        let is_bare = |rated: &Rated| rated.prose.runs.is_empty();
        let is_last = |rated: &Rated| rated.prose.article.aside || rated.prose.article.column;
        is_bare(a)
            .cmp(&is_bare(b))
            .then(is_last(a).cmp(&is_last(b)))
            .then(b.home.cmp(&a.home))
            .then(b.claim().total_cmp(&a.claim()))
            .then_with(|| earlier(a.prose.article, b.prose.article))
            .then_with(|| a.prose.article.id.cmp(&b.prose.article.id))
    });
    rated
}

fn earlier(a: &Article, b: &Article) -> Ordering {
    match (a.published, b.published) {
        (Some(a), Some(b)) => a.cmp(&b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

/// The content of an article's opening.
struct Opening<'p> {
    keys: BTreeSet<String>,
    /// Those keys and the headline's.
    headed: BTreeSet<String>,
    /// Keys of the article's top and its headline.
    top: BTreeSet<&'p str>,
    names: usize,
    numbers: usize,
    /// Words it falls short of a real opening.
    missing: usize,
    leans: bool,
}

impl<'p> Opening<'p> {
    fn of(prose: &'p Prose) -> Self {
        let words: Vec<_> = prose.opening(OPENING_WORDS).collect();
        let keys: BTreeSet<String> = words.iter().filter_map(|(_, key, _)| key.clone()).collect();
        let mut read = 0;
        let compared = prose.sentences().take_while(|s| {
            let before = read;
            read += s.words;
            before < COMPARED_WORDS
        });
        Opening {
            headed: keys.union(&prose.title).cloned().collect(),
            keys,
            top: compared.flat_map(|s| &s.keys).chain(&prose.title).map(String::as_str).collect(),
            names: words.iter().filter(|(word, _, first)| !first && is_capitalised(word)).count(),
            numbers: words.iter().filter(|(word, ..)| is_number(word)).count(),
            missing: FEWEST_WORDS.saturating_sub(words.len()),
            leans: prose.sentences().next().is_some_and(|first| leans(first.text(), "", prose.lexicon)),
        }
    }
}

/// How well each article's opening would speak for all: how much of it the others tell, near their top or in their
/// openings; how much of all headlines it has; how concrete it is; whether it is long enough and understandable on
/// its own.
fn ratings(articles: &[Prose]) -> Vec<f64> {
    let openings: Vec<Opening> = articles.iter().map(Opening::of).collect();
    let tops = carriers(openings.iter().map(|o| o.top.iter().copied()));
    let heads = carriers(openings.iter().map(|o| o.headed.iter().map(String::as_str)));
    let count = articles.len().max(1) as f64;
    let others = (count - 1.0).max(1.0);
    let mean = openings.iter().map(|o| o.headed.len()).sum::<usize>() as f64 / count;
    let mut headlines: BTreeMap<&str, f64> = BTreeMap::new();
    for title in articles.iter().map(|prose| &prose.title) {
        title.iter().for_each(|key| *headlines.entry(key).or_default() += 1.0 / title.len() as f64 / count);
    }
    let rating = |o: &Opening| {
        let told = shared(o.keys.iter(), &tops) / others;
        let alike = 2.0 * shared(o.headed.iter(), &heads) / others / (o.headed.len() as f64 + mean).max(1.0);
        let headed: f64 = o.keys.iter().filter_map(|key| headlines.get(key.as_str())).sum();
        let concrete = NAME * o.names as f64 + NUMBER * o.numbers as f64;
        let lacking = if o.leans { LEANING } else { 0.0 } + o.missing as f64;
        // Rounded so that a tie is a tie in whatever order the sums were computed.
        ((told + ALIKE * alike + HEADLINES * headed + concrete - lacking) * 1e6).round() / 1e6
    };
    openings.iter().map(rating).collect()
}

/// In how many articles each key occurs.
fn carriers<'k, K: Iterator<Item = &'k str>>(articles: impl Iterator<Item = K>) -> BTreeMap<&'k str, usize> {
    let mut carriers = BTreeMap::new();
    articles.flatten().for_each(|key| *carriers.entry(key).or_default() += 1);
    carriers
}

/// The total number of other articles with each of the keys.
fn shared<'k>(keys: impl Iterator<Item = &'k String>, carriers: &BTreeMap<&str, usize>) -> f64 {
    keys.filter_map(|key| carriers.get(key.as_str())).map(|n| n.saturating_sub(1)).sum::<usize>() as f64
}

/// What an article would be quoted from: its text, otherwise its summary.
fn material(article: &Article) -> &str {
    if article.text.trim().is_empty() { &article.summary } else { &article.text }
}

/// The words of a text: runs of letters and digits.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

//! The prose of ranked articles in, the lead out: verbatim passages within a word budget, first the opening of the
//! first article, then whichever sentences tell most of what other articles tell too and the lead does not have yet.
//!
//! A sentence is never separated from one it refers back to, a passage always opens with one that stands on its own,
//! and each article is quoted in its own order. This is greedy maximum coverage (Gillick & Favre 2009) with words
//! told by several outlets as concepts; on NeuS (AllSides round-ups) counting them for whole sentences did better
//! than per word of the sentence.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::prose::{Prose, Sentence};
use crate::model::Passage;
use crate::text::space;

/// Number of articles a lead is made from.
const ARTICLES_USED: usize = 4;
/// Share of what another article's sentences tell that must not be in the lead yet.
const NEWS: f64 = 0.34;

/// The lead of `ranked`, best article first: at most `own` words of that article, unless its first sentence alone is
/// longer, and `added` words of others, which may also use what the first article leaves; none of theirs if `added`
/// is 0. If no article has prose, it is the first headline.
pub fn passages(ranked: &[Prose], own: usize, added: usize) -> Vec<Passage> {
    let mut lead = Lead::of(ranked, own, added);
    while let Some((source, run)) = lead.next() {
        lead.take(source, run);
    }
    if lead.kept.is_empty() { headline(ranked) } else { lead.kept.iter().map(Kept::passage).collect() }
}

fn headline(ranked: &[Prose]) -> Vec<Passage> {
    let first = ranked.first().map(|prose| (space::fold(&prose.article.title), prose.article.id.clone()));
    first.filter(|(text, _)| !text.is_empty()).map(|(text, id)| Passage { text, id }).into_iter().collect()
}

/// A lead being built.
struct Lead<'p, 'a> {
    sources: Vec<&'p Prose<'a>>,
    /// For each article, the first of its runs that is still to be considered.
    ahead: Vec<usize>,
    /// In how many articles each word occurs, and how many articles there are.
    carriers: BTreeMap<&'p str, usize>,
    articles: usize,
    told: BTreeSet<&'p str>,
    kept: Vec<Kept<'p, 'a>>,
    /// Words that may still be taken from the first article, and from others.
    own: usize,
    added: usize,
}

/// Consecutive sentences of one paragraph.
struct Kept<'p, 'a> {
    source: &'p Prose<'a>,
    body: &'a str,
    span: Range<usize>,
    /// Number of the last sentence.
    last: usize,
}

impl Kept<'_, '_> {
    fn passage(&self) -> Passage {
        let text = space::fold(self.body.get(self.span.clone()).unwrap_or_default());
        Passage { text, id: self.source.article.id.clone() }
    }

    /// Whether a sentence directly follows these in their paragraph.
    fn is_followed_by(&self, source: &Prose, sentence: &Sentence) -> bool {
        let same = self.source.article.id == source.article.id && std::ptr::eq(self.body, sentence.body);
        same && sentence.place == self.last + 1
    }
}

impl<'p, 'a> Lead<'p, 'a> {
    fn of(ranked: &'p [Prose<'a>], own: usize, added: usize) -> Self {
        let mut carriers: BTreeMap<&str, usize> = BTreeMap::new();
        for prose in ranked {
            let keys: BTreeSet<&String> =
                prose.sentences().flat_map(|s| &s.keys).chain(&prose.title).collect();
            keys.into_iter().for_each(|key| *carriers.entry(key).or_default() += 1);
        }
        let used = if added == 0 { 1 } else { ARTICLES_USED };
        let sources: Vec<_> = ranked.iter().filter(|p| !p.runs.is_empty()).take(used).collect();
        Lead {
            ahead: vec![0; sources.len()],
            sources,
            carriers,
            articles: ranked.len(),
            told: BTreeSet::new(),
            kept: Vec::new(),
            own,
            added,
        }
    }

    /// The article whose next run tells most, and as much of that run as fits. The first run of all is the first
    /// article's.
    fn next(&mut self) -> Option<(usize, &'p [Sentence<'a>])> {
        let mut best: Option<(f64, usize, &'p [Sentence<'a>])> = None;
        for index in 0..self.sources.len() {
            let Some(run) = self.untold(index) else { continue };
            let head = run.get(..self.fitting(index, run)).unwrap_or_default();
            let Some(first) = head.first() else { continue };
            let tells = self.tells(first);
            if best.is_none_or(|(most, ..)| tells > most) {
                best = Some((tells, index, head));
            }
            if self.kept.is_empty() {
                break;
            }
        }
        best.map(|(_, index, head)| (index, head))
    }

    /// The next run of an article; for any but the first, the next that has not been told yet.
    fn untold(&mut self, index: usize) -> Option<&'p [Sentence<'a>]> {
        let runs = &self.sources.get(index)?.runs;
        let ahead = self.ahead.get(index).copied()?;
        let told = runs.iter().skip(ahead).take_while(|run| index > 0 && self.is_told(run)).count();
        if let Some(ahead) = self.ahead.get_mut(index) {
            *ahead += told;
        }
        runs.get(ahead + told).map(Vec::as_slice)
    }

    fn is_told(&self, run: &[Sentence]) -> bool {
        let keys: BTreeSet<&str> = run.iter().flat_map(|s| &s.keys).map(String::as_str).collect();
        let new = keys.iter().filter(|key| !self.told.contains(*key)).count();
        new as f64 <= NEWS * keys.len() as f64
    }

    /// How many sentences of a run fit.
    fn fitting(&self, index: usize, run: &[Sentence]) -> usize {
        let first_is_read =
            self.sources.first().zip(self.ahead.first()).is_some_and(|(first, &at)| at >= first.runs.len());
        let room = match index {
            0 => self.own,
            _ if first_is_read => self.own + self.added,
            _ => self.added,
        };
        let ends = run.iter().scan(0, |end, sentence| {
            *end += sentence.words;
            Some(*end)
        });
        ends.take_while(|&end| end <= room).count().max(usize::from(self.kept.is_empty()))
    }

    /// How much a sentence tells that others tell too and the lead does not: for each word, the share of the other
    /// articles that have it.
    fn tells(&self, sentence: &Sentence) -> f64 {
        let others = self.articles.saturating_sub(1).max(1) as f64;
        let untold = sentence.keys.iter().filter(|key| !self.told.contains(key.as_str()));
        let carried = untold.filter_map(|key| self.carriers.get(key.as_str())).map(|n| n.saturating_sub(1));
        carried.sum::<usize>() as f64 / others
    }

    fn take(&mut self, index: usize, head: &'p [Sentence<'a>]) {
        let Some(&source) = self.sources.get(index) else { return };
        for sentence in head {
            self.told.extend(sentence.keys.iter().map(String::as_str));
            match self.kept.last_mut() {
                Some(kept) if kept.is_followed_by(source, sentence) => {
                    (kept.span.end, kept.last) = (sentence.span.end, sentence.place);
                }
                _ => {
                    let (body, span, last) = (sentence.body, sentence.span.clone(), sentence.place);
                    self.kept.push(Kept { source, body, span, last });
                }
            }
        }
        let words: usize = head.iter().map(|sentence| sentence.words).sum();
        let of_added = if index == 0 { 0 } else { words.min(self.added) };
        self.added -= of_added;
        self.own = self.own.saturating_sub(words - of_added);
        if let Some(ahead) = self.ahead.get_mut(index) {
            *ahead += 1;
        }
    }
}

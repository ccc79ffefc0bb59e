//! Two articles of a batch in, what they share and what distinguishes them out, in words as printed. Never scores
//! them.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    Judgement, rounded,
    spelling::{Print, printed},
};
use crate::{
    cluster::{
        FITTED,
        document::{Document, Term},
        evidence::{Evidence, Mass, Table},
    },
    model::{Clue, Pair},
};

/// Maximum of names, and of other words, shown as shared by a pair; then of numbers.
const WORDS: usize = 6;
const NUMBERS: usize = 4;
/// Maximum of names and numbers shown that only one side has.
const OWN: usize = 6;
/// Articles of a side that are searched for them.
const PRINTS: usize = 20;

/// What is needed to look at a batch pair by pair.
pub(super) struct Glass<'a> {
    batch: &'a Judgement<'a>,
    table: Table,
    prints: BTreeMap<usize, Print<'a>>,
}

/// A word with its worth in thousandths, so that equal values are equal in whatever order they were summed.
type Worth<'a> = (i64, &'a Term);

impl<'a> Glass<'a> {
    pub(super) fn new(batch: &'a Judgement<'a>) -> Self {
        Glass { batch, table: Table::new(batch.documents.vocabulary), prints: BTreeMap::new() }
    }

    /// The pair of articles at these places, with the probability it was given.
    pub(super) fn pair(&mut self, a: usize, b: usize, probability: f32) -> Pair {
        let batch = self.batch;
        let id = |place: usize| batch.articles.get(place).map(|a| a.id.clone()).unwrap_or_default();
        let pair =
            Pair { a: id(a), b: id(b), probability: rounded(f64::from(probability)), ..Pair::default() };
        let documents = &batch.documents.all;
        let (Some(one), Some(other)) = (documents.get(a), documents.get(b)) else { return pair };
        let evidence = self.evidence(one, other);
        let clue = |name: &str, value, points| Clue {
            name: name.to_owned(),
            value: rounded(value),
            points: rounded(points),
        };
        let (numbers, words): (Vec<_>, Vec<_>) =
            self.shared(one, other).into_iter().partition(|(_, term)| term.number);
        let prints = self.prints(&[a, b]);
        let words = best(words, WORDS, &prints);
        let (names, words): (Vec<&Term>, Vec<&Term>) = words.into_iter().partition(|term| term.name);
        Pair {
            evidence: evidence.parts(&FITTED).map(|part| clue(part.name, part.value, part.points)).to_vec(),
            names: spelt(&names, &prints),
            numbers: spelt(&best(numbers, NUMBERS, &prints), &prints),
            words: spelt(&words, &prints),
            ..pair
        }
    }

    fn evidence(&mut self, one: &Document, other: &Document) -> Evidence {
        let rarity = &self.batch.grouped.rarity;
        self.table.lay(other);
        let masses = (Mass::of(one, rarity), Mass::of(other, rarity));
        let evidence = Evidence::between((one, &masses.0), (other, &masses.1), &self.table, rarity);
        self.table.clear(other);
        evidence
    }

    /// The words both have, with what each adds to the similarity of their texts.
    fn shared(&self, one: &'a Document, other: &Document) -> Vec<Worth<'a>> {
        let both = one.terms.iter().filter_map(|x| {
            let place = other.terms.binary_search_by_key(&x.word, |term| term.word).ok()?;
            let worth = self.batch.grouped.rarity.of(x.word).powi(2);
            Some((thousandths(worth * f64::from(x.anywhere * other.terms.get(place)?.anywhere)), x))
        });
        both.collect()
    }

    /// For each of two groups of articles, the names and numbers that only that group has.
    pub(super) fn apart(&mut self, here: &[usize], there: &[usize]) -> [Vec<String>; 2] {
        let (told_here, told_there) = (self.tellings(here), self.tellings(there));
        let mut only =
            |own: &BTreeMap<u32, (f64, &Term)>, other: &BTreeMap<u32, (f64, &Term)>, articles: &[usize]| {
                let own = own
                    .iter()
                    .filter(|(word, (_, term))| (term.name || term.number) && !other.contains_key(word));
                let own = own.map(|(_, &(worth, term))| (thousandths(worth), term)).collect();
                let prints = self.prints(articles.get(..PRINTS).unwrap_or(articles));
                spelt(&best(own, OWN, &prints), &prints)
            };
        [only(&told_here, &told_there, here), only(&told_there, &told_here, there)]
    }

    /// Each word of a group of articles with its worth there: greater the rarer the word is and the more of them have
    /// it.
    fn tellings(&self, articles: &[usize]) -> BTreeMap<u32, (f64, &'a Term)> {
        let mut tellings: BTreeMap<u32, (f64, &Term)> = BTreeMap::new();
        let batch = self.batch;
        for term in articles.iter().filter_map(|&a| batch.documents.all.get(a)).flat_map(|d| &d.terms) {
            let worth = batch.grouped.rarity.of(term.word) * f64::from(term.anywhere);
            tellings.entry(term.word).or_insert((0.0, term)).0 += worth;
        }
        tellings
    }

    /// The articles as printed, each read once.
    fn prints(&mut self, articles: &[usize]) -> Vec<&Print<'a>> {
        for &place in articles {
            self.prints.entry(place).or_insert_with(|| Print::of(place, self.batch));
        }
        articles.iter().filter_map(|place| self.prints.get(place)).collect()
    }
}

/// The words of greatest worth that are printed; among equals, those printed first.
fn best<'a>(mut words: Vec<Worth<'a>>, most: usize, prints: &[&Print]) -> Vec<&'a Term> {
    let spot =
        |term: &Term| prints.iter().enumerate().find_map(|(print, p)| Some((print, p.spot(term.word)?)));
    words.retain(|(_, term)| spot(term).is_some());
    words.sort_by_cached_key(|(worth, term)| (Reverse(*worth), spot(term)));
    words.into_iter().take(most).map(|(_, term)| term).collect()
}

fn spelt(terms: &[&Term], prints: &[&Print]) -> Vec<String> {
    printed(&terms.iter().map(|term| term.word).collect::<Vec<_>>(), prints)
}

fn thousandths(worth: f64) -> i64 {
    (worth * 1000.0).round() as i64
}

//! Two articles of a batch in, what they share and what tells them apart out, in words as printed.

use std::collections::BTreeMap;

use super::{Judgement, rounded, spelling};
use crate::{
    cluster::{
        FITTED,
        document::{Document, Term},
        evidence::{Evidence, Mass, Table},
    },
    model::{Clue, Pair},
};

/// Shared names and other words shown of a pair, and shared numbers.
const WORDS: usize = 6;
const NUMBERS: usize = 4;
/// Names and numbers shown that only one side tells.
const OWN: usize = 6;

/// What a batch is looked at through, pair by pair.
pub(super) struct Glass<'a> {
    batch: &'a Judgement<'a>,
    table: Table,
}

impl<'a> Glass<'a> {
    pub(super) fn new(batch: &'a Judgement<'a>) -> Self {
        Glass { batch, table: Table::new(batch.documents.vocabulary) }
    }

    /// The pair of articles at these places, with the probability it was given.
    pub(super) fn pair(&mut self, a: usize, b: usize, probability: f32) -> Pair {
        let id = |place: usize| self.batch.articles.get(place).map(|a| a.id.clone()).unwrap_or_default();
        let pair =
            Pair { a: id(a), b: id(b), probability: rounded(f64::from(probability)), ..Pair::default() };
        let documents = &self.batch.documents.all;
        let (Some(one), Some(other)) = (documents.get(a), documents.get(b)) else { return pair };
        let evidence = self.evidence(one, other);
        let clue = |name: &str, value, points| Clue {
            name: name.to_owned(),
            value: rounded(value),
            points: rounded(points),
        };
        let shared = self.shared(one, other);
        let (numbers, words): (Vec<&Term>, Vec<&Term>) = shared.into_iter().partition(|term| term.number);
        let (names, words): (Vec<&Term>, Vec<&Term>) =
            words.into_iter().take(WORDS).partition(|term| term.name);
        let spelt = |terms: &[&Term]| {
            let wanted: Vec<u32> = terms.iter().map(|term| term.word).collect();
            spelling::printed(&wanted, &[a, b], self.batch)
        };
        Pair {
            evidence: evidence.parts(&FITTED).map(|part| clue(part.name, part.value, part.points)).to_vec(),
            names: spelt(&names),
            numbers: spelt(numbers.get(..NUMBERS).unwrap_or(&numbers)),
            words: spelt(&words),
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

    /// The words both have, what adds most to the agreement of their texts first.
    fn shared<'d>(&self, one: &'d Document, other: &Document) -> Vec<&'d Term> {
        let both = one.terms.iter().filter_map(|x| {
            let y = other.terms.binary_search_by_key(&x.word, |term| term.word).ok();
            let y = other.terms.get(y?)?;
            let worth = self.batch.grouped.rarity.of(x.word);
            Some((worth * worth * f64::from(x.anywhere * y.anywhere), x))
        });
        by_worth(both.collect())
    }

    /// The names and numbers that only one of two groups of articles tells, of each group.
    pub(super) fn apart(&self, here: &[usize], there: &[usize]) -> [Vec<String>; 2] {
        let (told_here, told_there) = (self.tellings(here), self.tellings(there));
        let only =
            |own: &BTreeMap<u32, (f64, &Term)>, other: &BTreeMap<u32, (f64, &Term)>, articles: &[usize]| {
                let own = own.iter().filter(|(word, _)| !other.contains_key(word));
                let telling = own.filter(|(_, (_, term))| term.name || term.number);
                let most = by_worth(telling.map(|(_, &telling)| telling).collect());
                let wanted: Vec<u32> = most.iter().take(OWN).map(|term| term.word).collect();
                spelling::printed(&wanted, articles, self.batch)
            };
        [only(&told_here, &told_there, here), only(&told_there, &told_here, there)]
    }

    /// Each word of a group of articles with its worth there: the more, the rarer it is and the more they tell it.
    fn tellings(&self, articles: &[usize]) -> BTreeMap<u32, (f64, &'a Term)> {
        let mut tellings: BTreeMap<u32, (f64, &Term)> = BTreeMap::new();
        let batch: &'a Judgement = self.batch;
        for term in articles.iter().filter_map(|&a| batch.documents.all.get(a)).flat_map(|d| &d.terms) {
            let worth = batch.grouped.rarity.of(term.word) * f64::from(term.anywhere);
            tellings.entry(term.word).or_insert((0.0, term)).0 += worth;
        }
        tellings
    }
}

/// The terms alone, the worthiest first.
fn by_worth(mut terms: Vec<(f64, &Term)>) -> Vec<&Term> {
    terms.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.word.cmp(&y.1.word)));
    terms.into_iter().map(|(_, term)| term).collect()
}

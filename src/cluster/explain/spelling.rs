//! An article in, where each of its words is first printed out; numbers of words in, words as printed out. Never
//! invents a spelling.

use std::collections::BTreeMap;

use super::Judgement;
use crate::text::words::words;

/// Where the words of one article are first printed: in its title, otherwise its teaser, otherwise its text.
pub(super) struct Print<'a> {
    fields: [&'a str; 3],
    spots: BTreeMap<u32, Spot>,
}

/// A position in print, ordered from the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    field: usize,
    start: usize,
    end: usize,
}

impl<'a> Print<'a> {
    /// Reads the article at `place`. Words found only in its address are not printed.
    pub(super) fn of(place: usize, batch: &Judgement<'a>) -> Self {
        let article = batch.articles.get(place);
        let fields = article.map_or([""; 3], |a| [a.title.as_str(), &a.summary, &a.text]);
        let language = batch.documents.all.get(place).map_or(0, |document| document.language);
        let mut spots = BTreeMap::new();
        for (field, text) in fields.into_iter().enumerate() {
            for word in words(text) {
                if let Some(number) = batch.documents.words.known(word, language) {
                    // The words are slices of the text.
                    let start = word.as_ptr() as usize - text.as_ptr() as usize;
                    spots.entry(number).or_insert(Spot { field, start, end: start + word.len() });
                }
            }
        }
        Print { fields, spots }
    }

    pub(super) fn spot(&self, word: u32) -> Option<Spot> {
        self.spots.get(&word).copied()
    }

    /// Whether two positions are adjacent.
    fn are_beside(&self, x: Spot, y: Spot) -> bool {
        x.field == y.field && self.fields.get(x.field).and_then(|text| text.get(x.end..y.start)) == Some(" ")
    }

    fn slice(&self, from: Spot, to: Spot) -> Option<&'a str> {
        let phrase = self.fields.get(from.field)?.get(from.start..to.end)?;
        Some(["'s", "’s"].iter().find_map(|ending| phrase.strip_suffix(ending)).unwrap_or(phrase))
    }
}

/// Each of `wanted`, most telling first, as spelt in the first of `prints` that has it. Adjacent words form one
/// phrase ("Port Sennet"), ranked by its most telling word.
pub(super) fn printed(wanted: &[u32], prints: &[&Print]) -> Vec<String> {
    let mut left: Vec<(usize, u32)> = wanted.iter().copied().enumerate().collect();
    let mut phrases: Vec<(usize, &str)> = Vec::new();
    for print in prints {
        let mut met: Vec<(Spot, usize)> = Vec::new();
        left.retain(|&(rank, word)| {
            let spot = print.spot(word);
            met.extend(spot.map(|spot| (spot, rank)));
            spot.is_none()
        });
        met.sort_unstable();
        for run in met.chunk_by(|x, y| print.are_beside(x.0, y.0)) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            let rank = run.iter().map(|met| met.1).min().unwrap_or(0);
            phrases.extend(print.slice(first.0, last.0).map(|phrase| (rank, phrase)));
        }
    }
    phrases.sort_unstable();
    phrases.into_iter().map(|(_, phrase)| phrase.to_owned()).collect()
}

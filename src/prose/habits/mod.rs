//! What outlets printed in the past weeks in, what they print again and again out: sentences that stand below stories which
//! have nothing in common, and titles that come back day after day. Keeps hashes, no text, and no name of an outlet but
//! those it is told.

mod shape;

use std::collections::BTreeSet;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use shape::{Shape, pieces, sentence};

/// A sentence is furniture if so many entries have it whose titles share no word.
const STRANGERS: usize = 3;
/// Entries remembered for a sentence: more tell nothing new.
const MOST_ENTRIES: usize = 16;
/// Words of the shortest sentence that is judged: shorter ones are said of many things.
const FEWEST_WORDS: usize = 5;
/// A title is a column's if it came on so many days; or on so many with another date in it each time.
const DAYS: usize = 3;
const DAYS_DATED: usize = 2;
/// From so many titles on it is known which words stand in half of them.
const KNOWN: usize = 10;

/// The habits of all outlets.
#[derive(Debug, Default)]
pub struct Habits(FxHashMap<String, Outlet>);

/// What one outlet printed.
#[derive(Debug, Default)]
struct Outlet {
    entries: Vec<Entry>,
    /// The entries that have each sentence, by its hash.
    sentences: FxHashMap<u64, Vec<usize>>,
    /// The days on which each title came, by the hash of its shape.
    titles: FxHashMap<u64, BTreeSet<Date>>,
    /// How many titles have each word.
    words: FxHashMap<u64, usize>,
}

#[derive(Debug)]
struct Entry {
    day: Date,
    shape: u64,
    words: BTreeSet<u64>,
}

impl Habits {
    /// Takes note of an entry of this day: its title and whatever else it says.
    pub fn note<'t>(&mut self, outlet: &str, day: Date, title: &str, texts: impl Iterator<Item = &'t str>) {
        let title = Shape::of(title);
        let own = match self.0.get_mut(outlet) {
            Some(own) => own,
            None => self.0.entry(outlet.to_owned()).or_default(),
        };
        for named in title.names() {
            own.titles.entry(named.hash).or_default().insert(day);
        }
        for word in &title.words {
            *own.words.entry(*word).or_default() += 1;
        }
        let place = own.entries.len();
        for piece in texts.flat_map(pieces) {
            let (hash, length) = sentence(piece);
            if length >= FEWEST_WORDS {
                let entries = own.sentences.entry(hash).or_default();
                if entries.len() < MOST_ENTRIES && entries.last() != Some(&place) {
                    entries.push(place);
                }
            }
        }
        own.entries.push(Entry { day, shape: title.hash, words: title.words });
    }

    /// Whether titles like this one come again and again.
    pub fn is_column(&self, outlet: &str, title: &str) -> bool {
        let Some(own) = self.0.get(outlet) else { return false };
        Shape::of(title).names().any(|named| {
            let needed = if named.is_dated { DAYS_DATED } else { DAYS };
            own.titles.get(&named.hash).is_some_and(|days| days.len() >= needed)
        })
    }

    /// A text without the sentences that are furniture, a paragraph ending where each stood; nothing if it has none.
    pub fn without_furniture(&self, outlet: &str, text: &str) -> Option<String> {
        let own = self.0.get(outlet)?;
        let is_furniture = |piece: &&str| own.is_furniture(sentence(piece));
        let mut rest = text;
        let mut kept = String::new();
        for piece in pieces(text).filter(is_furniture) {
            let at = piece.as_ptr() as usize - rest.as_ptr() as usize;
            let (before, behind) = rest.split_at_checked(at)?;
            kept.push_str(before.trim_end());
            kept.push_str("\n\n");
            rest = behind.get(piece.len()..)?.trim_start();
        }
        let is_clean = rest.len() == text.len();
        (!is_clean).then(|| {
            kept.push_str(rest);
            kept.trim().to_owned()
        })
    }
}

impl Outlet {
    fn is_furniture(&self, (hash, length): (u64, usize)) -> bool {
        let Some(places) = self.sentences.get(&hash) else { return false };
        let mut strangers: Vec<&Entry> = Vec::new();
        for entry in places.iter().filter_map(|place| self.entries.get(*place)) {
            if strangers.iter().all(|other| self.are_strangers(entry, other)) {
                strangers.push(entry);
            }
        }
        length >= FEWEST_WORDS && strangers.len() >= STRANGERS
    }

    /// Whether two entries tell of different things: their titles share no word but those of half of all titles. Two
    /// instalments of a column do so as well.
    fn are_strangers(&self, a: &Entry, b: &Entry) -> bool {
        let is_everywhere = |word: &u64| {
            let count = self.words.get(word).copied().unwrap_or_default();
            self.entries.len() >= KNOWN && 2 * count >= self.entries.len()
        };
        a.shape == b.shape && a.day != b.day || a.words.intersection(&b.words).all(is_everywhere)
    }
}

#[cfg(test)]
mod tests;

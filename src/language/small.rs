//! A short text in, how many of its words are small words of each language out: articles, pronouns, prepositions, what
//! stands in every sentence. One look-up a word, however many languages there are.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{lexicon::SHELF, list::is_small};

/// Words of a text that are looked at.
const MOST_WORDS: usize = 120;
/// The fewest small words that tell a language, and the fewest that tell another than the usual one, if they are half as
/// many again.
const FEWEST: usize = 2;
const FEWEST_OF_ANOTHER: usize = 3;
/// Of English, at least one word in so many is a small one; of other languages far fewer happen to be spelt like one.
const ONE_IN: usize = 6;

/// Every small word with the languages it belongs to, a bit each, in the order of the files.
static LANGUAGES_OF: LazyLock<FxHashMap<&str, u128>> = LazyLock::new(|| {
    let mut languages = FxHashMap::default();
    for (place, kept) in SHELF.iter().enumerate() {
        for word in kept.lexicon().small_words() {
            *languages.entry(word).or_default() |= 1_u128 << place;
        }
    }
    languages
});

/// What was counted in a text.
pub(super) struct SmallWords {
    words: usize,
    /// By language, in the order of the files.
    counts: Vec<usize>,
}

impl SmallWords {
    /// Those at the beginning of a text.
    pub(super) fn of(text: &str) -> SmallWords {
        let mut found = SmallWords { words: 0, counts: vec![0; SHELF.len()] };
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        for word in words.take(MOST_WORDS) {
            found.words += 1;
            let mut languages = languages_of(word);
            while languages != 0 {
                if let Some(count) = found.counts.get_mut(languages.trailing_zeros() as usize) {
                    *count += 1;
                }
                languages &= languages - 1;
            }
        }
        found
    }

    /// How many are of this language.
    fn count(&self, tag: &str) -> usize {
        let counts = SHELF.iter().zip(&self.counts);
        counts.filter(|(kept, _)| kept.tag == tag).map(|(_, count)| *count).sum()
    }

    /// How many are of the language that has most of them.
    fn most(&self) -> usize {
        self.counts.iter().copied().max().unwrap_or_default()
    }

    /// Whether they speak against the language that a text like this usually is of.
    pub(super) fn deny(&self, usual: &str) -> bool {
        let most = self.most();
        most >= FEWEST_OF_ANOTHER && 2 * most > 3 * self.count(usual)
    }

    /// The language that has more of them than any other.
    pub(super) fn tell(&self) -> Option<&'static str> {
        let most = self.most();
        let mut first = SHELF.iter().zip(&self.counts).filter(|(_, count)| **count == most);
        let (told, _) = first.next().filter(|_| most >= FEWEST)?;
        first.next().is_none().then_some(told.tag)
    }

    /// Whether the text reads as English.
    pub(super) fn are_english(&self) -> bool {
        let english = self.count("en");
        english == self.most() && english * ONE_IN >= self.words
    }
}

fn languages_of(word: &str) -> u128 {
    let found =
        if is_small(word) { LANGUAGES_OF.get(word) } else { LANGUAGES_OF.get(word.to_lowercase().as_str()) };
    found.copied().unwrap_or_default()
}

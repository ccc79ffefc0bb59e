//! Words of a text in, whether they ask to leave a mailing list in one language out. Never looks at another language.

use serde::Deserialize;

use super::list::{Entries, Words};

/// Words with which people ask to leave.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Leave {
    /// Words that ask wherever they stand.
    asking: Words,
    /// Words that ask when nothing but those of `beside` stands with them.
    ending: Words,
    /// Courtesies, and what is left.
    beside: Words,
    /// Phrases that ask in a sentence of any length.
    refusing: Entries,
}

/// How surely a text asks to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asks {
    /// It seems to, among other things; or it speaks of leaving.
    Perhaps,
    /// It asks for nothing else.
    Plainly,
}

/// A text with more words says more than that.
const LONGEST_WISH: usize = 25;

/// Letters of a word that is known also when one of them is wrong.
const LONG: usize = 9;

/// The word itself, and what hyphens join in it: `désabonnez-moi`.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    word.split('-').filter(|part| !part.is_empty())
}

impl Leave {
    /// Whether and how surely a text asks to leave: its sentences, and its words all together, in lower case.
    pub(super) fn read(&self, sentences: &[Vec<String>], all: &[String]) -> Option<Asks> {
        if all.len() <= LONGEST_WISH && self.is_whole(all) {
            return Some(Asks::Plainly);
        }
        let is_in = all.iter().any(|word| parts(word).any(|part| self.asking.has(part)))
            || all.iter().take(LONGEST_WISH).any(|word| self.is_misspelt(word))
            || self.refusing.0.iter().any(|phrase| holds(all, phrase))
            || sentences.iter().any(|sentence| sentence.len() > 1 && self.is_whole(sentence));
        is_in.then_some(Asks::Perhaps)
    }

    /// Whether the words ask to leave and say nothing else.
    fn is_whole(&self, words: &[String]) -> bool {
        let asks = |word: &str| self.asking.has(word) || self.ending.has(word);
        let fits = |word: &str| asks(word) || self.beside.has(word);
        words.iter().any(|word| parts(word).any(asks))
            && words.iter().all(|word| fits(word) || parts(word).all(fits))
    }

    /// Whether one letter is wrong in a long word that asks.
    fn is_misspelt(&self, word: &str) -> bool {
        let is_long = |word: &str| word.chars().nth(LONG - 1).is_some();
        let is_near = |known: &str| is_long(known) && strsim::osa_distance(known, word) == 1;
        is_long(word) && self.asking.each().any(is_near)
    }
}

/// Whether the words of the phrase stand in the text one after the other.
fn holds(text: &[String], phrase: &str) -> bool {
    let phrase: Vec<&str> = phrase.split(' ').collect();
    text.windows(phrase.len()).any(|words| words.iter().zip(&phrase).all(|(own, word)| own == word))
}

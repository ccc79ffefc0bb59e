//! Words as written in, numbers out, one for all forms of a word; and which of a batch's words are names.

use rustc_hash::FxHashMap;

use crate::text::words::{Language, is_capitalised};

/// A word is a name when it is capitalised at least this many times as often as not.
const MOSTLY: usize = 3;

/// The words of a batch, numbered as they come. Its maps are only looked up, never listed: their order cannot show.
pub(super) struct Vocabulary {
    languages: Vec<Known>,
    numbers: FxHashMap<String, u32>,
    spelling: Vec<Spelling>,
}

/// A language and the words already met in it: each is stemmed once.
struct Known {
    language: Language,
    words: FxHashMap<String, Option<u32>>,
}

#[derive(Clone, Default)]
struct Spelling {
    capitalised: usize,
    lower: usize,
}

impl Vocabulary {
    /// An empty vocabulary of texts in `languages`, which are named by their places from here on.
    pub(super) fn new(languages: impl IntoIterator<Item = Language>) -> Self {
        let known = |language| Known { language, words: FxHashMap::default() };
        Vocabulary {
            languages: languages.into_iter().map(known).collect(),
            numbers: FxHashMap::default(),
            spelling: Vec::new(),
        }
    }

    /// How many different words there are.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The number of a word; `None` for a stop word.
    pub(super) fn number(&mut self, word: &str, language: usize) -> Option<u32> {
        let known = self.languages.get_mut(language)?;
        if let Some(&number) = known.words.get(word) {
            return number;
        }
        let number = known.language.key(word).map(|key| {
            let next = self.numbers.len() as u32;
            *self.numbers.entry(key).or_insert(next)
        });
        known.words.insert(word.to_owned(), number);
        self.spelling.resize(self.numbers.len(), Spelling::default());
        number
    }

    /// The number of a word that has one already.
    pub(super) fn known(&self, word: &str, language: usize) -> Option<u32> {
        *self.languages.get(language)?.words.get(word)?
    }

    /// Takes note of how a word is spelt in running text.
    pub(super) fn note(&mut self, number: u32, word: &str) {
        if let Some(spelling) = self.spelling.get_mut(number as usize) {
            *if is_capitalised(word) { &mut spelling.capitalised } else { &mut spelling.lower } += 1;
        }
    }

    /// Whether a word is written as a name all over the batch: headlines that capitalise every word, and the first
    /// words of sentences, are outvoted by the rest.
    pub(super) fn is_name(&self, number: u32) -> bool {
        let spelling = self.spelling.get(number as usize);
        spelling.is_some_and(|s| s.capitalised > 0 && s.capitalised >= MOSTLY * s.lower)
    }
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;
    use crate::text::words::{Language, words};

    #[test]
    fn a_name_is_what_the_batch_capitalises() {
        let mut vocabulary = Vocabulary::new([Language::of("en")]);
        for word in words("Ferry Sinks Off Nordholm. The ferry sinks, a ferry from Nordholm") {
            if let Some(number) = vocabulary.number(word, 0) {
                vocabulary.note(number, word);
            }
        }
        let mut is_name = |word| vocabulary.number(word, 0).is_some_and(|n| vocabulary.is_name(n));
        assert!(is_name("Nordholm") && !is_name("ferry"));
    }
}

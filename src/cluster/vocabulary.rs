//! Words as written in, numbers out: one for each spelling, and one for all forms of a word. Knows which words of a
//! batch are names, but never what they mean.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::{
    language::Lexicon,
    text::words::{is_capitalised, is_number},
};

/// A word is a name if it is capitalised at least this many times as often as not.
const MOSTLY: usize = 3;

/// The words of a batch, numbered as they occur. The order of its maps never
/// shows.
pub(super) struct Vocabulary {
    languages: Vec<Known>,
    numbers: FxHashMap<String, u32>,
    cases: Vec<Cases>,
    spelling_of: FxHashMap<Arc<str>, u32>,
    spellings: Vec<Spelling>,
}

/// A language and the words of the spellings already met in it: each spelling is stemmed only once.
struct Known {
    language: &'static Lexicon,
    words: Vec<Option<Option<u32>>>,
}

/// One way of writing a word, examined once.
pub(super) struct Spelling {
    pub(super) word: Arc<str>,
    is_number: bool,
    is_capitalised: bool,
}

/// How often a word is written in each way.
#[derive(Clone, Default)]
struct Cases {
    capitalised: usize,
    lower: usize,
    /// Capitalised where its case tells a name.
    proper: usize,
}

impl Vocabulary {
    /// An empty vocabulary for texts in `languages`, which are referred to by index from here on.
    pub(super) fn new(languages: impl IntoIterator<Item = &'static Lexicon>) -> Self {
        let known = |language| Known { language, words: Vec::new() };
        Vocabulary {
            languages: languages.into_iter().map(known).collect(),
            numbers: FxHashMap::default(),
            cases: Vec::new(),
            spelling_of: FxHashMap::default(),
            spellings: Vec::new(),
        }
    }

    /// The number of different words.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The words, as all forms of each are known, with their numbers; in no order.
    pub(super) fn keys(&self) -> impl Iterator<Item = (&str, u32)> {
        self.numbers.iter().map(|(key, number)| (key.as_str(), *number))
    }

    /// The number of a word known as in [`Vocabulary::keys`].
    pub(super) fn of_key(&self, key: &str) -> Option<u32> {
        self.numbers.get(key).copied()
    }

    /// The spellings met so far, by number.
    pub(super) fn spellings(&self) -> &[Spelling] {
        &self.spellings
    }

    /// The number of a spelling.
    pub(super) fn spelling(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.spelling_of.get(word) {
            return number;
        }
        let number = self.spellings.len() as u32;
        let (is_number, is_capitalised) = (is_number(word), is_capitalised(word));
        let word: Arc<str> = word.into();
        self.spellings.push(Spelling { word: word.clone(), is_number, is_capitalised });
        self.spelling_of.insert(word, number);
        number
    }

    /// The number of the word with this spelling; `None` for a stop word.
    pub(super) fn number(&mut self, spelling: u32, language: usize) -> Option<u32> {
        let known = self.languages.get_mut(language)?;
        if let Some(&Some(number)) = known.words.get(spelling as usize) {
            return number;
        }
        let word = &self.spellings.get(spelling as usize)?.word;
        let number = known.language.key(word).map(|key| {
            let next = self.numbers.len() as u32;
            *self.numbers.entry(key).or_insert(next)
        });
        known.words.resize(self.spellings.len().max(known.words.len()), None);
        if let Some(slot) = known.words.get_mut(spelling as usize) {
            *slot = Some(number);
        }
        self.cases.resize(self.numbers.len(), Cases::default());
        number
    }

    /// The number of a word that already has one.
    pub(super) fn known(&self, word: &str, language: usize) -> Option<u32> {
        let spelling = *self.spelling_of.get(word)?;
        (*self.languages.get(language)?.words.get(spelling as usize)?)?
    }

    /// Whether this spelling is a number.
    pub(super) fn is_number(&self, spelling: u32) -> bool {
        self.spellings.get(spelling as usize).is_some_and(|spelling| spelling.is_number)
    }

    /// Records how a word is spelt in running text, and whether its case tells a name there.
    pub(super) fn note(&mut self, number: u32, spelling: u32, telling: bool) {
        let spelling = self.spellings.get(spelling as usize);
        if let (Some(cases), Some(spelling)) = (self.cases.get_mut(number as usize), spelling) {
            cases.proper += usize::from(telling && spelling.is_capitalised);
            *if spelling.is_capitalised { &mut cases.capitalised } else { &mut cases.lower } += 1;
        }
    }

    /// Whether the batch gives a word a capital where others have none, at least as often as it writes it small: unlike
    /// [`Vocabulary::is_name`] never the first word of a sentence alone.
    pub(super) fn is_proper(&self, number: u32) -> bool {
        let cases = self.cases.get(number as usize);
        cases.is_some_and(|c| c.proper > 0 && c.proper >= c.lower)
    }

    /// Whether the batch usually writes a word as a name: headlines that capitalise every word, and the first words
    /// of sentences, are outvoted by the rest.
    pub(super) fn is_name(&self, number: u32) -> bool {
        let cases = self.cases.get(number as usize);
        cases.is_some_and(|c| c.capitalised > 0 && c.capitalised >= MOSTLY * c.lower)
    }
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;
    use crate::{language::Lexicon, text::words::words};

    #[test]
    fn a_name_is_what_the_batch_capitalises() {
        let mut vocabulary = Vocabulary::new([Lexicon::of("en")]);
        for word in words("Ferry Sinks Off Nordholm. The ferry sinks, a ferry from Nordholm") {
            let spelling = vocabulary.spelling(word);
            if let Some(number) = vocabulary.number(spelling, 0) {
                vocabulary.note(number, spelling, true);
            }
        }
        let is_name = |word| vocabulary.known(word, 0).is_some_and(|n| vocabulary.is_name(n));
        assert!(is_name("Nordholm") && !is_name("ferry"));
    }
}

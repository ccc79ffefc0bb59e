//! A word of a date in, the month it names out: in the language it is written in, else in any. Never guesses between two.

use std::{collections::BTreeMap, sync::LazyLock};

use rustc_hash::FxHashSet;

use super::lexicon::{Lexicon, SHELF};

/// Letters that tell a month, at least.
const SHORTEST: usize = 3;

/// Stands for a name that means different months in different languages.
const SEVERAL: i8 = 0;

/// How alike a word must be to a month's name.
#[derive(Clone, Copy)]
pub(super) enum Reading {
    /// A name, or its first letters.
    Exact,
    /// Begun like one: another case, a misspelling, a sister language.
    Alike,
}

/// The month of this name, in small letters. Of the language it is written in only whole names count: in a date that keeps
/// to the standards the months are English, and may be how others of this language begin.
pub(super) fn of_name(word: &str, lexicon: Option<&Lexicon>, reading: Reading) -> Option<i8> {
    let own = lexicon.and_then(|lexicon| lexicon.calendar.months().find(|(name, _)| *name == word));
    own.map(|(_, month)| month).or_else(|| ALL.named(word)).or_else(|| match reading {
        Reading::Exact => None,
        Reading::Alike => ALL.like(word),
    })
}

/// Whether a word in small letters names a month or a day, in full or cut short, in whatever language.
pub fn is_of_any_calendar(word: &str) -> bool {
    static WORDS: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
        let calendars: Vec<_> = SHELF.iter().map(|kept| kept.calendar()).collect();
        calendars.iter().flat_map(|calendar| calendar.words()).map(str::to_owned).collect()
    });
    WORDS.contains(word)
}

/// The month of this name, written as the language does or cut short, whatever its case.
pub fn month_of(word: &str, lexicon: &Lexicon) -> Option<i8> {
    let word = word.to_lowercase();
    lexicon.calendar.months().find(|(name, _)| *name == word).map(|(_, month)| month)
}

/// The names of all languages.
static ALL: LazyLock<Names> = LazyLock::new(|| Names::of(SHELF.iter().map(|kept| kept.lexicon())));

/// Names of months, full and short, each with its month.
struct Names(BTreeMap<&'static str, i8>);

impl Names {
    fn of(lexicons: impl IntoIterator<Item = &'static Lexicon>) -> Names {
        let mut months: BTreeMap<&str, i8> = BTreeMap::new();
        for (name, month) in lexicons.into_iter().flat_map(|lexicon| lexicon.calendar.months()) {
            let known = months.entry(name).or_insert(month);
            *known = if *known == month { month } else { SEVERAL };
        }
        Names(months)
    }

    /// By a month's name, or by its first letters.
    fn named(&self, word: &str) -> Option<i8> {
        word.chars().nth(SHORTEST - 1)?;
        let known = self.0.get(word).copied().or_else(|| self.begun(word));
        known.filter(|month| *month != SEVERAL)
    }

    /// By the longest beginning that it shares with a name.
    fn like(&self, word: &str) -> Option<i8> {
        let ends = word.char_indices().map(|(at, letter)| at + letter.len_utf8());
        ends.rev().find_map(|end| self.begun(word.get(..end)?)).filter(|month| *month != SEVERAL)
    }

    /// The month of the names that begin with these letters, if any does.
    fn begun(&self, letters: &str) -> Option<i8> {
        letters.chars().nth(SHORTEST - 1)?;
        let names = self.0.range(letters..).take_while(|(name, _)| name.starts_with(letters));
        names.map(|(_, month)| *month).reduce(|one, other| if one == other { one } else { SEVERAL })
    }
}

//! A title or a sentence in, what stays of it when its dates change out, as a hash. Nothing of it is printed.

use std::collections::BTreeSet;

use xxhash_rust::xxh3::Xxh3;

use crate::{language::is_of_any_calendar, text::words::spoken};

/// Letters of the shortest word of a title that two titles are compared by.
const LETTERS: usize = 4;
/// What stands for a date.
const DATE: &str = "@";
/// The last day of a month, and the years that a number may be.
const LAST_DAY: u16 = 31;
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2199;

/// The words of a title, all dates alike.
#[derive(Debug)]
pub(super) struct Shape {
    pub hash: u64,
    /// The hashes of its longer words that are no dates or numbers.
    pub words: BTreeSet<u64>,
    /// The same of what stands before a colon.
    head: Option<Named>,
    is_dated: bool,
}

/// By what a title is recognised.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    pub hash: u64,
    pub is_dated: bool,
}

impl Shape {
    pub fn of(text: &str) -> Shape {
        let said = spoken(text);
        let words = dates_alike(&said);
        let is_dated = words.contains(&DATE);
        let telling = words.iter().filter(|word| word.chars().nth(LETTERS - 1).is_some());
        let telling =
            telling.filter(|word| !word.starts_with(|c: char| c.is_numeric())).map(|word| hash([*word]));
        let head = text.split_once(": ").map(|(head, _)| spoken(head));
        let head = head.as_deref().map(dates_alike);
        // A subject has many titles behind it, so a head alone is a column's only with its date.
        let head = head.filter(|head| head.contains(&DATE) && head.len() > 1);
        Shape {
            words: telling.collect(),
            head: head.map(|head| Named { hash: hash(head), is_dated: true }),
            hash: hash(words),
            is_dated,
        }
    }

    /// By what it may be recognised: as a whole, and by its head.
    pub fn names(&self) -> impl Iterator<Item = Named> {
        let whole = Named { hash: self.hash, is_dated: self.is_dated };
        [Some(whole), self.head].into_iter().flatten()
    }
}

/// The hash of a sentence, all dates alike, and how many words it has.
pub(super) fn sentence(text: &str) -> (u64, usize) {
    let said = spoken(text);
    let words = dates_alike(&said);
    let length = words.len();
    (hash(words), length)
}

fn hash<'w>(words: impl IntoIterator<Item = &'w str>) -> u64 {
    let mut hash = Xxh3::new();
    for word in words {
        hash.update(word.as_bytes());
        hash.update(b" ");
    }
    hash.digest()
}

/// Words in small letters, with one mark in place of each date: names of days and months, the numbers beside them, and
/// numbers written as a date.
fn dates_alike(spoken: &str) -> Vec<&str> {
    let words: Vec<&str> = spoken.split_ascii_whitespace().collect();
    let is_named = |word: &&str| is_of_any_calendar(word);
    let stands =
        |at: Option<usize>, is: &dyn Fn(&&str) -> bool| at.and_then(|at| words.get(at)).is_some_and(is);
    let mut alike: Vec<&str> = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let is_beside = || {
            let beside = |distance: usize| {
                stands(at.checked_sub(distance), &is_named) || stands(Some(at + distance), &is_named)
            };
            beside(1) || beside(2)
        };
        let is_date = is_named(word) || is_numeric_date(word) || may_be_dated(word) && is_beside();
        match is_date {
            false => alike.push(word),
            true if alike.last() == Some(&DATE) => {}
            true => alike.push(DATE),
        }
    }
    alike
}

/// Whether a number can be a day or a year: "17", "17th", "2026".
fn may_be_dated(word: &str) -> bool {
    let digits = word.trim_end_matches(char::is_alphabetic);
    word.len() <= digits.len() + 2
        && digits
            .parse::<u16>()
            .is_ok_and(|number| (1..=LAST_DAY).contains(&number) || YEARS.contains(&number))
}

/// Whether a word is a date of numbers alone, as "11.18.19".
fn is_numeric_date(word: &str) -> bool {
    let parts = || word.split(['.', '/', '-']);
    parts().count() == 3
        && parts().all(|part| matches!(part.len(), 1..=4) && part.bytes().all(|b| b.is_ascii_digit()))
}

/// The sentences of a text, roughly: what is read of it is compared, never printed.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| {
        let mut rest = line;
        std::iter::from_fn(move || {
            let ends = rest.match_indices(['.', '!', '?', '…']).map(|(at, mark)| at + mark.len());
            let ends = ends
                .filter(|end| rest.get(*end..).is_some_and(|behind| behind.starts_with(char::is_whitespace)));
            let end = ends.map(|end| end.min(rest.len())).next().unwrap_or(rest.len());
            let (piece, behind) = rest.split_at_checked(end)?;
            rest = behind.trim_start();
            (!piece.is_empty()).then_some(piece)
        })
    })
}

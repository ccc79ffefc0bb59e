//! A date as feeds and pages write it in, a moment in UTC out. Never reads the clock, never guesses the order of day and
//! month; what names no day gives nothing.

mod clock;
mod numbers;
mod zone;

use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::lexicon::SHELF;
use clock::moment;
use numbers::{four_digits, number};

/// Years that can be meant. Computers count from 1970: a date in it is one that nobody set, or seconds taken for milliseconds.
const YEARS: std::ops::RangeInclusive<i16> = 1971..=2200;

/// What clocks show which nobody set, in Unix seconds: the beginning of 1980, and of 2000.
const UNSET: [i64; 2] = [315_532_800, 946_684_800];

/// The moment `text` names: Unix seconds and milliseconds, ISO 8601 and RFC 3339 also shortened, RFC 822 also with wrong or foreign week days, and
/// dates as people write them. Without a zone it is UTC, without a time midnight.
pub fn parse(text: &str) -> Option<Timestamp> {
    let text = western(&text.trim().to_lowercase()).into_owned();
    text.parse()
        .ok()
        .or_else(|| number(&text))
        .or_else(|| words(&text, named))
        .or_else(|| words(&text, like))
        .filter(in_range)
}

fn in_range(moment: &Timestamp) -> bool {
    YEARS.contains(&moment.to_zoned(TimeZone::UTC).year()) && !UNSET.contains(&moment.as_second())
}

/// The same with the digits and the signs for year, month and day of other scripts as those of ISO 8601: `2026年11月22日`,
/// `2026년 11월 22일`, `٢٢`.
fn western(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let has_signs = text.contains(['年', '년']);
    let text = text.chars().filter_map(|c| match c {
        '\u{200e}' | '\u{200f}' => None,
        '年' | '月' | '년' | '월' if has_signs => Some('-'),
        '日' | '일' | '\u{a0}' | '\u{202f}' => Some(' '),
        c => Some(digit(c).unwrap_or(c)),
    });
    let text: String = text.collect();
    Cow::Owned(if has_signs { text.replace("- ", "-") } else { text })
}

/// The ASCII digit for one of another script.
fn digit(c: char) -> Option<char> {
    // Arabic, Persian, Devanagari, Bengali, Thai, full width.
    let zeros = ['٠', '۰', '०', '০', '๐', '０'];
    let value = zeros.iter().find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|v| *v < 10));
    char::from_digit(value?, 10)
}

/// `Sun, 22 Nov 2026 06:00:00 EST`, `November 22, 2026 6:00 pm`, `22. Nov. 2026`, `Sun Nov 22 06:00:00 UTC 2026`.
fn words(text: &str, month_of: fn(&str) -> Option<i8>) -> Option<Timestamp> {
    let (mut month, mut day, mut year) = (None, None, None);
    let mut clock: Vec<&str> = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()) {
        let bare = word.trim_end_matches(['.', ':']);
        let number = bare.trim_end_matches(|c: char| c.is_alphabetic());
        // The last word that is a month: a foreign week day (`mar.`, Tuesday) may look like one.
        if let Some(found) = month_of(bare).filter(|_| clock.is_empty()) {
            month = Some(found);
        } else if word.contains(':') && clock.is_empty() {
            clock.push(word);
        } else if let Some((d, m, y)) = dashed(bare, month_of).filter(|_| month.is_none()) {
            (day, month, year) = (Some(d), Some(m), Some(y));
        } else if day.is_none() && number.len() <= 2 && number.parse::<i8>().is_ok() {
            day = number.parse().ok();
        } else if year.is_none() && bare.bytes().all(|b| b.is_ascii_digit()) {
            year = four_digits(bare);
        } else if !clock.is_empty() {
            clock.push(word);
        }
    }
    moment(Date::new(year?, month?, day?).ok()?, &clock.join(" "))
}

/// `22-nov-2026`
fn dashed(word: &str, month_of: fn(&str) -> Option<i8>) -> Option<(i8, i8, i16)> {
    let mut parts = word.split('-');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    Some((day.parse().ok()?, month_of(month)?, four_digits(year)?))
}

/// Letters that tell a month, at least.
const SHORTEST: usize = 3;

/// Names of months in languages without a file, which look like another month's in a language that has one (Croatian,
/// Irish).
const LOOKALIKES: [(&str, i8); 5] =
    [("lipanj", 6), ("lipnja", 6), ("srpanj", 7), ("srpnja", 7), ("meitheamh", 6)];

/// By a month's name in any language that has a calendar, or by its first letters.
fn named(word: &str) -> Option<i8> {
    MONTHS.get(word).copied().filter(|_| word.chars().count() >= SHORTEST).or_else(|| begun(word)?.ok())
}

/// By the longest beginning that it shares with a month's name: another case, a misspelling, a sister language.
fn like(word: &str) -> Option<i8> {
    let ends = word.char_indices().map(|(at, letter)| at + letter.len_utf8());
    named(word).or_else(|| ends.rev().find_map(|end| begun(word.get(..end)?))?.ok())
}

/// The month of the names that begin with these letters, if any does; an error if they are of several.
fn begun(letters: &str) -> Option<Result<i8, ()>> {
    letters.chars().nth(SHORTEST - 1)?;
    let names = MONTHS.range(letters..).take_while(|(name, _)| name.starts_with(letters));
    let mut months = names.map(|(_, month)| *month);
    let first = months.next()?;
    Some(if months.all(|month| month == first) { Ok(first) } else { Err(()) })
}

/// The names of the months of all languages, full and short. A name that means two months means neither.
static MONTHS: LazyLock<BTreeMap<&'static str, i8>> = LazyLock::new(|| {
    let mut months: BTreeMap<&str, i8> = BTreeMap::new();
    for kept in SHELF.iter() {
        let calendar = &kept.lexicon().calendar;
        for list in [&calendar.months, &calendar.months_short] {
            for (names, month) in list.iter().zip(1..) {
                for name in names.split('|') {
                    let known = months.entry(name).or_insert(month);
                    *known = if *known == month { month } else { 0 };
                }
            }
        }
    }
    months.retain(|_, month| *month > 0);
    months.extend(LOOKALIKES);
    months
});

#[cfg(test)]
mod tests;

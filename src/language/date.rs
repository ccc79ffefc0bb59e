//! A date as feeds and pages write it in, a moment in UTC out. Never reads the clock, never guesses the order of day and
//! month; what names no day gives nothing.

mod clock;
mod numbers;
mod zone;

use std::{borrow::Cow, collections::BTreeSet};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{
    lexicon::Lexicon,
    months::{self, Reading},
};
use clock::moment;
use numbers::{four_digits, number};

/// Years that can be meant. Computers count from 1970: a date in it is one that nobody set, or seconds taken for milliseconds.
const YEARS: std::ops::RangeInclusive<i16> = 1971..=2200;

/// What clocks show which nobody set, in Unix seconds: the beginning of 1980, and of 2000.
const UNSET: [i64; 2] = [315_532_800, 946_684_800];

/// The moment `text` names, in no known language: see [`parse_in`].
pub fn parse(text: &str) -> Option<Timestamp> {
    parse_in(text, None)
}

/// The moment `text` names: Unix seconds and milliseconds, ISO 8601 and RFC 3339 also shortened, RFC 822 also with wrong or foreign week days, and
/// dates as people write them. Without a zone it is UTC, without a time midnight. A month whose name is another month elsewhere is
/// read in the language of this BCP 47 tag, else in the one that the weekday before it is written in, else not at all.
pub fn parse_in(text: &str, tag: Option<&str>) -> Option<Timestamp> {
    let text = western(&text.trim().to_lowercase()).into_owned();
    let lexicon = tag.map(Lexicon::of);
    let read = |reading| words(&text, &|word| months::of_name(word, lexicon, reading));
    text.parse()
        .ok()
        .or_else(|| number(&text))
        .or_else(|| read(Reading::Exact))
        .or_else(|| read(Reading::Alike))
        .or_else(|| by_weekday(&text))
        .filter(in_range)
}

/// Letters that tell a weekday, at least.
const WEEKDAY: usize = 2;

/// A date that begins with a weekday, in the language that calls it so: nothing, where several languages do and disagree.
fn by_weekday(text: &str) -> Option<Timestamp> {
    let weekday = text.split([',', '.', ' ']).next()?;
    weekday.chars().nth(WEEKDAY - 1)?;
    let languages = Lexicon::all().filter(|lexicon| lexicon.calendar.has_weekday(weekday));
    let read = languages
        .filter_map(|lexicon| words(text, &|word| months::of_name(word, Some(lexicon), Reading::Exact)));
    let moments: BTreeSet<Timestamp> = read.collect();
    moments.first().copied().filter(|_| moments.len() == 1)
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
    // The weekday that may stand before it says nothing more.
    let from = if has_signs { text.find(|c: char| c.is_ascii_digit()).unwrap_or(0) } else { 0 };
    Cow::Owned(if has_signs { text[from..].replace("- ", "-") } else { text })
}

/// The ASCII digit for one of another script.
fn digit(c: char) -> Option<char> {
    // Arabic, Persian, Devanagari, Bengali, Thai, full width.
    let zeros = ['٠', '۰', '०', '০', '๐', '０'];
    let value = zeros.iter().find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|v| *v < 10));
    char::from_digit(value?, 10)
}

/// `Sun, 22 Nov 2026 06:00:00 EST`, `November 22, 2026 6:00 pm`, `22. Nov. 2026`, `Sun Nov 22 06:00:00 UTC 2026`.
fn words(text: &str, month_of: &dyn Fn(&str) -> Option<i8>) -> Option<Timestamp> {
    let (mut month, mut day, mut year) = (None, None, None);
    let mut clock: Vec<&str> = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()) {
        let bare = word.trim_end_matches(['.', ':']);
        let number = bare.trim_end_matches(|c: char| c.is_alphabetic());
        // The last word that is a month: a foreign week day (`mar.`, Tuesday) may look like one.
        if let Some(found) = month_of(bare).filter(|_| clock.is_empty()) {
            month = Some(found);
        } else if clock.is_empty() && (word.contains(':') || (year.is_some() && is_time(bare))) {
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

/// `10.00`, `10h00`, `10h`: what a clock shows, where the day is known already.
fn is_time(word: &str) -> bool {
    let (hour, minute) = word.split_once(['.', 'h']).unwrap_or_default();
    let are_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    matches!((hour.len(), minute.len()), (1 | 2, 0 | 2)) && are_digits(hour) && are_digits(minute)
}

/// `22-nov-2026`
fn dashed(word: &str, month_of: &dyn Fn(&str) -> Option<i8>) -> Option<(i8, i8, i16)> {
    let mut parts = word.split('-');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    Some((day.parse().ok()?, month_of(month)?, four_digits(year)?))
}

#[cfg(test)]
mod tests;

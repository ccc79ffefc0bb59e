//! A date written in figures in, a moment in UTC out. Never guesses the order of day and month.

use jiff::{Timestamp, civil::Date};

use super::clock::moment;

/// A date in figures: a count of seconds, the year first as in ISO 8601, or the day or the month first where it is certain
/// which.
pub fn number(text: &str) -> Option<Timestamp> {
    counted(text).or_else(|| iso(text)).or_else(|| year_last(text))
}

/// Unix seconds, or milliseconds, with or without a fraction.
fn counted(text: &str) -> Option<Timestamp> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let is_a_count = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let count: i64 = whole.parse().ok().filter(|_| is_a_count)?;
    match whole.len() {
        10 => Timestamp::from_second(count).ok(),
        13 => Timestamp::from_millisecond(count).ok(),
        _ => None,
    }
}

/// `2026-11-22 06:00:00 +0100`, `2026-11-22T06:00Z`, `2026/11/22`, `2026.11.22`, `20261122`, `20261122060000`, `2026-11`.
fn iso(text: &str) -> Option<Timestamp> {
    let end =
        text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '/' | '.'))).unwrap_or(text.len());
    let (date, rest) = text.split_at(end);
    let is_compact = date.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = match (is_compact, date.len()) {
        (true, 8 | 12 | 14) => vec![date.get(..4)?, date.get(4..6)?, date.get(6..8)?],
        _ => date.trim_end_matches('.').split(['-', '/', '.']).collect(),
    };
    if let (true, Some(time)) = (is_compact, date.get(8..).filter(|time| !time.is_empty())) {
        let clock = [time.get(..2)?, time.get(2..4)?, time.get(4..6).unwrap_or("00")].join(":");
        return moment(day(&parts)?, &format!("{clock} {}", rest.trim_start()));
    }
    moment(day(&parts)?, rest.trim_start_matches(['t', ' ', ',', '-']))
}

/// The day of year, month and day, or the first of a month.
fn day(parts: &[&str]) -> Option<Date> {
    let (year, month, day) = match parts {
        [year, month, day] => (year, month.parse().ok()?, day.parse().ok()?),
        [year, month] => (year, month.parse().ok()?, 1),
        _ => return None,
    };
    if year.len() != 4 {
        return None;
    }
    Date::new(four_digits(year)?, month, day).ok()
}

/// `22.11.2026 06:00`, `22/11/2026`, `11/22/2026`: the day comes first where dots stand between, as in every country that
/// writes them, or where the other cannot be a month.
fn year_last(text: &str) -> Option<Timestamp> {
    let end =
        text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '/' | '.'))).unwrap_or(text.len());
    let (date, rest) = text.split_at(end);
    let sign = date.chars().find(|c| !c.is_ascii_digit())?;
    let mut parts = date.trim_end_matches('.').split(sign);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let (first, second): (i8, i8) = (first.parse().ok()?, second.parse().ok()?);
    let (day, month) = match (first > 12, second > 12) {
        (_, false) if sign == '.' => (first, second),
        (true, false) => (first, second),
        (false, true) => (second, first),
        _ if first == second => (first, second),
        _ => return None,
    };
    moment(Date::new(four_digits(year)?, month, day).ok()?, rest.trim_start_matches(['t', ' ', ',']))
}

/// A year; of two digits, by RFC 2822, section 4.3.
pub fn four_digits(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        2 if year < 50 => Some(year + 2000),
        2 => Some(year + 1900),
        4 => Some(year),
        _ => None,
    }
}

//! A date as feeds and pages write it in, a moment in UTC out. Never reads the clock, never guesses the order of day and
//! month; what names no day gives nothing.

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::{Offset, TimeZone},
};

use super::lexicon::SHELF;

/// Years that can be meant.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2200;

/// Zones by name (RFC 822, section 5.1, and the other names in use), minutes east of Greenwich.
const ZONES: [(&str, i32); 34] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("bst", 60),
    ("ist", 330),
    ("cet", 60),
    ("met", 60),
    ("mez", 60),
    ("west", 60),
    ("cest", 120),
    ("mest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("sast", 120),
    ("eest", 180),
    ("msk", 180),
    ("pkt", 300),
    ("hkt", 480),
    ("sgt", 480),
    ("awst", 480),
    ("jst", 540),
    ("kst", 540),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("edt", -240),
    ("est", -300),
    ("cdt", -300),
    ("cst", -360),
    ("mdt", -360),
    ("mst", -420),
];
const PACIFIC: [(&str, i32); 6] =
    [("pdt", -420), ("pst", -480), ("akdt", -480), ("akst", -540), ("hst", -600), ("ast", -240)];

/// The moment `text` names: ISO 8601 and RFC 3339 also shortened, RFC 822 also with wrong or foreign week days, and
/// dates as people write them. Without a zone it is UTC, without a time midnight.
pub fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim().to_lowercase();
    text.parse()
        .ok()
        .or_else(|| iso(&text))
        .or_else(|| words(&text, named))
        .or_else(|| words(&text, like))
        .filter(in_range)
}

fn in_range(moment: &Timestamp) -> bool {
    YEARS.contains(&moment.to_zoned(TimeZone::UTC).year())
}

/// `2026-11-22 06:00:00 +0100`, `2026-11-22T06:00Z`, `2026/11/22`, `20261122`, `2026-11`.
fn iso(text: &str) -> Option<Timestamp> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '/'))).unwrap_or(text.len());
    let (date, rest) = text.split_at(end);
    let compact = date.len() == 8 && date.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = match compact {
        true => vec![date.get(..4)?, date.get(4..6)?, date.get(6..)?],
        false => date.split(['-', '/']).collect(),
    };
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] => (year, month.parse().ok()?, day.parse().ok()?),
        [year, month] => (year, month.parse().ok()?, 1),
        _ => return None,
    };
    let date = Date::new(four_digits(year)?, month, day).ok()?;
    let rest = rest.trim_start_matches(['t', ' ', ',']);
    moment(date, rest)
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

/// A year; of two digits, by RFC 2822, section 4.3.
fn four_digits(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        2 if year < 50 => Some(year + 2000),
        2 => Some(year + 1900),
        4 => Some(year),
        _ => None,
    }
}

/// The moment of a day at which the clock shows `clock`: a time, `am` or `pm`, and a zone, each of which may be missing.
fn moment(date: Date, clock: &str) -> Option<Timestamp> {
    let end = clock.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(clock.len());
    let (time, rest) = clock.split_at(end);
    let mut parts = time.split([':', '.']).map(|p| p.parse::<i8>().ok());
    let hour = parts.next().flatten().unwrap_or(0);
    let minute = parts.next().flatten().unwrap_or(0);
    let second = parts.next().flatten().unwrap_or(0).min(59);
    let (hour, zone) = half_day(hour, rest.trim());
    let time = Time::new(if hour == 24 { 0 } else { hour }, minute, second, 0).ok()?;
    let offset = offset(zone).unwrap_or(Offset::UTC);
    offset.to_timestamp(date.to_datetime(time)).ok()
}

/// The hour of the day, and what follows `am` or `pm`.
fn half_day(hour: i8, rest: &str) -> (i8, &str) {
    if let Some(zone) = rest.strip_prefix("pm").or_else(|| rest.strip_prefix("p.m.")) {
        return (if hour < 12 { hour + 12 } else { hour }, zone.trim());
    }
    match rest.strip_prefix("am").or_else(|| rest.strip_prefix("a.m.")) {
        Some(zone) => (hour % 12, zone.trim()),
        None => (hour, rest),
    }
}

/// `+0100`, `-05:00`, `+1`, `gmt+2`, `est`.
fn offset(zone: &str) -> Option<Offset> {
    let named =
        |name: &str| ZONES.iter().chain(&PACIFIC).find(|(n, _)| *n == name).map(|(_, minutes)| *minutes);
    let zone = zone.trim_start_matches('(').split([' ', ')']).next()?;
    let minutes = match zone.find(['+', '-']) {
        Some(sign) => {
            let (name, number) = zone.split_at(sign);
            named(name).unwrap_or(0) + signed_minutes(number)?
        }
        None => named(zone)?,
    };
    Offset::from_seconds(minutes * 60).ok()
}

fn signed_minutes(number: &str) -> Option<i32> {
    let (sign, digits) = number.strip_prefix('-').map_or((1, number.trim_start_matches('+')), |d| (-1, d));
    let digits: String = digits.chars().filter(|c| *c != ':').collect();
    let number: i32 = digits.parse().ok().filter(|_| digits.len() <= 4)?;
    let minutes = if digits.len() <= 2 { number * 60 } else { number / 100 * 60 + number % 100 };
    Some(sign * minutes)
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn utc(text: &str) -> String {
        parse(text).map_or_else(|| "none".to_owned(), |moment| moment.to_string())
    }

    #[test]
    fn dates_of_the_standards_are_read() {
        assert_eq!(utc("2026-11-22T06:00:00-05:00"), "2026-11-22T11:00:00Z");
        assert_eq!(utc("Sun, 22 Nov 2026 06:00:00 +0100"), "2026-11-22T05:00:00Z");
        assert_eq!(utc("Sun, 22 Nov 26 06:00 EST"), "2026-11-22T11:00:00Z");
        assert_eq!(utc("2026-11-22T06:00:00.125Z"), "2026-11-22T06:00:00.125Z");
    }

    #[test]
    fn dates_as_people_write_them_are_read() {
        for text in [
            "So, 22 Nov 2026 07:00:00 CET",
            "2026-11-22 06:00:00",
            "2026-11-22T06:00Z",
            "November 22, 2026 6:00 am",
            "Nov 22, 2026 06:00 AM",
            "2026-11-22T08:00+0200",
            "Sun Nov 22 06:00:00 UTC 2026",
            "22-Nov-2026 06:00 GMT",
            "Sunday, 22nd November 2026 06:00:00 Z",
            "2026-11-22 07:00:00 +0100",
            "2026-11-22T06:00:00+0000",
            "22 novembre 2026 08:00:00 GMT+2",
            "20261122T06:00",
            " Thurs, 22 Nov 2026 6:00:00 UT ",
            "mar., 22 nov. 2026 06:00:00 GMT",
            "martedì 22 novembre 2026 06:00",
        ] {
            assert_eq!(utc(text), "2026-11-22T06:00:00Z", "{text}");
        }
    }

    #[test]
    fn a_day_alone_is_its_midnight() {
        for text in [
            "2026-11-22",
            "22 Nov 2026",
            "2026/11/22",
            "20261122",
            "November 22, 2026",
            "Sun, 22 Nov 2026 24:00:00 GMT",
        ] {
            assert_eq!(utc(text), "2026-11-22T00:00:00Z", "{text}");
        }
    }

    #[test]
    fn months_of_other_languages_are_read() {
        for text in [
            "22. novembra 2026",
            "22 novembar 2026",
            "22. новембра 2026.",
            "22 novembris 2026",
            "2026 m. lapkričio 22 d.",
            "22 de novembre de 2026",
            "Κυριακή 22 Νοεμβρίου 2026",
            "22 ΝΟΕΜΒΡΙΟΣ 2026",
            "22 Novemeber 2026",
            "22-novem-2026",
            "maanantai 22 marraskuu 2026",
            "2026. november 22., szerda",
            "22 listopada 2026",
        ] {
            assert_eq!(utc(text), "2026-11-22T00:00:00Z", "{text}");
        }
        for (names, month) in [
            ("janvāris", "01"),
            ("aprill", "04"),
            ("maijs", "05"),
            ("juin lipnja červnu junija Ιουνίου", "06"),
            ("juillet srpnja lipca červenci liepos juli", "07"),
            ("srpen", "08"),
            ("oktobra oktoober", "10"),
        ] {
            for name in names.split(' ') {
                assert_eq!(utc(&format!("22. {name} 2026")), format!("2026-{month}-22T00:00:00Z"), "{name}");
            }
        }
    }

    #[test]
    fn a_beginning_that_two_months_share_names_neither() {
        for name in ["jui", "juixet", "červe", "rugys", "no", "nox"] {
            assert_eq!(utc(&format!("22 {name} 2026")), "none", "{name}");
        }
    }

    #[test]
    fn a_zone_beyond_all_measure_is_none() {
        assert_eq!(utc("2026-11-22T06:00 +99999999"), "2026-11-22T06:00:00Z");
    }

    #[test]
    fn what_names_no_day_gives_nothing() {
        for text in [
            "",
            "yesterday",
            "0000-00-00",
            "99999999999",
            "32 Nov 2026",
            "Nov 2026",
            "1 é 2",
            "03/04/2026",
            "2026-13-40",
            "-",
        ] {
            assert_eq!(utc(text), "none", "{text}");
        }
    }
}

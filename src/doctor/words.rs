//! Moments, spans and counts in, words for people out. Never reads the clock.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

/// A moment as people write it, in this zone.
pub fn minute(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The date in this zone.
pub fn day(at: Timestamp, zone: &TimeZone) -> Date {
    at.to_zoned(zone.clone()).date()
}

/// A span in its largest fitting unit, rounded down.
pub fn span(length: SignedDuration) -> String {
    let seconds = length.as_secs().max(0);
    match seconds {
        0..120 => several(seconds, "second"),
        120..7200 => several(seconds / 60, "minute"),
        7200..172_800 => several(seconds / 3600, "hour"),
        _ => several(seconds / 86_400, "day"),
    }
}

fn several(number: i64, unit: &str) -> String {
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

/// A count of something whose plural ends in s, or in ies for y.
pub fn count(number: u64, one: &str) -> String {
    match one.strip_suffix('y') {
        _ if number == 1 => format!("{number} {one}"),
        Some(stem) => format!("{number} {stem}ies"),
        None => format!("{number} {one}s"),
    }
}

/// The same for a length.
pub fn count_of(number: usize, one: &str) -> String {
    count(u64::try_from(number).unwrap_or(u64::MAX), one)
}

/// Bytes, in powers of 1,000.
pub fn bytes(number: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    let unit = UNITS.into_iter().find(|(size, _)| number >= *size);
    unit.map_or_else(|| format!("{number} bytes"), |(size, unit)| format!("{} {unit}", number / size))
}

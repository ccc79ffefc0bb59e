//! A day and what a clock shows on it in, a moment in UTC out. Without a zone it is UTC, without a time midnight.

use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::Offset,
};

use super::zone::offset;

/// The moment of a day at which the clock shows `clock`: a time, `am` or `pm`, and a zone, each of which may be missing.
pub fn moment(date: Date, clock: &str) -> Option<Timestamp> {
    let end =
        clock.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | 'h'))).unwrap_or(clock.len());
    let (time, rest) = clock.split_at(end);
    let mut parts = time.split([':', '.', 'h']).map(|p| p.parse::<i8>().ok());
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

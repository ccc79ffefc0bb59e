//! Moments in, words out, in the newsletter's own time zone. Always English, in American newspaper style.

use jiff::{
    Timestamp, Zoned,
    civil::Date,
    tz::{TimeZone, TimeZoneDatabase},
};

/// The time zone with this IANA name, from the bundled database so that it is the same on every machine; UTC if
/// unknown.
pub(super) fn zone(name: &str) -> TimeZone {
    TimeZoneDatabase::bundled().get(name).unwrap_or(TimeZone::UTC)
}

/// `Friday, November 20, 2026`.
pub(super) fn day(date: Date) -> String {
    date.strftime("%A, %B %-d, %Y").to_string()
}

/// `Friday`.
pub(super) fn weekday(date: Date) -> String {
    date.strftime("%A").to_string()
}

/// `November 20`.
pub(super) fn month_and_day(date: Date) -> String {
    date.strftime("%B %-d").to_string()
}

/// `6:10 a.m.`; on another day than the edition's, with the weekday: `Thursday, 9:05 p.m.`; a week or more away, only
/// the date: `November 3`.
pub(super) fn moment(at: Timestamp, zone: &TimeZone, edition: Date) -> String {
    let local = at.to_zoned(zone.clone());
    match days_apart(local.date(), edition) {
        0 => clock(&local),
        1..=6 => format!("{}, {}", local.strftime("%A"), clock(&local)),
        _ if local.year() == edition.year() => local.strftime("%B %-d").to_string(),
        _ => local.strftime("%B %-d, %Y").to_string(),
    }
}

/// `first reported Thursday`, or with the date if it is a week or more away: `first reported November 3`.
pub(super) fn first_reported(first: Date, edition: Date) -> String {
    format!("first reported {}", day_before(first, edition))
}

/// A day before the edition's, as briefly as possible: `Thursday`, `November 3`, `November 3, 2025`.
pub(super) fn day_before(day: Date, edition: Date) -> String {
    let told = match days_apart(day, edition) {
        0..=6 => "%A",
        _ if day.year() == edition.year() => "%B %-d",
        _ => "%B %-d, %Y",
    };
    day.strftime(told).to_string()
}

/// The zone's abbreviation at that moment: `EST`, or `UTC+03` if it has none.
pub(super) fn zone_name(at: Timestamp, zone: &TimeZone) -> String {
    let name = at.to_zoned(zone.clone()).strftime("%Z").to_string();
    if name.starts_with(['+', '-']) { format!("UTC{name}") } else { name }
}

fn days_apart(one: Date, other: Date) -> u32 {
    one.duration_until(other).as_hours().unsigned_abs().div_euclid(24).try_into().unwrap_or(u32::MAX)
}

fn clock(local: &Zoned) -> String {
    let half = if local.hour() < 12 { "a.m." } else { "p.m." };
    format!("{} {half}", local.strftime("%-I:%M"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn times_are_told_in_the_newsletters_zone_and_days_only_where_needed() {
        let zone = zone("America/New_York");
        let told = |at: &str| moment(at.parse().expect("a timestamp"), &zone, date(2026, 11, 20));
        assert_eq!(told("2026-11-20T11:10:00Z"), "6:10 a.m.");
        assert_eq!(told("2026-11-20T17:05:00Z"), "12:05 p.m.");
        assert_eq!(told("2026-11-20T02:05:00Z"), "Thursday, 9:05 p.m.");
        assert_eq!(told("2026-11-03T12:00:00Z"), "November 3");
        assert_eq!(told("2025-11-03T12:00:00Z"), "November 3, 2025");
    }

    #[test]
    fn the_day_an_update_was_first_reported_is_a_week_day_while_that_is_clear() {
        assert_eq!(first_reported(date(2026, 11, 19), date(2026, 11, 20)), "first reported Thursday");
        assert_eq!(first_reported(date(2026, 11, 13), date(2026, 11, 20)), "first reported November 13");
        assert_eq!(first_reported(date(2025, 12, 30), date(2026, 1, 7)), "first reported December 30, 2025");
    }

    #[test]
    fn the_date_is_in_words_and_the_zone_has_a_name() {
        assert_eq!(day(date(2026, 11, 20)), "Friday, November 20, 2026");
        let winter: Timestamp = "2026-11-20T11:10:00Z".parse().expect("a timestamp");
        assert_eq!(zone_name(winter, &zone("America/New_York")), "EST");
        assert_eq!(zone_name(winter, &zone("Asia/Riyadh")), "UTC+03");
        assert_eq!(zone_name(winter, &zone("Nowhere/Atlantis")), "UTC");
    }
}

//! A date as pages write it in, a moment out. Never guesses the order of day and month.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    fmt::{rfc2822, strtime},
    tz::TimeZone,
};

/// Forms with an offset, and forms without one, which are taken as UTC.
const WITH_OFFSET: [&str; 4] =
    ["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M%z", "%Y-%m-%d %H:%M:%S %z", "%Y-%m-%dT%H:%M:%S%.f%z"];
const WITHOUT_OFFSET: [&str; 4] =
    ["%B %d, %Y %I:%M %p", "%b %d, %Y %I:%M %p", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M"];
const DAYS: [&str; 5] = ["%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d"];

/// 1 January 1990.
const FIRST: Timestamp = Timestamp::constant(631_152_000, 0);

/// The moment a text names: RFC 3339 and its relatives, RFC 2822, or a day, which stands for its midnight in UTC.
/// What lies before the web is a placeholder.
pub fn timestamp(text: &str) -> Option<Timestamp> {
    moment(text.trim()).filter(|time| *time >= FIRST)
}

fn moment(text: &str) -> Option<Timestamp> {
    let utc = |time: DateTime| time.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    let with_offset = |form: &&str| strtime::parse(form, text).ok()?.to_timestamp().ok();
    let without_offset = |form: &&str| strtime::parse(form, text).ok()?.to_datetime().ok();
    let day = |form: &&str| strtime::parse(form, text).ok()?.to_date().ok();
    text.parse::<Timestamp>()
        .ok()
        .or_else(|| rfc2822::parse(text).ok().map(|zoned| zoned.timestamp()))
        .or_else(|| WITH_OFFSET.iter().find_map(with_offset))
        .or_else(|| text.parse::<DateTime>().ok().and_then(utc))
        .or_else(|| WITHOUT_OFFSET.iter().find_map(without_offset).and_then(utc))
        .or_else(|| {
            text.parse::<Date>().ok().or_else(|| DAYS.iter().find_map(day)).and_then(|d| utc(d.into()))
        })
}

#[cfg(test)]
mod tests {
    use super::timestamp;

    #[test]
    fn dates_are_read_as_pages_write_them() {
        for (text, expected) in [
            ("2026-03-04T07:10:00+02:00", "2026-03-04T05:10:00Z"),
            ("2026-03-04T07:10:00+0200", "2026-03-04T05:10:00Z"),
            ("2026-03-04T07:10:00.123Z", "2026-03-04T07:10:00.123Z"),
            ("2026-03-04T07:10:00", "2026-03-04T07:10:00Z"),
            ("2026-03-04 07:10:00", "2026-03-04T07:10:00Z"),
            ("Wed, 04 Mar 2026 07:10:00 GMT", "2026-03-04T07:10:00Z"),
            (" 2026-03-04 ", "2026-03-04T00:00:00Z"),
            ("March 4, 2026", "2026-03-04T00:00:00Z"),
        ] {
            assert_eq!(timestamp(text).map(|t| t.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in
            ["", "yesterday", "03/04/2026", "2026-13-40", "99999999999999999999", "0001-01-01T00:00:00Z"]
        {
            assert_eq!(timestamp(text), None, "{text}");
        }
    }
}

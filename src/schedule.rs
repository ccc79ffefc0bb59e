//! Moments in, days and windows out: which edition a run is for, and how far back it looks. Never reads the clock.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

/// An edition looks back at most this many windows, however long no edition was made.
const LONGEST_GAP: i32 = 3;

/// The edition that a run at `at` is for: the day it is in the newsletter's time zone.
pub fn edition_date(at: Timestamp, zone: &TimeZone) -> Date {
    at.to_zoned(zone.clone()).date()
}

/// Since when entries count for an edition composed at `at`: one window back, or back to the last edition where
/// that is longer ago (a day without a run loses no story), but never more than three windows.
pub fn since(at: Timestamp, last_composed: Option<Timestamp>, window: SignedDuration) -> Timestamp {
    let ordinary = back(at, window);
    let furthest = back(at, window.saturating_mul(LONGEST_GAP));
    last_composed.map_or(ordinary, |last| last.min(ordinary)).max(furthest)
}

/// `at` less `duration`, stopping at the beginning of time.
pub fn back(at: Timestamp, duration: SignedDuration) -> Timestamp {
    at.saturating_sub(duration).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn moment(text: &str) -> Timestamp {
        text.parse().expect("a timestamp")
    }

    #[test]
    fn the_day_is_that_of_the_newsletters_time_zone() {
        let new_york = TimeZone::get("America/New_York").expect("a bundled zone");
        assert_eq!(edition_date(moment("2026-11-22T04:59:00Z"), &new_york), date(2026, 11, 21));
        assert_eq!(edition_date(moment("2026-11-22T05:00:00Z"), &new_york), date(2026, 11, 22));
    }

    #[test]
    fn a_day_without_a_run_is_made_up_for_but_not_a_month() {
        let (at, window) = (moment("2026-11-22T06:00:00Z"), SignedDuration::from_hours(24));
        assert_eq!(since(at, None, window), moment("2026-11-21T06:00:00Z"));
        assert_eq!(since(at, Some(moment("2026-11-21T08:00:00Z")), window), moment("2026-11-21T06:00:00Z"));
        assert_eq!(since(at, Some(moment("2026-11-20T06:00:00Z")), window), moment("2026-11-20T06:00:00Z"));
        assert_eq!(since(at, Some(moment("2026-10-20T06:00:00Z")), window), moment("2026-11-19T06:00:00Z"));
    }
}

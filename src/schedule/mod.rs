//! Moments in, days and windows out: which edition a run is for, and how far back it looks. Never reads the clock.

pub mod due;
pub mod hold;
pub mod thin;

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

/// However long ago the last edition was, the next one looks back no further than this (or one window, if that is
/// longer).
const LONGEST_GAP: SignedDuration = SignedDuration::from_hours(72);

/// The edition that a run at `at` is for: the date in the newsletter's time zone.
pub fn edition_date(at: Timestamp, zone: &TimeZone) -> Date {
    at.to_zoned(zone.clone()).date()
}

/// The period an edition covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Entries dated after this count.
    pub since: Timestamp,
    /// So do entries first seen after this, if dated after `furthest`: a feed may be late, or have been unavailable.
    pub seen_since: Timestamp,
    /// Nothing dated before this counts.
    pub furthest: Timestamp,
}

/// The window of an edition composed at `at`: it starts where the one before ended, so that a day without a run loses
/// no story. If there is none before, it looks back by `first` from the first pull ever, so that stories of days too
/// quiet for an edition are not lost either.
pub fn window(
    at: Timestamp,
    last_composed: Option<Timestamp>,
    first_pull: Option<Timestamp>,
    first: SignedDuration,
) -> Window {
    let furthest = back(at, first.max(LONGEST_GAP));
    match last_composed {
        None => {
            let since = back(first_pull.unwrap_or(at).min(at), first).max(furthest);
            Window { since, seen_since: at, furthest: since }
        }
        Some(last) => Window { since: last.max(furthest), seen_since: last, furthest },
    }
}

/// How far back earlier editions are read, so that what they told is recognised and what was wrong in them is
/// corrected.
const MEMORY: SignedDuration = SignedDuration::from_hours(96);

/// Editions composed before this are not read again. The last one always is, however old.
pub fn memory(at: Timestamp, last_composed: Option<Timestamp>) -> Timestamp {
    let ordinary = back(at, MEMORY);
    last_composed.map_or(ordinary, |last| last.min(ordinary))
}

/// How many days before an edition's window tell which words the news is always full of.
const PAST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Entries dated after this, but before an edition's window, which begins at `since`, are read for their words.
pub fn past(since: Timestamp) -> Timestamp {
    back(since, PAST)
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
    fn in_summer_the_day_begins_by_summer_time() {
        let new_york = TimeZone::get("America/New_York").expect("a bundled zone");
        let berlin = TimeZone::get("Europe/Berlin").expect("a bundled zone");
        assert_eq!(edition_date(moment("2026-07-22T03:59:00Z"), &new_york), date(2026, 7, 21));
        assert_eq!(edition_date(moment("2026-07-22T04:00:00Z"), &new_york), date(2026, 7, 22));
        assert_eq!(edition_date(moment("2026-07-21T22:00:00Z"), &berlin), date(2026, 7, 22));
        assert_eq!(edition_date(moment("2026-07-21T21:59:00Z"), &berlin), date(2026, 7, 21));
        // The night in which the clocks of Berlin are set back.
        assert_eq!(edition_date(moment("2026-10-24T22:00:00Z"), &berlin), date(2026, 10, 25));
        assert_eq!(edition_date(moment("2026-10-25T22:59:00Z"), &berlin), date(2026, 10, 25));
        assert_eq!(edition_date(moment("2026-10-25T23:00:00Z"), &berlin), date(2026, 10, 26));
    }

    #[test]
    fn an_edition_begins_where_the_last_one_ended_but_not_a_month_ago() {
        let (at, first) = (moment("2026-11-22T06:00:00Z"), SignedDuration::from_hours(24));
        let since = |last: Option<&str>| window(at, last.map(moment), None, first).since;
        assert_eq!(since(None), moment("2026-11-21T06:00:00Z"));
        assert_eq!(since(Some("2026-11-21T08:00:00Z")), moment("2026-11-21T08:00:00Z"));
        assert_eq!(since(Some("2026-11-20T06:00:00Z")), moment("2026-11-20T06:00:00Z"));
        assert_eq!(since(Some("2026-10-20T06:00:00Z")), moment("2026-11-19T06:00:00Z"));
    }

    #[test]
    fn a_newsletter_looks_back_three_days_or_one_of_its_own_windows_if_that_is_longer() {
        let at = moment("2026-11-22T06:00:00Z");
        let since = |hours, last: Option<&str>| {
            let window = window(at, last.map(moment), None, SignedDuration::from_hours(hours));
            (window.since, window.furthest)
        };
        let long_ago = Some("2026-10-20T06:00:00Z");
        let (three_days, a_week) = (moment("2026-11-19T06:00:00Z"), moment("2026-11-15T06:00:00Z"));
        assert_eq!(since(71, long_ago), (three_days, three_days));
        assert_eq!(since(72, long_ago), (three_days, three_days));
        assert_eq!(since(168, long_ago), (a_week, a_week), "a weekly one");
        let last = Some("2026-11-16T06:00:00Z");
        assert_eq!(since(168, last), (moment("2026-11-16T06:00:00Z"), a_week));
        assert_eq!(since(168, None), (a_week, a_week));
    }

    #[test]
    fn what_comes_in_late_still_counts_after_the_first_edition() {
        let (at, first) = (moment("2026-11-22T06:00:00Z"), SignedDuration::from_hours(24));
        let last = moment("2026-11-21T06:00:00Z");
        let later = window(at, Some(last), None, first);
        assert_eq!((later.seen_since, later.furthest), (last, moment("2026-11-19T06:00:00Z")));
        let very_first = window(at, None, None, first);
        assert_eq!(very_first.furthest, very_first.since);
    }

    #[test]
    fn before_the_first_edition_the_stories_of_quiet_days_are_kept() {
        let (at, first) = (moment("2026-11-22T06:00:00Z"), SignedDuration::from_hours(24));
        let since = |pulled: &str| window(at, None, Some(moment(pulled)), first).since;
        assert_eq!(since("2026-11-22T06:00:00Z"), moment("2026-11-21T06:00:00Z"));
        assert_eq!(since("2026-11-21T06:00:00Z"), moment("2026-11-20T06:00:00Z"));
        assert_eq!(since("2026-11-01T06:00:00Z"), moment("2026-11-19T06:00:00Z"));
        assert_eq!(since("2026-11-29T06:00:00Z"), moment("2026-11-21T06:00:00Z"), "pulled by a wrong clock");
    }

    #[test]
    fn the_last_edition_is_remembered_however_long_ago_it_was() {
        let at = moment("2026-11-22T06:00:00Z");
        assert_eq!(memory(at, None), moment("2026-11-18T06:00:00Z"));
        assert_eq!(memory(at, Some(moment("2026-11-21T06:00:00Z"))), moment("2026-11-18T06:00:00Z"));
        assert_eq!(memory(at, Some(moment("2026-11-15T06:00:00Z"))), moment("2026-11-15T06:00:00Z"));
    }
}

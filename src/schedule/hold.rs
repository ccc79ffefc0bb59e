//! A thin morning in, until when its edition waits for a later run out. Never makes one.

use std::{collections::BTreeMap, time::Duration};

use jiff::{SignedDuration, Timestamp, civil::Date, civil::Time, tz::TimeZone};

/// A later run is to be expected if one usually begins no later than this after the wait is over.
const GRACE: SignedDuration = SignedDuration::from_hours(1);

/// So many days before are looked at.
const DAYS: usize = 7;

/// How long an edition waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// From the first run of its day.
    For(Duration),
    /// Until this time of its day.
    Until(Time),
}

/// When the edition of `date` waits no longer, if its first run was at `first`.
pub fn end(wait: Wait, first: Timestamp, date: Date, zone: &TimeZone) -> Timestamp {
    match wait {
        Wait::For(length) => {
            let length = SignedDuration::try_from(length).unwrap_or(SignedDuration::MAX);
            first.saturating_add(length).unwrap_or(Timestamp::MAX)
        }
        Wait::Until(time) => {
            date.to_datetime(time).to_zoned(zone.clone()).map_or(first, |end| end.timestamp())
        }
    }
}

/// Whether a later run is to be expected by the `end` of the wait or soon after: on most of the last days there was one
/// in these hours. Of a newsletter without such days it is not known that there is none.
pub fn expects_another(now: Timestamp, end: Timestamp, runs: &[Timestamp], zone: &TimeZone) -> bool {
    let today = now.to_zoned(zone.clone());
    let (after, wait) = (today.time(), end.duration_since(now).saturating_add(GRACE));
    let mut days: BTreeMap<Date, bool> = BTreeMap::new();
    for run in runs.iter().map(|run| run.to_zoned(zone.clone())).filter(|run| run.date() < today.date()) {
        let later = run.time().duration_since(after);
        *days.entry(run.date()).or_default() |= later > SignedDuration::ZERO && later <= wait;
    }
    let days: Vec<bool> = days.into_values().rev().take(DAYS).collect();
    days.is_empty() || days.iter().filter(|later| **later).count() * 2 > days.len()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("2026-11-{text}:00Z").parse().expect("a moment")
    }

    #[test]
    fn an_edition_waits_from_its_first_run_or_until_a_time_of_its_day() {
        let new_york = TimeZone::get("America/New_York").expect("a bundled zone");
        let end = |wait| end(wait, at("22T11:00"), date(2026, 11, 22), &new_york);
        assert_eq!(end(Wait::For(Duration::from_secs(45 * 60))), at("22T11:45"));
        assert_eq!(end(Wait::Until(time(7, 30, 0, 0))), at("22T12:30"));
        let in_summer = "2026-07-22T10:00:00Z".parse().expect("a moment");
        let summer = super::end(Wait::Until(time(7, 30, 0, 0)), in_summer, date(2026, 7, 22), &new_york);
        assert_eq!(summer.to_string(), "2026-07-22T11:30:00Z");
    }

    #[test]
    fn a_later_run_is_expected_where_there_usually_is_one() {
        let expects = |runs: &[&str]| {
            let runs: Vec<Timestamp> = runs.iter().map(|run| at(run)).collect();
            expects_another(at("22T06:00"), at("22T06:45"), &runs, &TimeZone::UTC)
        };
        assert!(expects(&[]) && expects(&["22T05:00"]), "nothing is known");
        assert!(!expects(&["20T06:00", "21T06:00"]), "once a day");
        assert!(!expects(&["20T06:00", "20T18:00", "21T06:00", "21T18:00"]), "the other is too late");
        assert!(expects(&["20T06:00", "20T07:00", "21T06:00", "21T07:00", "22T06:00"]));
        assert!(!expects(&["19T06:00", "20T06:00", "20T06:30", "21T06:00"]), "once by hand");
        assert!(!expects(&["20T06:30", "21T06:00"]), "half of the days are not most");
        assert!(expects(&["20T07:45", "21T07:45"]), "an hour after the wait is soon");
        assert!(!expects(&["20T07:46", "21T07:46"]), "and a minute later is not");
        assert_eq!(expects(&["22T06:30"]), expects(&[]), "today's own runs say nothing");
        assert!(!expects(&["21T06:00", "22T06:30", "22T06:40"]), "nor beside a day's before");
        let months_ago = ["14", "15", "16", "17", "18", "19", "20", "21"].map(|day| format!("{day}T06:30"));
        let now_daily = |late: usize| {
            let runs: Vec<String> = months_ago
                .iter()
                .enumerate()
                .map(|(n, run)| if n < late { run.clone() } else { run.replace("06:30", "06:00") })
                .collect();
            expects(&runs.iter().map(String::as_str).collect::<Vec<_>>())
        };
        assert!(
            !now_daily(4) && now_daily(5),
            "seven days are looked at: of 4, then 5, the first is too old"
        );
    }
}

//! How a feed answered in, when it may be fetched again out. Never waits and never fetches.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::model::{FeedRecord, Moved, Pace};

/// No feed is fetched again sooner, whatever it says.
const SHORTEST: Duration = Duration::from_secs(15 * 60);

/// A feed that answers is fetched again after this, whatever it says. It is less than a day by more than a clock
/// change, a timer's random delay and a slow run take together, so that a daily run at the same hour never just
/// misses a feed.
const LONGEST: Duration = Duration::from_secs(20 * 60 * 60);

/// The longest pause between two attempts at a failing feed.
const LONGEST_BACK_OFF: Duration = Duration::from_secs(3 * 24 * 60 * 60);

/// Sightings of a new address this far apart count as two days.
const ANOTHER_DAY: SignedDuration = SignedDuration::from_hours(20);

/// Whether a feed may be fetched at `now`. `ignore_schedule` overrides what the feed said about its content, the
/// pause after failures and that it is gone, but never a host that asked us to wait. A record from after `now` comes
/// from a clock that was wrong.
pub fn is_due(record: &FeedRecord, now: Timestamp, ignore_schedule: bool) -> bool {
    if record.checked_at.is_none_or(|checked| checked > now) {
        return true;
    }
    let passed = |until: Option<Timestamp>| until.is_none_or(|until| until <= now);
    passed(record.held_until) && (ignore_schedule || (record.gone().is_none() && passed(record.answer.due)))
}

/// When to fetch again after an answer: as late as the site (`lifetime`) or the feed (`pace`) says, within the
/// bounds.
pub fn after_answer(now: Timestamp, lifetime: Option<Duration>, pace: &Pace) -> Timestamp {
    let latest = later(now, LONGEST);
    let wanted = lifetime.max(pace.every).unwrap_or_default();
    let mut due = later(now, wanted.clamp(SHORTEST, LONGEST));
    while due < latest && sleeps(pace, due) {
        due = later(due, Duration::from_secs(60 * 60));
    }
    due.min(latest)
}

/// Whether the feed says it has nothing new in this hour.
fn sleeps(pace: &Pace, at: Timestamp) -> bool {
    let at = at.to_zoned(jiff::tz::TimeZone::UTC);
    pace.skip_hours.contains(&at.hour()) || pace.skip_days.contains(&at.weekday().to_monday_one_offset())
}

/// When to try again after a failure. The pause is a quarter of the time the feed has been failing: one that was down
/// for a morning is missed for minutes, and one that has been dead for weeks is tried every third day. It does not
/// depend on how often the program runs. A server that was not `reached` was not bothered, so there may be no pause.
pub fn after_failure(now: Timestamp, failing_since: Timestamp, reached: bool) -> Timestamp {
    let failing_for = Duration::try_from(now.duration_since(failing_since)).unwrap_or_default();
    let pause = (failing_for / 4).min(LONGEST_BACK_OFF);
    later(now, if reached { pause.max(SHORTEST) } else { pause })
}

/// Until when to leave alone a host that asked us to wait for `wait`.
pub fn held_until(now: Timestamp, wait: Duration) -> Timestamp {
    later(now, wait)
}

/// What is known about a feed's new address after another answer, which came from `to` if it moved.
pub fn sighted(before: Option<&Moved>, to: Option<&str>, now: Timestamp) -> Option<Moved> {
    let to = to?.to_owned();
    Some(match before.filter(|before| before.to == to) {
        Some(before) if now.duration_since(before.seen) < ANOTHER_DAY => before.clone(),
        Some(before) => Moved { to, days: before.days + 1, seen: now },
        None => Moved { to, days: 1, seen: now },
    })
}

fn later(at: Timestamp, by: Duration) -> Timestamp {
    SignedDuration::try_from(by).ok().and_then(|by| at.saturating_add(by).ok()).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Answer;

    const HOUR: u64 = 60 * 60;
    const DAY: u64 = 24 * HOUR;

    /// Seconds after the morning of Sunday, 22 November 2026, 06:00 UTC.
    fn at(seconds: u64) -> Timestamp {
        later("2026-11-22T06:00:00Z".parse().expect("a moment"), Duration::from_secs(seconds))
    }

    fn pause(lifetime: Option<u64>, pace: &Pace) -> u64 {
        let due = after_answer(at(0), lifetime.map(Duration::from_secs), pace);
        due.duration_since(at(0)).as_secs().unsigned_abs()
    }

    #[test]
    fn a_feed_rests_as_long_as_it_says_within_bounds() {
        let hourly = Pace { every: Some(Duration::from_secs(HOUR)), ..Pace::default() };
        assert_eq!(pause(None, &Pace::default()), 15 * 60);
        assert_eq!(pause(Some(0), &Pace::default()), 15 * 60);
        assert_eq!(pause(Some(1800), &Pace::default()), 1800);
        assert_eq!((pause(Some(1800), &hourly), pause(Some(2 * HOUR), &hourly)), (HOUR, 2 * HOUR));
        assert_eq!(pause(Some(30 * DAY), &hourly), 20 * HOUR);
    }

    #[test]
    fn a_feed_that_sleeps_is_not_woken_but_never_rests_a_whole_day() {
        let nights = Pace { skip_hours: [6, 7, 8].into(), ..Pace::default() };
        assert_eq!(pause(None, &nights), 15 * 60 + 3 * HOUR);
        let weekends = Pace { skip_days: [6, 7].into(), ..Pace::default() };
        assert_eq!(pause(None, &weekends), 15 * 60 + 18 * HOUR, "till Monday");
        let only = |day: i8| pause(None, &Pace { skip_days: [day].into(), ..Pace::default() });
        assert_eq!(only(7), 15 * 60 + 18 * HOUR, "today is Sunday, the seventh day");
        assert_eq!((only(6), only(1)), (15 * 60, 15 * 60), "and neither of its neighbours");
        let always = Pace { skip_hours: (0..24).collect(), ..Pace::default() };
        assert_eq!(pause(None, &always), 20 * HOUR);
    }

    #[test]
    fn the_longer_a_feed_fails_the_less_often_it_is_asked() {
        let retried = |failing: u64, reached| {
            after_failure(at(failing), at(0), reached).duration_since(at(failing)).as_secs().unsigned_abs()
        };
        assert_eq!((retried(0, true), retried(0, false)), (15 * 60, 0));
        assert_eq!(retried(8 * HOUR, true), 2 * HOUR);
        assert!(retried(3 * DAY, true) < 20 * HOUR, "a daily run still asks every day");
        assert_eq!((retried(8 * DAY, true), retried(100 * DAY, false)), (2 * DAY, 3 * DAY));
    }

    #[test]
    fn haste_overrides_everything_but_a_host_that_wants_to_be_left_alone() {
        let mut record = FeedRecord { checked_at: Some(at(0)), ..FeedRecord::default() };
        let ways = |record: &FeedRecord| (is_due(record, at(60), false), is_due(record, at(60), true));
        assert_eq!(ways(&record), (true, true));
        record.answer.due = Some(at(900));
        assert_eq!(ways(&record), (false, true));
        assert_eq!([0, 899, 900].map(|seconds| is_due(&record, at(seconds), false)), [false, false, true]);
        record.held_until = Some(at(900));
        assert_eq!(ways(&record), (false, false));
        record.checked_at = Some(at(61));
        assert_eq!(ways(&record), (true, true), "the clock was wrong");
    }

    #[test]
    fn a_feed_that_has_been_gone_for_days_is_asked_only_in_haste() {
        let after = |hours: u64| {
            let record = FeedRecord {
                checked_at: Some(at(hours * HOUR)),
                gone_since: Some(at(0)),
                ..FeedRecord::default()
            };
            [false, true].map(|haste| is_due(&record, at(hours * HOUR + HOUR), haste))
        };
        assert_eq!(after(39), [true, true], "a fault of a morning ends no feed");
        assert_eq!(after(40), [false, true]);
    }

    #[test]
    fn a_new_address_is_believed_on_the_third_day() {
        let mut moved = None;
        let believed = |moved: &Option<Moved>| {
            Answer { moved: moved.clone(), ..Answer::default() }.moved_to().map(str::to_owned)
        };
        let again = |hours: u64| {
            let first = sighted(None, Some("https://new.example/"), at(0));
            sighted(first.as_ref(), Some("https://new.example/"), at(hours * HOUR)).map(|moved| moved.days)
        };
        assert_eq!((again(19), again(20)), (Some(1), Some(2)), "a day less what a daily run may come early");
        for (after, days) in [(0, 1), (HOUR, 1), (DAY, 2), (DAY + HOUR, 2), (2 * DAY, 3)] {
            assert_eq!(believed(&moved), None);
            moved = sighted(moved.as_ref(), Some("https://new.example/"), at(after));
            assert_eq!(moved.as_ref().map(|moved| moved.days), Some(days));
        }
        assert_eq!(believed(&moved), Some("https://new.example/".to_owned()));
        let other = sighted(moved.as_ref(), Some("https://other.example/"), at(3 * DAY));
        assert_eq!(other.map(|moved| moved.days), Some(1));
        assert_eq!(sighted(moved.as_ref(), None, at(3 * DAY)), None);
    }
}

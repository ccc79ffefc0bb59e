//! How each feed stands in, how much of what they usually bring could not be read out. Never asks one.

use jiff::{SignedDuration, Timestamp};

/// What a feed brought this recently serves, even if it cannot be read now.
const FRESH: SignedDuration = SignedDuration::from_hours(3);

/// A feed that has failed for longer is not what is missing this morning: its editor was told long ago.
const GIVEN_UP: SignedDuration = SignedDuration::from_hours(72);

/// A feed after it was asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Source {
    /// Entries of the last week.
    pub brings: u64,
    /// Whether the last attempt failed, and since when all have.
    pub fails: bool,
    pub failing_since: Option<Timestamp>,
    /// When it was last read; `None` if it never was.
    pub read_at: Option<Timestamp>,
}

/// How much of the news could be read.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Coverage {
    /// How much is missing of what the feeds usually bring: 0 nothing, 1 all.
    pub missing: f64,
}

impl Coverage {
    /// Whether most is missing.
    pub fn is_thin(self) -> bool {
        self.missing > 0.5
    }
}

/// How much of what these feeds usually bring is missing at `now`. A feed that was never read counts like the average of
/// the others. If every feed was given up long ago, all is missing.
pub fn coverage(feeds: &[Source], now: Timestamp) -> Coverage {
    let age = |at: Timestamp| now.duration_since(at);
    let is_given_up = |feed: &&Source| feed.fails && feed.failing_since.is_some_and(|at| age(at) > GIVEN_UP);
    let is_missing = |feed: &Source| feed.fails && feed.read_at.is_none_or(|at| age(at) > FRESH);
    let counted: Vec<&Source> = feeds.iter().filter(|feed| !is_given_up(feed)).collect();
    let (read, never): (Vec<&Source>, Vec<&Source>) = counted.iter().partition(|feed| feed.read_at.is_some());
    // One more than it brings, so that a quiet feed is one, too.
    let weight = |feed: &Source| feed.brings.saturating_add(1) as f64;
    let known: f64 = read.iter().map(|feed| weight(feed)).sum();
    let average = if read.is_empty() { 1.0 } else { known / read.len() as f64 };
    let missing: f64 = read.iter().filter(|feed| is_missing(feed)).map(|feed| weight(feed)).sum();
    let missing_unknown = average * never.iter().filter(|feed| is_missing(feed)).count() as f64;
    let all = known + average * never.len() as f64;
    Coverage { missing: if all > 0.0 { (missing + missing_unknown) / all } else { 1.0 } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> Timestamp {
        "2026-11-22T06:00:00Z".parse::<Timestamp>().expect("a moment") + SignedDuration::from_hours(hour)
    }

    fn missing(feeds: &[Source]) -> f64 {
        coverage(feeds, at(0)).missing
    }

    fn well(brings: u64) -> Source {
        Source { brings, read_at: Some(at(0)), ..Source::default() }
    }

    fn failing(brings: u64, read: Option<i64>, since: i64) -> Source {
        Source { brings, fails: true, failing_since: Some(at(since)), read_at: read.map(at) }
    }

    #[test]
    fn a_feed_counts_by_what_it_usually_brings() {
        assert_eq!(missing(&[well(9), well(9)]), 0.0);
        assert_eq!(missing(&[well(9), failing(29, Some(-24), 0)]), 0.75);
        assert_eq!(missing(&[well(29), failing(9, Some(-24), 0)]), 0.25);
    }

    #[test]
    fn a_feed_that_was_never_read_counts_like_the_others() {
        let new = failing(0, None, 0);
        assert_eq!(missing(&[well(59), new, new, new]), 0.75);
        assert_eq!(missing(&[well(9), well(19), new, new]), 0.5);
        assert_eq!(missing(&[new, new]), 1.0);
        assert_eq!(missing(&[Source::default(), new]), 0.5, "one that was not asked is not missing");
    }

    #[test]
    fn what_was_read_a_little_while_ago_is_not_missing_and_what_is_dead_no_longer_is() {
        assert_eq!(missing(&[failing(9, Some(-2), 0), failing(9, Some(-1), 0)]), 0.0);
        assert_eq!(missing(&[well(9), failing(500, Some(-90), -80)]), 0.0);
        assert_eq!(missing(&[failing(9, Some(-90), -80)]), 1.0, "nothing is left");
        assert_eq!([-3, -4].map(|read| missing(&[failing(9, Some(read), 0)])), [0.0, 1.0]);
        assert_eq!([-72, -73].map(|since| missing(&[well(9), failing(9, Some(-90), since)])), [0.5, 0.0]);
    }

    #[test]
    fn a_morning_is_thin_when_more_than_half_is_missing() {
        assert!(!coverage(&[well(9), failing(9, Some(-24), 0)], at(0)).is_thin(), "half");
        assert!(coverage(&[well(9), failing(10, Some(-24), 0)], at(0)).is_thin());
    }
}

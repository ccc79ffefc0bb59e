//! A reader's bounces, day by day, in, whether to suppress the reader out. Counts half points, never fractions, so
//! that sums are exact.

use jiff::civil::Date;

use super::Failure;

/// Half points at which a reader is suppressed: three points.
pub const LIMIT: u32 = 6;

/// Days without a bounce after which the score is cleared.
const FORGIVEN: i32 = 7;

/// How many readers may be reported as nonexistent on one day before that is doubted, however few readers there are.
const PLAUSIBLE: u64 = 10;

impl Failure {
    /// How a failure counts on a day when this many readers were already reported as nonexistent. Servers that lose
    /// their directory report it for everybody: beyond a tenth of the readers it counts like any other failure, so
    /// that losing them takes three such days.
    pub fn believed(self, unknown_today: u64, readers: u64) -> Failure {
        match self {
            Failure::Unknown if unknown_today >= PLAUSIBLE.max(readers / 10) => Failure::Hard,
            other => other,
        }
    }
}

/// A reader's score so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// Half points, including those of the last day.
    pub halves: u32,
    /// The last day with a bounce.
    pub day: Date,
    /// Half points from that day.
    pub of_the_day: u32,
}

impl Score {
    /// The score after a failure on `day`. A day counts once, by its worst failure: one point, or half a point for
    /// one that may pass. An address that does not exist is enough by itself; a policy failure counts nothing.
    pub fn after(before: Option<Score>, failure: Failure, day: Date) -> Score {
        let new = match failure {
            Failure::Unknown => LIMIT,
            Failure::Hard => 2,
            Failure::Soft => 1,
            Failure::Policy => 0,
        };
        let fresh = Score { halves: new, day, of_the_day: new };
        let Some(before) = before else { return fresh };
        let days = (day - before.day).get_days();
        match days {
            // A late report counts for the day already recorded.
            ..=0 => {
                let worst = before.of_the_day.max(new);
                Score {
                    halves: before.halves - before.of_the_day.min(before.halves) + worst,
                    of_the_day: worst,
                    ..before
                }
            }
            1..=FORGIVEN => Score { halves: before.halves.saturating_add(new), ..fresh },
            _ => fresh,
        }
    }

    /// Whether the reader is to be suppressed.
    pub fn is_enough(&self) -> bool {
        self.halves >= LIMIT
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// The half points after these failures, each with its day in November.
    fn halves(failures: &[(i8, Failure)]) -> u32 {
        let next = |before, &(day, failure)| Some(Score::after(before, failure, date(2026, 11, day)));
        failures.iter().fold(None, next).map_or(0, |score: Score| score.halves)
    }

    #[test]
    fn an_address_that_does_not_exist_is_enough_by_itself() {
        assert!(Score::after(None, Failure::Unknown, date(2026, 11, 1)).is_enough());
    }

    #[test]
    fn three_days_of_refusals_are_enough_and_two_and_a_half_are_not() {
        let refusal = |before, day| Some(Score::after(before, Failure::Hard, date(2026, 11, day)));
        let two = [1, 2].into_iter().fold(None, refusal).expect("a score");
        let soft = Score::after(Some(two), Failure::Soft, date(2026, 11, 3));
        assert!(!two.is_enough() && !soft.is_enough());
        assert!(refusal(Some(two), 3).is_some_and(|three| three.is_enough()));
    }

    #[test]
    fn a_day_counts_once_with_the_worst_of_it() {
        use Failure::{Hard, Soft, Unknown};
        assert_eq!(halves(&[(1, Soft), (1, Hard), (1, Soft), (1, Hard)]), 2);
        assert_eq!(halves(&[(1, Hard), (2, Soft), (2, Unknown)]), 2 + LIMIT);
        assert_eq!(halves(&[(3, Hard), (2, Hard)]), 2, "one that comes late");
    }

    #[test]
    fn three_hard_days_or_six_soft_ones_are_enough() {
        use Failure::{Hard, Soft};
        assert_eq!(halves(&[(1, Hard), (2, Hard), (4, Hard)]), LIMIT);
        assert_eq!(halves(&(1..=6).map(|day| (day, Soft)).collect::<Vec<_>>()), LIMIT);
        assert!(halves(&[(1, Hard), (2, Hard), (3, Soft)]) < LIMIT);
    }

    #[test]
    fn after_seven_good_days_all_is_forgiven() {
        use Failure::Hard;
        assert_eq!(halves(&[(1, Hard), (2, Hard), (9, Hard)]), 6);
        assert_eq!(halves(&[(1, Hard), (2, Hard), (10, Hard)]), 2);
    }

    #[test]
    fn a_day_on_which_nobody_seems_to_exist_is_doubted() {
        use Failure::{Hard, Soft, Unknown};
        assert_eq!([9, 10].map(|unknown| Unknown.believed(unknown, 3)), [Unknown, Hard]);
        assert_eq!([99, 100].map(|unknown| Unknown.believed(unknown, 1_000)), [Unknown, Hard]);
        assert_eq!(Soft.believed(500, 1_000), Soft);
    }

    #[test]
    fn a_policy_counts_nothing() {
        assert_eq!(halves(&[(1, Failure::Policy), (2, Failure::Policy)]), 0);
    }
}

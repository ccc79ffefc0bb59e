//! What a feed says of its own pace in, word by word; when it wants to be asked again out. A word that cannot be read says
//! nothing.

use std::time::Duration;

use super::names::Beat;
use crate::model::Pace;

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// RSS 2.0 `ttl` (minutes), `skipHours` and `skipDays`; of RSS 1.0's syndication module `updatePeriod` and
/// `updateFrequency` (times a period).
#[derive(Debug, Default)]
pub struct Beats {
    ttl: Option<Duration>,
    period: Option<Duration>,
    times: Option<u32>,
    sleeps: Pace,
}

impl Beats {
    pub fn tell(&mut self, beat: Beat, word: &str) {
        let word = word.trim().to_ascii_lowercase();
        match beat {
            Beat::Minutes => {
                self.ttl = word.parse::<u32>().ok().map(|minutes| Duration::from_secs(60) * minutes)
            }
            Beat::Period => self.period = length(&word),
            Beat::TimesAPeriod => self.times = word.parse().ok(),
            Beat::SleepsAtHour => {
                self.sleeps.skip_hours.extend(word.parse::<i8>().ok().map(|hour| hour % 24))
            }
            Beat::SleepsOnDay => {
                self.sleeps.skip_days.extend((1..).zip(DAYS).find(|(_, day)| *day == word).map(|(n, _)| n));
            }
        }
    }

    /// Of two words the one that asks less often counts.
    pub fn pace(self) -> Pace {
        let updates = self.period.map(|period| period / self.times.unwrap_or(1).max(1));
        Pace { every: self.ttl.max(updates), ..self.sleeps }
    }
}

fn length(period: &str) -> Option<Duration> {
    let hours = match period {
        "hourly" => 1,
        "daily" => 24,
        "weekly" => 7 * 24,
        "monthly" => 30 * 24,
        "yearly" => 365 * 24,
        _ => return None,
    };
    Some(Duration::from_secs(hours * 3600))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(words: &[(Beat, &str)]) -> Pace {
        let mut beats = Beats::default();
        words.iter().for_each(|(beat, word)| beats.tell(*beat, word));
        beats.pace()
    }

    #[test]
    fn a_feed_says_how_often_it_changes() {
        let minutes = |words: &[(Beat, &str)]| pace(words).every.map(|every| every.as_secs() / 60);
        assert_eq!(minutes(&[(Beat::Minutes, " 90 ")]), Some(90));
        assert_eq!(minutes(&[(Beat::Minutes, "often")]), None);
        assert_eq!(minutes(&[(Beat::Minutes, "9999999999")]), None);
        assert_eq!(minutes(&[(Beat::Period, "\n\thourly\t")]), Some(60));
        assert_eq!(minutes(&[(Beat::Period, "daily"), (Beat::TimesAPeriod, "4")]), Some(360));
        assert_eq!(minutes(&[(Beat::Minutes, "5"), (Beat::Period, "hourly")]), Some(60));
        assert_eq!(minutes(&[(Beat::TimesAPeriod, "0"), (Beat::Period, "daily")]), Some(1440));
    }

    #[test]
    fn a_feed_says_when_it_sleeps() {
        let hours = ["0", "24", "5", "-"].map(|hour| (Beat::SleepsAtHour, hour));
        let days = ["Sunday", "Moonday"].map(|day| (Beat::SleepsOnDay, day));
        let pace = pace(&[&hours[..], &days].concat());
        assert_eq!(
            (pace.skip_hours.into_iter().collect(), pace.skip_days.into_iter().collect()),
            (vec![0, 5], vec![7])
        );
    }
}

//! A day as it is typed in, the date of an edition out.

use std::str::FromStr;

use anyhow::anyhow;
use jiff::{ToSpan, civil::Date};

/// Which edition is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    On(Date),
    Today,
    Yesterday,
    Latest,
}

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Day, String> {
        Ok(match text {
            "today" => Day::Today,
            "yesterday" => Day::Yesterday,
            "latest" => Day::Latest,
            date => {
                Day::On(date.parse().map_err(|_| {
                    "write a date as 2026-11-22, or one of today, yesterday, latest".to_owned()
                })?)
            }
        })
    }
}

impl Day {
    /// The date, given today's; `None` for the latest edition, whatever its date.
    pub fn date(self, today: Date) -> Option<Date> {
        match self {
            Day::On(date) => Some(date),
            Day::Today => Some(today),
            Day::Yesterday => Some(today.saturating_sub(1.day())),
            Day::Latest => None,
        }
    }
}

/// Says that there is none of this date, or none at all.
pub fn no_edition(date: Option<Date>) -> anyhow::Error {
    match date {
        Some(date) => {
            anyhow!(
                "there is no edition of {date}, or none that is still kept: `reveille history` lists them"
            )
        }
        None => anyhow!("there is no edition yet: `reveille run` makes and mails one"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_is_a_date_or_a_word() {
        let typed = |text: &str| text.parse::<Day>().map(|day| day.date(date(2026, 11, 1)));
        assert_eq!(typed("2026-11-22"), Ok(Some(date(2026, 11, 22))));
        assert_eq!(typed("today"), Ok(Some(date(2026, 11, 1))));
        assert_eq!(typed("yesterday"), Ok(Some(date(2026, 10, 31))));
        assert_eq!(typed("latest"), Ok(None));
        assert!(typed("22.11.2026").is_err_and(|error| error.contains("2026-11-22")));
    }
}

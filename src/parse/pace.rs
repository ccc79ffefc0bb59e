//! The text of a feed in, when it wants to be asked again out: what its head says before the first entry. Whatever cannot
//! be read says nothing.

use std::time::Duration;

use quick_xml::{Reader, events::Event};

use crate::model::Pace;

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// RSS 2.0 `ttl` (minutes), `skipHours` and `skipDays`; of RSS 1.0's syndication module `updatePeriod` and
/// `updateFrequency` (times a period). Of two words the one that asks less often counts.
pub fn of(text: &str) -> Pace {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut pace = Pace::default();
    let (mut ttl, mut period, mut times) = (None, None, None);
    let mut within = String::new();
    // Ends with the document, at what is no XML, or at the first entry.
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) => {
                within = tag.local_name().as_ref().to_ascii_lowercase();
                if matches!(within.as_str(), "item" | "entry") {
                    break;
                }
            }
            Event::Text(words) => {
                let word = words.trim().to_ascii_lowercase();
                match within.as_str() {
                    "ttl" => ttl = word.parse::<u32>().ok().map(|minutes| Duration::from_secs(60) * minutes),
                    "updateperiod" => period = length(&word),
                    "updatefrequency" => times = word.parse::<u32>().ok(),
                    "hour" => pace.skip_hours.extend(word.parse::<i8>().ok().map(|hour| hour % 24)),
                    "day" => {
                        pace.skip_days.extend((1..).zip(DAYS).find(|(_, day)| *day == word).map(|(n, _)| n))
                    }
                    _ => {}
                }
            }
            Event::End(_) => within.clear(),
            Event::Eof => break,
            _ => {}
        }
    }
    let updates = period.map(|period| period / times.unwrap_or(1).max(1));
    pace.every = ttl.max(updates);
    pace
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

    fn head(elements: &str) -> Pace {
        of(&format!(
            "<rss><channel><title>Harbour</title>{elements}<item><ttl>1</ttl></item></channel></rss>"
        ))
    }

    #[test]
    fn a_feed_says_how_often_it_changes() {
        let minutes = |elements| head(elements).every.map(|every| every.as_secs() / 60);
        assert_eq!(minutes(""), None, "what an entry says is none of the feed's");
        assert_eq!(minutes("<ttl> 90 </ttl>"), Some(90));
        assert_eq!(minutes("<ttl>often</ttl>"), None);
        assert_eq!(minutes("<sy:updatePeriod>\n\thourly\t</sy:updatePeriod>"), Some(60));
        let daily = "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>";
        assert_eq!(minutes(daily), Some(360));
        assert_eq!(minutes("<ttl>5</ttl><sy:updatePeriod>hourly</sy:updatePeriod>"), Some(60));
        assert_eq!(
            minutes("<sy:updateFrequency>0</sy:updateFrequency><sy:updatePeriod>daily</sy:updatePeriod>"),
            Some(1440)
        );
    }

    #[test]
    fn a_feed_says_when_it_sleeps() {
        let pace = head(
            "<skipHours><hour>0</hour><hour>24</hour><hour>5</hour><hour>-</hour></skipHours>\
             <skipDays><day>Sunday</day><day>Moonday</day></skipDays>",
        );
        assert_eq!(
            (pace.skip_hours.into_iter().collect(), pace.skip_days.into_iter().collect()),
            (vec![0, 5], vec![7])
        );
    }

    #[test]
    fn what_is_no_xml_says_nothing() {
        for text in
            ["{\"version\": \"https://jsonfeed.org/version/1.1\"}", "", "<rss><ttl", "<ttl>9999999999</ttl>"]
        {
            assert_eq!(of(text), Pace::default(), "{text}");
        }
    }
}

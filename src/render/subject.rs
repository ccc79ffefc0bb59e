//! An edition in, the subject of its mail out: one line, at most 70 characters.

use super::{
    dates, page,
    plain::{clean, shorten},
};
use crate::model::Edition;

/// What inboxes show of a subject, in characters.
const LONGEST: usize = 70;
/// Fewer characters of a second headline say nothing.
const WORTH_STARTING: usize = 20;

/// `Daily Headlines: <first headline>; <second>`, at most 70 characters, cut between words. Holds no control
/// character and nothing that mail programs decode as an encoded word (RFC 2047, section 2).
pub fn subject(edition: &Edition) -> String {
    let title = clean(&edition.masthead.title, 40);
    let mut headlines = edition.slots().map(|slot| page::headline(&slot.headline));
    let line = match (headlines.next(), headlines.next()) {
        (None, _) => format!("{title}: {}", dates::day(edition.date)),
        (Some(first), second) => {
            let first = format!("{title}: {first}");
            let room = LONGEST.saturating_sub(first.chars().count());
            match second {
                Some(second) if room > WORTH_STARTING => format!("{first}; {second}"),
                _ => first,
            }
        }
    };
    shorten(&line.replace("=?", "= ?"), LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::Slot, render::sample};

    fn with(headlines: &[&str]) -> String {
        let top = headlines.iter().map(|h| Slot { headline: (*h).to_owned(), ..Slot::default() }).collect();
        subject(&Edition { top, sections: Vec::new(), ..sample::edition() })
    }

    #[test]
    fn it_names_the_first_two_stories_as_far_as_there_is_room() {
        assert_eq!(
            with(&["Bridge opens", "Ferry sinks", "Third"]),
            "Harbor Morning: Bridge opens; Ferry sinks"
        );
        let long = with(&["Bridge opens", "Ferry operator promises to refund every traveler by Monday"]);
        assert_eq!(long, "Harbor Morning: Bridge opens; Ferry operator promises to refund every…");
        let alone = with(&["Council agrees on a budget after nine hours", "Ferry sinks"]);
        assert_eq!(alone, "Harbor Morning: Council agrees on a budget after nine hours");
    }

    #[test]
    fn it_is_one_short_line_whatever_the_headlines_hold() {
        let endless = "x".repeat(10_000);
        for nasty in ["a\r\nBcc: b@c.example", "=?utf-8?q?=41?=", "\u{202e}abc\u{85}", &endless, ""] {
            let subject = with(&[nasty, nasty]);
            assert!(subject.chars().count() <= LONGEST && !subject.contains("=?"), "{subject}");
            assert!(!subject.chars().any(|c| c.is_control() || c == '\u{202e}'), "{subject:?}");
        }
    }

    #[test]
    fn an_edition_without_stories_is_named_by_its_date() {
        assert_eq!(with(&[]), "Harbor Morning: Friday, November 20, 2026");
    }
}

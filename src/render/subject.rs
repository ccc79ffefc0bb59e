//! An edition and its subject template in, the subject of its mail out: one line, never longer than 70 characters.

use super::{
    dates,
    placeholder::{self, PlaceholderError},
    plain::{clean, headline, shorten},
};
use crate::model::Edition;

/// Placeholders an editor may put between `{{` and `}}` in a subject.
pub const SUBJECT_PLACEHOLDERS: [&str; 9] =
    ["title", "outlet", "date", "weekday", "day", "count", "first", "second", "third"];

/// The subject template used if the editor gives none.
pub const SUBJECT: &str = "{{first}}";

/// The placeholders for headlines, by rank.
const HEADLINES: [&str; 3] = ["first", "second", "third"];

/// How much of a subject inboxes show, in characters.
const LONGEST: usize = 70;
/// A further headline is not worth starting with fewer characters than this.
const WORTH_STARTING: usize = 18;

/// A subject template that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubjectError {
    #[error("a subject needs words")]
    Empty,
    #[error(transparent)]
    Placeholder(#[from] PlaceholderError),
}

/// Checks whether a subject template can be used.
///
/// # Errors
/// If it has no words, or names a placeholder that is none of [`SUBJECT_PLACEHOLDERS`].
pub fn check_subject(template: &str) -> Result<(), SubjectError> {
    if !template.contains("{{") && !template.contains(char::is_alphanumeric) {
        return Err(SubjectError::Empty);
    }
    Ok(placeholder::check(template, &SUBJECT_PLACEHOLDERS)?)
}

/// The edition's subject by the template in its masthead, otherwise by [`SUBJECT`]: as many headlines as fit, the
/// last one cut between words. Holds no control character and nothing that mail programs would decode as an encoded
/// word (RFC 2047, section 2).
pub fn subject(edition: &Edition) -> String {
    let template = Template(edition.masthead.subject.as_deref().unwrap_or(SUBJECT));
    let headlines: Vec<String> = edition.slots().map(|slot| headline(&slot.headline)).take(3).collect();
    let wanted = template.headlines();
    let most = wanted.min(headlines.len());
    let tried = (1..=most).rev().filter_map(|count| headlines.get(..count));
    let line = match tried.filter_map(|some| template.fitted(edition, some)).next() {
        Some(line) => line,
        None if wanted > 0 && headlines.is_empty() => dated(&template.filled(edition, &[]), edition),
        None => template.filled(edition, headlines.get(..most).unwrap_or_default()),
    };
    let line = if line.is_empty() { dated(&clean(&edition.masthead.title, 40), edition) } else { line };
    shorten(&line.replace("=?", "= ?"), LONGEST)
}

/// A line without a headline: the template's words and the day.
fn dated(words: &str, edition: &Edition) -> String {
    let date = dates::day(edition.date);
    if words.is_empty() { date } else { format!("{words}: {date}") }
}

/// A checked template.
struct Template<'a>(&'a str);

impl Template<'_> {
    /// How far down the ranking its headlines go.
    fn headlines(&self) -> usize {
        let named = |name: &&str| self.parts().any(|(_, placeholder)| placeholder == Some(*name));
        HEADLINES.iter().rposition(named).map_or(0, |last| last + 1)
    }

    /// The words before each placeholder with its name, then the words after the last one.
    fn parts(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        let mut rest = Some(self.0);
        std::iter::from_fn(move || {
            let text = rest?;
            let Some((words, (name, behind))) =
                text.split_once("{{").and_then(|(words, inside)| Some((words, inside.split_once("}}")?)))
            else {
                rest = None;
                return Some((text, None));
            };
            rest = Some(behind);
            Some((words, Some(name.trim())))
        })
    }

    /// The line with all of these headlines, the last one cut if need be; none if too little would be left of it.
    fn fitted(&self, edition: &Edition, headlines: &[String]) -> Option<String> {
        let (last, others) = headlines.split_last()?;
        let fewest = if others.is_empty() { 1 } else { WORTH_STARTING };
        let mut most = last.chars().count();
        let mut tried = headlines.to_vec();
        loop {
            let line = self.filled(edition, &tried);
            let over = line.chars().count().saturating_sub(LONGEST);
            if over == 0 {
                return Some(line);
            }
            most = most.checked_sub(over).filter(|most| *most >= fewest)?;
            *tried.last_mut()? = shorten(last, most);
        }
    }

    /// The line with these headlines. Words that join one headline to the next go if the headline is missing; the
    /// punctuation of headlines that are there stays.
    fn filled(&self, edition: &Edition, headlines: &[String]) -> String {
        let mut line = String::new();
        let mut behind_a_gap = false;
        for (words, name) in self.parts() {
            let value = name.map(|name| value(name, edition, headlines));
            let gap = value.as_ref().is_some_and(String::is_empty);
            let words = if behind_a_gap { words.trim_start_matches([')', ']', '}']) } else { words };
            // What the editor opens the line with stays.
            let opening = if behind_a_gap { words.trim_start_matches(joins) } else { words.trim_start() };
            match (line.is_empty(), gap) {
                (true, true) => line += opening.trim_end_matches(joins),
                (true, false) => line += opening,
                (false, true) => {}
                (false, false) => line += words,
            }
            line += &value.unwrap_or_default();
            behind_a_gap = gap;
        }
        clean(&line, 1000)
    }
}

/// Whether a character joins one thing to the next.
fn joins(c: char) -> bool {
    c.is_whitespace() || ":;,|·/–—-&+([".contains(c)
}

fn value(name: &str, edition: &Edition, headlines: &[String]) -> String {
    let masthead = &edition.masthead;
    match name {
        "title" => clean(&masthead.title, 40),
        "outlet" => clean(&masthead.outlet, 40),
        "date" => dates::day(edition.date),
        "weekday" => dates::weekday(edition.date),
        "day" => dates::month_and_day(edition.date),
        "count" => edition.slots().count().to_string(),
        name => {
            let rank = HEADLINES.iter().position(|known| *known == name);
            rank.and_then(|rank| headlines.get(rank)).cloned().unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;
    use crate::{model::Slot, render::sample};

    fn by(template: Option<&str>, headlines: &[&str]) -> String {
        let top = headlines.iter().map(|h| Slot { headline: (*h).to_owned(), ..Slot::default() }).collect();
        let mut edition = Edition { top, sections: Vec::new(), ..sample::edition() };
        edition.masthead.subject = template.map(str::to_owned);
        subject(&edition)
    }

    fn with(headlines: &[&str]) -> String {
        by(Some("{{title}}: {{first}}; {{second}}"), headlines)
    }

    const THREE: [&str; 3] = ["Bridge opens", "Ferry sinks", "Council agrees on a budget after nine hours"];

    #[test]
    fn it_names_the_first_two_stories_as_far_as_there_is_room() {
        assert_eq!(with(&THREE), "Harbor Morning: Bridge opens; Ferry sinks");
        let long = with(&["Bridge opens", "Ferry operator promises to refund every traveler by Monday"]);
        assert_eq!(long, "Harbor Morning: Bridge opens; Ferry operator promises to refund every…");
        let alone = with(&["Council agrees on a budget after nine hours", "Ferry sinks"]);
        assert_eq!(alone, "Harbor Morning: Council agrees on a budget after nine hours");
        let one =
            with(&["Ferry operator, pressed by the court, promises to refund every traveler by Monday"]);
        assert_eq!(one, "Harbor Morning: Ferry operator, pressed by the court, promises…");
    }

    #[test]
    fn an_editor_orders_its_words_anew() {
        for (template, expected) in [
            ("{{first}} | {{title}}", "Bridge opens | Harbor Morning"),
            (
                "{{ weekday }}: {{first}}, {{second}} and {{third}}",
                "Friday: Bridge opens, Ferry sinks and Council agrees on a budget…",
            ),
            ("{{title}}, {{day}}: {{count}} stories", "Harbor Morning, November 20: 3 stories"),
            ("{{outlet}} for {{date}}", "Harbor Times for Friday, November 20, 2026"),
            ("{{third}} / {{first}}", "Council agrees on a budget after nine hours / Bridge opens"),
            ("Every day the same", "Every day the same"),
            ("[News] {{title}}", "[News] Harbor Morning"),
            ("({{weekday}}) {{first}} [+{{count}}]", "(Friday) Bridge opens [+3]"),
        ] {
            assert_eq!(by(Some(template), &THREE), expected);
        }
    }

    #[test]
    fn a_headline_that_has_no_room_or_is_not_there_goes_with_what_joins_it() {
        let long = "Ferry operator promises to refund every traveler";
        for (template, headlines, expected) in [
            (
                "{{first}}; {{second}} | {{title}}",
                &[long, long][..],
                "Ferry operator promises to refund every traveler | Harbor Morning",
            ),
            ("{{second}} / {{first}} ({{weekday}})", &["Bridge opens"], "Bridge opens (Friday)"),
            ("{{title}}: {{first}} (also: {{second}})", &["Bridge opens"], "Harbor Morning: Bridge opens"),
            ("{{first}}; {{second}}", &["+ Studios buys Port+"], "+ Studios buys Port+"),
            ("{{first}}; {{second}}", &[], "Friday, November 20, 2026"),
            ("Today: {{first}}", &[], "Today: Friday, November 20, 2026"),
            ("{{first}} | {{title}}", &[], "Harbor Morning: Friday, November 20, 2026"),
        ] {
            assert_eq!(by(Some(template), headlines), expected);
        }
    }

    #[test]
    fn a_subject_is_never_empty() {
        let mut edition = sample::edition();
        edition.masthead.subject = Some("{{outlet}}".to_owned());
        edition.masthead.outlet = String::new();
        assert_eq!(subject(&edition), "Harbor Morning: Friday, November 20, 2026");
        for template in ["", " : ", "…"] {
            assert_eq!(check_subject(template), Err(SubjectError::Empty), "{template}");
        }
    }

    #[test]
    fn an_edition_without_stories_is_named_by_its_date() {
        assert_eq!(with(&[]), "Harbor Morning: Friday, November 20, 2026");
    }

    #[test]
    fn a_cut_leaves_characters_whole_and_no_mark_before_the_dots() {
        let flags = by(Some("{{first}}"), &["🇳🇴🇸🇪🇩🇰".repeat(20).as_str()]);
        assert!(flags.graphemes(true).all(|c| c == "…" || c.chars().count() == 2), "{flags}");
        assert_eq!(
            by(Some("{{first}}"), &[&format!("{}. Then", "x".repeat(66))]),
            format!("{}…", "x".repeat(66))
        );
        let shouting = "COUNCIL AGREES ON A BUDGET";
        assert!(with(&[shouting]).contains(shouting), "an outlet's letters stay as they are");
    }

    #[test]
    fn what_cannot_be_filled_is_told() {
        assert_eq!(check_subject("{{title}} {breaking}"), Ok(()));
        assert_eq!(check_subject(SUBJECT), Ok(()));
        assert_eq!(check_subject("{{titel}}"), Err(PlaceholderError::Unknown("titel".into()).into()));
        assert_eq!(check_subject(" \u{200b}"), Err(SubjectError::Empty));
    }

    proptest! {
        #[test]
        fn it_is_one_short_line_whatever_is_in_it(
            title in any::<String>(),
            headlines in prop::collection::vec("(\\PC|[ -~\u{0}-\u{1f}\u{80}-\u{a0}\u{2028}\u{202e}]){0,90}|x{10000}|=\\?utf-8\\?q\\?=41\\?=", 0..4),
            literals in prop::array::uniform3("[ -z~]{0,40}"),
        ) {
            let [a, b, c] = literals;
            let mut edition = Edition { sections: Vec::new(), ..sample::edition() };
            edition.top = headlines.into_iter().map(|headline| Slot { headline, ..Slot::default() }).collect();
            edition.masthead.title = title;
            for template in [None, Some(format!("{a}{{{{first}}}}{b}{{{{title}}}}{c}{{{{second}}}}"))] {
                edition.masthead.subject = template;
                let subject = subject(&edition);
                prop_assert!(subject.chars().count() <= LONGEST && !subject.contains("=?"), "{}", subject);
                prop_assert!(!subject.chars().any(crate::text::hidden::is_hidden), "{:?}", subject);
            }
        }
    }
}

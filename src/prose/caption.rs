//! A sentence in, a verdict out: is it the caption of a picture? The news says "on Friday"; a caption, which may be printed years
//! later, ends with the whole date.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::language::{Lexicon, month_of};

/// Days before an article was published on which its pictures may have been taken, and after it for another time zone.
const BEFORE: i32 = 10;
const AFTER: i32 = 1;

/// Whether a sentence ends with the day, the month and the year of days just before the article was published.
pub fn ends_with_its_day(sentence: &str, published: Option<Timestamp>, lexicon: &Lexicon) -> bool {
    let Some(published) = published.map(|at| at.to_zoned(TimeZone::UTC).date()) else { return false };
    let taken = last_date(sentence, lexicon);
    let days = taken.and_then(|taken| published.since(taken).ok()).map(|span| span.get_days());
    days.is_some_and(|days| (-AFTER..=BEFORE).contains(&days))
}

/// The date that a sentence ends with: "… on Nov. 20, 2026.", "… am 20. November 2026".
fn last_date(sentence: &str, lexicon: &Lexicon) -> Option<Date> {
    let mut words = sentence.split_whitespace().rev();
    let mut next = || words.next().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let year: i16 = next().filter(|year| year.len() == 4)?.parse().ok()?;
    // "20 de noviembre de 2026" has words between.
    let mut next = || std::iter::from_fn(&mut next).find(|word| *word != "de");
    let (one, other) = (next()?, next()?);
    let dated = |day: &str, month: &str| {
        let month = month_of(month, lexicon)?;
        Date::new(year, month, day.trim_end_matches(char::is_alphabetic).parse().ok()?).ok()
    };
    dated(one, other).or_else(|| dated(other, one))
}

#[cfg(test)]
mod tests {
    use super::ends_with_its_day;
    use crate::language::Lexicon;

    fn is_caption(sentence: &str, tag: &str) -> bool {
        let published = "2026-11-22T06:00:00Z".parse().ok();
        ends_with_its_day(sentence, published, Lexicon::of(tag))
    }

    #[test]
    fn a_sentence_that_ends_with_the_day_and_year_of_this_week_is_a_caption() {
        for (sentence, tag) in [
            ("Ida Brask speaks to the crew of the Kestrel in Sollund on Nov. 20, 2026.", "en"),
            ("The ferry off Tarrow, 20 November 2026", "en"),
            ("Die Fähre vor Tarrow am 20. November 2026.", "de"),
            ("El transbordador frente a Tarrow, el 20 de noviembre de 2026.", "es"),
        ] {
            assert!(is_caption(sentence, tag), "{sentence}");
        }
        for (sentence, tag) in [
            ("The ferry sank on November 20, 1926.", "en"),
            ("The new pier opens on January 4, 2027.", "en"),
            ("The ferry ran aground off Tarrow on Friday.", "en"),
            ("It carried 20 cars in November 2026.", "en"),
        ] {
            assert!(!is_caption(sentence, tag), "{sentence}");
        }
    }
}

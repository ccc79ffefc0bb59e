//! A bundled file in, the same file as if written some days later out: the machine-readable dates of its feeds and pages
//! are moved. Never touches the words of a story.

use std::{borrow::Cow, sync::LazyLock};

use jiff::{
    SignedDuration,
    civil::{Date, date},
    fmt::strtime,
};
use regex::bytes::{Captures, Regex};

/// The day whose morning paper the bundled newsletter was written as.
pub const WRITTEN_FOR: Date = date(2026, 11, 20);

/// The dates of RFC 822, section 5, and the date in a time of RFC 3339.
static DATES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?-u)\b(?<rfc822>[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4})\b|\b(?<rfc3339>\d{4}-\d\d-\d\d)T\d\d:",
    )
    .expect("a test runs this pattern")
});

/// The file with its dates so many days later. What only looks like a date stays as it is.
pub fn moved(file: &[u8], days: SignedDuration) -> Cow<'_, [u8]> {
    if days.is_zero() {
        return Cow::Borrowed(file);
    }
    DATES.replace_all(file, |found: &Captures| {
        let whole = &found[0];
        let (format, part) = match (found.name("rfc822"), found.name("rfc3339")) {
            (Some(part), _) => ("%a, %d %b %Y", part),
            (None, Some(part)) => ("%Y-%m-%d", part),
            (None, None) => return whole.to_vec(),
        };
        let later = later(format, part.as_bytes(), days);
        let mut text = later.map_or_else(|| part.as_bytes().to_vec(), String::into_bytes);
        text.extend(&whole[part.len()..]);
        text
    })
}

fn later(format: &str, day: &[u8], days: SignedDuration) -> Option<String> {
    let day = strtime::parse(format, day).ok()?.to_date().ok()?;
    strtime::format(format, day.checked_add(days).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dates_of_feeds_and_pages_are_moved_and_words_are_not() {
        let file = b"<pubDate>Mon, 30 Nov 2026 23:10:00 GMT</pubDate><updated>2026-12-31T06:00Z</updated>\
            <id>tag:a.example,2026-12-31:b</id> on Monday, 30 November \xff Xyz, 99 Abc 2026";
        let moved = moved(file, SignedDuration::from_hours(72));
        assert_eq!(
            moved.as_ref(),
            b"<pubDate>Thu, 03 Dec 2026 23:10:00 GMT</pubDate><updated>2027-01-03T06:00Z</updated>\
            <id>tag:a.example,2026-12-31:b</id> on Monday, 30 November \xff Xyz, 99 Abc 2026"
        );
    }

    #[test]
    fn on_its_own_day_a_file_is_as_it_was_written() {
        assert!(matches!(moved(b"2026-11-19T06:00Z", SignedDuration::ZERO), Cow::Borrowed(_)));
    }
}

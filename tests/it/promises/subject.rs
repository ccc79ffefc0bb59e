//! A subject template and headlines: refused with a reason, or one line of at most 70 characters without controls.

use jiff::{Timestamp, civil::date};
use reveille::inside::{
    edition::{Edition, Masthead, Read, Section, Slot},
    render,
};

/// The first line is the template, every other a headline.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (template, headlines) = text.split_once('\n').unwrap_or((&text, ""));
    if let Err(error) = render::check_subject(template) {
        assert!(!error.to_string().is_empty());
        return;
    }
    let slot = |headline: &str| Slot { headline: headline.to_owned(), ..Slot::default() };
    let stories = headlines.lines().take(5).map(slot).collect();
    let edition = Edition {
        date: date(2026, 11, 22),
        composed_at: Timestamp::UNIX_EPOCH,
        masthead: Masthead { subject: Some(template.to_owned()), ..Masthead::default() },
        read: Read::default(),
        top: Vec::new(),
        sections: vec![Section { stories, ..Section::default() }],
        corrections: Vec::new(),
    };
    let subject = render::subject(&edition);
    assert!(!subject.trim().is_empty(), "an empty subject");
    assert!(subject.chars().count() <= 70 && !subject.contains(char::is_control), "{subject:?}");
    assert!(!subject.contains("=?"), "mail programs would decode {subject:?}");
}

//! An entry as it is stored and one that its feed gives under the same key in, whether they are two articles out. Some
//! feeds use a guid again for whatever is newest; others change all but one part of an article.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use url::Url;

use super::NewEntry;
use crate::{
    model::Entry,
    text::{runs, words},
};

/// Parts that must all be new before two entries under one key are two articles.
const NEW_PARTS: usize = 3;

/// An article whose title comes every day is dated at least so much later each time.
const APART: SignedDuration = SignedDuration::from_hours(12);

/// Whether `now` is another article than `before`: title, link, text and date are new, as far as both have them. A
/// headline may come again where all the rest is new: a column has the same every day.
pub fn is_another(before: &NewEntry, now: &NewEntry) -> bool {
    let (old, new) = (&before.entry, &now.entry);
    let title = same_title(&old.title, &new.title);
    let rest = [same_link(old, new), same_text(before, now), same_date(old, new)];
    let new_parts = |parts: &[Option<bool>]| parts.iter().filter(|same| **same == Some(false)).count();
    let recurs = old.title == new.title && new_parts(&rest) == NEW_PARTS && is_later(old, new);
    let [link, text, date] = rest;
    let all = [title, link, text, date];
    recurs || !all.contains(&Some(true)) && new_parts(&all) >= NEW_PARTS
}

/// Whether half of the words of the shorter title are in the other.
fn same_title(old: &str, new: &str) -> Option<bool> {
    let [old, new] = [old, new].map(|title| words::words(title).map(words::plain).collect::<BTreeSet<_>>());
    let fewer = old.len().min(new.len());
    (fewer > 0).then(|| 2 * old.intersection(&new).count() >= fewer)
}

/// Whether both lead to one page, whatever its scheme; that of the whole site is nobody's, and a link that is the key itself
/// says no more than the key.
fn same_link(old: &Entry, new: &Entry) -> Option<bool> {
    if old.link.as_ref() == Some(&old.key) {
        return None;
    }
    let page = |entry: &Entry| {
        let url = Url::parse(entry.link.as_deref()?).ok()?;
        let host = url.host_str().map(|host| host.trim_start_matches("www.").to_owned())?;
        let place = format!(
            "{}?{}#{}",
            url.path().trim_end_matches('/'),
            url.query().unwrap_or_default(),
            url.fragment().unwrap_or_default()
        );
        (place.len() > 2).then_some((host, place))
    };
    Some(page(old)? == page(new)?)
}

fn same_text(old: &NewEntry, new: &NewEntry) -> Option<bool> {
    let text =
        |new: &NewEntry| if new.text.is_empty() { new.entry.summary.clone() } else { new.text.clone() };
    runs::are_versions(&text(old), &text(new))
}

fn same_date(old: &Entry, new: &Entry) -> Option<bool> {
    Some(old.published? == new.published?)
}

fn is_later(old: &Entry, new: &Entry) -> bool {
    matches!((old.published, new.published), (Some(old), Some(new)) if new.duration_since(old) >= APART)
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUAY: &str = "The north quay stays shut after the storm, the harbour master said on Monday.";
    const BUS: &str = "Denholt's council has approved a bus line to the mill, which opens in spring.";

    fn entry(title: &str, link: &str, text: &str, hour: i64) -> NewEntry {
        let published = jiff::Timestamp::from_second(1_795_327_200 + hour * 3600).ok();
        let (title, link) = (title.to_owned(), Some(link.to_owned()));
        NewEntry { entry: Entry { title, link, published, ..Entry::default() }, text: text.to_owned() }
    }

    #[test]
    fn an_article_is_another_when_nothing_but_its_key_is_the_same() {
        let quay = entry("North quay stays shut", "https://g.example/quay", QUAY, 0);
        assert!(is_another(&quay, &entry("Bus line approved", "https://g.example/bus", BUS, 20)));
        let site = "https://g.example/";
        let quay = entry("North quay stays shut", site, QUAY, 0);
        assert!(is_another(&quay, &entry("Bus line approved", site, BUS, 1)), "the link is the site's");
    }

    #[test]
    fn titles_are_the_same_that_share_half_of_the_shorter_ones_words() {
        for (old, new, same) in [
            ("harbour gates shut", "harbour bridge opens again", Some(false)),
            ("harbour gates shut", "harbour gates open again", Some(true)),
            ("harbour gates", "harbour bridge opens again", Some(true)),
            ("", "harbour gates", None),
        ] {
            assert_eq!((same_title(old, new), same_title(new, old)), (same, same), "{old} | {new}");
        }
    }

    #[test]
    fn an_article_that_keeps_one_part_is_the_same() {
        let quay = entry("North quay stays shut", "https://g.example/quay", QUAY, 0);
        for same in [
            entry("Harbour: north quay shut", "https://g.example/x", BUS, 20),
            entry("Storm closes harbour", "https://www.g.example/quay/", BUS, 20),
            entry("Storm closes harbour", "https://g.example/x", &format!("{QUAY} {BUS}"), 20),
            entry("Storm closes harbour", "https://g.example/x", BUS, 0),
        ] {
            assert!(!is_another(&quay, &same), "{same:?}");
        }
        let bare = |title| entry(title, "https://g.example/", "", 0);
        assert!(!is_another(&bare("North quay"), &bare("Bus line")), "too little is known");
    }

    #[test]
    fn an_article_is_another_at_a_link_that_is_used_again_without_a_guid() {
        let latest = "https://g.example/latest";
        let at = |title, text, hour| {
            let mut new = entry(title, latest, text, hour);
            latest.clone_into(&mut new.entry.key);
            new
        };
        let quay = at("North quay stays shut", QUAY, 0);
        assert!(is_another(&quay, &at("Bus line approved", BUS, 20)));
        assert!(!is_another(&quay, &at("Storm closes harbour", QUAY, 20)));
    }

    #[test]
    fn a_column_of_another_day_is_another_under_the_same_title() {
        let column = |link, text, hour| entry("Morning briefing", link, text, hour);
        let monday = column("https://g.example/1", QUAY, 0);
        assert!(is_another(&monday, &column("https://g.example/2", BUS, 24)));
        assert!(!is_another(&monday, &column("https://g.example/2", BUS, 2)), "it may be rewritten");
    }
}

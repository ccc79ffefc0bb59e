//! A parsed feed in, what is kept of it out: its newest entries with their texts, and without its secrets.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::{
    extract,
    model::{Entry, Feed, Kind, Pace},
    prose::{blocks, furniture},
    secret::Known,
    store::NewEntry,
};

/// Entries taken of one feed at most, the newest ones.
const MOST_ENTRIES: usize = 1000;

/// What is taken of a feed.
pub struct Taken {
    pub entries: Vec<NewEntry>,
    /// What its reader had to say of it, and what was left of it.
    pub notices: Vec<String>,
    /// Its reader had nothing to say.
    pub is_whole: bool,
    pub pace: Pace,
}

impl Taken {
    /// A feed's entries with their texts and without its secrets.
    pub fn of(mut feed: Feed, secrets: &Known) -> Taken {
        let (count, is_whole) = (feed.entries.len(), feed.notices.is_empty());
        keep_newest(&mut feed.entries);
        if feed.entries.len() < count {
            feed.notices.push(format!("Only the newest {MOST_ENTRIES} of {count} entries are taken."));
        }
        let entries = feed.entries.into_iter().map(with_text);
        let entries = entries.map(|entry| without_secrets(entry, secrets)).collect();
        let notices = feed.notices.iter().map(|notice| secrets.hidden(notice)).collect();
        Taken { entries, notices, is_whole, pace: feed.pace }
    }
}

/// Keeps the newest entries in their order; those without a date count as new, and of equals the first ones are kept.
fn keep_newest(entries: &mut Vec<Entry>) {
    if entries.len() <= MOST_ENTRIES {
        return;
    }
    let mut by_age: Vec<(Timestamp, usize)> =
        entries.iter().enumerate().map(|(n, e)| (e.published.unwrap_or(Timestamp::MAX), n)).collect();
    by_age.sort_by_key(|(published, place)| (std::cmp::Reverse(*published), *place));
    let kept: BTreeSet<usize> = by_age.iter().take(MOST_ENTRIES).map(|(_, place)| *place).collect();
    let mut place = 0..;
    entries.retain(|_| place.next().is_some_and(|place| kept.contains(&place)));
}

/// The text of an entry, and its summary, made of their blocks: prose without furniture, in paragraphs apart by blank
/// lines. An agency that the text credits joins the authors.
fn with_text(mut entry: Entry) -> NewEntry {
    let paragraphs = blocks::of(&std::mem::take(&mut entry.blocks));
    extract::credit(&mut entry.authors, &paragraphs);
    let text = furniture::clean(paragraphs).join("\n\n");
    let described = std::mem::take(&mut entry.described);
    // Captions alone are what the feed says, and stay.
    if described.iter().any(|block| block.kind != Kind::Caption) {
        entry.summary = furniture::clean(blocks::of(&described)).join("\n\n");
    }
    NewEntry { entry, text }
}

/// An entry without the secrets of its feed, which some servers write into every link.
fn without_secrets(mut new: NewEntry, secrets: &Known) -> NewEntry {
    let entry = &mut new.entry;
    entry.key = secrets.hidden_in_words(&entry.key);
    entry.link = entry.link.take().map(|link| secrets.without(&link));
    if let Some(picture) = &mut entry.picture {
        picture.url = secrets.without(&picture.url);
        picture.alt = secrets.hidden_in_words(&picture.alt);
    }
    for words in [&mut entry.title, &mut entry.summary, &mut new.text] {
        *words = secrets.hidden_in_words(words);
    }
    for words in entry.authors.iter_mut().chain(&mut entry.categories) {
        *words = secrets.hidden_in_words(words);
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html;

    #[test]
    fn a_caption_alone_is_the_summary_and_a_list_of_links_is_none() {
        let summary = |described: &str| {
            let described = html::blocks(described, "https://harbour.example".parse().ok().as_ref());
            let entry = Entry { summary: "As parsed.".to_owned(), described, ..Entry::default() };
            with_text(entry).entry.summary
        };
        assert_eq!(summary("<figure><figcaption>A gull at the pier.</figcaption></figure>"), "As parsed.");
        let link = "<li><a href=/a>Ferry aground off Tolm</a></li>";
        assert_eq!(summary(&format!("<ul>{link}{link}</ul>")), "");
        assert_eq!(summary("<p>They met at dawn on the pier.</p>"), "They met at dawn on the pier.");
    }
}

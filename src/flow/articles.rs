//! Stored entries in, articles out: each with its outlet's place in the newsletter and its own text cleaned.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::{
    config::{self, Config},
    extract,
    model::Article,
    schedule,
    store::StoredEntry,
    text::blocks,
};

/// Entries of earlier editions are clustered along for this long, so that what was printed is known again.
pub const MEMORY: SignedDuration = SignedDuration::from_hours(96);

/// An article and where it comes from.
pub struct Found {
    pub article: Article,
    /// Whether an earlier edition printed it.
    pub printed: bool,
    /// The feed says only this much of it, and its page may be asked for more.
    pub pages: config::Pages,
}

/// The articles that count for the edition of `date`: those dated after `since`, and those that earlier editions
/// printed. Entries without a title, of feeds no longer configured, and those a feed's word lists leave out do not count.
pub fn found(config: &Config, entries: Vec<StoredEntry>, since: Timestamp, date: Date) -> Vec<Found> {
    let feeds: BTreeMap<&str, &config::Feed> = config.feeds.iter().map(|f| (f.url.as_str(), f)).collect();
    let counts = |stored: &StoredEntry| {
        !stored.entry.title.is_empty() && (stored.dated > since || printed_before(stored, date))
    };
    entries
        .into_iter()
        .filter(counts)
        .filter_map(|entry| {
            let feed = *feeds.get(entry.feed.as_str())?;
            wanted(feed, &entry.entry.title).then(|| article(feed, entry, date))
        })
        .collect()
}

/// Since when entries are read from the store.
pub fn horizon(at: Timestamp, since: Timestamp) -> Timestamp {
    since.min(schedule::back(at, MEMORY))
}

fn printed_before(entry: &StoredEntry, date: Date) -> bool {
    entry.used_in.is_some_and(|used| used < date)
}

fn wanted(feed: &config::Feed, title: &str) -> bool {
    let title = title.to_lowercase();
    let holds = |word: &String| title.contains(&word.to_lowercase());
    (feed.include.is_empty() || feed.include.iter().any(holds)) && !feed.exclude.iter().any(holds)
}

fn article(feed: &config::Feed, stored: StoredEntry, date: Date) -> Found {
    let printed = printed_before(&stored, date);
    let entry = stored.entry;
    let text = entry.content.as_deref().map(|html| extract::clean(blocks::paragraphs(html)).join("\n\n"));
    let article = Article {
        id: stored.id,
        outlet: feed.outlet.clone(),
        title: entry.title,
        url: entry.link.unwrap_or_default(),
        summary: entry.summary,
        text: text.unwrap_or_default(),
        authors: entry.authors,
        published: Some(stored.dated),
        lang: entry.lang.or_else(|| feed.language.clone()),
        owner: feed.owner.clone(),
        section: feed.section.clone(),
        home: feed.home,
        weight: feed.weight,
        position: stored.position,
        categories: entry.categories,
        picture: entry.picture,
    };
    Found { article, printed, pages: feed.pages }
}

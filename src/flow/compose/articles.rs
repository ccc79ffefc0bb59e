//! Entries in, articles out, with their outlet's place in the newsletter. Never changes what an outlet wrote.

use std::collections::BTreeMap;

use jiff::civil::Date;
use url::Url;

use crate::{
    agency,
    config::{self, Config},
    flow::titles,
    language,
    model::{Article, Entry, Told},
    schedule::Window,
    store::StoredEntry,
    text::public::is_public_host,
};

/// The articles an edition may be made of, and what else is known of each.
#[derive(Default)]
pub struct Found {
    pub articles: Vec<Article>,
    /// Articles told by earlier editions, as they are now.
    pub now: Vec<Told>,
    /// What their feeds say of their pages, by id.
    pub pages: BTreeMap<String, PagePolicy>,
}

/// What a feed says of the pages of its articles.
#[derive(Debug, Clone)]
pub struct PagePolicy {
    pub ask: config::Pages,
    /// Also on private addresses.
    pub allow_private: bool,
    /// The feed, if it has a log-in: its own pages may need it, too.
    pub login: Option<config::FeedAddress>,
    /// What the editor or the feed says of its article's language leaves no doubt.
    pub is_language_sure: bool,
}

/// The articles that count for the edition of `date`: those in its window that no other edition told, and,
/// kept apart, those that one did (an earlier one or, if the clock was set back, one of a later date).
/// The beginning of its text stands for the title of an entry that has none. Entries without either, of feeds no longer configured, or excluded by a feed's word lists do not count.
pub fn found(config: &Config, entries: Vec<StoredEntry>, window: &Window, date: Date) -> Found {
    let feeds: BTreeMap<&str, &config::Feed> = config.feeds.iter().map(|f| (f.url.as_str(), f)).collect();
    let mut found = Found::default();
    for mut stored in entries {
        let Some(&feed) = feeds.get(stored.feed.as_str()) else { continue };
        stored.entry.title = titles::of(&stored.entry, &stored.text, feed).into_owned();
        let told = stored.used_in.filter(|used| *used != date);
        let is_new = told.is_none() && is_new(&stored, window);
        let title = &stored.entry.title;
        if title.is_empty() || !(told.is_some() || (is_new && feed.wants(title))) {
            continue;
        }
        let (ask, allow_private) = (feed.pages, feed.allow_private);
        let may_be_private = allow_private || config.fetch.allow_private;
        let login = feed.url.has_login().then(|| feed.url.clone());
        let is_language_sure =
            feed.language.is_some() || !language::is_doubtful(stored.entry.lang.as_deref());
        found.pages.insert(stored.id.clone(), PagePolicy { ask, allow_private, login, is_language_sure });
        match told {
            Some(edition) => found.now.push(Told { edition, article: article(feed, stored, may_be_private) }),
            None => found.articles.push(article(feed, stored, may_be_private)),
        }
    }
    let Found { articles, now, pages } = &mut found;
    let all = articles.iter_mut().chain(now.iter_mut().map(|told| &mut told.article));
    language::settle(all, |article| pages.get(&article.id).is_some_and(|page| page.is_language_sure));
    found
}

/// The articles of earlier days, with nothing but what tells their words.
pub fn past(config: &Config, entries: Vec<StoredEntry>) -> Vec<Article> {
    let feeds: BTreeMap<&str, &config::Feed> = config.feeds.iter().map(|f| (f.url.as_str(), f)).collect();
    let article = |StoredEntry { id, feed, entry, text, .. }| {
        let feed = feeds.get(feed.as_str())?;
        let Entry { title, link, summary, lang, .. } = entry;
        let (outlet, url, lang) =
            (feed.outlet.clone(), link.unwrap_or_default(), feed.language.clone().or(lang));
        Some(Article { id, outlet, title, url, summary, text, lang, ..Article::default() })
    };
    let mut articles: Vec<Article> = entries.into_iter().filter_map(article).collect();
    let sure = |feed: &&config::Feed, outlet: &str| feed.language.is_some() && feed.outlet == outlet;
    language::settle(articles.iter_mut(), |article| {
        config.feeds.iter().any(|feed| sure(&feed, &article.outlet))
    });
    articles
}

fn is_new(stored: &StoredEntry, window: &Window) -> bool {
    stored.dated > window.since || (stored.first_seen > window.seen_since && stored.dated > window.furthest)
}

/// Nobody who reads of it is led into a private network, their own or the newsletter's, but by feeds of such a network. A
/// picture is asked for by mail programs unasked.
fn harmless(entry: &mut Entry, may_be_private: bool) {
    let is_harmless = |url: &str| may_be_private || Url::parse(url).is_ok_and(|url| is_public_host(&url));
    entry.link = entry.link.take().filter(|link| is_harmless(link));
    entry.picture = entry.picture.take().filter(|picture| is_harmless(&picture.url));
}

fn article(feed: &config::Feed, stored: StoredEntry, may_be_private: bool) -> Article {
    let mut entry = stored.entry;
    harmless(&mut entry, may_be_private);
    let mut article = Article {
        id: stored.id,
        outlet: feed.outlet.clone(),
        title: entry.title,
        url: entry.link.unwrap_or_default(),
        summary: entry.summary,
        text: stored.text,
        authors: entry.authors,
        published: Some(stored.dated),
        lang: feed.language.clone().or(entry.lang),
        owner: feed.owner.clone(),
        agency: None,
        section: feed.section.clone(),
        home: feed.home,
        aside: feed.speaks == config::Speaks::Last,
        column: false,
        weight: feed.weight,
        position: stored.position,
        categories: entry.categories,
        picture: entry.picture,
    };
    article.agency = agency::of(&article);
    article
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::Timestamp;

    use super::*;
    use crate::model::Picture;

    #[test]
    fn of_earlier_days_the_entries_of_todays_feeds_count() {
        let source = "[mail]\npostal_address = 'x'\n[[feeds]]\nurl = 'https://ledger.example/feed'\noutlet = 'Ledger'\nlanguage = 'de'";
        let config = Config::parse(Path::new("/news/feeds.toml"), source, &|_| None).expect("sound");
        let entry = |feed: &str| StoredEntry {
            id: feed.to_owned(),
            feed: format!("https://{feed}.example/feed"),
            position: 0,
            first_seen: Timestamp::UNIX_EPOCH,
            dated: Timestamp::UNIX_EPOCH,
            used_in: None,
            entry: Entry { title: "Kran kippt um".to_owned(), ..Entry::default() },
            text: String::new(),
        };
        let past = past(&config, vec![entry("ledger"), entry("herald")]);
        let told: Vec<_> =
            past.iter().map(|a| (a.outlet.as_str(), a.title.as_str(), a.lang.as_deref())).collect();
        assert_eq!(told, [("Ledger", "Kran kippt um", Some("de"))]);
    }

    #[test]
    fn neither_link_nor_picture_leads_into_a_private_network_but_of_a_feed_that_may() {
        for (url, is_public) in [
            ("https://harbour.example/quay.jpg", true),
            ("http://192.168.1.1/reboot?now", false),
            ("https://router.local/", false),
            ("http://[fe80::1]/", false),
            ("http://169.254.169.254/latest", false),
        ] {
            let entry = |may_be_private| {
                let picture = Some(Picture { url: url.to_owned(), alt: String::new() });
                let mut entry = Entry { link: Some(url.to_owned()), picture, ..Entry::default() };
                harmless(&mut entry, may_be_private);
                (entry.link.is_some(), entry.picture.is_some())
            };
            assert_eq!((entry(false), entry(true)), ((is_public, is_public), (true, true)), "{url}");
        }
    }
}

//! What a reader found of an entry in, the entry out: plain titles, clean links, blocks, a stable key.

mod shared;

use std::{collections::BTreeSet, hash::Hash};

use jiff::Timestamp;
use url::Url;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::{
    body, limits,
    pace::Beats,
    picture::{self, Candidate},
};
use crate::{
    html,
    model::{Block, Entry, Feed},
    text::{link, space},
};

/// The best offer so far for one part of an entry: lower ranks win, and of equals the first.
#[derive(Debug, Clone, Default, Hash)]
pub struct Best<T>(Option<(u8, T)>);

impl<T> Best<T> {
    pub fn offer(&mut self, rank: u8, value: T) {
        if self.0.as_ref().is_none_or(|(held, _)| rank < *held) {
            self.0 = Some((rank, value));
        }
    }

    pub fn held(&self) -> Option<&T> {
        self.0.as_ref().map(|(_, value)| value)
    }

    fn take(self) -> Option<T> {
        self.0.map(|(_, value)| value)
    }
}

/// An entry as found. Texts are fragments of HTML.
#[derive(Debug, Default, Hash)]
pub struct Draft {
    pub guid: String,
    /// Whether the guid may stand for the link (RSS 2.0, `isPermaLink`).
    pub guid_is_link: bool,
    pub title: Best<String>,
    /// Stands for the title where there are neither title nor text.
    pub medium_title: Best<String>,
    /// Canonical address.
    pub link: Best<String>,
    /// Other articles of the document have it too.
    pub link_is_shared: bool,
    pub date: Best<Timestamp>,
    pub summary: Best<Fragment>,
    pub content: Best<Fragment>,
    pub authors: Vec<String>,
    pub categories: Vec<String>,
    pub lang: Option<String>,
    pub pictures: Vec<Candidate>,
}

/// A field's HTML, and the address its links are relative to.
#[derive(Debug, Default, Hash)]
pub struct Fragment {
    html: String,
    base: Option<Url>,
}

impl Fragment {
    pub fn new(html: &str, base: Option<&Url>) -> Fragment {
        Fragment { html: html.to_owned(), base: base.cloned() }
    }

    /// Whether there is `room` for it, in bytes, which it then takes.
    fn fits(&self, room: &mut usize) -> bool {
        let left = room.checked_sub(limits::room(limits::content(&self.html)));
        *room = left.unwrap_or(*room);
        left.is_some()
    }

    /// Its blocks, to where it is longer than any article; its text as one, where there is no room for it.
    fn blocks(&self, fits: bool) -> Vec<Block> {
        let html = limits::content(&self.html);
        if fits {
            return html::blocks(&html::unescaped(html), self.base.as_ref());
        }
        let text = html::to_text(html);
        if text.is_empty() { Vec::new() } else { vec![Block { text, ..Block::default() }] }
    }
}

/// A feed as found.
#[derive(Debug, Default)]
pub struct Document {
    pub title: Best<String>,
    pub lang: Option<String>,
    pub drafts: Vec<Draft>,
    pub beats: Beats,
    pub notices: Vec<String>,
}

impl Document {
    /// The feed with its entries in order; of entries with one key the first. One that is `known` by its fingerprint is not
    /// read again.
    pub fn into_feed(mut self, known: impl Fn(u128) -> Option<Entry>) -> Feed {
        shared::forget(&mut self.drafts);
        let (mut seen, mut room) = (BTreeSet::new(), limits::HTML);
        let read = |draft: Draft| draft.into_entry(self.lang.as_deref(), &mut room, &known);
        let mut entries: Vec<Entry> = self.drafts.into_iter().map(read).collect();
        let all = entries.len();
        entries.retain(|entry| seen.insert(entry.key.clone()));
        let doubles = all - entries.len();
        let title = self.title.take().map(|t| limits::title(html::title(&t))).unwrap_or_default();
        Feed { title, entries, doubles, notices: self.notices, pace: self.beats.pace() }
    }
}

impl Draft {
    /// What it says besides its title, as HTML.
    pub fn said(&self) -> Option<&str> {
        self.summary.held().or(self.content.held()).map(|fragment| fragment.html.as_str())
    }

    /// A picture it may be shown with.
    pub fn show(&mut self, picture: impl FnOnce() -> Option<Candidate>) {
        if self.pictures.len() < limits::PICTURES {
            self.pictures.extend(picture());
        }
    }

    fn into_entry(
        self,
        feed_lang: Option<&str>,
        room: &mut usize,
        known: impl Fn(u128) -> Option<Entry>,
    ) -> Entry {
        let fit = [&self.summary, &self.content].map(|own| own.held().is_some_and(|own| own.fits(room)));
        let fingerprint = fingerprint((env!("CARGO_PKG_VERSION"), feed_lang, &self, fit));
        if let Some(entry) = known(fingerprint) {
            return entry;
        }
        let guid = space::fold(&self.guid);
        let link = self.link.take().or_else(|| link::canonical(None, &guid).filter(|_| self.guid_is_link));
        let published = self.date.take();
        let has_more = self.summary.held().is_some() || self.content.held().is_some();
        let title = self.title.take().or_else(|| self.medium_title.take().filter(|_| !has_more));
        let title = title.map(|t| limits::title(html::title(&t))).unwrap_or_default();
        let mut described = self.summary.take().map(|own| own.blocks(fit[0])).unwrap_or_default();
        let mut blocks = self.content.take().map(|own| own.blocks(fit[1])).unwrap_or_default();
        let mut summary = limits::summary(body::summary(&described));
        let said = if summary.is_empty() { &html::plain(&blocks) } else { &summary };
        let of_one = link.as_deref().filter(|_| !self.link_is_shared);
        let key = key(&guid, of_one, &title, published, said);
        if blocks.is_empty() && body::is_whole(&described) {
            summary = limits::summary(body::beginning(&described));
            blocks = std::mem::take(&mut described);
        }
        Entry {
            key,
            lang: self.lang.as_deref().or(feed_lang).map(language),
            authors: without_doubles(self.authors),
            categories: without_doubles(self.categories),
            picture: picture::best(self.pictures),
            title,
            link,
            published,
            summary,
            described: limits::described(described),
            blocks,
            fingerprint: Some(fingerprint),
        }
    }
}

fn fingerprint(of: impl Hash) -> u128 {
    let mut hash = Xxh3::new();
    of.hash(&mut hash);
    hash.digest128()
}

/// The entry's identity: its guid, else its link, else a hash of what it says.
fn key(guid: &str, link: Option<&str>, title: &str, published: Option<Timestamp>, text: &str) -> String {
    match (guid.is_empty(), link) {
        (false, _) if guid.len() > limits::KEY => format!("{:032x}", xxh3_128(guid.as_bytes())),
        (false, Some(link)) if is_edition_of(guid, link) => link.to_owned(),
        (false, _) => guid.to_owned(),
        (true, Some(link)) => link.to_owned(),
        (true, None) => {
            let published = published.map(|p| p.to_string()).unwrap_or_default();
            format!("{:032x}", xxh3_128(format!("{title}\n{published}\n{text}").as_bytes()))
        }
    }
}

/// Whether the guid is the link and a number that counts revisions, as `…/article#3`: the article is the same.
fn is_edition_of(guid: &str, link: &str) -> bool {
    guid.rsplit_once('#').is_some_and(|(address, revision)| {
        address == link && revision.len() <= 3 && revision.bytes().all(|b| b.is_ascii_digit())
    })
}

/// A language tag in the case of RFC 5646, section 2.1.1.
fn language(tag: &str) -> String {
    let subtags = tag.trim().split('-').enumerate().map(|(place, subtag)| match (place, subtag.len()) {
        (1.., 2) => subtag.to_ascii_uppercase(),
        _ => subtag.to_ascii_lowercase(),
    });
    subtags.collect::<Vec<_>>().join("-")
}

fn without_doubles(mut names: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    names.retain(|name| !name.is_empty() && seen.insert(name.clone()));
    names
}

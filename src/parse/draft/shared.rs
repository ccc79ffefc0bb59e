//! The drafts of one document in, the same without guids and links that stand for several articles out: the site's own
//! address, "N/A" or "latest" identify none of them.

use std::collections::{BTreeMap, BTreeSet};

use super::Draft;
use crate::{html, text::words};

/// Forgets the guids that several articles share, and marks links that do.
pub fn forget(drafts: &mut [Draft]) {
    let guids = shared(drafts, |draft| Some(draft.guid.as_str()).filter(|guid| !guid.is_empty()));
    for draft in drafts.iter_mut().filter(|draft| guids.contains(&draft.guid)) {
        draft.guid.clear();
    }
    let links =
        shared(drafts, |draft| draft.link.held().map(String::as_str).filter(|_| draft.guid.is_empty()));
    for draft in drafts.iter_mut() {
        draft.link_is_shared = draft.link.held().is_some_and(|link| links.contains(link));
    }
}

/// The identifiers that stand for more than one article.
fn shared<'a>(drafts: &'a [Draft], identifier: impl Fn(&'a Draft) -> Option<&'a str>) -> BTreeSet<String> {
    let mut named: BTreeMap<&str, Vec<&Draft>> = BTreeMap::new();
    for draft in drafts {
        if let Some(name) = identifier(draft) {
            named.entry(name).or_default().push(draft);
        }
    }
    let stands_for_several = |drafts: &[&Draft]| {
        drafts.split_first().is_some_and(|(first, rest)| rest.iter().any(|other| !is_one(first, other)))
    };
    let shared = named.into_iter().filter(|(_, drafts)| stands_for_several(drafts));
    shared.map(|(name, _)| name.to_owned()).collect()
}

/// Whether two drafts with one identifier are one article, perhaps under an edited title (RFC 4287, section 4.1.1).
fn is_one(a: &Draft, b: &Draft) -> bool {
    let has_one_link = match (a.link.held(), b.link.held()) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    let (titles, said) = ([words_of(a.title.held()), words_of(b.title.held())], [a.said(), b.said()]);
    has_one_link
        && match titles.iter().any(BTreeSet::is_empty) {
            true => said[0] == said[1],
            false => is_alike(&titles),
        }
}

/// Whether the shorter title has at least half of its words from the other.
fn is_alike(titles: &[BTreeSet<String>; 2]) -> bool {
    let [a, b] = titles;
    2 * a.intersection(b).count() >= a.len().min(b.len())
}

fn words_of(title: Option<&String>) -> BTreeSet<String> {
    let title = title.map(|title| html::title(title)).unwrap_or_default();
    words::words(&title).map(words::plain).collect()
}

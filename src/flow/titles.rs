//! An entry in, the title it goes by out: its own, or the beginning of its text where it has none.

use std::borrow::Cow;

use crate::{config, model::Entry, prose::headline};

/// The title of an entry of this feed, whose text is not part of it.
pub fn of<'a>(entry: &'a Entry, text: &str, feed: &config::Feed) -> Cow<'a, str> {
    if !entry.title.is_empty() {
        return Cow::Borrowed(&entry.title);
    }
    let language = feed.language.as_ref().or(entry.lang.as_ref()).map_or("", String::as_str);
    Cow::Owned(headline::of(if text.is_empty() { &entry.summary } else { text }, language))
}

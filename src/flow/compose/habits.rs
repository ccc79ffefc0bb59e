//! The state in, what outlets print again and again out: learned from the entries of past weeks and their pages. Takes that out
//! of articles before anything is made of them, and marks columns.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::{super::desk::Desk, pages::Kept};
use crate::{
    model::Article,
    prose::habits::Habits,
    schedule,
    store::{self, Bygone},
};

/// The time that is learned from.
const WEEKS: SignedDuration = SignedDuration::from_hours(4 * 7 * 24);

/// What the feeds' outlets say again and again, as of `at`.
pub async fn learn(desk: &Desk<'_>, at: Timestamp) -> Result<Habits, store::Error> {
    let feeds = desk.config.feeds.iter();
    let outlets: BTreeMap<&str, &str> = feeds.map(|feed| (feed.url.as_str(), feed.outlet.as_str())).collect();
    let mut habits = Habits::default();
    let note = |entry: Bygone<Kept>| {
        let Some(outlet) = outlets.get(entry.feed.as_str()) else { return };
        let page = entry.page.into_iter().flat_map(|page| page.paragraphs).collect::<Vec<String>>();
        let texts = [&entry.summary, &entry.text].into_iter().chain(&page).map(String::as_str);
        habits.note(outlet, entry.dated.to_zoned(TimeZone::UTC).date(), &entry.title, texts);
    };
    desk.store.bygone(schedule::back(at, WEEKS), at, note).await?;
    Ok(habits)
}

/// Takes out of an article what its outlet always says, and marks it if it is one of a column.
pub fn apply(habits: &Habits, article: &mut Article) {
    article.column = habits.is_column(&article.outlet, &article.title);
    for text in [&mut article.summary, &mut article.text] {
        if let Some(clean) = habits.without_furniture(&article.outlet, text) {
            *text = clean;
        }
    }
}

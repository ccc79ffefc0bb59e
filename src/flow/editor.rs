//! A moment in, what the newsletter's editor should know at that time, of its feeds and of readers who ask to leave, out.
//! Never asks a feed.

use jiff::Timestamp;

use super::{
    desk::{Desk, Fault},
    health,
};
use crate::doctor::Health;

/// Feeds of which the editor is told in a letter.
const MOST: usize = 10;

/// What the editor should know as of `at`, if somebody is the editor: a sentence each.
///
/// # Errors
/// Those of the store.
pub async fn for_editor(desk: &Desk<'_>, at: Timestamp) -> Result<Vec<String>, Fault> {
    if desk.config.newsletter.editor.is_none() {
        return Ok(Vec::new());
    }
    let records = desk.store.feeds().await?;
    let feeds = health::feeds(desk.config);
    let all: Vec<Health> = feeds.all(&records, at).collect();
    let is_missing = |feed: &&Health| feed.failing_since.is_some_and(|since| since <= at);
    let missing = all.iter().filter(is_missing).count();
    let thin = (missing * 2 > all.len())
        .then(|| format!("{missing} of {} feeds could not be read for this edition.", all.len()));
    let notices = all.iter().filter_map(|feed| Some(format!("{} {}.", feed.outlet, feed.notice.as_ref()?)));
    let mut told: Vec<String> = thin.into_iter().chain(notices).collect();
    if let Some(more @ 1..) = told.len().checked_sub(MOST) {
        told.truncate(MOST);
        told.push(format!("{more} more: reveille feeds health."));
    }
    told.extend(wishes(desk, at).await?);
    Ok(told)
}

/// That readers ask to leave and wait for an answer as of `at`, if they do.
///
/// # Errors
/// Those of the store.
pub async fn wishes(desk: &Desk<'_>, at: Timestamp) -> Result<Option<String>, Fault> {
    let wishes = desk.store.wishes().await?;
    let asked = wishes.iter().filter(|wish| wish.is_readers && wish.since <= at).count();
    Ok(match asked {
        0 => None,
        1 => Some(
            "A reader asks to leave by a mail that proves nothing: reveille recipients wishes.".to_owned(),
        ),
        _ => Some(format!(
            "{asked} readers ask to leave by mails that prove nothing: reveille recipients wishes."
        )),
    })
}

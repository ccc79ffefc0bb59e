//! A moment in, what the newsletter's editor should know of its feeds at that time out. Never asks a feed.

use jiff::Timestamp;

use super::{
    desk::{Desk, Fault},
    health,
};

/// Feeds of which the editor is told in a letter.
const MOST: usize = 10;

/// What the editor should know of the feeds as of `at`, if somebody is the editor: a sentence each.
///
/// # Errors
/// Those of the store.
pub async fn for_editor(desk: &Desk<'_>, at: Timestamp) -> Result<Vec<String>, Fault> {
    if desk.config.newsletter.editor.is_none() {
        return Ok(Vec::new());
    }
    let records = desk.store.feeds().await?;
    let feeds = health::feeds(desk.config);
    let all = feeds.all(&records, at).filter_map(|feed| Some(format!("{} {}.", feed.outlet, feed.notice?)));
    let mut all: Vec<String> = all.collect();
    if let Some(more @ 1..) = all.len().checked_sub(MOST) {
        all.truncate(MOST);
        all.push(format!("{more} more: reveille feeds health."));
    }
    Ok(all)
}

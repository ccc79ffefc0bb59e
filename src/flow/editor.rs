//! A moment in, what the newsletter's editor should know at that time, of its feeds and of readers who ask to leave, out.
//! Never asks a feed.

use jiff::Timestamp;
use url::Url;

use super::{
    desk::{Desk, Fault},
    health,
};
use crate::{doctor::Health, render::Notice, text::link};

/// Feeds of which the editor is told in a letter.
const MOST: usize = 10;

/// What the editor should know as of `at`, if somebody is the editor: a sentence each.
///
/// # Errors
/// Those of the store.
pub async fn for_editor(desk: &Desk<'_>, at: Timestamp) -> Result<Vec<Notice>, Fault> {
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
    let is_ours = |address: &str| all.iter().any(|feed| feed.url == address);
    let notices = all.iter().filter_map(|feed| {
        let words = format!("{} {}.", feed.outlet, feed.notice.as_ref()?);
        Some(Notice { words: without_strangers(&words, is_ours), feed: Some(feed.url.clone()) })
    });
    let mut told: Vec<Notice> = thin.into_iter().map(Notice::from).chain(notices).collect();
    if let Some(more @ 1..) = told.len().checked_sub(MOST) {
        told.truncate(MOST);
        told.push(Notice::from(format!("{more} more: reveille feeds health.")));
    }
    told.extend(wishes(desk, at).await?.map(Notice::from));
    Ok(told)
}

/// Words with nothing left but scheme and host of addresses that are none of ours: a server chooses where it redirects to, and
/// could write the editor a sentence there.
fn without_strangers(words: &str, is_ours: impl Fn(&str) -> bool) -> String {
    let (mut kept, mut end, mut is_cut) = (String::with_capacity(words.len()), 0, false);
    for place in link::in_words(words) {
        let address = &words[place.clone()];
        kept.push_str(&words[end..place.start]);
        end = place.end;
        let origin = Url::parse(address).map(|url| url.origin().ascii_serialization()).unwrap_or_default();
        let is_short = is_ours(address) || address.trim_end_matches('/') == origin;
        is_cut |= !is_short;
        kept.push_str(if is_short { address } else { &origin });
    }
    kept.push_str(&words[end..]);
    if is_cut {
        kept.push_str(" Whole addresses: reveille feeds health.");
    }
    kept
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_addresses_that_others_chose_scheme_and_host_are_told() {
        let told =
            |words: &str| without_strangers(words, |address| address == "https://wire.example/rss?a=b");
        assert_eq!(
            told(
                "Wire has moved for good: write https://x.example/Your-account/is?suspended=1 in place of https://wire.example/rss?a=b."
            ),
            "Wire has moved for good: write https://x.example in place of https://wire.example/rss?a=b. Whole addresses: reveille \
             feeds health."
        );
        for same in [
            "Wire cannot be read: https://wire.example/rss?a=b: answered 500.",
            "see https://x.example/, or none",
            "",
        ] {
            assert_eq!(told(same), same);
        }
    }
}

//! A moment in, a state without what is no longer of use out: decides what is forgotten when. Never stops a
//! run.

use jiff::{SignedDuration, Timestamp};

use super::desk::Desk;
use crate::{schedule, store};

/// Entries, pages, reasons and bounces are kept for this long after they were last of use.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Forgets what is no longer of use as of `at`. A state that cannot be pruned is merely larger than it need
/// be.
pub async fn prune(desk: &Desk<'_>, at: Timestamp) {
    if let Err(error) = forget(desk, at).await {
        tracing::warn!("what is old in the state is kept for now: {error}");
    }
}

async fn forget(desk: &Desk<'_>, at: Timestamp) -> Result<(), store::Error> {
    let (store, settings) = (&*desk.store, &desk.config.store);
    let ago = |age| schedule::back(at, SignedDuration::try_from(age).unwrap_or(SignedDuration::MAX));
    let feeds: Vec<String> = desk.config.feeds.iter().map(|feed| feed.url.as_str().to_owned()).collect();
    store.prune(schedule::back(at, KEPT)).await?;
    store.forget_feeds(&feeds, schedule::back(at, KEPT)).await?;
    // Nobody asks who was sent an edition that is gone.
    store.forget_deliveries(ago(settings.keep_deliveries.min(settings.keep_editions))).await?;
    store.forget_editions(ago(settings.keep_editions)).await?;
    store.give_back_space().await
}

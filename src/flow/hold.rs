//! A pull in, whether so much is missing that its edition waits for a later run out. Never makes an edition.

use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{
    desk::{Desk, Fault},
    pull::Pulled,
};
use crate::{
    schedule::{
        self,
        hold::{end, expects_another},
        thin::{Coverage, Source, coverage},
    },
    store,
};

/// What a feed brought in this time is what it usually brings.
const USUAL: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The status of a run that made no edition for want of feeds.
const NO_FEED: u8 = 4;

/// How much of what the feeds usually bring could be read.
pub async fn covered(desk: &Desk<'_>, pulled: &Pulled) -> Result<Coverage, store::Error> {
    if pulled.failed.is_empty() && pulled.waiting.is_empty() {
        return Ok(Coverage::default());
    }
    let now = desk.clock.as_of();
    let usual = desk.store.count_by_feed(schedule::back(now, USUAL)).await?;
    let feed = |feed: &crate::config::Feed| {
        let url = feed.url.as_str();
        let amiss = pulled.failed.iter().chain(&pulled.waiting).find(|amiss| amiss.url == url);
        Source {
            brings: usual.get(url).copied().unwrap_or_default(),
            fails: amiss.is_some(),
            failing_since: amiss.and_then(|amiss| amiss.failing_since),
            read_at: amiss.map_or(Some(now), |amiss| amiss.succeeded_at),
        }
    };
    let feeds: Vec<Source> = desk.config.feeds.iter().map(feed).collect();
    Ok(coverage(&feeds, now))
}

/// Until when the edition of `date` waits, composed at `at` or later; `None` when it does not, or no longer: that is also when
/// no later run is to be expected.
pub async fn held_until(desk: &Desk<'_>, date: Date, at: Timestamp) -> Result<Option<Timestamp>, Fault> {
    let (settings, runs) = (&desk.config.newsletter, desk.store.runs().await?);
    let zone = &settings.timezone;
    let fruitless = runs.iter().filter(|run| {
        run.status == Some(NO_FEED) && schedule::edition_date(run.started, zone) == date && run.started <= at
    });
    let first = fruitless.map(|run| run.started).min().unwrap_or(at);
    let until = end(settings.wait_for, first, date, zone);
    let began: Vec<Timestamp> = runs.iter().map(|run| run.started).collect();
    Ok((at < until && expects_another(at, until, &began, zone)).then_some(until))
}

//! What `--json` promises of a run, a preview and a check: these keys, whatever else becomes of what they tell of.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    flow::{FailedFeed, FeedNotice, MessageCounts, PageCounts, Report},
    store::Tally,
};

/// The object, but for how the command ended.
#[derive(Serialize)]
pub struct Promise<'a> {
    edition: Option<Date>,
    number: u64,
    sealed: bool,
    resumed: bool,
    feeds: Feeds<'a>,
    entries: usize,
    articles: usize,
    stories: usize,
    pages: PageCounts,
    briefs: usize,
    refused_briefs: usize,
    deliveries: BTreeMap<Date, Tally>,
    messages: MessageCounts,
    seconds: Seconds,
}

#[derive(Serialize)]
struct Feeds<'a> {
    read: usize,
    unchanged: usize,
    not_due: usize,
    failed: usize,
    errors: &'a [FailedFeed],
    waiting: &'a [FailedFeed],
    notices: &'a [FeedNotice],
}

#[derive(Serialize)]
struct Seconds {
    pull: f64,
    cluster: f64,
    pages: f64,
    brief: f64,
    deliver: f64,
    total: f64,
}

impl Promise<'_> {
    pub fn of(report: &Report) -> Promise<'_> {
        let Report { edition, number, sealed, resumed, pulled, composed, mailed, seconds } = report;
        Promise {
            edition: *edition,
            number: *number,
            sealed: *sealed,
            resumed: *resumed,
            feeds: Feeds {
                read: pulled.read,
                unchanged: pulled.unchanged,
                not_due: pulled.not_due,
                failed: pulled.failed.len(),
                errors: &pulled.failed,
                waiting: &pulled.waiting,
                notices: &pulled.notices,
            },
            entries: pulled.entries,
            articles: composed.articles,
            stories: composed.stories,
            pages: composed.pages,
            briefs: composed.briefs,
            refused_briefs: composed.refused_briefs,
            deliveries: mailed.iter().map(|(date, mailed)| (*date, mailed.tally)).collect(),
            messages: report.messages(),
            seconds: Seconds {
                pull: pulled.seconds,
                cluster: composed.seconds.cluster,
                pages: composed.seconds.pages,
                brief: composed.seconds.brief,
                deliver: mailed.values().map(|mailed| mailed.seconds).sum(),
                total: *seconds,
            },
        }
    }
}

//! Figures in, a page of Prometheus' text format (version 0.0.4) out. Gauges only: every value is of the last run.

use std::{collections::BTreeMap, fmt::Write};

use jiff::Timestamp;

use super::super::Status;
use crate::{
    flow::{Figures, Report},
    store::Tally,
};

/// When a run last ended well.
pub const SUCCESS: &str = "reveille_run_last_success_timestamp_seconds";
/// When the newest edition was composed.
pub const EDITION: &str = "reveille_edition_last_timestamp_seconds";

/// What the page tells.
#[derive(Debug)]
pub struct Last<'a> {
    pub status: Status,
    pub ended: Timestamp,
    /// Unix seconds; none before the first.
    pub success: Option<i64>,
    pub edition: Option<i64>,
    /// The run.
    pub report: &'a Report,
    /// The last one that pulled feeds, which may be the same.
    pub pulled: &'a Figures,
    /// Failures in a row of each outlet's worst feed.
    pub outlets: &'a BTreeMap<String, i64>,
}

/// The page.
pub fn page(last: &Last<'_>) -> String {
    let mut page = Page::default();
    let version = env!("CARGO_PKG_VERSION");
    page.labelled("reveille_build_info", "The version that ran.", "version", [(version, 1.0)]);
    run(&mut page, last);
    feeds(&mut page, last);
    edition(&mut page, last);
    page.text
}

fn run(page: &mut Page, last: &Last<'_>) {
    let (report, status) = (last.report, last.status as u8);
    page.single("reveille_run_exit_status", "Exit status of the last run.", f64::from(status));
    let ended = last.ended.as_second();
    page.moment("reveille_run_last_timestamp_seconds", "When the last run ended.", Some(ended));
    page.moment(SUCCESS, "When a run last ended with status 0.", last.success);
    page.single("reveille_run_duration_seconds", "How long the last run took.", report.seconds);
    let mailed = report.mailed.values().map(|mailed| mailed.seconds).sum();
    let stages = last.pulled.seconds.iter().map(|(stage, seconds)| (stage.as_str(), *seconds));
    page.labelled(
        "reveille_stage_duration_seconds",
        "How long each stage took when it was last gone through.",
        "stage",
        stages.chain([("deliver", mailed)]),
    );
}

fn feeds(page: &mut Page, last: &Last<'_>) {
    let feeds = last.pulled;
    page.labelled(
        "reveille_feeds",
        "Feeds by how they answered when they were last pulled.",
        "state",
        [
            ("read", count(feeds.read)),
            ("unchanged", count(feeds.unchanged)),
            ("not_due", count(feeds.not_due)),
            ("failed", count(feeds.failed)),
        ],
    );
    page.labelled(
        "reveille_outlet_failures",
        "Failures in a row of the outlet's worst feed.",
        "outlet",
        last.outlets.iter().map(|(outlet, failures)| (outlet.as_str(), *failures as f64)),
    );
    let pages = last.pulled.pages;
    page.labelled(
        "reveille_pages",
        "Article pages by how they were had when an edition was last composed.",
        "state",
        [
            ("fetched", count(pages.fetched)),
            ("cached", count(pages.cached)),
            ("failed", count(pages.failed)),
            ("disallowed", count(pages.disallowed)),
        ],
    );
}

fn edition(page: &mut Page, last: &Last<'_>) {
    let made = last.pulled;
    page.moment(EDITION, "When the newest edition was composed.", last.edition);
    page.single("reveille_entries", "Entries in the feeds that were last read.", count(made.entries));
    page.single("reveille_articles", "Articles the last composing began with.", count(made.articles));
    page.single("reveille_stories", "Stories they tell.", count(made.stories));
    page.single("reveille_briefs", "Stories printed.", count(made.briefs));
    let refused = "Stories not printed because a word of them was not in its source.";
    page.single("reveille_refused_briefs", refused, count(made.refused_briefs));
    let total = |outcome: fn(&Tally) -> u64| {
        last.report.mailed.values().map(|mailed| outcome(&mailed.tally)).sum::<u64>() as f64
    };
    page.labelled(
        "reveille_deliveries",
        "Deliveries of the editions the last run mailed, by how they stand.",
        "outcome",
        [
            ("pending", total(|tally| tally.pending)),
            ("sent", total(|tally| tally.sent)),
            ("deferred", total(|tally| tally.deferred)),
            ("refused", total(|tally| tally.refused)),
            ("withdrawn", total(|tally| tally.withdrawn)),
            ("written", total(|tally| tally.written)),
            ("filed", total(|tally| tally.filed)),
        ],
    );
    let messages = last.report.messages();
    page.single(
        "reveille_messages_sent",
        "Messages the mail server took of the last run.",
        messages.sent as f64,
    );
    page.single("reveille_messages_retried", "Attempts with readers tried before.", messages.retries as f64);
    page.single("reveille_messages_bytes", "Bytes of the messages taken.", messages.bytes as f64);
}

fn count(number: usize) -> f64 {
    number as f64
}

/// The value of the metric `name`, which has no labels, on a page.
pub fn value(page: &str, name: &str) -> Option<i64> {
    page.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.trim().parse().ok())
}

/// A page under way.
#[derive(Debug, Default)]
struct Page {
    text: String,
}

impl Page {
    /// The lines that stand before a metric's values.
    fn head(&mut self, name: &str, help: &str) {
        // Writing to a text cannot fail.
        let _ = writeln!(self.text, "# HELP {name} {help}\n# TYPE {name} gauge");
    }

    fn single(&mut self, name: &str, help: &str, value: f64) {
        self.head(name, help);
        let _ = writeln!(self.text, "{name} {value}");
    }

    /// A moment that may not have come yet: then there is no such metric.
    fn moment(&mut self, name: &str, help: &str, at: Option<i64>) {
        if let Some(at) = at {
            self.head(name, help);
            let _ = writeln!(self.text, "{name} {at}");
        }
    }

    fn labelled<'a>(
        &mut self,
        name: &str,
        help: &str,
        label: &str,
        values: impl IntoIterator<Item = (&'a str, f64)>,
    ) {
        self.head(name, help);
        for (of, value) in values {
            let _ = writeln!(self.text, "{name}{{{label}=\"{}\"}} {value}", escaped(of));
        }
    }
}

/// A label's value as the format wants it.
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_what_prometheus_reads() {
        let report = Report::default();
        let pulled = Figures { stories: 7, ..Figures::default() };
        let outlets = [("The \"Quay\" \\ Post\n".to_owned(), 3)].into();
        let mut last = Last {
            status: Status::NoFeed,
            ended: Timestamp::from_second(1_763_791_200).expect("a moment"),
            success: Some(1_763_704_800),
            edition: None,
            report: &report,
            pulled: &pulled,
            outlets: &outlets,
        };
        let text = page(&last);
        for line in [
            "# TYPE reveille_run_last_success_timestamp_seconds gauge",
            "reveille_run_last_success_timestamp_seconds 1763704800",
            "reveille_run_exit_status 4",
            r#"reveille_outlet_failures{outlet="The \"Quay\" \\ Post\n"} 3"#,
            "reveille_feeds{state=\"read\"} 0",
            "reveille_stories 7",
            concat!("reveille_build_info{version=\"", env!("CARGO_PKG_VERSION"), "\"} 1"),
        ] {
            assert!(text.lines().any(|other| other == line), "{line} in {text}");
        }
        assert!(!text.contains(EDITION) && text.ends_with('\n'));
        assert_eq!((value(&text, SUCCESS), value(&text, EDITION)), (Some(1_763_704_800), None));
        last.success = None;
        assert_eq!(value(&page(&last), SUCCESS), None);
    }
}

//! The report of a command in, problems on standard error and the account on standard output out. Never
//! changes the outcome.

use std::path::Path;

use anyhow::Context;
use serde::Serialize;

use super::{Failure, Status, complain, hand_over};
use crate::{
    config::{BadRow, Config},
    doctor::about,
    flow::{Mailed, Pulled, Report},
};

/// So many examples of what went wrong are shown.
const EXAMPLES: usize = 3;

/// Prints `value` as one JSON object when it is wanted.
pub fn json<T: Serialize>(wanted: bool, value: &T) -> Result<(), Failure> {
    if wanted {
        let object = serde_json::to_string(value).context("cannot write the report as JSON")?;
        hand_over(&format!("{object}\n"))?;
    }
    Ok(())
}

/// Prints, when it is wanted, how a command ended and what it did, as one JSON object: `exit`, `error` (null
/// when all is well) and the keys of `account`. Nothing else is ever on standard output, whatever went wrong.
pub fn account<T: Serialize>(
    wanted: bool,
    ended: &Result<Status, Failure>,
    account: &T,
) -> Result<(), Failure> {
    let (status, error) = ending(ended);
    json(wanted, &Account { exit: status as u8, error, account })
}

/// The status a command ends with, and what was wrong if something was.
pub fn ending(ended: &Result<Status, Failure>) -> (Status, Option<String>) {
    match ended {
        Ok(status) => (*status, status.trouble().map(str::to_owned)),
        Err(failure) => (failure.status, Some(failure.told())),
    }
}

/// What `--json` prints.
#[derive(Serialize)]
struct Account<'a, T> {
    exit: u8,
    error: Option<String>,
    #[serde(flatten)]
    account: &'a T,
}

/// Warns of files with secrets in them that everybody on this machine can read.
pub fn exposed(config: &Config) {
    for file in config.exposed() {
        tracing::warn!("{file}");
    }
}

/// Warns of rows of the readers' file that are not used as they stand: the first few.
pub fn bad_rows(config: &Config) {
    let Some(file) = &config.readers_file else { return };
    for row in file.bad_rows.iter().take(EXAMPLES) {
        tracing::warn!("{}", bad_row(&file.path, row));
    }
    if let Some(more @ 1..) = file.bad_rows.len().checked_sub(EXAMPLES) {
        let path = file.path.display();
        tracing::warn!(
            "{path}: {} not right; `reveille check --offline` names all",
            count(more, "more line is", "more lines are")
        );
    }
}

/// What is wrong with a row, and what stands there.
pub fn bad_row(path: &Path, row: &BadRow) -> String {
    let BadRow { line, text, why, is_skipped } = row;
    let what = if *is_skipped { " is left out" } else { "" };
    format!("{}: line {line}{what} (\"{text}\"): {why}", path.display())
}

/// Feeds that are named before the rest is only counted.
const FEEDS: usize = 10;

/// Says what the editor should know of the feeds. A first failure is not among it.
pub fn notices(feeds: &Pulled) {
    for notice in feeds.notices.iter().take(FEEDS) {
        tracing::warn!("{} {}", notice.outlet, notice.text);
    }
    more_feeds(feeds.notices.len());
}

/// How many feeds could not be read, if most of what they bring is missing or all of them failed.
pub fn missing(report: &Report) -> Option<String> {
    let feeds = &report.pulled;
    let failed = feeds.failed.len() + feeds.waiting.len();
    let all = feeds.read + feeds.unchanged + feeds.not_due + feeds.failed.len();
    let is_worth_a_word = report.coverage.is_thin() || (feeds.is_nothing() && failed > 0);
    is_worth_a_word.then(|| format!("{failed} of {all} feeds could not be read"))
}

/// Names some of the feeds that could not be read, each with its reason.
pub fn some_missing(feeds: &Pulled) {
    let failed: Vec<_> = feeds.failed.iter().chain(&feeds.waiting).collect();
    for feed in failed.iter().take(EXAMPLES) {
        tracing::warn!("{} cannot be read: {}", feed.outlet, about(&feed.url, &feed.reason));
    }
    if failed.len() > EXAMPLES {
        tracing::warn!("{} more cannot be read: `reveille feeds health` names them", failed.len() - EXAMPLES);
    }
}

/// Names the feeds when not one could be read, each with outlet, address and reason.
pub fn no_feed(feeds: &Pulled) {
    for feed in feeds.failed.iter().chain(&feeds.waiting).take(FEEDS) {
        let times =
            if feed.failures > 1 { format!(" ({} times in a row)", feed.failures) } else { String::new() };
        // Most reasons name the address themselves.
        let address = if feed.reason.contains(&feed.url) { String::new() } else { format!("{}: ", feed.url) };
        tracing::warn!("{} cannot be read{times}: {address}{}", feed.outlet, feed.reason);
    }
    more_feeds(feeds.failed.len() + feeds.waiting.len());
    if !feeds.waiting.is_empty() {
        tracing::warn!(
            "{} not asked again yet; --now asks at once",
            count(feeds.waiting.len(), "feed is", "feeds are")
        );
    }
}

fn more_feeds(all: usize) {
    if let Some(more @ 1..) = all.checked_sub(FEEDS) {
        tracing::warn!("{} like these: reveille feeds health", count(more, "more feed is", "more feeds are"));
    }
}

/// What was mailed before the run was asked to stop.
pub fn stopped(report: &Report) {
    for (date, Mailed { tally, .. }) in &report.mailed {
        let (sent, without) = (readers(tally.sent), tally.without());
        complain(&format!(
            "stopped as asked: {sent} have the edition of {date}, {without} get it from the next run"
        ));
    }
}

/// The account of a run, in a few lines.
pub fn run(config: &Config, report: &Report) -> String {
    let mut lines = composed(report);
    for (date, Mailed { tally, .. }) in &report.mailed {
        if tally.written + tally.filed > 0 {
            let next = if tally.written > 0 { "; the next run mails it" } else { "" };
            let (readers, without) = (readers(tally.written + tally.filed), tally.without());
            lines +=
                &format!("Edition of {date}: written to files for {readers}{next}, {without} are without.\n");
            continue;
        }
        lines += &format!(
            "Edition of {date}: {} have it, {} are without.\n",
            readers(tally.sent),
            tally.without()
        );
    }
    if report.mailed.is_empty() {
        lines += &format!("{}: no edition today.\n", no_edition(config, report));
    }
    lines
}

/// Why there is no edition: nothing new, or too little, and since when.
pub fn no_edition(config: &Config, report: &Report) -> String {
    let (newsletter, composed) = (&config.newsletter, &report.composed);
    let since = composed.since.map_or_else(String::new, |since| {
        format!(" since {}", since.to_zoned(newsletter.timezone.clone()).strftime("%Y-%m-%d %H:%M"))
    });
    match composed.stories {
        0 => format!("Nothing new{since}"),
        few => {
            let stories = count(few, "story", "stories");
            format!(
                "{stories}{since}, of which fewer than {} can be printed (min_stories)",
                newsletter.min_stories
            )
        }
    }
}

/// What a pull brought.
pub fn pulled(feeds: &Pulled) -> String {
    format!(
        "{} feeds read, {} unchanged, {} not due, {} failed; {} entries.\n",
        feeds.read,
        feeds.unchanged,
        feeds.not_due,
        feeds.failed.len(),
        feeds.entries
    )
}

/// What was read and made; nothing if there was no pull.
pub fn composed(report: &Report) -> String {
    let (feeds, composed) = (&report.pulled, &report.composed);
    if !feeds.is_any() {
        return String::new();
    }
    let hint = match feeds.not_due {
        0 => "",
        _ => {
            "Feeds that are not due were asked not long ago: what is kept of them served. --now asks them, too.\n"
        }
    };
    format!(
        "{} feeds read, {} unchanged, {} not due, {} failed; {} entries, {} new articles, {} stories, {} printed.\n{hint}",
        feeds.read,
        feeds.unchanged,
        feeds.not_due,
        feeds.failed.len(),
        feeds.entries,
        composed.articles,
        composed.stories,
        composed.briefs
    )
}

fn readers(number: u64) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX), "reader", "readers")
}

/// A number of things in words.
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

//! The newest editions in, a table of them out, with the days in between that had none. Never names a reader.

use std::cmp::Reverse;

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::{super::table::aligned, Failure, Options, json, minute, stretch};
use crate::{
    config::Config,
    flow::{Completion, PastEdition},
    store::{Quiet, Store},
};

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct History {
    editions: Vec<PastEdition>,
    /// Days that had no edition, as far back as they are remembered.
    quiet: Vec<Quiet>,
}

/// The list, as asked for.
pub async fn told(
    config: &Config,
    store: &Store,
    options: &Options,
    now: Timestamp,
) -> Result<String, Failure> {
    let editions = store.history(options.last).await?;
    let mut editions: Vec<PastEdition> = editions.iter().map(|past| PastEdition::new(past, now)).collect();
    let mut quiet = store.quiet_days(options.last).await?;
    let mut days: Vec<_> = editions.iter().map(|i| i.date).chain(quiet.iter().map(|q| q.date)).collect();
    days.sort_by_key(|date| Reverse(*date));
    if let Some(&oldest) = days.get(..options.last).and_then(<[_]>::last) {
        editions.retain(|issue| issue.date >= oldest);
        quiet.retain(|day| day.date >= oldest);
    }
    let history = History { editions, quiet };
    if options.json { json(&history) } else { Ok(text(&history, &config.newsletter.timezone)) }
}

fn text(history: &History, zone: &TimeZone) -> String {
    if history.editions.is_empty() && history.quiet.is_empty() {
        return "No edition so far.\n".to_owned();
    }
    let issues = history.editions.iter().map(|issue| (issue.date, row(issue, zone)));
    let quiet = history.quiet.iter().map(|day| (day.date, quiet_row(day, zone)));
    let mut rows: Vec<_> = issues.chain(quiet).collect();
    rows.sort_by_key(|(date, _)| Reverse(*date));
    let rows: Vec<_> = rows.into_iter().map(|(_, row)| row).collect();
    let titles =
        ["EDITION", "NO.", "SEALED", "STORIES", "READERS", "SENT", "REFUSED", "OPEN", "LEFT", "TOOK"];
    aligned(titles, &rows)
}

fn row(issue: &PastEdition, zone: &TimeZone) -> [String; 10] {
    let took = match (issue.state, issue.seconds) {
        (Completion::Open, _) => "goes on".to_owned(),
        (Completion::GivenUp, _) => "given up".to_owned(),
        (Completion::Done, _) if issue.filed > 0 => "filed".to_owned(),
        (Completion::Done, Some(seconds)) => stretch(seconds),
        (Completion::Done, None) => String::new(),
    };
    let sealed = minute(issue.sealed_at, zone);
    let number = |number: u64| number.to_string();
    let PastEdition { date, number: no, stories, readers, sent, refused, open, withdrawn, .. } = issue;
    [
        date.to_string(),
        number(*no),
        sealed,
        stories.to_string(),
        number(*readers),
        number(*sent),
        number(*refused),
        number(*open),
        number(*withdrawn),
        took,
    ]
}

/// A day without an edition: only its stories, too few, are counted.
fn quiet_row(day: &Quiet, zone: &TimeZone) -> [String; 10] {
    let mut row: [String; 10] = Default::default();
    row[0] = day.date.to_string();
    row[2] = minute(day.composed_at, zone);
    row[3] = day.stories.to_string();
    row[9] = "quiet".to_owned();
    row
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{super::super::table::WIDTH, *};

    #[test]
    fn the_table_fits_eighty_columns() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a moment");
        let issue = |day: i8| PastEdition {
            date: date(2026, 11, day),
            number: 100,
            composed_at: at("2026-11-22T11:00:00Z"),
            sealed_at: at("2026-11-22T11:00:30Z"),
            stories: 20,
            readers: 100_000,
            sent: 99_000,
            refused: 900,
            open: 0,
            written: 0,
            filed: 0,
            withdrawn: 100,
            copies: 0,
            seconds: Some(95),
            state: Completion::Done,
            readers_known: true,
        };
        let open = PastEdition { open: 100, refused: 800, state: Completion::Open, ..issue(22) };
        let given_up =
            PastEdition { open: 1, sent: 0, seconds: None, state: Completion::GivenUp, ..issue(19) };
        let late = PastEdition { seconds: Some(100_000), ..issue(18) };
        let quiet =
            vec![Quiet { date: date(2026, 11, 20), composed_at: at("2026-11-20T11:00:00Z"), stories: 2 }];
        let history = History { editions: vec![open, issue(21), given_up, late], quiet };
        let table = text(&history, &TimeZone::get("America/New_York").expect("a zone"));
        assert!(table.lines().all(|line| line.chars().count() <= WIDTH), "{table}");
        insta::assert_snapshot!(table, @r"
        EDITION     NO.  SEALED  STORIES  READERS  SENT   REFUSED  OPEN  LEFT  TOOK
        2026-11-22  100  06:00   20       100000   99000  800      100   100   goes on
        2026-11-21  100  06:00   20       100000   99000  900      0     100   95 s
        2026-11-20       06:00   2                                             quiet
        2026-11-19  100  06:00   20       100000   0      900      1     100   given up
        2026-11-18  100  06:00   20       100000   99000  900      0     100   27 h
        ");
    }
}

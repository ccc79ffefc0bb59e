//! `reveille feeds health`: what the store knows in, how every feed is doing out. Never asks a feed.

use std::path::Path;

use anyhow::anyhow;
use jiff::{Timestamp, tz::TimeZone};

use super::super::{
    Failure, Status, say, setup, summary,
    table::{noted, short},
};
use crate::{
    clock::Clock,
    config::Config,
    doctor::{FeedState, Health},
    flow,
};

/// The widest an outlet's name is shown.
const OUTLET: usize = 24;

/// Says how the feeds are doing.
pub async fn run(config: Option<&Path>, at: Option<&str>, json: bool) -> Result<Status, Failure> {
    let config = setup::newsletter(config)?;
    if !config.store.file.exists() {
        let what = "nothing is known of the feeds yet: type reveille preview, or reveille run";
        return Err(Failure::usage(anyhow!("{}: {what}", config.store.file.display())));
    }
    let now = match at {
        Some(_) => setup::clock(at, &config.newsletter.timezone)?.as_of(),
        None => Clock::system().as_of(),
    };
    let store = setup::store_beside(&config).await?;
    let records = store.feeds().await;
    store.close().await;
    let feeds: Vec<Health> = flow::feeds(&config).all(&records?, now).collect();
    summary::json(json, &feeds)?;
    if json { Ok(Status::Done) } else { say(&text(&config, &feeds)) }
}

/// The table, each feed's notes below its row.
fn text(config: &Config, feeds: &[Health]) -> String {
    let zone = &config.newsletter.timezone;
    let row = |feed: &Health| {
        let due = match feed.state {
            FeedState::Gone => "never".to_owned(),
            _ => feed.due.map_or_else(|| "now".to_owned(), |due| minute(due, zone)),
        };
        let read = feed.succeeded_at.map_or_else(|| "never".to_owned(), |at| minute(at, zone));
        let outlet = short(&feed.outlet, OUTLET);
        ([outlet, word(feed.state).to_owned(), read, feed.failures.to_string(), due], notes(feed))
    };
    noted(["OUTLET", "STATE", "LAST READ", "FAILURES", "DUE"], feeds.iter().map(row).collect())
}

/// What is to be said of a feed beside its row: how it is, and what of it is left out.
fn notes(feed: &Health) -> Vec<String> {
    note(feed).into_iter().chain(feed.left_out.iter().cloned()).collect()
}

fn note(feed: &Health) -> Option<String> {
    let reason = |reason: &String| format!("{}: {reason}", feed.url);
    match (&feed.notice, feed.state) {
        (Some(notice), _) => Some(notice.clone()),
        (None, FeedState::Ok | FeedState::New) => None,
        (None, _) => feed
            .reason
            .as_ref()
            .map(|said| if said.contains(&feed.url) { said.clone() } else { reason(said) }),
    }
}

fn word(state: FeedState) -> &'static str {
    match state {
        FeedState::New => "new",
        FeedState::Ok => "ok",
        FeedState::Moved => "moved",
        FeedState::Failing => "failing",
        FeedState::Held => "held",
        FeedState::Gone => "gone",
    }
}

fn minute(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::{super::super::table::WIDTH, *};

    fn health(outlet: &str, state: FeedState) -> Health {
        Health {
            outlet: outlet.to_owned(),
            url: format!("https://{}.example/rss", outlet.to_lowercase().replace(' ', "-")),
            state,
            succeeded_at: None,
            failures: 0,
            failing_since: None,
            reason: None,
            due: None,
            held_until: None,
            moved_to: None,
            notice: None,
            left_out: Vec::new(),
        }
    }

    #[test]
    fn the_table_fits_eighty_columns_and_notes_stand_below_their_rows() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("feeds.toml");
        std::fs::write(&path, "[newsletter]\ntimezone = \"America/New_York\"\n").expect("written");
        let config = Config::load(&path).expect("a configuration");
        let at = |text: &str| Some(text.parse::<Timestamp>().expect("a moment"));
        let (read, due) = (at("2026-11-22T11:00:00Z"), at("2026-11-22T23:30:00Z"));
        let failing = "cannot be read: 14 failures in a row since 2026-11-08, last read 2026-11-07: \
                       https://mast.example/a/very/long/address/that/nobody/would/type/feed.xml answered 500";
        let feeds = [
            Health {
                succeeded_at: read,
                due,
                left_out: vec!["2 entries left out.".to_owned(), "1 entry without a date.".to_owned()],
                ..health("Harbour Post", FeedState::Ok)
            },
            Health {
                succeeded_at: read,
                failures: 14,
                due,
                notice: Some(failing.to_owned()),
                ..health("The Incorporated Mast and Rigging Gazette", FeedState::Failing)
            },
            Health { reason: Some("429".to_owned()), failures: 1, due, ..health("Quay", FeedState::Held) },
            health("Hill", FeedState::New),
            Health { notice: Some("is gone for good".to_owned()), ..health("Dale", FeedState::Gone) },
        ];
        let table = text(&config, &feeds);
        assert!(table.lines().all(|line| line.chars().count() <= WIDTH), "{table}");
        insta::assert_snapshot!(table, @r"
        OUTLET                    STATE    LAST READ         FAILURES  DUE
        Harbour Post              ok       2026-11-22 06:00  0         2026-11-22 18:30
            2 entries left out.
            1 entry without a date.
        The Incorporated Mast a…  failing  2026-11-22 06:00  14        2026-11-22 18:30
            cannot be read: 14 failures in a row since 2026-11-08, last read 2026-11-07:
            https://mast.example/a/very/long/address/that/nobody/would/type/feed.xml
            answered 500
        Quay                      held     never             1         2026-11-22 18:30
            https://quay.example/rss: 429
        Hill                      new      never             0         now
        Dale                      gone     never             0         never
            is gone for good
        ");
    }
}

//! `reveille history`: the state in, past editions and how their deliveries ended out. Reads the state even
//! during a run; never makes or changes one.

mod issue;
mod list;

use std::path::Path;

use anyhow::anyhow;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{
    Failure, Status,
    day::{Day, no_edition},
    hand_over, say, setup,
};
use crate::{clock::Clock, config::Config, schedule, store::Store};

/// What `history` can be told.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Shows the edition of this day, its stories, and who did not get it: a date as 2026-11-22, or today, yesterday,
    /// latest
    #[arg(value_name = "DAY")]
    day: Option<Day>,
    /// How many days
    #[arg(long, value_name = "N", default_value_t = 30, conflicts_with = "day")]
    last: usize,
    /// Names every reader of the edition, also those who were sent it, with the full address
    #[arg(long, requires = "day")]
    readers: bool,
    /// Shows it as of this moment (RFC 3339, or a local time of the newsletter)
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Prints one JSON object
    #[arg(long)]
    json: bool,
}

/// Says what was.
pub async fn run(config: Option<&Path>, options: Options) -> Result<Status, Failure> {
    let config = setup::config(config)?;
    let now = match &options.at {
        Some(at) => setup::clock(Some(at), &config.newsletter.timezone)?.as_of(),
        None => Clock::system().as_of(),
    };
    let store = beside(&config).await?;
    let told = match options.day {
        Some(day) => {
            match edition(&store, day, schedule::edition_date(now, &config.newsletter.timezone)).await {
                Ok(date) => issue::told(&config, &store, date, &options, now).await,
                Err(failure) => Err(failure),
            }
        }
        None => list::told(&config, &store, &options, now).await,
    };
    store.close().await;
    if options.json { hand_over(&told?) } else { say(&told?) }
}

/// The date of the edition that is meant.
async fn edition(store: &Store, day: Day, today: Date) -> Result<Date, Failure> {
    match day.date(today) {
        Some(date) => Ok(date),
        None => {
            let newest = store.history(1).await?.first().map(|past| past.date);
            newest.ok_or_else(|| Failure::usage(no_edition(None)))
        }
    }
}

/// The store of a newsletter that has one.
async fn beside(config: &Config) -> Result<Store, Failure> {
    let file = &config.store.file;
    if !file.exists() {
        let what = "there is no history yet: `reveille run` makes and mails the first edition";
        return Err(Failure::usage(anyhow!("{}: {what}", file.display())));
    }
    setup::store_beside(config).await
}

/// A value as a line of JSON.
fn json<T: serde::Serialize>(value: &T) -> Result<String, Failure> {
    Ok(format!("{}\n", serde_json::to_string(value)?))
}

fn minute(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%H:%M").to_string()
}

/// A span of time in words.
fn stretch(seconds: i64) -> String {
    match seconds {
        ..120 => format!("{seconds} s"),
        120..7200 => format!("{} min", seconds / 60),
        _ => format!("{} h", seconds / 3600),
    }
}

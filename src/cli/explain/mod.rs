//! `reveille explain`: a sealed edition's reasons in, plain words out. Reads only the state, and never
//! changes it.

mod evidence;
mod find;
mod list;
mod members;
mod ranking;
mod story;
#[cfg(test)]
mod tests;

use std::path::Path;

use anyhow::anyhow;

use super::{Failure, Status, day::Day, say, setup, summary};
use crate::{
    clock::Clock,
    config::Config,
    model::{Edition, Reasons},
    schedule,
};

/// What `explain` can be told.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The story: its number in print (1 is the top story), words of its headline, or a link. Without it, all
    /// stories are listed, then what was left out and why
    #[arg(value_name = "STORY")]
    story: Vec<String>,
    /// The edition of this day: a date as 2026-11-22, or today, yesterday, latest
    #[arg(long, value_name = "DAY", default_value = "latest")]
    edition: Day,
    /// Prints one JSON object: all reasons as kept, or with STORY those of the story
    #[arg(long)]
    json: bool,
}

/// A day's reasons, with its edition if there was one.
struct Account {
    reasons: Reasons,
    edition: Option<Edition>,
}

/// Says why.
pub async fn run(config: Option<&Path>, options: Options) -> Result<Status, Failure> {
    let config = setup::config(config)?;
    let account = load(&config, options.edition).await?;
    let wanted = options.story.join(" ");
    if wanted.trim().is_empty() {
        summary::json(options.json, &account.reasons)?;
        return if options.json { Ok(Status::Done) } else { say(&list::text(&account)) };
    }
    let found = find::story(&wanted, &account).map_err(Failure::usage)?;
    summary::json(options.json, &story::Explained::new(&found, &account))?;
    if options.json { Ok(Status::Done) } else { say(&story::text(&found, &account)) }
}

/// The account of a day's edition.
async fn load(config: &Config, day: Day) -> Result<Account, Failure> {
    let date = day.date(schedule::edition_date(Clock::system().as_of(), &config.newsletter.timezone));
    if !config.store.file.exists() {
        return Err(Failure::usage(none_yet(config)));
    }
    let store = setup::store_beside(config).await?;
    let reasons = store.reasons(date).await;
    let edition = match (&reasons, date) {
        (Ok(Some(reasons)), _) => store.edition(reasons.date).await,
        (_, Some(date)) => store.edition(date).await,
        _ => Ok(None),
    };
    store.close().await;
    match (reasons?, edition?, date) {
        (Some(reasons), edition, _) => Ok(Account { reasons, edition }),
        (None, Some(edition), _) => Err(Failure::usage(anyhow!(
            "the reasons of the edition of {} are not kept: they are forgotten after 30 days, and editions of older \
             versions have none",
            edition.date
        ))),
        (None, None, Some(date)) => Err(Failure::usage(anyhow!(
            "there is no edition of {date}, nor a run that could have made one: `reveille explain` alone shows the newest"
        ))),
        (None, None, None) => Err(Failure::usage(none_yet(config))),
    }
}

fn none_yet(config: &Config) -> anyhow::Error {
    anyhow!(
        "no edition is sealed yet in {}: `reveille run` makes and mails one (with --outbox DIR it writes the messages \
         to a folder instead); then ask again",
        config.store.file.display()
    )
}

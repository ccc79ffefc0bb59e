//! `reveille doctor`: a configuration and its state in, what is wrong and what to type out. Never contacts
//! anybody, takes a lock or changes anything.

mod print;

use std::path::Path;

use serde::Serialize;

use super::{Failure, Status, say, setup, summary};
use crate::{
    config::{self, Config},
    doctor::{self, Class, Diagnosis},
    flow,
    text::shell::quoted,
};

/// What `doctor` can be told.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Judges as of this moment (RFC 3339, or a local time of the newsletter)
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Prints one JSON object
    #[arg(long)]
    json: bool,
}

/// What `--json` prints beside how it ended.
#[derive(Serialize)]
struct Account<'a> {
    #[serde(flatten)]
    diagnosis: Option<&'a Diagnosis>,
}

/// Examines, and prints the findings. The exit status is that of the gravest error.
pub async fn run(given: Option<&Path>, options: Options) -> Result<Status, Failure> {
    let (ended, diagnosis) = match diagnose(given, options.at.as_deref()).await {
        Ok(diagnosis) => (Ok(status(&diagnosis)), Some(diagnosis)),
        Err(failure) => (Err(failure), None),
    };
    summary::account(options.json, &ended, &Account { diagnosis: diagnosis.as_ref() })?;
    if let Some(diagnosis) = diagnosis.filter(|_| !options.json) {
        say(&print::text(&diagnosis, &command(given)))?;
    }
    ended
}

async fn diagnose(given: Option<&Path>, at: Option<&str>) -> Result<Diagnosis, Failure> {
    let command = command(given);
    let config = match Config::load(&config::find(given)) {
        Ok(config) => config,
        Err(config::Error::Missing { path }) => return Ok(Diagnosis::of_missing(&path)),
        Err(error) => return Ok(Diagnosis::of_broken(&error.to_string(), &command)),
    };
    let now = setup::clock(at, &config.newsletter.timezone)?.as_of();
    Ok(doctor::examine(&flow::facts(&config, command, now).await))
}

/// The status for the gravest error: the one with which a run would fail because of it.
fn status(diagnosis: &Diagnosis) -> Status {
    match diagnosis.error() {
        None => Status::Done,
        Some(Class::Machine) => Status::Internal,
        Some(Class::Config) => Status::Config,
        Some(Class::Feeds) => Status::NoFeed,
        Some(Class::Mail) => Status::Undelivered,
    }
}

/// How this program is called for this newsletter.
fn command(given: Option<&Path>) -> String {
    match given {
        Some(path) => format!("reveille -c {}", quoted(&path.to_string_lossy())),
        None => "reveille".to_owned(),
    }
}

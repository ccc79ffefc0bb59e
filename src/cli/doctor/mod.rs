//! `reveille doctor`: what is wrong and what to type, by what happened and what stands in the way. Asks nobody, takes no
//! lock, changes nothing.

mod machine;
mod print;

use std::path::Path;

use serde::Serialize;

use super::{Failure, Status, desk, say, summary};
use crate::{
    config::{self, Config},
    flow::{
        Letterhead,
        doctor::{self, Class, Diagnosis, Facts, Faults, quoted},
    },
};

/// What `doctor` can be told.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Looks at it as of this moment (RFC 3339, or a local time of the newsletter)
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

/// Looks, and says what was found. The exit status is that of the gravest error.
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
        Err(error) => return Ok(Diagnosis::of_broken(&error, &command)),
    };
    let now = desk::clock(at, &config.newsletter.timezone)?.as_of();
    let state = doctor::gather(&config, now).await;
    let (machine, faults) = (machine::look(&config), faults(&config));
    Ok(doctor::examine(&Facts { now, config: &config, command, state, machine, faults }))
}

/// The status for the gravest error: that of the run it would keep from its work.
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

/// What is wrong with the files that the configuration names.
fn faults(config: &Config) -> Faults {
    let mut faults = Faults::default();
    let chain = |failure: Failure| failure.told();
    match desk::look(config) {
        Err(failure) => faults.templates = Some(chain(failure)),
        Ok(look) if config.mail.from.is_some() => {
            let letterhead = Letterhead::new(config, &look, &super::check::NO_SECRET);
            faults.key = letterhead.err().map(|error| chain(Failure::config(error)));
        }
        Ok(_) => {}
    }
    let password = config.mail.password.read();
    faults.password = password.err().map(|error| chain(Failure::config(error)));
    let footer = config.newsletter.templates.as_ref().map(|folder| folder.join("footer.md"));
    let footer = footer.and_then(|footer| std::fs::read_to_string(footer).ok());
    faults.footer_without_way_out = footer.is_some_and(|text| !text.contains("{{unsubscribe}}"));
    faults.exposed = config.exposed().iter().map(|exposed| exposed.path().to_owned()).collect();
    faults
}

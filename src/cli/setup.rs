//! A configuration in, what a command works with out: fetcher, look, mail server, clock. Never runs a
//! command.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::anyhow;
use jiff::{Timestamp, tz::TimeZone};

use super::{Failure, Status, complain, terminal::Verbosity};
use crate::{
    clock::{self, Clock},
    config::Config,
    fetch::Fetcher,
    flow::{self, owner},
    mailer::Post,
    render::Look,
    store::{self, Store},
};

/// Loads the configuration: the one named, else the one that is found.
pub fn config(named: Option<&Path>) -> Result<Config, Failure> {
    Config::load(&crate::config::find(named)).map_err(Failure::config)
}

/// The same for a command that reads feeds: there must be some.
pub fn newsletter(named: Option<&Path>) -> Result<Config, Failure> {
    config(named)?.with_feeds().map_err(Failure::config)
}

/// The clock of a run: the system's, or set to `--at`.
pub fn clock(at: Option<&str>, zone: &TimeZone) -> Result<Clock, Failure> {
    Ok(moment(at, zone)?.map_or_else(Clock::system, Clock::set_to))
}

/// The clock of a trial: for what servers asked for, the system's time counts, whatever `--at` says.
pub fn trial_clock(at: Option<&str>, zone: &TimeZone) -> Result<Clock, Failure> {
    Ok(moment(at, zone)?.map_or_else(Clock::system, Clock::as_if))
}

fn moment(at: Option<&str>, zone: &TimeZone) -> Result<Option<Timestamp>, Failure> {
    let Some(at) = at else { return Ok(None) };
    let wrong = || Failure::usage(anyhow!("--at {at:?} is not a time: write 2026-11-22T06:00:00-05:00"));
    clock::moment(at, zone).map(Some).ok_or_else(wrong)
}

/// The fetcher that `[fetch]` describes.
pub fn fetcher(config: &Config) -> Result<Fetcher, Failure> {
    Fetcher::new(&config.fetch_options()).map_err(Failure::config)
}

/// The newsletter's look.
pub fn look(config: &Config) -> Result<Look, Failure> {
    config.look().map_err(Failure::config)
}

/// A folder in place of the mail server.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Outbox {
    /// Writes each message to DIR/….eml and mails nobody: what is to be mailed is still mailed by the next run
    #[arg(long = "outbox", value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// What is written to DIR counts as delivered, for another program to send
    #[arg(long, requires = "folder")]
    pub counts: bool,
}

/// Where messages go: the folder if one is named, else the configured server.
pub fn post(config: &Config, outbox: &Outbox) -> Result<Post, Failure> {
    match &outbox.folder {
        Some(folder) => Ok(Post::Outbox { folder: folder.clone(), counts: outbox.counts }),
        None => config.mail_server().map_err(Failure::config)?.map(Post::Smtp).ok_or_else(|| {
            let hint = "add smtp = \"smtps://mail.example.com\" to [mail], or run with --outbox DIR";
            Failure::config(anyhow!("{}: no mail server is configured: {hint}", config.path.display()))
        }),
    }
}

/// Opens the newsletter's store alone. While a run has it, waits for the run to end, and says so.
pub async fn store(config: &Config) -> Result<Store, Failure> {
    none_left_behind(config).await?;
    let mut has_said = false;
    loop {
        match Store::open(&config.store.file).await {
            Err(busy @ store::Error::Busy { .. }) => {
                if !has_said {
                    complain(&format!("{busy}; waiting for it to end"));
                }
                has_said = true;
                tokio::time::sleep(AGAIN).await;
            }
            opened => return own(opened?, config).await,
        }
    }
}

/// How soon it is tried again to open a store that a run has.
const AGAIN: Duration = Duration::from_millis(200);

/// Opens the newsletter's store to read it, also while a run has it.
pub async fn store_beside(config: &Config) -> Result<Store, Failure> {
    none_left_behind(config).await?;
    match Store::open_beside(&config.store.file).await {
        // A first run has not made its tables yet.
        Err(store::Error::Busy { .. }) => store(config).await,
        opened => own(opened?, config).await,
    }
}

/// Opens the newsletter's store to try something: while a run has it, a copy that nothing is kept of.
pub async fn store_to_try(config: &Config) -> Result<Store, Failure> {
    none_left_behind(config).await?;
    match Store::open(&config.store.file).await {
        Err(store::Error::Busy { .. }) => {
            tracing::warn!("a run is at work: this goes by what it has kept so far");
            let beside = store_beside(config).await?;
            let copy = beside.scratch().await;
            beside.close().await;
            Ok(copy?)
        }
        opened => own(opened?, config).await,
    }
}

/// Makes sure that the newsletter did not leave its state behind when its file was renamed.
pub async fn none_left_behind(config: &Config) -> Result<(), Failure> {
    owner::left_none_behind(config).await.map_err(foreign)
}

/// The store, if it is this newsletter's.
pub async fn own(store: Store, config: &Config) -> Result<Store, Failure> {
    owner::confirm(&store, config).await.map_err(foreign)?;
    Ok(store)
}

fn foreign(error: owner::Error) -> Failure {
    match error {
        owner::Error::Store(error) => error.into(),
        _ => Failure::config(error),
    }
}

/// Ends a command whose work another one is doing: nothing is amiss, and cron need not hear of it.
pub fn leave(what: &str, verbosity: Verbosity) -> Status {
    let told = format!("{what}; this one leaves it the work");
    match verbosity.wants_summary() {
        true => complain(&told),
        false => tracing::info!("{told}"),
    }
    Status::Done
}

/// A fault of the flow, with the status its class ends with.
pub fn failure(fault: flow::Fault) -> Failure {
    let status = match fault {
        flow::Fault::NoFeed | flow::Fault::Held(_) => Status::NoFeed,
        flow::Fault::Stopped => Status::Undelivered,
        flow::Fault::Letter(_) => Status::Config,
        flow::Fault::Store(_) | flow::Fault::Step(_) => Status::Internal,
    };
    Failure { status, error: fault.into() }
}

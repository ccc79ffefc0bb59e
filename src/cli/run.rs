//! `reveille run`: the cron verb. Today's edition pulled, composed, sealed and mailed, once.

use std::path::{Path, PathBuf};

use anyhow::anyhow;

use super::{Failure, Status, desk, say, summary, terminal::Verbosity};
use crate::{
    config::Config,
    flow::{self, Desk, Fault, Report},
    mailer::Post,
    store::{self, Store},
};

/// What `run` can be told.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Makes the edition as of this moment (RFC 3339, or a local time of the newsletter)
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Writes each message to DIR/….eml in place of SMTP; it counts as delivered
    #[arg(long, value_name = "DIR")]
    outbox: Option<PathBuf>,
    /// Asks every feed, also those that are not due yet; but not a host that asked to be left alone
    #[arg(long)]
    now: bool,
    /// Prints one JSON object with all counts
    #[arg(long)]
    json: bool,
}

/// Runs once and leaves.
pub async fn run(config: Option<&Path>, options: Options, verbosity: Verbosity) -> Result<Status, Failure> {
    let config = desk::newsletter(config)?;
    if config.readers.is_empty() {
        let what =
            "no reader is configured: add a [[recipients]] table, or type: reveille recipients add ADDRESS";
        return Err(Failure::config(anyhow!("{}: {what}", config.path.display())));
    }
    let post = desk::post(&config, options.outbox.clone())?;
    let store = match Store::open(&config.store.file).await {
        Err(busy @ store::Error::Busy { .. }) => {
            eprintln!("reveille: {busy}; this one leaves it the work");
            summary::json(options.json, &Report::default())?;
            return Ok(Status::Done);
        }
        opened => opened?,
    };
    let result = with_store(&config, &store, &post, &options, verbosity).await;
    store.close().await;
    result
}

async fn with_store(
    config: &Config,
    store: &Store,
    post: &Post,
    options: &Options,
    verbosity: Verbosity,
) -> Result<Status, Failure> {
    let (fetcher, look) = (desk::fetcher(config)?, desk::look(config)?);
    let clock = desk::clock(options.at.as_deref(), &config.newsletter.timezone)?;
    let desk = Desk { config, store, fetcher: &fetcher, look: &look, clock, in_a_hurry: options.now };
    let progress = verbosity.progress();
    let report = match flow::run(&desk, post, progress.as_ref()).await {
        Ok(report) => report,
        Err(Fault::NoFeed(report)) => {
            summary::no_feed(&report.feeds);
            summary::json(options.json, &*report)?;
            summary::undelivered(store, &report).await?;
            return Err(desk::failure(Fault::NoFeed(report)));
        }
        Err(fault) => return Err(desk::failure(fault)),
    };
    progress.end();
    summary::notices(&report.feeds);
    summary::json(options.json, &report)?;
    if !options.json && verbosity.wants_summary() {
        say(&summary::run(&report))?;
    }
    let without = report.deliveries.values().map(store::Tally::without).sum::<u64>();
    if without > 0 {
        summary::undelivered(store, &report).await?;
        return Ok(Status::Undelivered);
    }
    Ok(Status::Done)
}

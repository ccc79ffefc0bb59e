//! `reveille pull`: what the feeds bring, stored. For cron, many times a day; makes no edition, mails nobody, and leaves the
//! work to another that is already pulling.

use std::{path::Path, time::Duration};

use anyhow::Context;

use super::{Failure, Status, complain, promise, say, setup, signals, summary, terminal::Verbosity};
use crate::{
    config::Config,
    flow::{self, Desk, Fault, Pulled},
    render::Look,
    store::{self, Store},
};

/// What `pull` can be told.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Pulls as of this moment (RFC 3339, or a local time of the newsletter)
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Asks every feed, also those that are not due; but no host that asked to be left alone
    #[arg(long)]
    now: bool,
    /// Prints one JSON object with all counts, also on failure
    #[arg(long)]
    json: bool,
}

/// Pulls once and exits.
pub async fn run(config: Option<&Path>, options: Options, verbosity: Verbosity) -> Result<Status, Failure> {
    let mut pulled = Pulled::default();
    let ended = attempt(config, &options, &mut pulled, verbosity).await;
    summary::account(options.json, &ended, &promise::of_pull(&pulled))?;
    ended
}

async fn attempt(
    config: Option<&Path>,
    options: &Options,
    pulled: &mut Pulled,
    verbosity: Verbosity,
) -> Result<Status, Failure> {
    let config = setup::newsletter(config)?;
    // A moment that cannot be read is told before a state is made.
    setup::clock(options.at.as_deref(), &config.newsletter.timezone)?;
    // A run that mails holds the state's lock, and a pull has no need of it.
    setup::none_left_behind(&config).await?;
    let store = match Store::open_beside(&config.store.file).await {
        Err(busy @ store::Error::Busy { .. }) => return Ok(setup::leave(&busy.to_string(), verbosity)),
        opened => opened?,
    };
    let mut store = setup::own(store, &config).await?;
    let ended = in_turn(&config, options, &mut store, pulled, verbosity).await;
    store.close().await;
    ended
}

async fn in_turn(
    config: &Config,
    options: &Options,
    store: &mut Store,
    pulled: &mut Pulled,
    verbosity: Verbosity,
) -> Result<Status, Failure> {
    let Some(_turn) = store.turn_to_pull(Duration::ZERO).await? else {
        return Ok(setup::leave("another reveille is pulling these feeds", verbosity));
    };
    // Only now: what another one stored before counts as seen before.
    let clock = setup::clock(options.at.as_deref(), &config.newsletter.timezone)?;
    let (fetcher, look) = (setup::fetcher(config)?, Look::default());
    let stop = signals::stop().context("cannot listen for signals")?;
    let desk = Desk::new(config, store, (&fetcher, &look), clock, &stop).asking(options.now);
    let progress = verbosity.progress();
    let ended = flow::pull(&desk, progress.as_ref()).await;
    progress.end();
    *pulled = ended?;
    if pulled.unasked > 0 {
        let (unasked, kept) = (summary::count(pulled.unasked, "feed was", "feeds were"), pulled.entries);
        complain(&format!(
            "stopped as asked: {unasked} not read, and the next pull asks again; what the others brought is kept ({kept} entries)"
        ));
        return Ok(Status::NoFeed);
    }
    if pulled.is_nothing() {
        summary::no_feed(pulled);
        return Err(setup::failure(Fault::NoFeed));
    }
    if !options.json && verbosity.wants_summary() {
        say(&summary::pulled(pulled))?;
    }
    Ok(Status::Done)
}

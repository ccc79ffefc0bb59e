//! `reveille test-email`: the digest a run would mail now, sent to one address and marked as a test. Never
//! seals an edition or keeps a delivery: the next run knows nothing of it.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};

use super::{Failure, Status, preview, say, setup, signals, summary, terminal::Verbosity};
use crate::{
    clock::Clock,
    config::Config,
    flow::{self, Desk, Letter, Letterhead, Report},
    mailer::{self, Post},
    model::{Outcome, Reader},
    secret::mask_all,
    store::Store,
};

/// What `test-email` can be told.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Who gets it; need not be a reader
    address: String,
    /// Sends this reader's own copy, with the chosen sections
    #[arg(long = "as", value_name = "ADDRESS")]
    reader: Option<String>,
    /// Makes the edition as of this moment (RFC 3339, or a local time of the newsletter)
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Writes the message to DIR/….eml instead of mailing it
    #[arg(long, value_name = "DIR")]
    outbox: Option<PathBuf>,
}

/// Composes and sends; without anything new it sends the last edition.
pub async fn run(config: Option<&Path>, options: Options, verbosity: Verbosity) -> Result<Status, Failure> {
    let config = setup::newsletter(config)?;
    let email = mailer::address(&options.address).map_err(Failure::usage)?.to_string();
    let copied = options.reader.as_deref().map(|address| config.reader(address)).transpose();
    let sections = copied.map_err(Failure::usage)?.map(|reader| reader.sections.clone()).unwrap_or_default();
    let reader = Reader { email, sections, ..Reader::default() };
    summary::exposed(&config);
    let outbox = setup::Outbox { folder: options.outbox.clone(), counts: false };
    let post = setup::post(&config, &outbox)?;
    let mut store = setup::store_to_try(&config).await?;
    // As of another moment, what is pulled now would be stored with a wrong date.
    let mut scratch = if options.at.is_some() { Some(store.scratch().await?) } else { None };
    let used = scratch.as_mut().unwrap_or(&mut store);
    let result = with_store(&config, used, &reader, &post, options.at.as_deref(), verbosity).await;
    if let Some(copy) = &scratch {
        store.keep_closed_hosts_of(copy).await?;
    }
    store.close().await;
    result
}

async fn with_store(
    config: &Config,
    store: &mut Store,
    reader: &Reader,
    post: &Post,
    at: Option<&str>,
    verbosity: Verbosity,
) -> Result<Status, Failure> {
    let (fetcher, look) = (setup::fetcher(config)?, setup::look(config)?);
    let clock = setup::trial_clock(at, &config.newsletter.timezone)?;
    // Finds unusable mail settings before anything is pulled.
    let mut letterhead = Letterhead::new(config, &look, &store.identity().await?).map_err(Failure::config)?;
    let stop = signals::stop().context("cannot listen for signals")?;
    let desk = Desk::new(config, store, (&fetcher, &look), clock, &stop);
    let composed = preview::compose(&desk, &mut Report::default(), verbosity).await?;
    let (edition, instead) = match composed {
        Some(edition) => (edition, String::new()),
        None => match desk.store.last_edition().await? {
            Some(last) => {
                let instead = format!("Nothing new: this is the edition of {}. ", last.date);
                (last, instead)
            }
            None => return say("Nothing new, and no edition so far: nothing is sent.\n"),
        },
    };
    letterhead.for_editor = flow::for_editor(&desk, edition.composed_at).await.map_err(setup::failure)?;
    // It is mailed now, whatever moment it is composed for.
    let letter = letterhead.trial(&edition, reader, Clock::system().now()).map_err(Failure::config)?;
    let done = match deliver(&post.clone().stopped_by(&stop), &letter).await? {
        Outcome::Written(folder) => format!("Written to {folder} for"),
        _ => "Sent to".to_owned(),
    };
    say(&format!("{instead}{done} {}, its subject marked \"[Test]\".\n", reader.email))
}

/// Sends it, once.
async fn deliver(post: &Post, letter: &Letter) -> Result<Outcome, Failure> {
    let failed = |reason: String| Failure {
        status: Status::Undelivered,
        error: anyhow!("nothing is sent: {}", mask_all(&reason)),
    };
    let mut connection = post.connect().await.map_err(|error| failed(error.to_string()))?;
    let outcome = connection.send(&letter.envelope, &letter.bytes, &letter.name).await;
    connection.quit().await;
    match outcome {
        Outcome::Sent | Outcome::Written(_) => Ok(outcome),
        Outcome::Unknown(_) => Err(Failure {
            status: Status::Undelivered,
            error: anyhow!("{}; it may have arrived all the same", mask_all(&outcome.to_string())),
        }),
        Outcome::Deferred(_) | Outcome::Lost(_) => Err(failed(format!("{outcome}; try again later"))),
        _ => Err(failed(outcome.to_string())),
    }
}

//! `reveille receive`: one message on standard input, or the new ones of a Maildir, read and acted on. Never
//! sends anything.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use anyhow::Context;
use jiff::Timestamp;

use super::{Failure, Status, say, setup, terminal::Verbosity};
use crate::{
    config::Config,
    flow::{self, Received},
    secret::{mask, mask_all},
    store::Store,
};

/// Octets of a message that are read; `incoming` looks at fewer.
const LARGEST: u64 = 1024 * 1024;

/// What `receive` can be told.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Reads every message in DIR/new and moves it to DIR/cur, instead of reading one from standard input
    #[arg(long, value_name = "DIR")]
    maildir: Option<PathBuf>,
    /// Counts as of this moment (RFC 3339, or a local time of the newsletter)
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

/// Receives once and exits. A mail server must not lose a message through a fault that can be mended, so any
/// failure with a message on standard input is a temporary one.
pub async fn run(config: Option<&Path>, options: Options, verbosity: Verbosity) -> Result<Status, Failure> {
    match &options.maildir {
        Some(folder) => maildir(config, &options, folder, verbosity).await,
        None => standard_input(config, &options, verbosity)
            .await
            .map_err(|failure| Failure { status: Status::TryAgain, ..failure }),
    }
}

/// What messages are received with.
struct Counter {
    config: Config,
    store: Store,
    at: Timestamp,
}

impl Counter {
    async fn open(config: Option<&Path>, options: &Options) -> Result<Counter, Failure> {
        let config = setup::config(config)?;
        let at = setup::clock(options.at.as_deref(), &config.newsletter.timezone)?.now();
        let store = setup::store_beside(&config).await?;
        // A received message is not sent a second time.
        store.flush_every_change().await?;
        Ok(Counter { config, store, at })
    }

    async fn receive(&self, bytes: &[u8]) -> Result<Received, Failure> {
        flow::receive(&self.config, &self.store, self.at, bytes).await.map_err(setup::failure)
    }
}

async fn standard_input(
    config: Option<&Path>,
    options: &Options,
    verbosity: Verbosity,
) -> Result<Status, Failure> {
    let bytes = all_of(io::stdin().lock()).context("cannot read standard input")?;
    let counter = Counter::open(config, options).await?;
    let received = counter.receive(&bytes).await;
    counter.store.close().await;
    tell(&received?, verbosity)
}

/// The beginning of a message. All of it is read, so that its writer never finds the pipe closed.
fn all_of(mut input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.by_ref().take(LARGEST).read_to_end(&mut bytes)?;
    io::copy(&mut input, &mut io::sink())?;
    Ok(bytes)
}

async fn maildir(
    config: Option<&Path>,
    options: &Options,
    folder: &Path,
    verbosity: Verbosity,
) -> Result<Status, Failure> {
    let waiting = waiting(&folder.join("new"))
        .with_context(|| format!("cannot read the folder \"new\" in {}: is it a Maildir?", folder.display()))
        .map_err(Failure::usage)?;
    let counter = Counter::open(config, options).await?;
    let mut status = Status::Done;
    for path in waiting {
        match File::open(&path).and_then(|file| all_of(file.take(LARGEST))) {
            Ok(bytes) => {
                let received = counter.receive(&bytes).await?;
                let read = folder.join("cur").join(named(&path, &received));
                fs::rename(&path, &read)
                    .with_context(|| format!("cannot move {} to {}", path.display(), read.display()))?;
                tell(&received, verbosity)?;
            }
            Err(error) => {
                tracing::error!("cannot read {}: {error}", path.display());
                status = Status::Internal;
            }
        }
    }
    counter.store.close().await;
    Ok(status)
}

/// The messages in a folder, oldest first by name. Only files: a pipe could be waited for without end.
fn waiting(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for file in fs::read_dir(folder)? {
        let file = file?;
        let is_hidden = file.file_name().as_encoded_bytes().starts_with(b".");
        if file.file_type()?.is_file() && !is_hidden {
            files.push(file.path());
        }
    }
    files.sort();
    Ok(files)
}

/// The name of a message in `cur`: seen when it was acted on, unseen when a person may want to read it.
fn named(path: &Path, received: &Received) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let bare = name.split_once(":2,").map_or(&*name, |(bare, _)| bare);
    match received {
        Received::Ignored(_) | Received::Unproven(_) | Received::Wish { .. } | Received::Stranger => {
            format!("{bare}:2,")
        }
        _ => format!("{bare}:2,S"),
    }
}

/// Says in a line what was done, where it is news; the rest is for whoever asks for more.
fn tell(received: &Received, verbosity: Verbosity) -> Result<Status, Failure> {
    match received {
        Received::Suppressed { email, cause, words, is_new: true } if !verbosity.is_quiet() => {
            let (email, words) = (mask(email), mask_all(words));
            return say(&format!("{email} {}, and is mailed nothing any more: {words}\n", cause.word()));
        }
        Received::Suppressed { email, .. } => tracing::info!("{} is suppressed", mask(email)),
        Received::Policy { email, words } => tracing::warn!(
            "mail to {} was refused for what it is or whom it is from: {}; `reveille check` may tell why",
            mask(email),
            mask_all(words)
        ),
        Received::Wish { email, is_readers: true } => tracing::warn!(
            "{} asks to leave, and nothing proves who wrote it: `reveille recipients wishes` has the address and what to type",
            mask(email)
        ),
        Received::Wish { email, is_readers: false } => tracing::warn!(
            "{}, who is no reader, asks to leave: `reveille recipients wishes` has the address and what to type",
            mask(email)
        ),
        Received::Stranger => tracing::warn!(
            "somebody asks to leave by a mail that names no reader; `reveille recipients suppress ADDRESS` is what to \
             type if you know who"
        ),
        Received::Counted { email, words } => {
            tracing::info!("a bounce of {}: {}", mask(email), mask_all(words));
        }
        Received::Unproven(what) => {
            tracing::info!("{what} that names no reader of ours by tag, token or Message-ID: left alone");
        }
        Received::Ignored(what) => tracing::info!("{what}: left alone"),
    }
    Ok(Status::Done)
}

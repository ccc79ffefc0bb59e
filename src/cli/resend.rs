//! `reveille resend`: a sealed edition in, the same mailed once more out, to one reader or to all who have
//! not got it. Never composes anything.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use jiff::{civil::Date, tz::TimeZone};

use super::{Failure, Status, say, setup, signals, terminal::Verbosity};
use crate::{
    config::Config,
    flow::{self, Desk, Resent, Suppressions},
    mailer::{Post, Stop},
    model::{Edition, Outcome, Reader},
    store::Store,
};

/// What `resend` can be told.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The edition of this day, as 2026-11-22
    #[arg(value_name = "EDITION")]
    date: Date,
    /// The reader who gets it
    #[arg(long, value_name = "ADDRESS", required_unless_present = "failed", conflicts_with = "failed")]
    to: Option<String>,
    /// Sends it to every reader who did not get it, also those whom the mail server refused
    #[arg(long)]
    failed: bool,
    /// Writes each message to DIR/….eml instead of mailing it; it counts as delivered
    #[arg(long, value_name = "DIR")]
    outbox: Option<PathBuf>,
    /// Sends it as of this moment (RFC 3339, or a local time of the newsletter)
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

/// Sends and exits.
pub async fn run(config: Option<&Path>, options: Options, verbosity: Verbosity) -> Result<Status, Failure> {
    let config = setup::config(config)?;
    let reader = options.to.as_deref().map(|address| reader(&config, address)).transpose()?;
    let stop = signals::stop()?;
    let post = setup::post(&config, options.outbox.clone())?.stopped_by(&stop);
    if !config.store.file.exists() {
        return Err(Failure::usage(no_edition(options.date)));
    }
    let mut store = setup::store(&config).await?;
    let result = with_store(&config, &mut store, (&post, &stop), reader, &options, verbosity).await;
    store.close().await;
    result
}

fn reader<'a>(config: &'a Config, address: &str) -> Result<&'a Reader, Failure> {
    config.reader(address).map_err(|error| {
        Failure::usage(anyhow!(
            "{error}\n`reveille recipients add {address}` makes a reader, `reveille test-email {address}` shows the digest to \
             anybody"
        ))
    })
}

fn no_edition(date: Date) -> anyhow::Error {
    anyhow!("there is no edition of {date}, or none that is still kept: `reveille history` lists them")
}

async fn with_store(
    config: &Config,
    store: &mut Store,
    (post, stop): (&Post, &Stop),
    reader: Option<&Reader>,
    options: &Options,
    verbosity: Verbosity,
) -> Result<Status, Failure> {
    let edition =
        store.edition(options.date).await?.ok_or_else(|| Failure::usage(no_edition(options.date)))?;
    let (fetcher, look) = (setup::fetcher(config)?, setup::look(config)?);
    let clock = setup::clock(options.at.as_deref(), &config.newsletter.timezone)?;
    let mut desk = Desk {
        config,
        store,
        fetcher: &fetcher,
        look: &look,
        clock,
        ignore_schedule: false,
        stop: stop.clone(),
    };
    match reader {
        Some(reader) => to_one(&desk, post, &edition, reader).await,
        None if desk.store.past(edition.date).await?.is_some_and(|past| past.is_forgotten) => {
            Err(Failure::usage(anyhow!(
                "who was sent the edition of {} is not kept any more (keep_deliveries in [store]), and so not who is without \
                 it: nothing is sent. `--to ADDRESS` sends it to one reader",
                edition.date
            )))
        }
        None => to_all_without(&mut desk, post, &edition, verbosity).await,
    }
}

async fn to_one(desk: &Desk<'_>, post: &Post, edition: &Edition, reader: &Reader) -> Result<Status, Failure> {
    let list = Suppressions::of(desk.store).await.map_err(setup::failure)?;
    if let Some(why) = list.find(&reader.email).await.map_err(setup::failure)? {
        let (email, since) = (&reader.email, why.since.to_zoned(zone(desk)).date());
        return Err(Failure::usage(anyhow!(
            "{email} is suppressed, {} since {since}: nothing is sent. If the reader wants mail again, type \
             `reveille recipients restore {email}` first",
            why.cause.word()
        )));
    }
    let resent = flow::resend(desk, post, edition, reader).await.map_err(setup::failure)?;
    let failed = |reason: String| Failure { status: Status::Undelivered, error: anyhow!(reason) };
    let Resent { claim, outcome } = resent.map_err(|reason| failed(format!("nothing is sent: {reason}")))?;
    let (email, date) = (&reader.email, edition.date);
    match (&outcome, claim.copy) {
        (Outcome::Sent, None) => {
            say(&format!("Sent the edition of {date} to {email}, who was without it.\n"))
        }
        (Outcome::Sent, Some(_)) => say(&format!("Sent the edition of {date} to {email} once more.\n")),
        (Outcome::Unknown(_), _) => Err(failed(format!(
            "{outcome}; it may have arrived all the same. Typed again, the same message is sent, under the same Message-ID"
        ))),
        _ => Err(failed(format!("nothing is sent: {outcome}"))),
    }
}

async fn to_all_without(
    desk: &mut Desk<'_>,
    post: &Post,
    edition: &Edition,
    verbosity: Verbosity,
) -> Result<Status, Failure> {
    let progress = verbosity.progress();
    let before = desk.store.tally(edition.date).await?;
    let after =
        flow::resend_to_all_without(desk, post, edition, progress.as_ref()).await.map_err(setup::failure)?;
    progress.end();
    let (date, sent, without) = (edition.date, after.sent - before.sent.min(after.sent), after.without());
    let done = format!("Sent the edition of {date} to {sent} of those who were without it");
    match without {
        0 => say(&format!("{done}; nobody is now.\n")),
        _ => Err(Failure {
            status: Status::Undelivered,
            error: anyhow!("{done}; {without} still are: `reveille history {date}` says why"),
        }),
    }
}

fn zone(desk: &Desk<'_>) -> TimeZone {
    desk.config.newsletter.timezone.clone()
}

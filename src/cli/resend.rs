//! `reveille resend`: a sealed edition in, the same mailed once more out: to one reader, to those without it, to new
//! ones or to all. Never composes anything.

use std::{
    io::{self, IsTerminal, Write},
    path::Path,
};

use anyhow::anyhow;
use clap::ArgGroup;
use jiff::tz::TimeZone;

use super::{
    Failure, Status,
    day::{Day, no_edition},
    say, setup, signals,
    terminal::Verbosity,
};
use crate::{
    config::Config,
    flow::{self, Desk, Resent, Suppressions, Without},
    mailer::{Post, Stop},
    model::{Edition, Outcome, Reader},
    schedule,
    store::Store,
    text::shell,
};

/// What `resend` can be told.
#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("readers").required(true))]
pub struct Options {
    /// The edition of this day: a date as 2026-11-22, or today, yesterday, latest
    #[arg(value_name = "EDITION", default_value = "latest")]
    day: Day,
    /// Sends it to this reader
    #[arg(long, value_name = "ADDRESS", group = "readers")]
    to: Option<String>,
    /// Sends it to every reader who did not get it, also those whom the mail server refused
    #[arg(long, group = "readers")]
    failed: bool,
    /// Sends it to those who became readers after it was sealed
    #[arg(long, group = "readers")]
    new: bool,
    /// Sends it to every reader, to those who have it as a copy; on a terminal it asks first
    #[arg(long, group = "readers")]
    all: bool,
    #[command(flatten)]
    outbox: setup::Outbox,
    /// Sends it as of this moment (RFC 3339, or a local time of the newsletter)
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

/// Sends and exits.
pub async fn run(config: Option<&Path>, options: Options, verbosity: Verbosity) -> Result<Status, Failure> {
    let config = setup::config(config)?;
    let reader = options.to.as_deref().map(|address| reader(&config, address)).transpose()?;
    let post = setup::post(&config, &options.outbox)?;
    if !config.store.file.exists() {
        let date = match options.day {
            Day::On(date) => Some(date),
            _ => None,
        };
        return Err(Failure::usage(no_edition(date)));
    }
    let mut store = setup::store(&config).await?;
    // Not before: whoever waits for a run to end may be ended at once.
    let stop = signals::stop()?;
    let post = post.stopped_by(&stop);
    let result = with_store(&config, &mut store, (&post, &stop), reader, &options, verbosity).await;
    store.close().await;
    result
}

fn reader<'a>(config: &'a Config, address: &str) -> Result<&'a Reader, Failure> {
    config.reader(address).map_err(|error| {
        let address = shell::last(address);
        Failure::usage(anyhow!(
            "{error}\n`reveille recipients add {address}` makes a reader, `reveille test-email {address}` shows the digest to \
             anybody"
        ))
    })
}

async fn with_store(
    config: &Config,
    store: &mut Store,
    (post, stop): (&Post, &Stop),
    reader: Option<&Reader>,
    options: &Options,
    verbosity: Verbosity,
) -> Result<Status, Failure> {
    let clock = setup::clock(options.at.as_deref(), &config.newsletter.timezone)?;
    let date = options.day.date(schedule::edition_date(clock.as_of(), &config.newsletter.timezone));
    let edition = match date {
        Some(date) => store.edition(date).await?,
        None => store.last_edition().await?,
    };
    let edition = edition.ok_or_else(|| Failure::usage(no_edition(date)))?;
    let (fetcher, look) = (setup::fetcher(config)?, setup::look(config)?);
    let mut desk = Desk::new(config, store, (&fetcher, &look), clock, stop);
    if let Some(reader) = reader {
        return to_one(&desk, post, &edition, reader).await;
    }
    if !options.all && desk.store.past(edition.date).await?.is_some_and(|past| past.is_forgotten) {
        return Err(Failure::usage(anyhow!(
            "who was sent the edition of {} is not kept any more (keep_deliveries in [store]), and so not who is without \
             it: nothing is sent. `--to ADDRESS` sends it to one reader",
            edition.date
        )));
    }
    match (options.all, options.new) {
        (true, _) => to_all(&desk, post, &edition, verbosity).await,
        (_, true) => to_all_without(&mut desk, post, &edition, Without::New, verbosity).await,
        _ => to_all_without(&mut desk, post, &edition, Without::Failed, verbosity).await,
    }
}

async fn to_one(desk: &Desk<'_>, post: &Post, edition: &Edition, reader: &Reader) -> Result<Status, Failure> {
    let list = Suppressions::of(desk.store).await.map_err(setup::failure)?;
    if let Some(why) = list.find(&reader.email).await.map_err(setup::failure)? {
        let (email, since) = (&reader.email, why.since.to_zoned(zone(desk)).date());
        return Err(Failure::usage(anyhow!(
            "{email} is suppressed, {} since {since}: nothing is sent. If the reader wants mail again, type \
             `reveille recipients restore {}` first",
            why.cause.word(),
            shell::last(email)
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
        (Outcome::Written(folder) | Outcome::Filed(folder), _) => say(&format!(
            "The edition of {date} for {email} is written to {folder}, and nothing is mailed.\n"
        )),
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
    without: Without,
    verbosity: Verbosity,
) -> Result<Status, Failure> {
    let progress = verbosity.progress();
    let before = desk.store.tally(edition.date).await?;
    let after = flow::resend_to_all_without(desk, post, edition, without, progress.as_ref()).await;
    let after = after.map_err(setup::failure)?;
    progress.end();
    let (date, sent, without) = (edition.date, after.sent - before.sent.min(after.sent), after.without());
    if let written @ 1.. = after.written + after.filed.saturating_sub(before.filed) {
        return say(&format!(
            "The edition of {date} is written for {written} of those who were without it; nothing is mailed.\n"
        ));
    }
    let done = format!("Sent the edition of {date} to {sent} of those who were without it");
    match without {
        0 => say(&format!("{done}; nobody is now.\n")),
        _ => Err(Failure {
            status: Status::Undelivered,
            error: anyhow!("{done}; {without} still are: `reveille history {date}` says why"),
        }),
    }
}

async fn to_all(
    desk: &Desk<'_>,
    post: &Post,
    edition: &Edition,
    verbosity: Verbosity,
) -> Result<Status, Failure> {
    let (date, readers) = (edition.date, desk.config.readers.len());
    if !agreed(&format!(
        "Send the edition of {date} to all {readers} readers, once more to those who have it?"
    ))? {
        return say("Nothing is sent.\n");
    }
    let progress = verbosity.progress();
    let sent = flow::resend_to_all(desk, post, edition, progress.as_ref()).await;
    let (resent, stopped) = sent.map_err(setup::failure)?;
    let is_written = |resent: &&Resent| matches!(resent.outcome, Outcome::Written(_) | Outcome::Filed(_));
    if let written @ 1.. = resent.iter().filter(is_written).count() {
        return say(&format!("The edition of {date} is written for {written} readers; nothing is mailed.\n"));
    }
    let sent = resent.iter().filter(|resent| resent.outcome == Outcome::Sent).count();
    let copies = resent.iter().filter(|one| one.outcome == Outcome::Sent && one.claim.copy.is_some()).count();
    let done = format!("Sent the edition of {date} to {sent} readers, to {copies} of them once more");
    let failed = |why: String| Failure { status: Status::Undelivered, error: anyhow!("{done}; {why}") };
    match (stopped, resent.len() - sent) {
        (Some(reason), _) => Err(failed(format!("then it ended: {reason}"))),
        (None, 0) => say(&format!("{done}.\n")),
        (None, others) => {
            Err(failed(format!("{others} could not be sent it: `reveille history {date}` says why")))
        }
    }
}

/// Asks, where somebody sits at a terminal; elsewhere what is typed is meant.
fn agreed(question: &str) -> Result<bool, Failure> {
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return Ok(true);
    }
    write!(io::stderr(), "{question} [y/N] ")?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn zone(desk: &Desk<'_>) -> TimeZone {
    desk.config.newsletter.timezone.clone()
}

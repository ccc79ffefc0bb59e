//! `reveille run`: the cron verb. Today's edition pulled, composed, sealed and mailed, once; notes in the
//! state and in the metrics that it ran and how it went. Never makes a second edition of a day.

use std::path::Path;

use anyhow::{Context, anyhow};
use jiff::Timestamp;

use super::{
    Failure, Status,
    metrics::{self, History},
    promise::promise,
    say, setup, signals, summary,
    terminal::Verbosity,
    undelivered,
};
use crate::{
    clock::Clock,
    config::Config,
    flow::{self, Desk, Fault, Figures, Report},
    mailer::{Post, Stop},
    model::Run,
    store::{self, Store},
};

/// What `run` can be told.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Makes the edition as of this moment (RFC 3339, or a local time of the newsletter)
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    #[command(flatten)]
    outbox: setup::Outbox,
    /// Asks every feed, also those that are not due; but no host that asked to be left alone
    #[arg(long)]
    now: bool,
    /// Prints one JSON object with all counts, also on failure
    #[arg(long)]
    json: bool,
}

/// Runs once and exits.
pub async fn run(config: Option<&Path>, options: Options, verbosity: Verbosity) -> Result<Status, Failure> {
    let mut report = Report::default();
    let ended = attempt(config, &options, &mut report, verbosity).await;
    summary::account(options.json, &ended, &promise(&report))?;
    ended
}

async fn attempt(
    config: Option<&Path>,
    options: &Options,
    report: &mut Report,
    verbosity: Verbosity,
) -> Result<Status, Failure> {
    let config = setup::newsletter(config)?;
    let (mut history, mut clock) = (History::default(), Clock::system());
    let ended = in_state(&config, options, report, &mut history, &mut clock, verbosity).await;
    let Some(ended) = ended.transpose() else { return Ok(Status::Done) };
    if let Some(file) = &config.report.metrics {
        metrics::write(file, summary::ending(&ended).0, report, &history, clock);
    }
    ended
}

/// Runs with the state in hand; `None` when another run has it and does the work.
async fn in_state(
    config: &Config,
    options: &Options,
    report: &mut Report,
    history: &mut History,
    clock: &mut Clock,
    verbosity: Verbosity,
) -> Result<Option<Status>, Failure> {
    if config.readers.is_empty() {
        let what =
            "no reader is configured: add a [[recipients]] table, or type: reveille recipients add ADDRESS";
        return Err(Failure::config(anyhow!("{}: {what}", config.path.display())));
    }
    summary::exposed(config);
    summary::bad_rows(config);
    let stop = signals::stop().context("cannot listen for signals")?;
    let post = setup::post(config, &options.outbox)?.stopped_by(&stop);
    *clock = setup::clock(options.at.as_deref(), &config.newsletter.timezone)?;
    setup::none_left_behind(config).await?;
    let store = match Store::open(&config.store.file).await {
        Err(busy @ store::Error::Busy { .. }) => {
            setup::leave(&busy.to_string(), verbosity);
            return Ok(None);
        }
        opened => opened?,
    };
    let mut store = setup::own(store, config).await?;
    let mut attempt = Attempt { config, options, clock: *clock, report, verbosity, stop };
    let ended = attempt.noted(&mut store, &post).await;
    if config.report.metrics.is_some() {
        *history = History::of(&store, config, clock.now()).await.unwrap_or_default();
    }
    store.close().await;
    ended.map(Some)
}

/// A run of today.
struct Attempt<'a> {
    config: &'a Config,
    options: &'a Options,
    clock: Clock,
    report: &'a mut Report,
    verbosity: Verbosity,
    stop: Stop,
}

impl Attempt<'_> {
    /// Runs, and notes in the diary that it began and how it ended. A good run that cannot be noted counts as
    /// failed.
    async fn noted(&mut self, store: &mut Store, post: &Post) -> Result<Status, Failure> {
        let id = store.begin_run(self.clock.now(), std::process::id()).await?;
        let ended = self.go(store, post).await;
        self.report.seconds = self.clock.elapsed().as_secs_f64();
        let (status, error) = summary::ending(&ended);
        let figures = Figures::of(self.report).map(|figures| serde_json::to_string(&figures)).transpose();
        let body = figures.context("cannot keep the figures of the run")?.unwrap_or_default();
        let (ended_at, status) = (Some(self.clock.now()), Some(status as u8));
        let noted = store.end_run(&Run { id, ended: ended_at, status, error, body, ..Run::default() }).await;
        ended.and_then(|status| Ok(noted.map(|()| status)?))
    }

    async fn go(&mut self, store: &mut Store, post: &Post) -> Result<Status, Failure> {
        let Attempt { config, options, clock, ref mut report, verbosity, ref stop } = *self;
        let (fetcher, look) = (setup::fetcher(config)?, setup::look(config)?);
        let mut desk = Desk::new(config, store, (&fetcher, &look), clock, stop).asking(options.now);
        let (progress, since) = (verbosity.progress(), clock.now());
        let ran = flow::run(&mut desk, post, report, progress.as_ref()).await;
        progress.end();
        match ran {
            Ok(()) => {
                if let Some(missing) = summary::missing(report) {
                    tracing::warn!("{missing}; the edition is made of what there is");
                    summary::some_missing(&report.pulled);
                }
                summary::notices(&report.pulled);
            }
            Err(Fault::Held(until)) => {
                summary::some_missing(&report.pulled);
                undelivered::tell(desk.store, report, since).await?;
                return Err(held(until, config, report));
            }
            Err(Fault::NoFeed) => {
                summary::no_feed(&report.pulled);
                undelivered::tell(desk.store, report, since).await?;
                return Err(setup::failure(Fault::NoFeed));
            }
            Err(fault) => return Err(setup::failure(fault)),
        }
        if !options.json && verbosity.wants_summary() {
            say(&summary::run(config, report))?;
        }
        if stop.is_asked() && report.without() > 0 {
            summary::stopped(report);
            return Ok(Status::Undelivered);
        }
        let is_any = undelivered::tell(desk.store, report, since).await?;
        Ok(if is_any { Status::Undelivered } else { Status::Done })
    }
}

/// An edition that waits: what is missing, until when, and what to do.
fn held(until: Timestamp, config: &Config, report: &Report) -> Failure {
    let missing = summary::missing(report).unwrap_or_default();
    let until = until.to_zoned(config.newsletter.timezone.clone()).strftime("%H:%M");
    let what = format!(
        "{missing}: no edition yet; the next run makes it once the feeds are back, or of what there is from {until} on \
         ([newsletter] wait_for)"
    );
    Failure { status: Status::NoFeed, error: anyhow!(what) }
}

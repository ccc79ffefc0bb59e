//! `reveille demo`: a folder in, a whole digest in it out, made from a bundled newsletter of invented
//! outlets. Never leaves this machine.

mod dates;
mod site;

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use jiff::{
    Timestamp,
    civil::{Date, Time, time},
    tz::TimeZone,
};

use super::{Failure, Status, dkim, say, setup, signals, terminal::Verbosity};
use crate::{
    clock::Clock,
    config::Config,
    flow::{self, Desk, Report},
    mailer::{Post, Stop},
    render,
    secret::Secret,
    store::Store,
};

/// When the bundled newsletter is made, in UTC.
const MORNING: Time = time(6, 0, 0, 0);

/// What `demo` can be told.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The folder to write to; made where needed
    #[arg(short, long, value_name = "DIR", default_value = "out")]
    output: PathBuf,
    /// The day it is a digest of [default: today]; the bundled feeds are dated for it
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
}

/// Makes the demo edition and says where it is.
pub async fn run(options: Options, verbosity: Verbosity) -> Result<Status, Failure> {
    let (folder, stop) = (&options.output, signals::stop().context("cannot listen for signals")?);
    let date = options.date.unwrap_or_else(latest_morning);
    let morning = date.to_datetime(MORNING).to_zoned(TimeZone::UTC).map_err(Failure::usage)?.timestamp();
    let days = date.duration_since(dates::WRITTEN_FOR);
    let outbox = folder.join("outbox");
    std::fs::create_dir_all(&outbox)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let site = site::open(days).await.context("cannot serve the demo's feeds on a loopback port")?;
    let config = bundled(folder, &site)?;
    forget(&config.store.file)?;
    let mut store = setup::store(&config).await?;
    let result = with_store(&config, &mut store, &outbox, folder, morning, (verbosity, &stop)).await;
    store.close().await;
    result
}

/// The day of the last morning that has come.
fn latest_morning() -> Date {
    let now = Clock::system().now().to_zoned(TimeZone::UTC);
    if now.time() < MORNING { now.date().yesterday().unwrap_or(Date::MIN) } else { now.date() }
}

async fn with_store(
    config: &Config,
    store: &mut Store,
    outbox: &Path,
    folder: &Path,
    morning: Timestamp,
    (verbosity, stop): (Verbosity, &Stop),
) -> Result<Status, Failure> {
    let (fetcher, look) = (setup::fetcher(config)?, setup::look(config)?);
    let clock = Clock::set_to(morning);
    let mut desk = Desk::new(config, store, (&fetcher, &look), clock, stop);
    let progress = verbosity.progress();
    let post = Post::Outbox { folder: outbox.to_owned(), counts: true };
    let mut report = Report::default();
    flow::run(&mut desk, &post, &mut report, progress.as_ref()).await.map_err(setup::failure)?;
    progress.end();
    let date = report.edition.context("a run without a date")?;
    let edition = desk.store.edition(date).await?.ok_or_else(|| anyhow!("the demo made no edition"))?;
    write(&folder.join("digest.html"), &render::html(&edition, &look, None))?;
    write(&folder.join("digest.txt"), &render::text(&edition, &look, None))?;
    say(&summary(folder, &report))
}

/// The bundled configuration and its key, written to the folder for anybody to see and read from there like
/// any other.
fn bundled(folder: &Path, site: &site::Site) -> Result<Config, Failure> {
    let path = folder.join("demo.toml");
    write(&path, site::CONFIGURATION)?;
    let key = folder.join("demo-dkim.pem");
    if !key.exists() {
        dkim::keep(&key, site::KEY)?;
    }
    let mut config = Config::load(&path).map_err(Failure::config)?;
    config.fetch.proxy = Some(Secret::new(site.address.clone()));
    Ok(config)
}

/// Every demo is a first run: what the last one left in its own state file is removed.
fn forget(state: &Path) -> Result<(), Failure> {
    for ending in ["", "-wal", "-shm"] {
        let file = PathBuf::from(format!("{}{ending}", state.display()));
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(anyhow!("cannot remove the last demo's state {}: {error}", file.display()).into());
            }
            _ => {}
        }
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    Ok(std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?)
}

fn summary(folder: &Path, report: &Report) -> String {
    let (pulled, composed, s) = (&report.pulled, &report.composed, &report.composed.seconds);
    let sent = report.mailed.values().map(|mailed| mailed.tally.filed).sum::<u64>();
    format!(
        "{} feeds of invented outlets gave {} entries: {} articles on {} stories, of which {} are printed.\n\
         {} article pages were read, {} could not be had.\n\
         Seconds: pull {:.2}, cluster {:.2}, pages {:.2}, briefs {:.2}, mail {:.2}.\n\n\
         Look at  {}\nor read  {}\nMailed   {sent} messages into {}\n",
        pulled.read,
        pulled.entries,
        composed.articles,
        composed.stories,
        composed.briefs,
        composed.pages.fetched,
        composed.pages.failed,
        pulled.seconds,
        s.cluster,
        s.pages,
        s.brief,
        report.mailed.values().map(|mailed| mailed.seconds).sum::<f64>(),
        folder.join("digest.html").display(),
        folder.join("digest.txt").display(),
        folder.join("outbox").display(),
    )
}

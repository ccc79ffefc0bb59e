//! `reveille preview`: the newsletter in, the digest a run would mail now out, printed or in a file. Never
//! touches an edition or sends anything.

mod browser;
mod file;
mod form;

use std::{
    borrow::Cow,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, anyhow};

use super::{Failure, Status, promise::promise, say, setup, signals, summary, terminal::Verbosity};
use crate::{
    config::Config,
    flow::{
        self, Desk, Fault, Letterhead, Report,
        proof::{self, Form},
    },
    lint::{self, Severity},
    model::{Edition, Reader},
    web::preview::{Digest, Preview, Workshop},
};
use form::Destination;

/// What `preview` can be told.
#[derive(Debug, Default, clap::Args)]
pub struct Options {
    /// The file to write; its ending chooses the form: .html, .txt, .md or .eml; `-` prints the text [default: prints
    /// the text on a terminal, else writes preview.html]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Makes this reader's own copy: chosen sections, footer with unsubscribe link
    #[arg(long = "as", value_name = "ADDRESS")]
    reader: Option<String>,
    /// Makes the edition as of this moment (RFC 3339, or a local time of the newsletter)
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Serves the digest as a page that follows your edits, until Ctrl-C. Only the complete address
    /// that it prints opens it, on this machine
    #[arg(long, conflicts_with_all = ["output", "json"])]
    serve: bool,
    /// The port of that page [default: 7480, or one of the next nine that is free; 0 takes any]
    #[arg(long, requires = "serve")]
    port: Option<u16>,
    /// Shows the file, or the page, in the browser
    #[arg(long)]
    open: bool,
    /// Asks every feed, also those that are not due; but no host that asked to be left alone
    #[arg(long)]
    now: bool,
    /// Prints one JSON object with all counts, and writes the file
    #[arg(long)]
    json: bool,
}

/// Composes and shows the digest.
pub async fn run(config: Option<&Path>, options: Options, verbosity: Verbosity) -> Result<Status, Failure> {
    let mut report = Report::default();
    let ended = show(config, &options, &mut report, verbosity).await;
    summary::account(options.json, &ended, &promise(&report))?;
    ended
}

async fn show(
    config: Option<&Path>,
    options: &Options,
    report: &mut Report,
    verbosity: Verbosity,
) -> Result<Status, Failure> {
    let destination = Destination::of(options)?;
    let config = setup::newsletter(config)?;
    let reader = options.reader.as_deref().map(|address| config.reader(address)).transpose();
    let reader = reader.map_err(Failure::usage)?;
    let page = if options.serve { Some(page(options.port).await?) } else { None };
    let (fetcher, look) = (setup::fetcher(&config)?, setup::look(&config)?);
    let clock = setup::trial_clock(options.at.as_deref(), &config.newsletter.timezone)?;
    let mut state = setup::store_to_try(&config).await?;
    // As of another moment, what is pulled now would be stored with a wrong date.
    let mut scratch = if options.at.is_some() { Some(state.scratch().await?) } else { None };
    let (config, store) = (&config, scratch.as_mut().unwrap_or(&mut state));
    let stop = signals::stop().context("cannot listen for signals")?;
    let desk = Desk::new(config, store, (&fetcher, &look), clock, &stop).asking(options.now);
    let made = match compose(&desk, report, verbosity).await {
        Ok(edition) if options.serve => match flow::for_editor(&desk, clock.as_of()).await {
            Ok(for_editor) => Ok(Some((edition, for_editor))),
            Err(fault) => Err(setup::failure(fault)),
        },
        Ok(edition) => {
            write(&desk, edition, reader, destination, options, report, verbosity).await.map(|_| None)
        }
        Err(failure) => Err(failure),
    };
    if let Some(copy) = &scratch {
        state.keep_closed_hosts_of(copy).await?;
    }
    match (made, page) {
        (Ok(Some((edition, for_editor))), Some(page)) => {
            let copy = match scratch {
                Some(copy) => copy,
                None => state.scratch().await?,
            };
            // From here on the lock is free for a run.
            state.close().await;
            let digest = Digest {
                edition: edition.map(Arc::new),
                feeds: Arc::new(report.pulled.clone()),
                for_editor: Arc::new(for_editor),
                identity: Arc::new(copy.identity().await?),
                look: Arc::new(look.clone()),
                config: Arc::new(config.clone()),
            };
            let workshop = Workshop::new(&digest, options.at.clone(), clock, copy, &stop);
            serve(page, workshop, digest, reader, options.open).await
        }
        (made, _) => {
            state.close().await;
            made.map(|_| Status::Done)
        }
    }
}

/// A page to show the digest on.
async fn page(port: Option<u16>) -> Result<Preview, Failure> {
    Preview::open(port).await.map_err(|(port, error)| {
        let what = format!("cannot listen on port {port}: name another with --port, or 0 for any");
        Failure::usage(anyhow::Error::new(error).context(what))
    })
}

/// Shows the digest until Ctrl-C.
async fn serve(
    page: Preview,
    workshop: Workshop,
    digest: Digest,
    reader: Option<&Reader>,
    open: bool,
) -> Result<Status, Failure> {
    let address = page.address(reader);
    say(&format!(
        "{address} shows the digest, and follows what you change in feeds.toml, readers and templates.\n\
         Only the whole address opens it, for nobody else who uses this machine is to read it.\n\
         Nothing is sent. Ctrl-C ends it.\n"
    ))?;
    let door = if open {
        Some(door(&address).context("cannot write the file that opens the preview")?)
    } else {
        None
    };
    if let Some(door) = &door {
        let path = door.path().to_owned();
        tokio::task::spawn_blocking(move || show_in_browser(&path));
    }
    page.serve(workshop, digest).await.context("the preview's server stopped")?;
    Ok(Status::Done)
}

/// A page that leads to the address, readable by its owner alone, and gone with the value: everybody on this machine can
/// read what a launcher is told.
fn door(address: &str) -> io::Result<tempfile::NamedTempFile> {
    let mut file = tempfile::Builder::new().prefix("reveille-").suffix(".html").tempfile()?;
    let to = address.replace('&', "&amp;");
    write!(
        file,
        "<!doctype html><meta http-equiv=\"refresh\" content=\"0; url={to}\"><title>reveille</title>"
    )?;
    file.flush()?;
    Ok(file)
}

/// Asks the system's launcher, which may be slow, to open the page. The preview is served even without a browser.
fn show_in_browser(page: &Path) {
    if let Err(error) = browser::show(page) {
        tracing::warn!("cannot show {} in a browser: {error}", page.display());
    }
}

/// Prints the digest or writes it to a file.
async fn write(
    desk: &Desk<'_>,
    edition: Option<Edition>,
    reader: Option<&Reader>,
    destination: Destination,
    options: &Options,
    report: &Report,
    verbosity: Verbosity,
) -> Result<Status, Failure> {
    let Some(edition) = edition else {
        if !options.json {
            let read = if verbosity.wants_summary() { summary::composed(report) } else { String::new() };
            say(&(read + &nothing_new(&destination, desk.config, report)))?;
        }
        return Ok(Status::Done);
    };
    let form = match &destination {
        Destination::Output => Form::Text,
        Destination::File(_, form) => *form,
    };
    let bytes = print(desk, &edition, reader, form).await?;
    if form == Form::Message {
        tell(&lint::examine(&bytes, desk.clock.as_of()));
    }
    let Destination::File(file, _) = destination else { return say(&String::from_utf8_lossy(&bytes)) };
    let path = file.display();
    file::write(&file, &bytes, reader.is_some())
        .with_context(|| format!("cannot write {path}: does its folder exist?"))?;
    if !options.json && verbosity.wants_summary() {
        say(&format!("{}{path} is the digest as of now.\n", summary::composed(report)))?;
    }
    if options.open {
        browser::show(&file).with_context(|| format!("cannot show {path} in a browser"))?;
    }
    Ok(Status::Done)
}

/// Pulls and composes, and says what the editor should know of the feeds.
pub(super) async fn compose(
    desk: &Desk<'_>,
    report: &mut Report,
    verbosity: Verbosity,
) -> Result<Option<Edition>, Failure> {
    let progress = verbosity.progress();
    let made = flow::preview(desk, report, progress.as_ref()).await;
    progress.end();
    report.seconds = desk.clock.elapsed().as_secs_f64();
    match &made {
        Ok(_) => {
            if let Some(missing) = summary::missing(report) {
                tracing::warn!("{missing}; a run may hold the edition back ([newsletter] wait_for)");
                summary::some_missing(&report.pulled);
            }
            summary::notices(&report.pulled);
        }
        Err(Fault::NoFeed) => summary::no_feed(&report.pulled),
        Err(_) => {}
    }
    made.map_err(|fault| match fault {
        Fault::Stopped => Failure {
            status: Status::Undelivered,
            error: anyhow!("stopped as asked, before the digest was made: nothing is written or sent"),
        },
        fault => setup::failure(fault),
    })
}

/// The copy in one form. A sender need only be set for a message.
async fn print(
    desk: &Desk<'_>,
    edition: &Edition,
    reader: Option<&Reader>,
    form: Form,
) -> Result<Vec<u8>, Failure> {
    if reader.is_none()
        && let Some(digest) = proof::printed(form, edition, desk.look, None)
    {
        return Ok(digest.into_bytes());
    }
    let config =
        if form == Form::Message { Cow::Borrowed(desk.config) } else { proof::with_sender(desk.config) };
    let identity = desk.store.identity().await?;
    let mut letterhead = Letterhead::sample(&config, desk.look, &identity).map_err(Failure::config)?;
    letterhead.for_editor = flow::for_editor(desk, edition.composed_at).await.map_err(setup::failure)?;
    let personal = reader.map(|reader| letterhead.personal(reader));
    match proof::printed(form, edition, desk.look, personal.as_ref()) {
        Some(digest) => Ok(digest.into_bytes()),
        None => proof::message(&letterhead, edition, reader).map_err(Failure::config),
    }
}

/// Says what receivers and readers would hold against a message.
fn tell(examined: &lint::Examined) {
    for finding in &examined.findings {
        match finding.severity {
            Severity::Error => tracing::error!("{} ({})", finding.text, finding.rule),
            Severity::Warning => tracing::warn!("{} ({})", finding.text, finding.rule),
        }
    }
}

/// Says why there is nothing to show.
fn nothing_new(destination: &Destination, config: &Config, report: &Report) -> String {
    let without = summary::no_edition(config, report);
    match destination {
        Destination::Output => format!("{without}: there would be no edition now.\n"),
        Destination::File(file, _) => {
            format!("{without}: there would be no edition now, so {} is not written.\n", file.display())
        }
    }
}

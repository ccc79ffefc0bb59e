//! `reveille preview`: the digest a run would mail now, written to a file. Touches no edition and sends nothing.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};

use super::{Failure, Status, desk, say, summary, terminal::Verbosity};
use crate::{
    config::Config,
    flow::{self, Desk, Fault, Letterhead},
    model::{Edition, Reader},
    render,
    store::Store,
};

/// What `preview` can be told.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The file to write; its ending chooses the form: .html, .txt, .md or .eml
    #[arg(short, long, value_name = "FILE", default_value = "preview.html")]
    output: PathBuf,
    /// Makes the edition as of this moment (RFC 3339, or a local time of the newsletter)
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Shows the file in the browser
    #[arg(long)]
    open: bool,
    /// Asks every feed, also those that are not due yet; but not a host that asked to be left alone
    #[arg(long)]
    now: bool,
    /// Prints one JSON object with all counts
    #[arg(long)]
    json: bool,
}

/// Composes and writes the digest.
pub async fn run(config: Option<&Path>, options: Options, verbosity: Verbosity) -> Result<Status, Failure> {
    form(&options.output)?;
    let config = desk::newsletter(config)?;
    let store = desk::store(&config).await?;
    // As of another moment, what is pulled now would be remembered with a wrong date.
    let scratch = if options.at.is_some() { Some(store.scratch().await?) } else { None };
    let result = with_store(&config, scratch.as_ref().unwrap_or(&store), &options, verbosity).await;
    store.close().await;
    result
}

async fn with_store(
    config: &Config,
    store: &Store,
    options: &Options,
    verbosity: Verbosity,
) -> Result<Status, Failure> {
    let (fetcher, look) = (desk::fetcher(config)?, desk::look(config)?);
    let clock = desk::clock(options.at.as_deref(), &config.newsletter.timezone)?;
    let desk = Desk { config, store, fetcher: &fetcher, look: &look, clock, in_a_hurry: options.now };
    let progress = verbosity.progress();
    let (report, edition) = match flow::preview(&desk, progress.as_ref()).await {
        Ok(made) => made,
        Err(Fault::NoFeed(report)) => {
            summary::no_feed(&report.feeds);
            summary::json(options.json, &*report)?;
            return Err(desk::failure(Fault::NoFeed(report)));
        }
        Err(fault) => return Err(desk::failure(fault)),
    };
    progress.end();
    summary::notices(&report.feeds);
    summary::json(options.json, &report)?;
    let Some(edition) = edition else {
        if !options.json {
            let file = options.output.display();
            let read = if verbosity.wants_summary() { summary::composed(&report) } else { String::new() };
            say(&format!("{read}Nothing new: there would be no edition now, so {file} is not written.\n"))?;
        }
        return Ok(Status::Done);
    };
    let bytes = match form(&options.output)? {
        Form::Html => render::html(&edition, &look, None).into_bytes(),
        Form::Text => render::text(&edition, &look, None).into_bytes(),
        Form::Markdown => render::markdown(&edition, &look, None).into_bytes(),
        Form::Message => message(&desk, &edition).await?,
    };
    let path = options.output.display();
    std::fs::write(&options.output, bytes)
        .with_context(|| format!("cannot write {path}: does its folder exist?"))?;
    if !options.json && verbosity.wants_summary() {
        say(&format!("{}{path} is the digest as of now.\n", summary::composed(&report)))?;
    }
    if options.open {
        open::that(&options.output).with_context(|| format!("cannot show {path} in a browser"))?;
    }
    Ok(Status::Done)
}

/// The message as the first reader would get it.
async fn message(desk: &Desk<'_>, edition: &Edition) -> Result<Vec<u8>, Failure> {
    let secret = desk.store.secret().await?;
    let letterhead = Letterhead::new(desk.config, desk.look, &secret).map_err(Failure::config)?;
    let sample = Reader { email: "reader@example.net".to_owned(), ..Reader::default() };
    let reader = desk.config.readers.first().unwrap_or(&sample);
    Ok(letterhead.message(edition, reader).map_err(Failure::config)?.bytes)
}

/// The forms a digest can be written in.
enum Form {
    Html,
    Text,
    Markdown,
    Message,
}

fn form(path: &Path) -> Result<Form, Failure> {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("html" | "htm") => Ok(Form::Html),
        Some("txt") => Ok(Form::Text),
        Some("md") => Ok(Form::Markdown),
        Some("eml") => Ok(Form::Message),
        _ => Err(Failure::usage(anyhow!(
            "cannot tell the form of {}: let it end in .html, .txt, .md or .eml",
            path.display()
        ))),
    }
}

//! What a command needs to work with, made from a configuration: fetcher, look, mail server, clock.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context, anyhow};
use jiff::{Timestamp, civil, tz::TimeZone};

use super::{Failure, Status};
use crate::{
    clock::Clock,
    config::Config,
    fetch::{self, Fetcher},
    flow,
    mailer::{Pace, Post, smtp},
    render::{Look, ThemeName},
    store::Store,
};

/// Loads the configuration: the one named, else the one that is found.
pub fn config(named: Option<&Path>) -> Result<Config, Failure> {
    Config::load(&crate::config::find(named)).map_err(Failure::config)
}

/// The same for a command that reads feeds: there must be some.
pub fn newsletter(named: Option<&Path>) -> Result<Config, Failure> {
    let config = config(named)?;
    if config.feeds.is_empty() {
        let what = "no feed is configured: add a [[feeds]] table, or type: reveille feeds add ADDRESS";
        return Err(Failure::config(anyhow!("{}: {what}", config.path.display())));
    }
    Ok(config)
}

/// The clock of a run: the system's, or set to `--at`.
pub fn clock(at: Option<&str>, zone: &TimeZone) -> Result<Clock, Failure> {
    Ok(moment(at, zone)?.map_or_else(Clock::system, Clock::set_to))
}

/// The clock of a trial: what servers asked for goes by the system's, whatever `--at` says.
pub fn trial_clock(at: Option<&str>, zone: &TimeZone) -> Result<Clock, Failure> {
    Ok(moment(at, zone)?.map_or_else(Clock::system, Clock::as_if))
}

/// What `--at` says: RFC 3339, or a local time of the newsletter's zone.
fn moment(at: Option<&str>, zone: &TimeZone) -> Result<Option<Timestamp>, Failure> {
    let Some(at) = at else { return Ok(None) };
    let local = |time: civil::DateTime| time.to_zoned(zone.clone()).map(|zoned| zoned.timestamp());
    at.parse::<Timestamp>()
        .or_else(|_| at.parse::<civil::DateTime>().and_then(local))
        .map(Some)
        .map_err(|_| Failure::usage(anyhow!("--at {at:?} is not a time: write 2026-11-22T06:00:00-05:00")))
}

/// The fetcher that `[fetch]` describes.
pub fn fetcher(config: &Config) -> Result<Fetcher, Failure> {
    let ours = fetch::Options::default();
    let settings = &config.fetch;
    let contact =
        settings.contact.clone().or_else(|| config.newsletter.home.as_ref().map(ToString::to_string));
    let agent = match (&settings.user_agent, contact) {
        (Some(agent), _) => agent.clone(),
        (None, Some(contact)) => format!("reveille/{} (+{contact})", env!("CARGO_PKG_VERSION")),
        (None, None) => ours.user_agent.clone(),
    };
    let options = fetch::Options {
        timeout: settings.timeout,
        host_delay: settings.host_delay,
        concurrency: settings.concurrency,
        allow_private: settings.allow_private,
        proxy: settings.proxy.clone(),
        user_agent: agent,
        ..ours
    };
    Fetcher::new(&options).map_err(Failure::config)
}

/// The newsletter's look: its theme, and its own templates where there are some.
pub fn look(config: &Config) -> Result<Look, Failure> {
    own_look(config.newsletter.theme, config.newsletter.templates.as_deref()).map_err(Failure::config)
}

fn own_look(theme: ThemeName, folder: Option<&Path>) -> anyhow::Result<Look> {
    let Some(folder) = folder else { return Ok(Look::from_files(theme, &BTreeMap::new())?) };
    let files = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the templates in {}", folder.display()))?;
    let mut parts = BTreeMap::new();
    for file in files {
        let path = file?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_file() && (name.ends_with(".md") || name.ends_with(".toml")) {
            let text = std::fs::read_to_string(&path)
                .with_context(|| format!("cannot read the template {}", path.display()))?;
            parts.insert(name, text);
        }
    }
    Look::from_files(theme, &parts).with_context(|| format!("in the templates of {}", folder.display()))
}

/// Where messages go: the folder if one is named, else the configured server.
pub fn post(config: &Config, outbox: Option<PathBuf>) -> Result<Post, Failure> {
    match outbox {
        Some(folder) => Ok(Post::Outbox(folder)),
        None => smtp_server(config)?.map(Post::Smtp).ok_or_else(|| {
            let hint = "add smtp = \"smtps://mail.example.com\" to [mail], or run with --outbox DIR";
            Failure::config(anyhow!("{}: no mail server is configured: {hint}", config.path.display()))
        }),
    }
}

/// The configured mail server, if there is one.
pub fn smtp_server(config: &Config) -> Result<Option<smtp::Options>, Failure> {
    let mail = &config.mail;
    let Some(url) = &mail.smtp else { return Ok(None) };
    let mut options = smtp::Options::from_url(url.as_str()).map_err(Failure::config)?;
    options.timeout = mail.timeout;
    options.per_connection = mail.per_connection;
    options.pace = Pace::new(mail.per_second);
    if let Some(user) = &mail.user {
        let password = mail.password.read().map_err(Failure::config)?;
        let password = password.as_ref().map_or("", |secret| secret.reveal());
        options = options.with_credentials(user, password);
    }
    Ok(Some(options))
}

/// Opens the newsletter's store.
pub async fn store(config: &Config) -> Result<Store, Failure> {
    Ok(Store::open(&config.store.file).await?)
}

/// A fault of the flow, with the status its class ends with.
pub fn failure(fault: flow::Fault) -> Failure {
    let status = match fault {
        flow::Fault::NoFeed => Status::NoFeed,
        flow::Fault::Letter(_) => Status::Config,
        flow::Fault::Store(_) | flow::Fault::Step(_) => Status::Internal,
    };
    Failure { status, error: fault.into() }
}

//! `reveille preview --serve`: the digest on a page of its own that follows what is edited, until Ctrl-C. Listens on this
//! machine only, works on a copy of the state, and sends nothing.

mod answer;
mod follow;
mod key;
mod page;
mod query;
mod scheme;
mod sheet;
mod workshop;

use std::{
    io::ErrorKind,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use anyhow::{Context, anyhow};
use tokio::{net::TcpListener, sync::watch};

use super::{Failure, Options, Status, desk, say};
use crate::{cli::terminal::Verbosity, clock::Clock, config::Config, model::Reader};
use key::Key;
use query::Query;
use workshop::{Issue, Workshop};

/// The port that is tried first.
const PORT: u16 = 7480;

/// Ports tried after it when it is taken, as by a second preview.
const SPARE_PORTS: u16 = 9;

/// What the page shows, as of one moment.
#[derive(Debug)]
struct Shown {
    /// Grows with every change. Begins with the time, so that no tab takes what one preview shows for another's.
    version: u64,
    issue: Issue,
    /// Why the files as they are now cannot be used; the issue is then the last that could be made.
    trouble: Option<String>,
    /// Whether a new one is being made.
    busy: bool,
}

/// Where changes are told.
type Board = watch::Sender<Arc<Shown>>;

/// Makes the digest, serves it, and follows what is edited.
pub async fn run(
    config: Config,
    reader: Option<&Reader>,
    options: &Options,
    verbosity: Verbosity,
) -> Result<Status, Failure> {
    let listener = listen(options.port).await?;
    let port = listener.local_addr()?.port();
    let (workshop, issue) = Workshop::open(config, options, verbosity).await?;
    let version = Clock::system().as_of().as_millisecond().unsigned_abs();
    let (board, shown) = watch::channel(Arc::new(Shown { version, issue, trouble: None, busy: false }));
    let key = Key::new(port)?;
    let address = format!("http://127.0.0.1:{port}{}", key.path(&Query::of(reader)));
    say(&format!(
        "{address} shows the digest, and follows what you change in feeds.toml, readers and templates.\n\
         Only the whole address opens it, for nobody else who uses this machine is to read it.\n\
         Nothing is sent. Ctrl-C ends it.\n"
    ))?;
    if options.open {
        tokio::task::spawn_blocking(move || show_in_browser(&address));
    }
    tokio::select! {
        ended = axum::serve(listener, answer::router(port, key, shown)) => ended.context("the preview's server stopped")?,
        () = follow::follow(workshop, &board) => {}
        ended = told_to_end() => ended.context("cannot wait for Ctrl-C")?,
    }
    Ok(Status::Done)
}

/// Asks the system's launcher, which may take its time, to open the address. Without a browser the page is there all the
/// same.
fn show_in_browser(address: &str) {
    if let Err(error) = open::that_detached(address) {
        tracing::warn!("cannot show {address} in a browser: {error}");
    }
}

/// A port of this machine: the one asked for, else the usual one or one of the next that is free.
async fn listen(wanted: Option<u16>) -> Result<TcpListener, Failure> {
    let (first, spare) = wanted.map_or((PORT, SPARE_PORTS), |port| (port, 0));
    for port in first..=first.saturating_add(spare) {
        match TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await {
            Err(error) if error.kind() == ErrorKind::AddrInUse && port < first.saturating_add(spare) => {}
            Err(error) => {
                let error = anyhow::Error::new(error);
                return Err(Failure::usage(error.context(format!(
                    "cannot listen on port {port}: name another with --port, or 0 for any"
                ))));
            }
            Ok(listener) => return Ok(listener),
        }
    }
    Err(Failure::usage(anyhow!("no port is free: name one with --port, or 0 for any")))
}

/// Ctrl-C, or another polite request to end, so that the copy of the state is removed.
#[cfg(unix)]
async fn told_to_end() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut ended, mut hung_up) = (signal(SignalKind::terminate())?, signal(SignalKind::hangup())?);
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = ended.recv() => Ok(()),
        _ = hung_up.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn told_to_end() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

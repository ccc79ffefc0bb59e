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
    io::{self, ErrorKind},
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use tokio::{net::TcpListener, sync::watch};

use crate::{clock::Clock, model::Reader};
use key::Key;
use query::Query;

pub use workshop::{Digest, Workshop};

/// The port that is tried first.
const PORT: u16 = 7480;

/// Ports tried after it when it is taken, as by a second preview.
const SPARE_PORTS: u16 = 9;

/// What the page shows, as of one moment.
#[derive(Debug)]
struct Shown {
    /// Grows with every change. Begins with the time, so that no tab takes what one preview shows for another's.
    version: u64,
    digest: Digest,
    /// Why the files as they are now cannot be used; the digest is then the last that could be made.
    trouble: Option<String>,
    /// Whether a new one is being made.
    busy: bool,
}

/// Where changes are told.
type Board = watch::Sender<Arc<Shown>>;

/// A preview that nobody can look at yet: its port and its key are taken.
pub struct Preview {
    listener: TcpListener,
    port: u16,
    key: Key,
}

impl Preview {
    /// Takes a port of this machine: the one asked for, else the usual one or one of the next that is free.
    ///
    /// # Errors
    /// None is free, or it may not be taken; which one is said.
    pub async fn open(wanted: Option<u16>) -> Result<Preview, (u16, io::Error)> {
        let (first, spare) = wanted.map_or((PORT, SPARE_PORTS), |port| (port, 0));
        let last = first.saturating_add(spare);
        let mut port = first;
        let listener = loop {
            match TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await {
                Err(error) if error.kind() == ErrorKind::AddrInUse && port < last => port += 1,
                bound => break bound.map_err(|error| (port, error))?,
            }
        };
        let made = listener.local_addr().and_then(|address| Ok((address.port(), Key::new(address.port())?)));
        let (port, key) = made.map_err(|error| (port, error))?;
        Ok(Preview { listener, port, key })
    }

    /// The address that opens it, with the copy of a reader.
    pub fn address(&self, reader: Option<&Reader>) -> String {
        format!("http://127.0.0.1:{}{}", self.port, self.key.path(&Query::of(reader)))
    }

    /// Serves the digest, and follows what is edited, until it is told to end.
    ///
    /// # Errors
    /// It cannot be served any more.
    pub async fn serve(self, workshop: Workshop, digest: Digest) -> io::Result<()> {
        let version = Clock::system().as_of().as_millisecond().unsigned_abs();
        let (board, shown) = watch::channel(Arc::new(Shown { version, digest, trouble: None, busy: false }));
        tokio::select! {
            ended = axum::serve(self.listener, answer::router(self.port, self.key, shown)) => ended,
            () = follow::follow(workshop, &board) => Ok(()),
            ended = told_to_end() => ended,
        }
    }
}

/// Ctrl-C, or another polite request to end, so that the copy of the state is removed.
#[cfg(unix)]
async fn told_to_end() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut ended, mut hung_up) = (signal(SignalKind::terminate())?, signal(SignalKind::hangup())?);
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = ended.recv() => Ok(()),
        _ = hung_up.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn told_to_end() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}

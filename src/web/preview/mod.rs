//! `reveille preview --serve`: the digest on a page of its own that follows edits, until Ctrl-C. Listens on
//! this machine only, works on a copy of the state, and never sends anything.

mod answer;
mod follow;
mod key;
mod page;
mod query;
mod scheme;
mod sheet;
mod visitors;
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

/// How many further ports are tried when it is taken, for example by another preview.
const SPARE_PORTS: u16 = 9;

/// What the page shows, as of one moment.
#[derive(Debug)]
struct Shown {
    /// Grows with every change. Starts from the time, so that no tab mistakes one preview's version for
    /// another's.
    version: u64,
    digest: Digest,
    /// Why the files cannot be used as they are; the digest is then the last good one.
    trouble: Option<String>,
    /// Whether a new one is being made.
    busy: bool,
}

/// Announces changes.
type Board = watch::Sender<Arc<Shown>>;

/// A preview with its port and key, not served yet.
pub struct Preview {
    listener: TcpListener,
    port: u16,
    key: Key,
}

impl Preview {
    /// Takes a port of this machine: the one asked for, else the usual one or the next free one.
    ///
    /// # Errors
    /// None is free, or it may not be taken; the error names it.
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
        let made = listener.local_addr().and_then(|address| Ok((address.port(), Key::new()?)));
        let (port, key) = made.map_err(|error| (port, error))?;
        Ok(Preview { listener, port, key })
    }

    /// The address that opens it on a reader's copy.
    pub fn address(&self, reader: Option<&Reader>) -> String {
        format!("http://127.0.0.1:{}{}", self.port, self.key.path(&Query::of(reader)))
    }

    /// Serves the digest and follows edits until told to stop.
    ///
    /// # Errors
    /// Serving fails.
    pub async fn serve(self, workshop: Workshop, digest: Digest) -> io::Result<()> {
        let version = Clock::system().as_of().as_millisecond().unsigned_abs();
        let (board, shown) = watch::channel(Arc::new(Shown { version, digest, trouble: None, busy: false }));
        let stop = workshop.stop.clone();
        tokio::select! {
            ended = visitors::serve(self.listener, answer::router(self.port, self.key, shown)) => ended,
            () = follow::follow(workshop, &board) => Ok(()),
            () = stop.asked() => Ok(()),
            ended = hung_up() => ended,
        }
    }
}

/// Waits until the terminal is closed, so that the copy of the state is removed.
#[cfg(unix)]
async fn hung_up() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    signal(SignalKind::hangup())?.recv().await;
    Ok(())
}

#[cfg(not(unix))]
async fn hung_up() -> io::Result<()> {
    std::future::pending().await
}

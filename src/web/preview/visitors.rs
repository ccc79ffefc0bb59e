//! Connections in, each answered by a router, until dropped. Bounded: who does not say what they want is soon let go, and
//! before who has the key is kept waiting, one who has not shown it goes, or else the oldest.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{Extension, Router};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, task::AbortHandle, task::JoinSet};

/// Connections at once: a browser takes six for a page.
const MOST: usize = 64;

/// How long the head of a request may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Before the next connection is taken when the system has none to give.
const PAUSE: Duration = Duration::from_millis(100);

/// Whether the one at the other end of a connection has shown the key.
#[derive(Debug, Clone, Default)]
pub struct Known(Arc<AtomicBool>);

impl Known {
    /// Notes that the key was shown.
    pub fn note(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Answers whoever connects, for ever.
pub async fn serve(listener: TcpListener, router: Router) -> io::Result<()> {
    let (mut at_work, mut visitors) = (JoinSet::new(), Vec::<(AbortHandle, Known)>::new());
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        while at_work.try_join_next().is_some() {}
        visitors.retain(|(visitor, _)| !visitor.is_finished());
        if visitors.len() >= MOST {
            let place = visitors.iter().position(|(_, known)| !known.is()).unwrap_or_default();
            visitors.remove(place).0.abort();
        }
        let known = Known::default();
        let service = TowerToHyperService::new(router.clone().layer(Extension(known.clone())));
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(PATIENCE)
            .serve_connection(TokioIo::new(stream), service);
        visitors.push((at_work.spawn(async move { drop(connection.await) }), known));
    }
}

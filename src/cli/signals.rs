//! SIGTERM and SIGINT in, the wish to stop out: what is under way is finished first. A second signal ends the program
//! at once.

use std::io;

use crate::mailer::Stop;

/// What ends the command in order from now on.
#[cfg(unix)]
pub fn stop() -> io::Result<Stop> {
    use tokio::signal::unix::{SignalKind, signal};
    let (terminate, interrupt) = (SignalKind::terminate(), SignalKind::interrupt());
    let (mut terminated, mut interrupted) = (signal(terminate)?, signal(interrupt)?);
    let stop = Stop::default();
    let asked = stop.clone();
    tokio::spawn(async move {
        loop {
            let kind = tokio::select! {
                _ = terminated.recv() => terminate,
                _ = interrupted.recv() => interrupt,
            };
            if asked.is_asked() {
                // As a shell tells it of who was ended by a signal.
                std::process::exit(128 + kind.as_raw_value());
            }
            asked.ask();
            super::complain("stopping once what is under way is finished; a second signal ends it at once");
        }
    });
    Ok(stop)
}

/// Other systems have Ctrl-C alone.
#[cfg(not(unix))]
pub fn stop() -> io::Result<Stop> {
    let stop = Stop::default();
    let asked = stop.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            asked.ask();
        }
    });
    Ok(stop)
}

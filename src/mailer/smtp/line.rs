//! An open connection: a command in, its answer within the time a server has for one out. Never waits for ever.

use std::{future::Future, time::Duration};

use super::{
    Options,
    answer::Answer,
    offers::Offers,
    talk::{Stream, Talk},
    wire::Count,
};
use crate::mailer::reply::Fault;

/// How long a server may take over QUIT: nothing depends on the answer.
const FAREWELL: Duration = Duration::from_secs(2);

/// A connection that is greeted.
pub(super) struct Line {
    pub talk: Talk<Box<dyn Stream>>,
    pub offers: Offers,
    /// What went out through it.
    pub count: Count,
    /// Client and server are out of step: the connection is of no more use.
    pub lost: bool,
}

/// The answer to `step`, within the time a server has for one.
pub(super) async fn answer(
    options: &Options,
    name: &str,
    step: impl Future<Output = Result<Answer, Fault>>,
) -> Result<Answer, Fault> {
    let late = || Err(Fault::Lost(format!("no answer to {name} within {:?}", options.timeout)));
    within(options, options.timeout, step).await.unwrap_or_else(late)
}

/// What comes of `step`, if it comes within this time, and in time before the program stops.
pub(super) async fn within<T>(options: &Options, time: Duration, step: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        biased;
        done = step => Some(done),
        () = tokio::time::sleep(time) => None,
        () = options.stop.over() => None,
    }
}

/// Says QUIT and ignores the answer.
pub(super) async fn leave(line: &mut Line) {
    // The server may be gone already.
    let _ = tokio::time::timeout(FAREWELL, line.talk.command("QUIT\r\n")).await;
}

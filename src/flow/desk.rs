//! What a run works with, gathered once, and the errors that stop it. Never acts on its own.

use jiff::Timestamp;

use super::letter;
use crate::{
    clock::Clock,
    config::Config,
    fetch::Fetcher,
    mailer::Stop,
    render::Look,
    store::{self, Store},
};

/// Everything a run works with.
pub struct Desk<'a> {
    pub config: &'a Config,
    /// Borrowed by the ledger while an edition is mailed.
    pub store: &'a mut Store,
    pub fetcher: &'a Fetcher,
    pub look: &'a Look,
    pub clock: Clock,
    /// Asks feeds that are not due, too.
    pub ignore_schedule: bool,
    /// Whether what is asked for is still wanted.
    pub stop: Stop,
}

impl<'a> Desk<'a> {
    /// A desk that asks the feeds that are due.
    pub fn new(
        config: &'a Config,
        store: &'a mut Store,
        (fetcher, look): (&'a Fetcher, &'a Look),
        clock: Clock,
        stop: &Stop,
    ) -> Desk<'a> {
        Desk { config, store, fetcher, look, clock, ignore_schedule: false, stop: stop.clone() }
    }

    /// The same, which asks `all` feeds if that is wanted.
    pub fn asking(self, all: bool) -> Desk<'a> {
        Desk { ignore_schedule: all, ..self }
    }
}

/// What stops a run.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Letter(#[from] letter::Error),
    /// Not one feed could be read; the report names each with its reason.
    #[error("not one of the feeds could be read")]
    NoFeed,
    /// Most of what the feeds bring could not be read, and the edition waits for a later run.
    #[error("the edition is held until {0} for a later run: most of what the feeds bring could not be read")]
    Held(Timestamp),
    /// Asked to stop before there was anything to mail or to show.
    #[error("stopped before the edition was sealed: nobody was mailed anything; the next run makes it")]
    Stopped,
    #[error("a step broke down: {0}")]
    Step(String),
}

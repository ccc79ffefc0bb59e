//! What a run works with, and what stops it.

use super::letter;
use crate::{
    clock::Clock,
    config::Config,
    fetch::Fetcher,
    render::Look,
    store::{self, Store},
};

/// Everything a run works with.
pub struct Desk<'a> {
    pub config: &'a Config,
    /// Given away alone while an edition is mailed: the ledger borrows it.
    pub store: &'a mut Store,
    pub fetcher: &'a Fetcher,
    pub look: &'a Look,
    pub clock: Clock,
    /// Asks feeds also that are not due.
    pub ignore_schedule: bool,
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
    #[error("a step broke down: {0}")]
    Step(String),
}

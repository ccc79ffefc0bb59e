//! The progress of a long stage, reported to whoever watches. Never changes what is done: nothing depends on
//! a watcher.

/// Someone who watches the stages of a run.
pub trait Progress: Send + Sync {
    /// A stage of `total` steps begins; the one before it is over.
    fn begin(&self, stage: &'static str, total: usize);
    /// One step of the stage is done.
    fn step(&self);
    /// The last stage is over.
    fn end(&self);
}

/// Nobody watches: cron, a pipe, `--quiet`.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _stage: &'static str, _total: usize) {}
    fn step(&self) {}
    fn end(&self) {}
}

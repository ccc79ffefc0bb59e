//! `[report]` in, the file for a run's figures out. Never writes it.

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// What is reported of a run besides its exit status.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Report {
    /// The file that the figures of the last run are written to, in Prometheus' text format, readable by everybody.
    /// Absolute once the configuration is loaded; none are written when absent.
    pub metrics: Option<PathBuf>,
}

impl Report {
    /// Makes the path absolute.
    pub(super) fn settle(&mut self, folder: &Path) {
        self.metrics = self.metrics.take().map(|metrics| folder.join(metrics));
    }
}

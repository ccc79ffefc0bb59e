//! The figures of a run for Prometheus: a file that node_exporter's textfile collector reads, replaced in one step.

mod exposition;

use std::{collections::BTreeMap, fs, io, io::Write, os::unix::fs::PermissionsExt, path::Path};

use jiff::Timestamp;

use super::Status;
use crate::{
    clock::Clock,
    config::Config,
    flow::{self, Figures, Report},
    model::Run,
    store::{Error, Store},
};
use exposition::Last;

/// What the state says besides the run that just ended.
#[derive(Debug, Default)]
pub struct History {
    /// The newest first, that run among them.
    runs: Vec<Run>,
    /// When the newest edition was composed.
    edition: Option<Timestamp>,
    /// Failures in a row of each outlet's worst feed. Outlets are named in public; addresses of feeds may hold a key.
    outlets: BTreeMap<String, i64>,
}

impl History {
    /// What the state says.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn of(store: &Store, config: &Config, now: Timestamp) -> Result<History, Error> {
        let (runs, last, records) = (store.runs().await?, store.last_sealed().await?, store.feeds().await?);
        let mut outlets = BTreeMap::new();
        for feed in flow::feeds(config).all(&records, now) {
            let worst: &mut i64 = outlets.entry(feed.outlet).or_default();
            *worst = feed.failures.max(*worst);
        }
        Ok(History { runs, edition: last.map(|last| last.composed_at), outlets })
    }

    /// When a run last ended well.
    fn success(&self) -> Option<Timestamp> {
        self.runs.iter().find(|run| run.status == Some(Status::Done as u8))?.ended
    }

    /// The figures of the last pull: a run that finds today's edition already made asks no feed.
    fn pulled(&self) -> Option<Figures> {
        self.runs.iter().find_map(|run| serde_json::from_str(&run.body).ok())
    }
}

/// Writes the figures of a run that ended with `status`. A failure here is reported, but does not fail the
/// run.
pub fn write(file: &Path, status: Status, report: &Report, history: &History, clock: Clock) {
    let before = fs::read_to_string(file).unwrap_or_default();
    let pulled = Figures::of(report).or_else(|| history.pulled()).unwrap_or_default();
    let success = match status {
        Status::Done => Some(clock.now()),
        _ => history.success(),
    };
    let page = exposition::page(&Last {
        status,
        ended: clock.now(),
        // Without a state, what was known before still is.
        success: seconds(success).or_else(|| exposition::value(&before, exposition::SUCCESS)),
        edition: seconds(history.edition).or_else(|| exposition::value(&before, exposition::EDITION)),
        report,
        pulled: &pulled,
        outlets: &history.outlets,
    });
    if let Err(error) = replace(file, &page) {
        tracing::warn!(
            "cannot write the metrics to {}: {error}; may its folder be written to?",
            file.display()
        );
    }
}

fn seconds(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::as_second)
}

/// Puts `page` in the place of `file` in one step, readable by everybody. The exporter reads `*.prom` alone, so it never
/// sees the half of it that has another name.
fn replace(file: &Path, page: &str) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut new = tempfile::Builder::new().prefix(".reveille-").suffix(".new").tempfile_in(folder)?;
    new.write_all(page.as_bytes())?;
    new.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    new.persist(file)?;
    Ok(())
}

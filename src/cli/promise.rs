//! The report of a run, a pull, a preview or a check in, the object that `--json` promises out: its keys never follow
//! internal changes.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::flow::{Pulled, Report};

/// The object, but for how the command ended.
pub fn promise(report: &Report) -> Value {
    let Report { pulled, composed, mailed, .. } = report;
    let tallies: BTreeMap<_, _> = mailed.iter().map(|(date, mailed)| (date, mailed.tally)).collect();
    json!({
        "edition": report.edition,
        "number": report.number,
        "sealed": report.sealed,
        "resumed": report.resumed,
        "held_until": report.held_until,
        "feeds": feeds(pulled),
        "entries": pulled.entries,
        "articles": composed.articles,
        "stories": composed.stories,
        "pages": composed.pages,
        "briefs": composed.briefs,
        "refused_briefs": composed.refused_briefs,
        "deliveries": tallies,
        "messages": report.messages(),
        "seconds": {
            "pull": pulled.seconds,
            "cluster": composed.seconds.cluster,
            "pages": composed.seconds.pages,
            "brief": composed.seconds.brief,
            "deliver": mailed.values().map(|mailed| mailed.seconds).sum::<f64>(),
            "total": report.seconds,
        },
    })
}

/// The object of a pull, but for how the command ended.
pub fn of_pull(pulled: &Pulled) -> Value {
    json!({ "feeds": feeds(pulled), "entries": pulled.entries, "seconds": { "pull": pulled.seconds } })
}

fn feeds(pulled: &Pulled) -> Value {
    json!({
        "read": pulled.read,
        "unchanged": pulled.unchanged,
        "not_due": pulled.not_due,
        "unasked": pulled.unasked,
        "failed": pulled.failed.len(),
        "errors": pulled.failed,
        "waiting": pulled.waiting,
        "notices": pulled.notices,
    })
}

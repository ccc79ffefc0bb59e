//! The report of a run, a preview or a check in, the object that `--json` promises out: its keys never follow
//! internal changes.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::flow::Report;

/// The object, but for how the command ended.
pub fn promise(report: &Report) -> Value {
    let Report { pulled, composed, mailed, .. } = report;
    let tallies: BTreeMap<_, _> = mailed.iter().map(|(date, mailed)| (date, mailed.tally)).collect();
    json!({
        "edition": report.edition,
        "number": report.number,
        "sealed": report.sealed,
        "resumed": report.resumed,
        "feeds": {
            "read": pulled.read,
            "unchanged": pulled.unchanged,
            "not_due": pulled.not_due,
            "failed": pulled.failed.len(),
            "errors": pulled.failed,
            "waiting": pulled.waiting,
            "notices": pulled.notices,
        },
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

//! The report of a run that pulled feeds in, its figures for the diary out. Never a text or an address.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Report, compose::PageCounts};

/// The figures of the stages.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    pub read: usize,
    pub unchanged: usize,
    pub not_due: usize,
    pub failed: usize,
    pub entries: usize,
    pub articles: usize,
    pub stories: usize,
    pub pages: PageCounts,
    pub briefs: usize,
    pub refused_briefs: usize,
    /// Until when the edition waited for a later run, if it did.
    #[serde(default)]
    pub held_until: Option<Timestamp>,
    /// Each stage by its name and how many seconds it took.
    pub seconds: Vec<(String, f64)>,
}

impl Figures {
    /// Those of a run; none when it pulled no feeds, as today's edition was made before.
    pub fn of(report: &Report) -> Option<Figures> {
        let (pulled, composed) = (&report.pulled, &report.composed);
        let seconds = [
            ("pull", pulled.seconds),
            ("cluster", composed.seconds.cluster),
            ("pages", composed.seconds.pages),
            ("brief", composed.seconds.brief),
        ];
        pulled.is_any().then(|| Figures {
            read: pulled.read,
            unchanged: pulled.unchanged,
            not_due: pulled.not_due,
            failed: pulled.failed.len(),
            entries: pulled.entries,
            articles: composed.articles,
            stories: composed.stories,
            pages: composed.pages,
            briefs: composed.briefs,
            refused_briefs: composed.refused_briefs,
            held_until: report.held_until,
            seconds: seconds.map(|(stage, seconds)| (stage.to_owned(), seconds)).into(),
        })
    }
}

//! The report of a run that pulled feeds in, its figures for the diary out. Never a text or an address.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Report, compose::PageCounts, desk::Desk};
use crate::{schedule, store};

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
    /// Readers of the last edition whom the list had not got any more.
    #[serde(default)]
    pub missing_readers: usize,
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
            missing_readers: report.missing_readers,
            seconds: seconds.map(|(stage, seconds)| (stage.to_owned(), seconds)).into(),
        })
    }
}

/// The most readers whom an earlier run for the edition of `date` found missing from the list.
///
/// # Errors
/// Those of the store.
pub async fn missing_before(desk: &Desk<'_>, date: Date) -> Result<usize, store::Error> {
    let zone = &desk.config.newsletter.timezone;
    let runs = desk.store.runs().await?;
    let of_the_day = runs.iter().filter(|run| schedule::edition_date(run.started, zone) == date);
    let figures = of_the_day.filter_map(|run| serde_json::from_str::<Figures>(&run.body).ok());
    Ok(figures.map(|figures| figures.missing_readers).max().unwrap_or_default())
}

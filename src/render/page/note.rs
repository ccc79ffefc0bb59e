//! A correction in, its printable form out: cleaned, shortened, its link checked. Never invents a reason.

use jiff::civil::Date;

use crate::{
    model::Correction,
    render::{
        dates,
        plain::{clean, headline, names_another, web_link},
    },
};

/// At most this many removed passages are named.
const GONE: usize = 6;

#[derive(Debug, Clone)]
pub(in crate::render) struct Note {
    pub outlet: String,
    pub headline: String,
    pub link: Option<String>,
    /// As of a [`super::Story`].
    pub link_behind: bool,
    /// The day the edition was printed: `Thursday`.
    pub day: String,
    /// The outlet's own correction notice; empty if there is none.
    pub notice: String,
    /// Words we printed that are gone from the article.
    pub gone: Vec<String>,
}

impl Note {
    /// `date` is that of the edition carrying the note.
    pub fn new(correction: &Correction, date: Date) -> Self {
        let link = web_link(&correction.url);
        let headline = headline(&correction.headline);
        let outlet = match clean(&correction.outlet, 80) {
            empty if empty.is_empty() => "The outlet".to_owned(),
            outlet => outlet,
        };
        Self {
            outlet,
            link_behind: link.as_deref().is_some_and(|link| names_another(&headline, link)),
            headline,
            link,
            day: dates::day_before(correction.edition, date),
            notice: clean(&correction.notice, 1000),
            gone: correction.gone.iter().take(GONE).map(|words| clean(words, 800)).collect(),
        }
    }
}

/// What introduces removed words.
pub(in crate::render) const NO_LONGER: &str = "No longer in the article:";

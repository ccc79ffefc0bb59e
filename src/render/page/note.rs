//! A correction in, the same as it is printed out: cleaned, bounded, its link checked.

use jiff::civil::Date;

use super::story::headline;
use crate::{
    model::Correction,
    render::{
        dates,
        plain::{clean, link_words, web_link},
    },
};

/// The most passages that are named as gone.
const GONE: usize = 6;

#[derive(Debug, Clone)]
pub(in crate::render) struct Note {
    pub outlet: String,
    pub headline: String,
    pub link: Option<String>,
    /// The day it was printed: `Thursday`.
    pub day: String,
    /// What the outlet says; empty when it says nothing.
    pub notice: String,
    /// Words that were printed and are gone.
    pub gone: Vec<String>,
}

impl Note {
    /// `date` is that of the edition the note stands in.
    pub fn new(correction: &Correction, date: Date) -> Self {
        let link = web_link(&correction.url);
        let headline = headline(&correction.headline);
        let outlet = match clean(&correction.outlet, 80) {
            empty if empty.is_empty() => "The outlet".to_owned(),
            outlet => outlet,
        };
        Self {
            outlet,
            headline: link.as_deref().map_or(headline.clone(), |link| link_words(&headline, link)),
            link,
            day: dates::day_before(correction.edition, date),
            notice: clean(&correction.notice, 1000),
            gone: correction.gone.iter().take(GONE).map(|words| clean(words, 800)).collect(),
        }
    }
}

/// What is said before words that are gone.
pub(in crate::render) const NO_LONGER: &str = "No longer in the article:";

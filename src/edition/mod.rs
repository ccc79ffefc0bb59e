//! Stories and briefs in, an edition out: ranked, limited, in sections, every word checked against its source. Never
//! reads a clock or keeps state: what was printed before is passed in.

mod corrections;
mod followup;
mod layout;
mod lead;
mod length;
mod rank;
#[cfg(test)]
mod tests;
mod told_words;
mod verify;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::model::{Article, Brief, Correction, Edition, Masthead, Omission, Read, Story, Update};

pub use corrections::{Due, due, is_labelled_anew};
pub use followup::{Followup, Memory, Novelty, Repeat};
pub use layout::build;
pub use rank::{Ranked, rank};
pub use verify::NotVerbatim;

/// The articles of a day, by id.
pub type Articles<'a> = BTreeMap<&'a str, &'a Article>;

/// Settings of the edition, from `[newsletter]` in feeds.toml.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Maximum number of stories.
    pub max_stories: usize,
    /// Maximum number of words: headlines, leads and quotations. Quotations are dropped first, then the lowest-ranked
    /// stories.
    pub max_words: usize,
    /// Fewest independent voices of a story that the home outlet does not tell.
    pub min_voices: usize,
    /// Fewest points of a story.
    pub min_score: f64,
    /// Maximum number of stories in a section, but for those of many voices.
    pub max_per_section: usize,
    /// How many stories of a section are printed with lead and quotations; those below are a headline.
    pub in_full: usize,
    /// Maximum number of stories that one outlet speaks for.
    pub max_per_outlet: usize,
    /// Sections in printing order; any other section comes after them.
    pub sections: Vec<String>,
    /// BCP 47 tag of the newsletter, also the language of the focus words.
    pub language: String,
    /// Words that make a story matter more to these readers.
    pub focus: Vec<String>,
    /// How long a story counts as fresh: its freshness falls from 1 to 0 over this time.
    pub window: SignedDuration,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            max_stories: 20,
            max_words: 1300,
            min_voices: 1,
            min_score: 0.0,
            max_per_section: 10,
            in_full: 3,
            max_per_outlet: 5,
            sections: Vec::new(),
            language: "en".to_owned(),
            focus: Vec::new(),
            window: SignedDuration::from_hours(24),
        }
    }
}

/// A story in contention, with its brief.
#[derive(Debug, Clone)]
pub struct Candidate<'a> {
    pub story: &'a Story,
    pub brief: Brief,
    /// What makes it an update, if an earlier edition told it.
    pub update: Option<Update>,
    /// The printed stories it continues; of several candidates that continue the same one, only the first is printed.
    pub places: BTreeSet<String>,
}

impl<'a> Candidate<'a> {
    /// A story that no edition has told.
    pub fn new(story: &'a Story, brief: Brief) -> Candidate<'a> {
        Candidate { story, brief, update: None, places: BTreeSet::new() }
    }
}

/// The issue to build: its date, time, masthead, and corrections of earlier ones.
#[derive(Debug, Clone)]
pub struct Issue {
    pub date: Date,
    pub composed_at: Timestamp,
    pub masthead: Masthead,
    pub read: Read,
    pub corrections: Vec<Correction>,
}

/// An edition, and what became of the candidates.
#[derive(Debug)]
pub struct Built {
    pub edition: Edition,
    /// For each story of the edition, in printing order: the index of its candidate.
    pub printed: Vec<usize>,
    /// Candidates refused because some of their words are not in their source.
    pub refused: Vec<NotVerbatim>,
    /// The other candidates' indices with the reasons they are not printed, in the given order.
    pub left_out: Vec<(usize, Omission)>,
}

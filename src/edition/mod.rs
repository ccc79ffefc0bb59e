//! Stories and briefs in, an edition out: ranked, capped, in sections, every word checked against its source.
//! It reads no clock and keeps no state: what was printed before is told to it.

mod corrections;
mod followup;
mod layout;
mod lead;
mod length;
mod opinion;
mod rank;
#[cfg(test)]
mod tests;
mod verify;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::model::{Article, Brief, Correction, Edition, Masthead, Omission, Story, Update};

pub use corrections::{Due, due, is_labelled_anew};
pub use followup::{Again, Memory, Repeat, Standing};
pub use layout::build;
pub use rank::{Ranked, rank};
pub use verify::NotVerbatim;

/// The articles of a day by their ids.
pub type Articles<'a> = BTreeMap<&'a str, &'a Article>;

/// Settings of the edition, from `[newsletter]` in feeds.toml.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Stories at most.
    pub max_stories: usize,
    /// Words at most: headlines, leads and quotations. Quotations go first, then the lowest stories.
    pub max_words: usize,
    /// Stories at most in one section.
    pub max_per_section: usize,
    /// Stories at most that one outlet speaks for.
    pub max_per_outlet: usize,
    /// Sections in printing order; a section not named here comes after them.
    pub sections: Vec<String>,
    /// BCP 47 tag of the newsletter, which the focus words are in.
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
            max_per_section: 10,
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
    /// Where in print it returns from; of several stories that return from one place the first one is printed.
    pub places: BTreeSet<String>,
}

impl<'a> Candidate<'a> {
    /// A story that no edition told.
    pub fn new(story: &'a Story, brief: Brief) -> Candidate<'a> {
        Candidate { story, brief, update: None, places: BTreeSet::new() }
    }
}

/// The issue to be built: its day, its moment, its masthead, and what it takes back of earlier ones.
#[derive(Debug, Clone)]
pub struct Issue {
    pub date: Date,
    pub composed_at: Timestamp,
    pub masthead: Masthead,
    pub corrections: Vec<Correction>,
}

/// An edition and what became of the candidates.
#[derive(Debug)]
pub struct Built {
    pub edition: Edition,
    /// Per story of the edition, in printing order: the index of its candidate.
    pub printed: Vec<usize>,
    /// Candidates refused because a word of them is not in its source.
    pub refused: Vec<NotVerbatim>,
    /// Why each of the other candidates is not printed, with its index, in the order given.
    pub left_out: Vec<(usize, Omission)>,
}

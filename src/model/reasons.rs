//! Why an edition is as it is: every story considered, where it ranked, and what became of it. Kept beside the
//! edition; no reader sees it.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Clue, Member, Why};

/// The reasons of one day's edition, or why there was none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reasons {
    pub date: Date,
    /// The moment it was composed as of.
    pub composed_at: Timestamp,
    /// The articles it was composed from, and the stories they tell.
    pub articles: usize,
    pub stories: usize,
    /// The stories as printed, in printing order: the first is number 1. Empty when no edition was made.
    pub printed: Vec<Considered>,
    /// What was left out, in rank order; those that were not ranked come last.
    pub left_out: Vec<Considered>,
    /// How many more were left out and are not listed, because they ranked too low to be of interest.
    pub not_listed: usize,
    /// The articles named in any of it, by id.
    pub sources: BTreeMap<String, Source>,
}

/// A story that could have been printed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Considered {
    /// The id of the article that speaks for it.
    pub speaker: String,
    /// Its articles, the most central first, and how many there are, should these not be all.
    pub members: Vec<Member>,
    pub articles: usize,
    /// Independent voices.
    pub voices: usize,
    /// Where it ranked; `None` when it was dropped before.
    pub rank: Option<Rank>,
    /// Why it was not printed; `None` when it was.
    pub left_out: Option<Omission>,
    /// Why its articles are together; kept of those in contention.
    pub why: Option<Why>,
    /// How its articles fared when the one to speak for it was chosen, the best first; kept of those printed.
    pub choice: Vec<Choice>,
}

/// A story's place in the ranking, with what its score is made of.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Rank {
    /// 1 is the first.
    pub place: usize,
    /// The sum of the parts' points, times the weight.
    pub score: f64,
    pub parts: Vec<Clue>,
    /// The largest weight of its feeds.
    pub weight: f64,
    /// The focus word that was found, as in the settings.
    pub focus_word: Option<String>,
}

/// An article that could have spoken for its story.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// The article's id.
    pub id: String,
    /// How much of what the other articles tell is at its top; what the articles are chosen by. On a scale of its own.
    pub agreement: f64,
    /// Whether it goes before the others because the home outlet tells it at length.
    pub home: bool,
    /// Words of text it had to be quoted from.
    pub words: usize,
}

/// Why a story was not printed. New reasons may be added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Omission {
    /// The edition was full before its turn came.
    EditionFull { max_stories: usize },
    /// As many stories as allowed are printed, or in contention, that its outlet speaks for.
    OutletFull { outlet: String, max_per_outlet: usize },
    /// Its section was full before its turn came.
    SectionFull { section: String, max_per_section: usize },
    /// The words of the edition were used up by those that rank higher.
    NoWordsLeft { max_words: usize },
    /// A word of its brief is not in its source.
    NotVerbatim { problem: String },
    /// No article of it could be quoted.
    NothingToQuote,
    /// An earlier edition printed it, and nothing is new.
    PrintedBefore { edition: Date },
    /// A part of the same earlier story, more important, comes back in this edition.
    BackAlready,
    /// It only says that an earlier article was wrong, which the edition says in its corrections.
    OnlyACorrection,
    /// There were too few stories to make an edition.
    TooFew { min_stories: usize },
}

/// Where an article stands.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    pub outlet: String,
    /// The outlet's owner, if known.
    pub owner: Option<String>,
    /// The news agency whose report it is, by its own credit.
    pub agency: Option<String>,
    /// Whether that is the home outlet.
    pub home: bool,
    pub title: String,
    pub url: String,
    pub published: Option<Timestamp>,
}

impl Considered {
    /// The place of an article among the members.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.members.iter().position(|member| member.id == id)
    }
}

impl Reasons {
    /// The article with this id; empty when it is not kept.
    pub fn source(&self, id: &str) -> Source {
        self.sources.get(id).cloned().unwrap_or_default()
    }
}

//! Why an edition is as it is: every story considered, its rank, and what became of it. Kept beside the edition;
//! never shown to a reader.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Clue, Genre, Member, Why};

/// The reasons behind one day's edition, or for not making one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reasons {
    pub date: Date,
    /// The time as of which it was composed.
    pub composed_at: Timestamp,
    /// The number of articles it was composed from, and of stories among them.
    pub articles: usize,
    pub stories: usize,
    /// The printed stories in printing order, numbered from 1. Empty if no edition was made.
    pub printed: Vec<Considered>,
    /// The stories left out, in rank order; unranked ones come last.
    pub left_out: Vec<Considered>,
    /// How many more were left out but are not listed, because they ranked too low to be of interest.
    pub not_listed: usize,
    /// The articles named anywhere in here, by id.
    pub sources: BTreeMap<String, Source>,
}

/// A story that could have been printed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Considered {
    /// The id of the article that speaks for it.
    pub speaker: String,
    /// Its articles, the most central first, and their total number, in case some are not listed.
    pub members: Vec<Member>,
    pub articles: usize,
    /// Independent voices.
    pub voices: usize,
    /// Its rank; `None` if it was dropped before ranking.
    pub rank: Option<Rank>,
    /// Why it was not printed; `None` if it was.
    pub left_out: Option<Omission>,
    /// Why its articles belong together; kept for stories in contention.
    pub why: Option<Why>,
    /// How its articles compared when the one to speak for it was chosen, best first; kept for printed stories.
    pub choice: Vec<Choice>,
}

/// A story's place in the ranking, and how its score is made up.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Rank {
    /// 1 is first.
    pub place: usize,
    /// The sum of the parts' points, times the weight.
    pub score: f64,
    pub parts: Vec<Clue>,
    /// The largest weight of its feeds.
    pub weight: f64,
    /// The focus word found, as written in the settings.
    pub focus_word: Option<String>,
}

/// An article that could have spoken for its story.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// The article's id.
    pub id: String,
    /// How much of what the other articles tell is near its top: the measure by which an article is chosen. The scale
    /// is arbitrary.
    pub agreement: f64,
    /// Whether it comes before the others because the home outlet tells it at length.
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
    /// Its outlet already speaks for the maximum number of stories, printed or in contention.
    OutletFull { outlet: String, max_per_outlet: usize },
    /// Too few voices tell it, and the home outlet does not.
    TooFewVoices { min_voices: usize },
    /// It has too few points in the ranking.
    TooFewPoints { min_score: f64 },
    /// Its section was full before its turn came.
    SectionFull { section: String, max_per_section: usize },
    /// Higher-ranked stories used up the edition's words.
    NoWordsLeft { max_words: usize },
    /// Some words of its brief are not in their source.
    NotVerbatim { problem: String },
    /// No article of it could be quoted.
    NothingToQuote,
    /// An earlier edition printed it, and there is nothing new.
    PrintedBefore { edition: Date },
    /// A more important part of the same earlier story returns in this edition.
    BackAlready,
    /// It only says that an earlier article was wrong, which the edition reports as a correction.
    OnlyACorrection,
    /// There were too few stories for an edition.
    TooFew { min_stories: usize },
}

/// Where an article comes from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    pub outlet: String,
    /// The outlet's owner, if known.
    pub owner: Option<String>,
    /// The news agency whose report it is, as credited in the article.
    pub agency: Option<String>,
    /// Whether its outlet is the home outlet.
    pub home: bool,
    /// What it is; a report in accounts kept before this was asked.
    #[serde(default)]
    pub genre: Genre,
    pub title: String,
    pub url: String,
    pub published: Option<Timestamp>,
}

impl Considered {
    /// The article's place among the members.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.members.iter().position(|member| member.id == id)
    }
}

impl Reasons {
    /// The article with this id; empty if it is not kept.
    pub fn source(&self, id: &str) -> Source {
        self.sources.get(id).cloned().unwrap_or_default()
    }
}

//! Why articles are one story, pair by pair, and which stories came close but were kept apart. Never decides it.

use serde::{Deserialize, Serialize};

/// The evidence for and against a story. Its JSON form is the `why` of `inspect stories --explain`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Why {
    /// How strongly two groups of articles had to be linked to become one story, 0 to 1.
    pub certainty: f64,
    /// How many pairs the story's articles form.
    pub pairs: usize,
    /// The pairs that hold it together: each article's strongest link to the others, strongest first. For a big story
    /// the surest are left out.
    pub links: Vec<Pair>,
    /// The stories that came closest but were kept apart, nearest first.
    pub outsiders: Vec<Outsider>,
}

/// Two articles and what they have in common.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// The ids of the two.
    pub a: String,
    pub b: String,
    /// How likely both report one event, 0 to 1; 1 for copies of one text.
    pub probability: f64,
    /// Whether they are copies of one text.
    pub same_text: bool,
    /// The terms whose sum is the log-odds of the probability. For copies, what they would have by their words.
    pub evidence: Vec<Clue>,
    /// What they share, each kind sorted by importance, spelt as in one of the two.
    pub names: Vec<String>,
    pub numbers: Vec<String>,
    pub words: Vec<String>,
}

/// One piece of evidence.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Clue {
    pub name: String,
    /// The value found, on a scale of its own.
    pub value: f64,
    /// What it adds to the log-odds; evidence against if below 0.
    pub points: f64,
}

/// A story kept apart from another.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Outsider {
    /// Its headline.
    pub headline: String,
    /// How many articles it has.
    pub articles: usize,
    /// How strongly the two stories are linked, over all pairs of articles between them.
    pub strength: f64,
    /// How strong that link would have to be for stories of their sizes: two single articles need more.
    #[serde(default)]
    pub needed: f64,
    /// The two articles that are closest: `a` in the story explained, `b` in this one.
    pub closest: Pair,
    /// Names and numbers that only the explained story has, most telling first.
    pub only_here: Vec<String>,
    /// Names and numbers that only this story has.
    pub only_there: Vec<String>,
}

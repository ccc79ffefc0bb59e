//! A story: the articles on one event.

use serde::{Deserialize, Serialize};

/// The articles on one event, by their ids. Its JSON form is a line of `inspect stories`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// The representative's title.
    pub headline: String,
    /// Every article of the story, the most central first.
    pub members: Vec<String>,
    /// The article that speaks for the story.
    pub representative: String,
    /// Groups (two or more) of members that are copies of one text; a member is in one group at most.
    pub same_text: Vec<Vec<String>>,
    /// Number of independent voices: one owner, and all copies of one text, count once.
    pub outlets: usize,
}

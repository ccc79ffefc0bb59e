//! Articles in, stories out: which of them tell one event, and which are copies of one text.

use serde::Deserialize;

use crate::model::{Article, Story};

/// Settings of the clustering, `[cluster]` in feeds.toml.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {}

/// Groups `articles` into stories, largest first; every article is in exactly one. The answer does not depend on
/// the order of the input.
pub fn stories(articles: &[Article], _options: &Options) -> Vec<Story> {
    let alone = |a: &Article| Story {
        headline: a.title.clone(),
        members: vec![a.id.clone()],
        representative: a.id.clone(),
        same_text: Vec::new(),
        outlets: 1,
    };
    articles.iter().map(alone).collect()
}

//! What an article is among those on its event: a report, or a piece beside the news. Never decides it.

use serde::{Deserialize, Serialize};

/// The genre of an article, by what tells it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Genre {
    #[default]
    Report,
    /// A live page, an explainer, a round-up, a video, an essay, by its title.
    Aside,
    /// The same by a folder of its address or a label of its feed.
    Format,
    /// Opinion, by the outlet's own label.
    Opinion,
    /// What comes again and again under such a title: an almanac, a newsletter, a broadcast.
    Column,
    /// Of a feed that speaks last, by the newsletter's settings.
    Last,
}

impl Genre {
    /// Whether it reports an event itself, so that it may speak for others that do.
    pub fn is_report(self) -> bool {
        self == Genre::Report
    }
}

//! An article: an entry with its text and outlet, the input of clustering, briefs and editions. Never knows its feed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A picture offered by a feed: only its address and description, never its bytes.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize)]
pub struct Picture {
    /// Absolute `http(s)` address.
    pub url: String,
    /// Alternative text, plain; empty if the feed gives none.
    #[serde(default)]
    pub alt: String,
}

/// One article of one outlet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Unique among the articles handled together.
    pub id: String,
    /// The publisher's name; empty when unknown.
    #[serde(default)]
    pub outlet: String,
    /// Plain text.
    pub title: String,
    /// The article's address; empty when unknown.
    #[serde(default)]
    pub url: String,
    /// The outlet's own teaser, plain text; may be empty.
    #[serde(default)]
    pub summary: String,
    /// The article's own text as far as known: plain paragraphs separated by blank lines (`
    ///
    /// `); may be empty.
    #[serde(default)]
    pub text: String,
    /// Names of the authors.
    #[serde(default)]
    pub authors: Vec<String>,
    /// When it was published, in UTC.
    #[serde(default)]
    pub published: Option<Timestamp>,
    /// BCP 47 tag, if known.
    #[serde(default)]
    pub lang: Option<String>,
    /// The outlet's owner: outlets of one owner count as one voice.
    #[serde(default)]
    pub owner: Option<String>,
    /// The news agency whose report this is, as credited in the article; the outlet then only carries it.
    #[serde(default)]
    pub agency: Option<String>,
    /// The section of the newsletter this outlet's articles go to.
    #[serde(default)]
    pub section: Option<String>,
    /// Whether the outlet is the newsletter's home outlet.
    #[serde(default)]
    pub home: bool,
    /// Whether its feed may only speak where no other does, by the newsletter's settings.
    #[serde(default)]
    pub aside: bool,
    /// Whether titles like its own come again and again in its feed, as those of almanacs, newsletters and broadcasts do.
    #[serde(default)]
    pub column: bool,
    /// The feed's weight in the ranking; 1 is ordinary.
    #[serde(default = "ordinary_weight")]
    pub weight: f64,
    /// Place in its feed, 0 first.
    #[serde(default)]
    pub position: usize,
    /// The feed's topic labels.
    #[serde(default)]
    pub categories: Vec<String>,
    /// A picture, if the feed gave one.
    #[serde(default)]
    pub picture: Option<Picture>,
}

fn ordinary_weight() -> f64 {
    1.0
}

impl Article {
    /// The paragraphs of `text`, trimmed, none of them empty.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.text.split("\n\n").map(str::trim).filter(|p| !p.is_empty())
    }
}

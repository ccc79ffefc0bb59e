//! The dated, sealed issue: everything a reader's digest is rendered from, stored as JSON.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Article, Picture};

/// One issue of the newsletter. Rendering needs nothing else but the reader.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    /// Its date in the newsletter's time zone, and its name: one edition a day.
    pub date: Date,
    /// The moment it was composed as of.
    pub composed_at: Timestamp,
    pub masthead: Masthead,
    /// The top story and the next in brief come first, outside the sections.
    pub top: Vec<Slot>,
    /// The other stories by section, in the configured order; none is empty.
    pub sections: Vec<Section>,
    /// What outlets took back of what earlier editions printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
}

/// What the newsletter says of itself, frozen with the edition.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Masthead {
    pub title: String,
    /// What the subject of its mail is made by; absent when the editor gives none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The home outlet.
    pub outlet: String,
    pub tagline: String,
    /// BCP 47 tag of the newsletter.
    pub language: String,
    /// IANA name of the time zone that dates and times are shown in.
    pub timezone: String,
    /// The newsletter's home page, if any.
    pub home: Option<String>,
    /// Where whoever was sent this by a friend can sign up, if anywhere.
    pub signup: Option<String>,
    pub postal_address: String,
}

/// A titled group of stories.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Section {
    pub name: String,
    pub stories: Vec<Slot>,
}

/// One story as printed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    pub headline: String,
    /// Where the headline leads: the article the lead is taken from.
    pub url: String,
    pub outlet: String,
    /// The news agency whose report the outlet carries, if it is not the outlet's own.
    pub agency: Option<String>,
    pub published: Option<Timestamp>,
    /// BCP 47 tag of the article, if known.
    pub lang: Option<String>,
    pub lead: Vec<Excerpt>,
    pub quotes: Vec<PulledQuote>,
    /// Independent voices that report it, this one included.
    pub voices: usize,
    /// The other outlets' articles, one an outlet.
    pub more: Vec<Coverage>,
    pub picture: Option<Picture>,
    /// Opinion, to be labelled as such.
    pub commentary: bool,
    /// Told by an earlier edition, now with something new, which stands first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update: Option<Update>,
    /// Ids of every article of the story, by which a later edition knows it again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
}

/// What makes a story an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    /// The edition that told the story first.
    pub first: Date,
}

/// Words of an earlier edition that their outlet took back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// The headline they were printed under.
    pub headline: String,
    /// The edition that printed them.
    pub edition: Date,
    pub outlet: String,
    /// Where the outlet says so.
    pub url: String,
    /// The outlet's own words on it, verbatim; empty when it took a quotation out without a word.
    pub notice: String,
    /// Printed words that the article holds no longer.
    pub gone: Vec<String>,
}

/// An article whose story an edition told, as it was then, whatever its outlet makes of it later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    pub edition: Date,
    pub article: Article,
}

/// A verbatim passage with its source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Excerpt {
    pub text: String,
    pub outlet: String,
    pub url: String,
}

/// A verbatim quotation with speaker and source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PulledQuote {
    /// Quotation marks included.
    pub text: String,
    pub speaker: Option<String>,
    pub outlet: String,
    pub url: String,
    /// Independent voices that carry this wording.
    pub outlets: usize,
}

/// Another outlet's article on the story.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    pub outlet: String,
    /// The news agency whose report the outlet carries, if it is not the outlet's own.
    pub agency: Option<String>,
    pub title: String,
    pub url: String,
}

impl Edition {
    /// Every story in printing order.
    pub fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.top.iter().chain(self.sections.iter().flat_map(|s| &s.stories))
    }
}

impl Slot {
    /// Words a reader sees of it: headline, lead and quotations.
    pub fn words(&self) -> usize {
        let texts = self.lead.iter().map(|e| &e.text).chain(self.quotes.iter().map(|q| &q.text));
        texts.chain([&self.headline]).map(|t| t.split_whitespace().count()).sum()
    }
}

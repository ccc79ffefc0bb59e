//! The dated, sealed issue: everything a reader's digest is rendered from, stored as JSON. Never holds anything about
//! a reader.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Article, Picture};

/// One issue of the newsletter. Rendering needs nothing else but the reader.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    /// Its date in the newsletter's time zone, which identifies it: one edition a day.
    pub date: Date,
    /// The time as of which it was composed.
    pub composed_at: Timestamp,
    pub masthead: Masthead,
    /// What it was made from.
    #[serde(default)]
    pub read: Read,
    /// The top story and the stories in brief, which come before the sections.
    pub top: Vec<Slot>,
    /// The other stories by section, in configured order; no section is empty.
    pub sections: Vec<Section>,
    /// Corrections of what earlier editions printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
}

/// What the newsletter says about itself, frozen with the edition.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Masthead {
    pub title: String,
    /// The template for the mail's subject; absent if the editor gives none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The home outlet.
    pub outlet: String,
    pub tagline: String,
    /// BCP 47 tag of the newsletter.
    pub language: String,
    /// IANA name of the time zone used for dates and times.
    pub timezone: String,
    /// The newsletter's home page, if any.
    pub home: Option<String>,
    /// Where a reader who was forwarded this can sign up, if anywhere.
    pub signup: Option<String>,
    pub postal_address: String,
}

/// How much was read for an edition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    pub articles: usize,
    pub outlets: usize,
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
    /// The address of the headline: the article the lead comes from.
    pub url: String,
    pub outlet: String,
    /// The news agency whose report the outlet carries, if it is not the outlet's own.
    pub agency: Option<String>,
    pub published: Option<Timestamp>,
    /// BCP 47 tag of the article, if known.
    pub lang: Option<String>,
    pub lead: Vec<Excerpt>,
    pub quotes: Vec<PulledQuote>,
    /// Independent voices that report it, including this one.
    pub voices: usize,
    /// The other outlets' articles, one per outlet.
    pub more: Vec<Coverage>,
    pub picture: Option<Picture>,
    /// Whether it is opinion, to be labelled as such.
    pub commentary: bool,
    /// Set if an earlier edition told the story; what is new then comes first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update: Option<Update>,
    /// Ids of all articles of the story, by which a later edition recognises it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
}

/// What makes a story an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    /// The edition that first told the story.
    pub first: Date,
}

/// Words of an earlier edition that their outlet has taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// The headline they were printed under.
    pub headline: String,
    /// The edition that printed them.
    pub edition: Date,
    pub outlet: String,
    /// Where the outlet says so.
    pub url: String,
    /// The outlet's own correction notice, verbatim; empty if it removed a quotation without comment.
    pub notice: String,
    /// Printed words that are no longer in the article.
    pub gone: Vec<String>,
}

/// An article whose story an edition told, as it was then, whatever its outlet does to it later.
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

//! One story of an edition in, its printable form out: cleaned, shortened, its links checked. Never lets a stranger's
//! text through unchecked.

use jiff::{civil::Date, tz::TimeZone};

use super::Page;
use crate::{
    model::{Coverage, Excerpt, PulledQuote, Slot},
    render::{
        dates,
        plain::{clean, headline, language_tag, link_words, names_another, picture_link, web_link},
        quoted::{self, Marks},
    },
    text::fragment,
};

/// The most passages, quotations and further links printed for one story; an edition holds fewer.
const PASSAGES: usize = 6;
const QUOTATIONS: usize = 4;
const OTHERS: usize = 8;

/// What marks a story that an earlier edition told.
const UPDATE: &str = "Update";
/// What introduces the other outlets.
pub(in crate::render) const MORE: &str = "More:";

#[derive(Debug, Clone)]
pub(in crate::render) struct Story {
    pub headline: String,
    pub link: Option<String>,
    /// The link stands behind the headline, not on it: the headline is or begins with another's address.
    pub link_behind: bool,
    pub language: Option<String>,
    /// For an update, when it was first reported: `first reported Thursday`.
    pub update: Option<String>,
    pub commentary: bool,
    /// Address and alternative text.
    pub picture: Option<(String, String)>,
    pub lead: Vec<Said>,
    pub quotes: Vec<Said>,
    pub outlet: String,
    /// The agency whose report the outlet carries.
    pub agency: Option<String>,
    pub when: Option<String>,
    pub voices: usize,
    pub more: Vec<Elsewhere>,
}

/// A verbatim passage or quotation.
#[derive(Debug, Clone)]
pub(in crate::render) struct Said {
    pub text: String,
    pub speaker: Option<String>,
    pub source: Elsewhere,
    /// Opens the source at these words.
    pub link: Option<String>,
    /// Whether it comes from an article other than the one the headline links to.
    pub elsewhere: bool,
    /// Independent voices that carry the same wording.
    pub voices: usize,
}

/// An outlet's article.
#[derive(Debug, Clone)]
pub(in crate::render) struct Elsewhere {
    pub outlet: String,
    /// The agency whose report the outlet carries.
    pub agency: Option<String>,
    pub link: Option<String>,
}

impl Story {
    /// `date` is the edition's, in `zone`; `marks` are those around quotations.
    pub fn new(slot: &Slot, zone: &TimeZone, date: Date, marks: Option<Marks>) -> Self {
        let link = web_link(&slot.url);
        let headline = headline(&slot.headline);
        let lead = slot.lead.iter().map(|excerpt| Said::passage(excerpt, link.as_deref()));
        let quotes = slot.quotes.iter().map(|quote| Said::quotation(quote, link.as_deref(), marks));
        let more = slot.more.iter().map(Elsewhere::from).filter(|other| other.link.is_some());
        let picture = slot.picture.as_ref();
        Self {
            link_behind: link.as_deref().is_some_and(|link| names_another(&headline, link)),
            headline,
            language: slot.lang.as_deref().and_then(language_tag).map(str::to_owned),
            update: slot.update.map(|update| dates::first_reported(update.first, date)),
            commentary: slot.commentary,
            picture: picture
                .and_then(|picture| Some((picture_link(&picture.url)?, clean(&picture.alt, 200)))),
            lead: lead.filter(|said| !said.text.is_empty()).take(PASSAGES).collect(),
            quotes: quotes.filter(|said| !said.text.is_empty()).take(QUOTATIONS).collect(),
            outlet: clean(&slot.outlet, 80),
            agency: agency(slot.agency.as_deref()),
            when: slot.published.map(|at| dates::moment(at, zone, date)),
            voices: slot.voices,
            more: more.take(OTHERS).collect(),
            link,
        }
    }

    /// Whether nothing but headline and outlets is printed.
    pub fn is_line(&self) -> bool {
        self.lead.is_empty() && self.quotes.is_empty()
    }

    /// `8 outlets · 3:00 a.m.`, above the headline of a story that several tell, or was told before: `Update · first
    /// reported Thursday · 3:00 a.m.`. Empty for others, and where a line is all.
    pub fn weight(&self) -> String {
        let reported = (self.voices > 1).then(|| format!("{} outlets", self.voices));
        let update = self.update.as_ref().map(|first| format!("{UPDATE} · {first}"));
        if self.is_line() || (reported.is_none() && update.is_none()) {
            return String::new();
        }
        [update, reported, self.when.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// Its tag, if it is not in the page's language.
    pub fn foreign(&self, page: &Page) -> Option<&str> {
        self.language.as_deref().filter(|tag| *tag != page.language)
    }

    /// `Harbor Times, from AFP`: behind the headline where that is all.
    pub fn source(&self) -> String {
        let from = self.agency.as_ref().map(|agency| format!(", from {agency}"));
        self.outlet.clone() + &from.unwrap_or_default()
    }

    /// `from AFP · 6:10 a.m.`: what follows the outlet's name; may be empty.
    pub fn standing(&self) -> String {
        let from = self.agency.as_ref().map(|agency| format!("from {agency}"));
        let when = self.when.clone().filter(|_| self.weight().is_empty());
        [from, when].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// Words to read: headline, lead and quotations.
    pub fn words(&self) -> usize {
        let said = self.lead.iter().chain(&self.quotes).map(|said| said.text.as_str());
        said.chain([self.headline.as_str()]).map(|text| text.split_whitespace().count()).sum()
    }
}

impl Said {
    fn passage(excerpt: &Excerpt, headline: Option<&str>) -> Self {
        Self::new(clean(&excerpt.text, 1500), Elsewhere::new(&excerpt.outlet, &excerpt.url), headline)
    }

    fn quotation(quote: &PulledQuote, headline: Option<&str>, marks: Option<Marks>) -> Self {
        let speaker = quote.speaker.as_ref().map(|name| clean(name, 120)).filter(|name| !name.is_empty());
        let source = Elsewhere::new(&quote.outlet, &quote.url);
        let said =
            Self { speaker, voices: quote.outlets, ..Self::new(clean(&quote.text, 800), source, headline) };
        Self { text: quoted::set(&said.text, marks), ..said }
    }

    fn new(text: String, source: Elsewhere, headline: Option<&str>) -> Self {
        let elsewhere = source.link.as_deref() != headline;
        let link = source.link.as_deref().map(|page| fragment::at(page, &text));
        Self { text, speaker: None, source, link, elsewhere, voices: 1 }
    }

    /// ` · quoted by 4 outlets`: what follows the outlet's name; empty if no other voice carries it.
    pub fn carried(&self) -> String {
        if self.voices > 1 { format!(" · quoted by {} outlets", self.voices) } else { String::new() }
    }
}

impl Elsewhere {
    fn new(outlet: &str, url: &str) -> Self {
        Self { outlet: clean(outlet, 80), agency: None, link: web_link(url) }
    }

    /// The text of its link: the outlet, with the agency whose report it carries: `Harbor Times (AFP)`.
    pub fn link_words(&self) -> String {
        let name = if self.outlet.is_empty() { "source" } else { &self.outlet };
        let name = self.agency.as_ref().map_or(name.to_owned(), |agency| format!("{name} ({agency})"));
        self.link.as_deref().map_or_else(|| name.clone(), |link| link_words(&name, link))
    }
}

impl From<&Coverage> for Elsewhere {
    fn from(coverage: &Coverage) -> Self {
        let agency = agency(coverage.agency.as_deref());
        Self { agency, ..Self::new(&coverage.outlet, &coverage.url) }
    }
}

/// An agency's name as printed.
fn agency(name: Option<&str>) -> Option<String> {
    name.map(|name| clean(name, 60)).filter(|name| !name.is_empty())
}

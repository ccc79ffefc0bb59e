//! An edition in, the page that is printed out: cleaned words, checked links, times told, in printing order. HTML,
//! text and Markdown all print this one page, so they hold the same words and the same links.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;

use super::{
    Look, Personal, dates,
    plain::{clean, link_words, runs_right_to_left, shorten, web_link, web_or_mail_link},
    words::{self, Block},
};
use crate::model::{Edition, Slot};

/// Words a minute: the mean of Brysbaert, "How many words do we read per minute?" (2019), for non-fiction.
const READING_SPEED: usize = 238;
/// The longest "Today:" line, in characters: about what an inbox shows beside a subject.
const TODAY: usize = 120;
/// Links to further coverage below one story.
const MORE: usize = 8;

#[derive(Debug, Clone)]
pub(super) struct Page {
    pub language: String,
    pub right_to_left: bool,
    pub title: String,
    pub tagline: String,
    pub date: String,
    pub groups: Vec<Group>,
    /// Stories of the edition that are not in `groups`, for want of room.
    pub left_out: usize,
    pub offer: Vec<Block>,
    pub footer: Vec<Block>,
    /// For the editor's copy.
    pub notices: Vec<String>,
}

/// The top story, the next in brief, or a section.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub name: String,
    pub top: bool,
    pub stories: Vec<Story>,
}

#[derive(Debug, Clone)]
pub(super) struct Story {
    pub headline: String,
    pub link: Option<String>,
    pub language: Option<String>,
    pub update: bool,
    pub commentary: bool,
    pub picture: Option<(String, String)>,
    pub lead: Vec<Said>,
    pub quotes: Vec<Said>,
    pub outlet: String,
    pub when: Option<String>,
    pub voices: usize,
    pub more: Vec<Elsewhere>,
}

/// A verbatim passage or quotation.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub text: String,
    pub speaker: Option<String>,
    /// The outlet, linked unless its link is the headline's.
    pub source: Elsewhere,
    /// Whether it stands in another article than the one the headline leads to.
    pub elsewhere: bool,
}

/// An outlet's article.
#[derive(Debug, Clone)]
pub(super) struct Elsewhere {
    pub outlet: String,
    pub title: String,
    pub link: Option<String>,
}

impl Page {
    pub fn new(edition: &Edition, look: &Look, personal: Option<&Personal>) -> Self {
        let masthead = &edition.masthead;
        let zone = dates::zone(&masthead.timezone);
        let language = super::plain::language_tag(&masthead.language).unwrap_or("en").to_owned();
        let tagline = match clean(&masthead.tagline, 300) {
            empty if empty.is_empty() => fallback_tagline(&clean(&masthead.outlet, 80)),
            tagline => tagline,
        };
        let mut page = Self {
            right_to_left: is_right_to_left(&language),
            language,
            title: clean(&masthead.title, 80),
            tagline,
            date: dates::day(edition.date),
            groups: groups(edition, personal, &zone),
            left_out: 0,
            offer: Vec::new(),
            footer: Vec::new(),
            notices: personal.map(|p| p.notices.iter().map(|n| clean(n, 300)).collect()).unwrap_or_default(),
        };
        let value = |name: &str| match name {
            "title" => page.title.clone(),
            "outlet" => clean(&masthead.outlet, 80),
            "tagline" => page.tagline.clone(),
            "date" => page.date.clone(),
            "zone" => dates::zone_name(edition.composed_at, &zone),
            "postal_address" => clean(&masthead.postal_address, 300),
            "home" => masthead.home.as_deref().and_then(web_link).unwrap_or_default(),
            "signup" => masthead.signup.as_deref().and_then(web_or_mail_link).unwrap_or_default(),
            "email" => personal.map(|p| clean(&p.email, 254)).unwrap_or_default(),
            "unsubscribe" => personal.and_then(|p| web_or_mail_link(&p.unsubscribe)).unwrap_or_default(),
            _ => String::new(),
        };
        let offer = if value("signup").is_empty() { &look.forward } else { &look.signup };
        let (offer, footer) = (words::blocks(offer, value), words::blocks(&look.footer, value));
        (page.offer, page.footer) = (offer, footer);
        page
    }

    /// The page with its first `most` stories only.
    pub fn with_at_most(&self, most: usize) -> Self {
        let mut page = self.clone();
        let mut room = most;
        for group in &mut page.groups {
            let kept = group.stories.len().min(room);
            page.left_out += group.stories.len() - kept;
            group.stories.truncate(kept);
            room -= kept;
        }
        page.groups.retain(|group| !group.stories.is_empty());
        page
    }

    pub fn stories(&self) -> impl Iterator<Item = &Story> {
        self.groups.iter().flat_map(|group| &group.stories)
    }

    /// `12 stories · 9 outlets · 5 minutes to read`
    pub fn counts(&self) -> String {
        let outlets: BTreeSet<&str> =
            self.stories().flat_map(Story::outlets).filter(|name| !name.is_empty()).collect();
        let words: usize = self.stories().map(Story::words).sum();
        let minutes = words.div_ceil(READING_SPEED).max(1);
        let stories = count(self.stories().count(), "story", "stories");
        let outlets = count(outlets.len(), "outlet", "outlets");
        format!("{stories} · {outlets} · {} to read", count(minutes, "minute", "minutes"))
    }

    /// The first three headlines in one line, each cut alike when they are long; empty without a story.
    pub fn today(&self) -> String {
        let headlines: Vec<&str> = self.stories().take(3).map(|story| story.headline.as_str()).collect();
        let line = |most| headlines.iter().map(|h| shorten(h, most)).collect::<Vec<_>>().join("; ");
        let room = TODAY - "Today: ".len();
        let fitting = (20..=room).rev().map(line).find(|line| line.chars().count() <= room);
        fitting.unwrap_or_default()
    }

    /// What is said of the stories left out; empty when there are none.
    pub fn rest(&self) -> String {
        match self.left_out {
            0 => String::new(),
            n => format!("{} did not fit into this mail.", count(n, "more story", "more stories")),
        }
    }

    /// The `dir` of a text that runs the other way than the page.
    pub fn turned(&self, text: &str) -> Option<&'static str> {
        let other = runs_right_to_left(text).filter(|&rtl| rtl != self.right_to_left)?;
        Some(if other { "rtl" } else { "ltr" })
    }
}

impl Story {
    fn new(slot: &Slot, zone: &TimeZone, edition: &Edition) -> Self {
        let link = web_link(&slot.url);
        let said = |text: &str, most: usize, speaker: Option<&String>, outlet: &str, url: &str| Said {
            text: clean(text, most),
            speaker: speaker.map(|name| clean(name, 120)).filter(|name| !name.is_empty()),
            elsewhere: web_link(url) != link,
            source: Elsewhere::new(outlet, "", url),
        };
        let lead = slot.lead.iter().take(6).map(|e| said(&e.text, 1500, None, &e.outlet, &e.url));
        let quotes = slot.quotes.iter().take(4);
        let quotes = quotes.map(|q| said(&q.text, 800, q.speaker.as_ref(), &q.outlet, &q.url));
        let own = super::plain::language_tag(&edition.masthead.language);
        Self {
            headline: headline(&slot.headline),
            language: slot
                .lang
                .as_deref()
                .and_then(super::plain::language_tag)
                .filter(|l| Some(*l) != own)
                .map(Into::into),
            update: slot.update,
            commentary: slot.commentary,
            picture: slot.picture.as_ref().and_then(|p| Some((web_link(&p.url)?, clean(&p.alt, 200)))),
            lead: lead.filter(|said| !said.text.is_empty()).collect(),
            quotes: quotes.filter(|said| !said.text.is_empty()).collect(),
            outlet: clean(&slot.outlet, 80),
            when: slot.published.map(|at| dates::moment(at, zone, edition.date)),
            voices: slot.voices,
            more: slot
                .more
                .iter()
                .map(|c| Elsewhere::new(&c.outlet, &c.title, &c.url))
                .filter(|c| c.link.is_some())
                .take(MORE)
                .collect(),
            link,
        }
    }

    /// `6:10 a.m. · reported by 3 outlets`, what follows the outlet's name; may be empty.
    pub fn standing(&self) -> String {
        let reported = (self.voices > 1).then(|| format!("reported by {} outlets", self.voices));
        self.when.clone().into_iter().chain(reported).collect::<Vec<_>>().join(" · ")
    }

    fn outlets(&self) -> impl Iterator<Item = &str> {
        let said = self.lead.iter().chain(&self.quotes).map(|said| &said.source);
        said.chain(&self.more).map(|source| source.outlet.as_str()).chain([self.outlet.as_str()])
    }

    fn words(&self) -> usize {
        let said = self.lead.iter().chain(&self.quotes).map(|said| said.text.as_str());
        said.chain([self.headline.as_str()]).map(|text| text.split_whitespace().count()).sum()
    }
}

impl Elsewhere {
    fn new(outlet: &str, title: &str, url: &str) -> Self {
        Self { outlet: clean(outlet, 80), title: clean(title, 200), link: web_link(url) }
    }

    /// The outlet's name as words for its link.
    pub fn link_words(&self) -> String {
        let name = if self.outlet.is_empty() { "source" } else { &self.outlet };
        self.link.as_deref().map_or_else(|| name.to_owned(), |link| link_words(name, link))
    }
}

/// A headline as printed; one that is empty still needs words to be clicked.
pub(super) fn headline(text: &str) -> String {
    match clean(text, 200) {
        empty if empty.is_empty() => "(no headline)".to_owned(),
        headline => headline,
    }
}

fn groups(edition: &Edition, personal: Option<&Personal>, zone: &TimeZone) -> Vec<Group> {
    let stories =
        |slots: &[Slot]| slots.iter().map(|slot| Story::new(slot, zone, edition)).collect::<Vec<_>>();
    let (first, next) = edition.top.split_at(edition.top.len().min(1));
    let mut groups = vec![
        Group { name: "Top story".into(), top: true, stories: stories(first) },
        Group { name: "In brief".into(), top: false, stories: stories(next) },
    ];
    let wanted = |name: &str| {
        personal.is_none_or(|p| p.sections.is_empty() || p.sections.iter().any(|s| same(s, name)))
    };
    for section in edition.sections.iter().filter(|section| wanted(&section.name)) {
        groups.push(Group { name: clean(&section.name, 60), top: false, stories: stories(&section.stories) });
    }
    groups.retain(|group| !group.stories.is_empty());
    groups
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn fallback_tagline(outlet: &str) -> String {
    match outlet {
        "" => "today's top stories from news outlets around the world".into(),
        _ => format!("today's top stories from {outlet} and top news outlets from around the world"),
    }
}

/// Languages written from right to left (CLDR, `orientation`).
fn is_right_to_left(tag: &str) -> bool {
    let language = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    ["ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"].contains(&language.as_str())
}

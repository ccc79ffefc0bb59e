//! An edition in, the page to print out: cleaned words, checked links, formatted times, in printing order. HTML, text
//! and Markdown all print this page, so they never differ in words or links.

mod ending;
mod note;
mod story;

use std::collections::BTreeSet;

use jiff::tz::TimeZone;

pub(super) use ending::{Closing, Ending};
pub(super) use note::{NO_LONGER, Note};
pub(super) use story::{Elsewhere, Said, Story, headline};

use super::{
    Look, Personal, dates,
    plain::{clean, language_tag, runs_right_to_left, shorten, web_link},
    words::{Block, Kind, Span},
};
use crate::model::{Edition, Section, Slot};

/// The words of a link that stands behind a headline.
pub(super) const READ: &str = "Read it";
/// Words a minute: the mean for non-fiction in Brysbaert, "How many words do we read per minute?" (2019).
const READING_SPEED: usize = 238;
/// The longest "Today:" line in characters: about what an inbox shows beside a subject.
const TODAY: usize = 120;

#[derive(Debug, Clone)]
pub(super) struct Page {
    pub language: String,
    pub right_to_left: bool,
    pub title: String,
    pub tagline: String,
    pub date: String,
    pub groups: Vec<Group>,
    /// Stories of the edition that are not in `groups` for lack of room.
    pub left_out: usize,
    /// The newsletter's own page, where the remaining stories may be.
    pub home: Option<String>,
    pub corrections: Vec<Note>,
    pub ending: Ending,
}

/// The top story, the stories in brief, or a section.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub name: String,
    pub top: bool,
    pub stories: Vec<Story>,
}

impl Page {
    pub fn new(edition: &Edition, look: &Look, personal: Option<&Personal>) -> Self {
        let masthead = &edition.masthead;
        let zone = dates::zone(&masthead.timezone);
        let language = language(edition);
        Self {
            right_to_left: is_right_to_left(&language),
            language,
            title: title(edition),
            tagline: tagline(edition),
            date: dates::day(edition.date),
            groups: groups(edition, personal, &zone),
            left_out: 0,
            home: masthead.home.as_deref().and_then(web_link),
            corrections: edition.corrections.iter().map(|note| Note::new(note, edition.date)).collect(),
            ending: Closing::new(edition, look).ending(personal),
        }
    }

    /// The page with only its first `most` stories.
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

    /// The tagline on a line of its own.
    pub fn motto(&self) -> String {
        let mut letters = self.tagline.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    /// `12 stories · 9 outlets · 5 minutes to read`
    pub fn counts(&self) -> String {
        let outlets: BTreeSet<&str> =
            self.stories().flat_map(Story::outlets).filter(|name| !name.is_empty()).collect();
        let stories = count(self.stories().count(), "story", "stories");
        let outlets = count(outlets.len(), "outlet", "outlets");
        format!("{stories} · {outlets} · {} to read", count(self.minutes(), "minute", "minutes"))
    }

    /// Words of all stories.
    pub fn words(&self) -> usize {
        self.stories().map(Story::words).sum()
    }

    /// Minutes it takes to read them, at least one.
    pub fn minutes(&self) -> usize {
        self.words().div_ceil(READING_SPEED).max(1)
    }

    /// The first three headlines in one line, long ones all cut to the same length; empty without a story.
    pub fn today(&self) -> String {
        let headlines: Vec<&str> = self.stories().take(3).map(|story| story.headline.as_str()).collect();
        let line = |most| headlines.iter().map(|h| shorten(h, most)).collect::<Vec<_>>().join("; ");
        let room = TODAY - "Today: ".len();
        let fitting = (20..=room).rev().map(line).find(|line| line.chars().count() <= room);
        fitting.unwrap_or_default()
    }

    /// The sentence about stories left out, if any were.
    pub fn rest(&self) -> Option<Block> {
        let stories = count(self.left_out, "more story", "more stories");
        let text = match self.home {
            Some(_) => format!("{stories} on the web"),
            None => format!("{stories} did not fit into this mail."),
        };
        let span = Span { text, link: self.home.clone(), ..Span::default() };
        (self.left_out > 0).then(|| Block { kind: Kind::Paragraph, spans: vec![span] })
    }

    /// The `dir` attribute for text that runs the other way than the page.
    pub fn turned(&self, text: &str) -> Option<&'static str> {
        turned(text, self.right_to_left)
    }
}

/// The `dir` attribute for text that runs the other way than its surroundings.
pub(super) fn turned(text: &str, right_to_left: bool) -> Option<&'static str> {
    let other = runs_right_to_left(text).filter(|&rtl| rtl != right_to_left)?;
    Some(if other { "rtl" } else { "ltr" })
}

fn groups(edition: &Edition, personal: Option<&Personal>, zone: &TimeZone) -> Vec<Group> {
    let stories =
        |slots: &[Slot]| slots.iter().map(|slot| Story::new(slot, zone, edition.date)).collect::<Vec<_>>();
    let (first, next) = edition.top.split_at(edition.top.len().min(1));
    let mut groups = vec![
        Group { name: "Top story".into(), top: true, stories: stories(first) },
        Group { name: "In brief".into(), top: false, stories: stories(next) },
    ];
    for section in edition.sections.iter().filter(|section| wants(personal, section)) {
        groups.push(Group { name: clean(&section.name, 60), top: false, stories: stories(&section.stories) });
    }
    groups.retain(|group| !group.stories.is_empty());
    groups
}

/// Whether a section is printed in this copy.
pub(super) fn wants(personal: Option<&Personal>, section: &Section) -> bool {
    personal.is_none_or(|p| p.sections.is_empty() || p.sections.iter().any(|s| same(s, &section.name)))
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn language(edition: &Edition) -> String {
    language_tag(&edition.masthead.language).unwrap_or("en").to_owned()
}

fn title(edition: &Edition) -> String {
    clean(&edition.masthead.title, 80)
}

fn tagline(edition: &Edition) -> String {
    match clean(&edition.masthead.tagline, 300) {
        empty if empty.is_empty() => fallback_tagline(&clean(&edition.masthead.outlet, 80)),
        tagline => tagline,
    }
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

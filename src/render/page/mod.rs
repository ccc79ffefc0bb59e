//! An edition in, the page to print out: cleaned words, checked links, formatted times, in printing order. HTML, text
//! and Markdown all print this page, so they never differ in words or links.

mod ending;
mod note;
mod story;
#[cfg(test)]
mod tests;

use jiff::tz::TimeZone;

pub(super) use ending::{Closing, Ending};
pub(super) use note::{NO_LONGER, Note};
pub(super) use story::{Elsewhere, MORE, Said, Story};

use super::{
    Look, Personal, dates,
    plain::{clean, language_tag, runs_right_to_left, shorten, web_link},
    quoted::Marks,
    subject::subject,
    words::{Block, Kind, Span},
};
use crate::model::{Edition, Read, Section, Slot};

/// The words of a link that stands behind a headline.
pub(super) const READ: &str = "Read it";
/// Words a minute: the mean for non-fiction in Brysbaert, "How many words do we read per minute?" (2019).
const READING_SPEED: usize = 238;
/// Headlines at the head of the page. With no more stories than these there are none: they follow at once.
const LEADING: usize = 5;
/// The longest line for an inbox to show beside the subject, in characters.
const PREVIEW: usize = 140;
/// The fewest characters of a headline by which the subject is seen to hold its beginning.
const BEGINNING: usize = 12;

#[derive(Debug, Clone)]
pub(super) struct Page {
    pub language: String,
    pub right_to_left: bool,
    pub title: String,
    /// Of the mail.
    pub subject: String,
    pub date: String,
    /// The date without the year.
    pub day: String,
    pub read: Read,
    pub groups: Vec<Group>,
    /// Stories of the edition that are not in `groups` for lack of room.
    pub left_out: usize,
    /// The newsletter's own page, where the remaining stories may be.
    pub home: Option<String>,
    pub corrections: Vec<Note>,
    pub ending: Ending,
}

/// The top story, those that lead beside it, or a section.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// Of the top story, with its weight.
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
            subject: subject(edition),
            date: dates::day(edition.date),
            day: format!("{}, {}", dates::weekday(edition.date), dates::month_and_day(edition.date)),
            read: edition.read,
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

    /// `Friday, November 20 · 12 stories · 5 minutes`
    pub fn dateline(&self) -> String {
        let stories = count(self.stories().count(), "story", "stories");
        format!("{} · {stories} · {}", self.day, count(self.minutes(), "minute", "minutes"))
    }

    /// `Read for you: 214 articles from 9 outlets`; none if that is not known.
    pub fn proof(&self) -> Option<String> {
        let Read { articles, outlets } = self.read;
        let (articles, outlets) =
            (count(articles, "article", "articles"), count(outlets, "outlet", "outlets"));
        (self.read != Read::default()).then(|| format!("Read for you: {articles} from {outlets}"))
    }

    /// Words of all stories.
    pub fn words(&self) -> usize {
        self.stories().map(Story::words).sum()
    }

    /// Minutes it takes to read them, at least one.
    pub fn minutes(&self) -> usize {
        self.words().div_ceil(READING_SPEED).max(1)
    }

    /// The stories named at the head of the page.
    pub fn leading(&self) -> impl Iterator<Item = &Story> {
        let named = if self.stories().nth(LEADING).is_some() { LEADING } else { 0 };
        self.stories().take(named)
    }

    /// What an inbox shows beside the subject, going on where that ends: the rest of a headline that is cut there, and
    /// those that it does not hold.
    pub fn preview(&self) -> String {
        let told = self.subject.trim_end_matches('…');
        let untold = |headline: &str| {
            let cut = headline
                .char_indices()
                .map(|(at, _)| at)
                .skip(BEGINNING)
                .filter(|&at| told.ends_with(&headline[..at]));
            match cut.last() {
                _ if told.contains(headline) => None,
                Some(at) => Some(format!("…{}", headline[at..].trim_start())),
                None => Some(headline.to_owned()),
            }
        };
        let rest: Vec<String> =
            self.stories().filter_map(|story| untold(&story.headline)).take(LEADING).collect();
        shorten(&rest.join("; "), PREVIEW)
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
    let marks = Marks::of(&language(edition));
    let story = |slot: &Slot| Story::new(slot, zone, edition.date, marks);
    let stories = |slots: &[Slot]| slots.iter().map(story).collect::<Vec<_>>();
    let (first, next) = edition.top.split_at(edition.top.len().min(1));
    let first = stories(first);
    let weight = first.first().map(Story::weight).filter(|weight| !weight.is_empty());
    let name = ["Top story".to_owned()].into_iter().chain(weight).collect::<Vec<_>>().join(" · ");
    let mut groups = vec![
        Group { name, top: true, stories: first },
        Group { name: "Also leading".into(), top: false, stories: stories(next) },
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

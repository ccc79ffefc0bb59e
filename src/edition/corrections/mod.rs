//! What was printed and what the same outlets say now in, notes on what they took back out. Never takes a rewritten
//! lead for a correction: the outlet must say so, or a quotation must be gone from a full text.

mod label;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{
    Articles,
    followup::{Memory, page},
    verify::{NotVerbatim, verify_words},
};
use crate::{
    model::{Article, Correction, Excerpt, Slot, Story, Told},
    prose::sentence,
    text::words::spoken,
};

/// The most notes in an edition.
const MOST: usize = 10;
/// A text with fewer words is not a whole article.
const FULL_WORDS: usize = 80;
/// A title with fewer words does not identify an article.
const TITLE_WORDS: usize = 4;

/// What there is to say about earlier editions.
#[derive(Debug, Default)]
pub struct Due {
    /// Without repeats, the most recently printed first.
    pub notes: Vec<Correction>,
    /// Ids of new articles that are only such announcements: not news.
    pub announcements: BTreeSet<String>,
    /// Addresses of articles that lost printed words without comment: nothing is said about them.
    pub silent: BTreeSet<String>,
    /// Notes refused because some of their words are not in their source.
    pub refused: Vec<NotVerbatim>,
}

/// A printed story with the date of its edition.
type Printed<'a> = (Date, &'a Slot);

/// Whether the outlet now says something about its article that it did not say when we told it.
pub fn is_labelled_anew(told: &Article, now: &Article) -> bool {
    label::notice(now).is_some_and(|notice| label::notice(told) != Some(notice))
}

/// The notes due. `now` is how the told articles look today, `new` are the articles of this edition, and `stories`
/// say which of all these belong together.
pub fn due(memory: &Memory, now: &Articles, new: &Articles, stories: &[Story]) -> Due {
    let mut due = Due::default();
    let mut found = Vec::new();
    for (id, article) in now {
        let Some(told) = memory.told(id) else { continue };
        found.extend(taken_back(told, article, memory, &mut due).map(|note| (note, *article, told)));
    }
    let new = new.values().filter(|article| memory.told(&article.id).is_none() && label::announces(article));
    for article in new {
        let Some((told, printed)) = announced(article, stories, memory) else { continue };
        let gone = now.get(told.article.id.as_str()).map(|now| gone(told, printed, now)).unwrap_or_default();
        let notice = label::notice(article).unwrap_or_default();
        found.push((note(printed, article, notice, all(gone)), article, told));
    }
    let mut said: BTreeSet<Identity> =
        memory.editions().iter().flat_map(|edition| &edition.corrections).map(identity).collect();
    found.sort_by(|(a, ..), (b, ..)| b.edition.cmp(&a.edition).then_with(|| identity(a).cmp(&identity(b))));
    for (note, source, told) in found {
        let known = said.contains(&identity(&note));
        if !known && due.notes.len() == MOST {
            continue;
        }
        if let Err(error) = verify(&note, source, &told.article) {
            due.refused.push(error);
            continue;
        }
        // An announcement is no news once readers have its note; one without a note is left to be told as a story.
        if source.id != told.article.id {
            due.announcements.insert(source.id.clone());
        }
        if !known {
            said.insert(identity(&note));
            due.notes.push(note);
        }
    }
    due
}

/// What a told article has lost of its printed words, if its outlet says so or a quotation is gone.
fn taken_back(told: &Told, now: &Article, memory: &Memory, due: &mut Due) -> Option<Correction> {
    let printed = in_print(told, memory)?;
    let [lead, quotes] = gone(told, printed, now);
    if is_labelled_anew(&told.article, now) {
        let says = !lead.is_empty() || !quotes.is_empty() || label::announces(now);
        let notice = label::notice(now).unwrap_or_default();
        return says.then(|| note(printed, now, notice, all([lead, quotes])));
    }
    if !quotes.is_empty() && is_full(&told.article) && is_full(now) {
        return Some(note(printed, now, String::new(), quotes));
    }
    if !lead.is_empty() || !quotes.is_empty() {
        due.silent.insert(now.url.clone());
    }
    None
}

/// The told and printed article that a new article from the same outlet declares wrong: it belongs to the same story,
/// has the same address, or is cited by headline.
fn announced<'a>(
    article: &Article,
    stories: &[Story],
    memory: &'a Memory,
) -> Option<(&'a Told, Printed<'a>)> {
    let story = stories.iter().find(|story| story.holds(&article.id));
    let words = spoken(&format!("{} {}", article.summary, article.text));
    let meant = |told: &&Told| {
        let title = spoken(&told.article.title);
        let named = title.split_whitespace().nth(TITLE_WORDS - 1).is_some() && words.contains(&title);
        let together = story.is_some_and(|story| story.holds(&told.article.id));
        told.article.outlet == article.outlet
            && (together || named || page(&told.article.url) == page(&article.url))
    };
    let meant = memory.all_told().filter(meant).filter_map(|told| Some((told, in_print(told, memory)?)));
    meant.max_by_key(|(told, (date, _))| (*date, &told.article.id))
}

/// Where words of the article were last printed.
fn in_print<'a>(told: &Told, memory: &'a Memory) -> Option<Printed<'a>> {
    let slots = memory.editions().iter().rev().flat_map(|e| e.slots().map(|slot| (e.date, slot)));
    let mut slots = slots.filter(|(_, slot)| slot.members.contains(&told.article.id));
    slots.find(|(_, slot)| {
        is_of(told, &slot.outlet, &slot.url) || slot.quotes.iter().any(|q| is_of(told, &q.outlet, &q.url))
    })
}

fn is_of(told: &Told, outlet: &str, url: &str) -> bool {
    told.article.outlet == outlet && page(&told.article.url) == page(url)
}

/// Sentences of the lead, and quotations, printed from an article that no longer contains them; none if it was
/// available in full when told and no longer is.
fn gone(told: &Told, (_, slot): Printed, now: &Article) -> [Vec<String>; 2] {
    if is_full(&told.article) && !is_full(now) {
        return Default::default();
    }
    let words = [&now.title, &now.summary, &now.text].map(|text| spoken(text)).concat();
    let is_gone = |text: &&str| !words.contains(spoken(text).trim_end());
    let lang = slot.lang.as_deref().unwrap_or_default();
    let sentences = |excerpt: &'_ Excerpt| {
        let spans = sentence::spans(&excerpt.text, lang);
        spans
            .into_iter()
            .filter_map(|span| excerpt.text.get(span))
            .filter(is_gone)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let lead = slot.lead.iter().filter(|e| is_of(told, &e.outlet, &e.url)).flat_map(sentences).collect();
    let quotes = slot.quotes.iter().filter(|q| is_of(told, &q.outlet, &q.url)).map(|q| q.text.as_str());
    [lead, quotes.filter(is_gone).map(str::to_owned).collect()]
}

fn is_full(article: &Article) -> bool {
    article.text.split_whitespace().nth(FULL_WORDS).is_some()
}

fn all([lead, quotes]: [Vec<String>; 2]) -> Vec<String> {
    lead.into_iter().chain(quotes).collect()
}

fn note((edition, slot): Printed, source: &Article, notice: String, gone: Vec<String>) -> Correction {
    Correction {
        headline: slot.headline.clone(),
        edition,
        outlet: source.outlet.clone(),
        url: source.url.clone(),
        notice,
        gone,
    }
}

/// The identity of a note: nobody reads the same words about one headline twice.
type Identity = (Date, String, String, Vec<String>);

fn identity(note: &Correction) -> Identity {
    (
        note.edition,
        note.headline.clone(),
        note.notice.clone(),
        if note.notice.is_empty() { note.gone.clone() } else { Vec::new() },
    )
}

/// The notice must be in the article that gives it; the removed words must have been in the article told.
fn verify(note: &Correction, source: &Article, told: &Article) -> Result<(), NotVerbatim> {
    if !note.notice.is_empty() {
        verify_words("correction", &note.notice, source)?;
    }
    note.gone.iter().try_for_each(|words| verify_words("words gone", words, told))
}

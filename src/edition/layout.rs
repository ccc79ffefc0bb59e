//! Ranked candidates in, the printed edition out: which stories, how long, and in which section.

use std::collections::{BTreeMap, BTreeSet};

use super::{Articles, Built, Candidate, Issue, Options, length, opinion, verify::verify};
use crate::model::{
    Article, Coverage, Edition, Excerpt, Passage, Picture, PulledQuote, Quotation, Section, Slot, Story,
};

/// How many stories stand before the sections.
const TOP: usize = 5;
/// Words of the lead of the top story, of the four after it, and of a story in a section.
const LEAD_WORDS: [usize; 3] = [90, 60, 40];
/// Quotations of the same three kinds of story.
const QUOTES: [usize; 3] = [2, 1, 1];
/// The section of stories whose feeds name none.
const UNNAMED: &str = "More news";

/// A candidate laid out, with what placing it needs.
struct Placed<'a> {
    candidate: usize,
    section: &'a str,
    slot: Slot,
}

/// Builds the edition from candidates given in rank order. Stories over a cap are passed over; a brief that is
/// not word for word is refused and reported, never printed.
pub fn build(issue: Issue, candidates: &[Candidate], articles: &Articles, options: &Options) -> Built {
    let mut refused = Vec::new();
    let mut chosen: Vec<Placed> = Vec::new();
    let mut per_outlet: BTreeMap<&str, usize> = BTreeMap::new();
    let mut per_section: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, candidate) in candidates.iter().enumerate() {
        if chosen.len() == options.max_stories {
            break;
        }
        if let Err(error) = verify(&candidate.brief, articles) {
            refused.push(error);
            continue;
        }
        let Some(source) = source(candidate, articles) else { continue };
        let section = section(candidate.story, articles, options).unwrap_or(UNNAMED);
        // A newsletter without sections has one, which may hold everything.
        let section_is_full = |taken: usize| options.sections.len() > 1 && taken == options.max_per_section;
        let kind = if chosen.is_empty() { 0 } else { 1 + usize::from(chosen.len() >= TOP) };
        let in_section = per_section.entry(section).or_default();
        let by_outlet = per_outlet.entry(&source.outlet).or_default();
        if *by_outlet == options.max_per_outlet || (kind == 2 && section_is_full(*in_section)) {
            continue;
        }
        *by_outlet += 1;
        *in_section += usize::from(kind == 2);
        chosen.push(Placed { candidate: index, section, slot: slot(candidate, source, articles, kind) });
    }
    fit(&mut chosen, options.max_words);
    let (printed, top, sections) = place(chosen, options);
    let edition =
        Edition { date: issue.date, composed_at: issue.composed_at, masthead: issue.masthead, top, sections };
    Built { edition, printed, refused }
}

/// Brings the edition below `max_words`: quotations go first, from the last story up, then the last stories.
fn fit(chosen: &mut Vec<Placed>, max_words: usize) {
    let total = |chosen: &[Placed]| chosen.iter().map(|p| p.slot.words()).sum::<usize>();
    for index in (1..chosen.len()).rev() {
        if total(chosen) <= max_words {
            return;
        }
        chosen[index].slot.quotes.clear();
    }
    while chosen.len() > 1 && total(chosen) > max_words {
        chosen.pop();
    }
}

/// Top stories first, the others into their sections; with the candidates in printing order.
fn place(chosen: Vec<Placed>, options: &Options) -> (Vec<usize>, Vec<Slot>, Vec<Section>) {
    let mut chosen = chosen.into_iter();
    let top: Vec<Placed> = chosen.by_ref().take(TOP).collect();
    let mut rest: Vec<Placed> = chosen.collect();
    rest.sort_by(|a, b| {
        order(a.section, options).cmp(&order(b.section, options)).then_with(|| a.section.cmp(b.section))
    });
    let printed = top.iter().chain(&rest).map(|p| p.candidate).collect();
    let mut sections: Vec<Section> = Vec::new();
    for placed in rest {
        match sections.last_mut() {
            Some(section) if section.name == placed.section => section.stories.push(placed.slot),
            _ => sections.push(Section { name: placed.section.to_owned(), stories: vec![placed.slot] }),
        }
    }
    (printed, top.into_iter().map(|p| p.slot).collect(), sections)
}

/// The place of a section in print; those the newsletter does not name come last.
fn order(section: &str, options: &Options) -> usize {
    options.sections.iter().position(|name| name == section).unwrap_or(options.sections.len())
}

/// The article the brief's lead is taken from, else the story's representative.
fn source<'a>(candidate: &Candidate, articles: &Articles<'a>) -> Option<&'a Article> {
    let led = candidate.brief.lead.first().map(|passage| passage.id.as_str());
    [led, Some(candidate.story.representative.as_str())]
        .into_iter()
        .flatten()
        .find_map(|id| articles.get(id).copied())
}

/// The section most of the story's voices stand in; a tie goes to the one that is printed first.
fn section<'a>(story: &Story, articles: &Articles<'a>, options: &Options) -> Option<&'a str> {
    let mut voices: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for article in story.members.iter().filter_map(|id| articles.get(id.as_str())) {
        if let Some(section) = &article.section {
            voices.entry(section).or_default().insert(article.voice());
        }
    }
    voices
        .into_iter()
        .min_by_key(|(name, voices)| (usize::MAX - voices.len(), order(name, options)))
        .map(|(name, _)| name)
}

fn slot(candidate: &Candidate, source: &Article, articles: &Articles, kind: usize) -> Slot {
    // In print a lead speaks with one voice: that of the headline above it.
    let own: Vec<Passage> = candidate.brief.lead.iter().filter(|p| p.id == source.id).cloned().collect();
    let lead = length::shorten(&own, source.lang.as_deref(), LEAD_WORDS[kind]);
    let picture: Option<Picture> = source.picture.clone().filter(|_| kind == 0);
    Slot {
        headline: source.title.clone(),
        url: source.url.clone(),
        outlet: source.outlet.clone(),
        published: source.published,
        lang: source.lang.clone(),
        lead: lead.iter().filter_map(|passage| excerpt(passage, articles)).collect(),
        quotes: candidate
            .brief
            .quotes
            .iter()
            .take(QUOTES[kind])
            .filter_map(|q| pulled(q, articles))
            .collect(),
        voices: candidate.story.outlets,
        more: coverage(candidate.story, source, articles),
        picture,
        commentary: opinion::is_opinion(source),
        update: false,
    }
}

fn excerpt(passage: &Passage, articles: &Articles) -> Option<Excerpt> {
    let article = articles.get(passage.id.as_str())?;
    Some(Excerpt { text: passage.text.clone(), outlet: article.outlet.clone(), url: article.url.clone() })
}

fn pulled(quote: &Quotation, articles: &Articles) -> Option<PulledQuote> {
    let article = articles.get(quote.id.as_str())?;
    Some(PulledQuote {
        text: quote.text.clone(),
        speaker: quote.speaker.clone(),
        outlet: article.outlet.clone(),
        url: article.url.clone(),
    })
}

/// The other outlets' articles, one an outlet, the most central first.
fn coverage(story: &Story, source: &Article, articles: &Articles) -> Vec<Coverage> {
    let mut named = BTreeSet::from([source.outlet.as_str()]);
    let members = story.members.iter().filter_map(|id| articles.get(id.as_str()));
    members
        .filter(|a| !a.url.is_empty() && named.insert(&a.outlet))
        .map(|a| Coverage { outlet: a.outlet.clone(), title: a.title.clone(), url: a.url.clone() })
        .collect()
}

//! Ranked candidates in, the printed edition out: which stories, how long, and in which section. Never prints a word
//! that was not verified.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::{Articles, Built, Candidate, Issue, Options, lead, verify::verify};
use crate::{
    agency,
    model::{
        Article, Coverage, Edition, Excerpt, Omission, Passage, Picture, PulledQuote, Quotation, Section,
        Slot, Story, Tie,
    },
    prose::opinion,
};

/// How many stories come before the sections.
const TOP: usize = 5;
/// Quotations for the top story, for the next four, and for a story in a section.
const QUOTES: [usize; 3] = [2, 1, 1];
/// The section for stories whose feeds name none.
const UNNAMED: &str = "More news";
/// A story of so many voices is printed although its section is full.
const WIDELY_TOLD: usize = 5;
/// A story whose headline and own lead exceed this many words takes the room of several.
const LONG: usize = 300;

/// A candidate laid out, with what placing it needs.
struct Placed<'a> {
    candidate: usize,
    section: &'a str,
    slot: Slot,
}

/// Builds the edition from candidates in rank order. Stories over a limit are skipped; a brief that is not verbatim
/// is refused and reported, never printed.
pub fn build(issue: Issue, candidates: &[Candidate], articles: &Articles, options: &Options) -> Built {
    let mut refused = Vec::new();
    let mut left_out = Vec::new();
    let mut chosen: Vec<Placed> = Vec::new();
    let mut returned: BTreeSet<&String> = BTreeSet::new();
    let mut room = Room { options, per_outlet: BTreeMap::new(), per_section: BTreeMap::new() };
    for (index, candidate) in candidates.iter().enumerate() {
        if chosen.len() == options.max_stories {
            left_out.push((index, Omission::EditionFull { max_stories: options.max_stories }));
            continue;
        }
        if let Err(error) = verify(&candidate.brief, articles) {
            left_out.push((index, Omission::NotVerbatim { problem: error.to_string() }));
            refused.push(error);
            continue;
        }
        if candidate.places.iter().any(|place| returned.contains(place)) {
            left_out.push((index, Omission::BackAlready));
            continue;
        }
        let Some(source) = source(candidate, articles) else {
            left_out.push((index, Omission::NothingToQuote));
            continue;
        };
        let section = section(candidate.story, articles, options).unwrap_or(UNNAMED);
        let kind = if chosen.is_empty() { 0 } else { 1 + usize::from(chosen.len() >= TOP) };
        let is_widely_told = candidate.story.voices() >= WIDELY_TOLD;
        match room.take(&source.outlet, section, kind, is_widely_told) {
            Err(full) => left_out.push((index, full)),
            Ok(()) => {
                returned.extend(&candidate.places);
                let slot = slot(candidate, source, articles, kind);
                let is_in_full = kind < 2 || room.per_section[section] <= options.in_full;
                let slot = if is_in_full { slot } else { headline_only(slot) };
                chosen.push(Placed { candidate: index, section, slot });
            }
        }
    }
    let cut = fit(&mut chosen, options.max_words);
    left_out
        .extend(cut.into_iter().map(|index| (index, Omission::NoWordsLeft { max_words: options.max_words })));
    left_out.sort_by_key(|(index, _)| *index);
    let (printed, top, sections) = place(chosen, options);
    let Issue { date, composed_at, masthead, read, corrections } = issue;
    let edition = Edition { date, composed_at, masthead, read, top, sections, corrections };
    Built { edition, printed, refused, left_out }
}

/// What the limits still allow.
struct Room<'a> {
    options: &'a Options,
    per_outlet: BTreeMap<&'a str, usize>,
    per_section: BTreeMap<&'a str, usize>,
}

impl<'a> Room<'a> {
    /// Reserves a place for a story of this kind, or says which limit prevents it.
    fn take(
        &mut self,
        outlet: &'a str,
        section: &'a str,
        kind: usize,
        is_widely_told: bool,
    ) -> Result<(), Omission> {
        let Options { max_per_outlet, max_per_section, .. } = *self.options;
        // A newsletter without sections has a single one, which may hold everything.
        let is_capped = kind == 2 && self.options.sections.len() > 1 && !is_widely_told;
        let by_outlet = self.per_outlet.entry(outlet).or_default();
        let in_section = self.per_section.entry(section).or_default();
        if *by_outlet == max_per_outlet {
            return Err(Omission::OutletFull { outlet: outlet.to_owned(), max_per_outlet });
        }
        if is_capped && *in_section >= max_per_section {
            return Err(Omission::SectionFull { section: section.to_owned(), max_per_section });
        }
        *by_outlet += 1;
        *in_section += usize::from(kind == 2);
        Ok(())
    }
}

/// Brings the edition within `max_words`: first the stories that take the room of several are dropped; then, from the
/// last story up, each loses its quotations and other outlets' additions to its lead; then the last stories are
/// dropped. Returns the dropped candidates.
fn fit(chosen: &mut Vec<Placed>, max_words: usize) -> Vec<usize> {
    let is_over = |chosen: &[Placed]| chosen.iter().map(|p| p.slot.words()).sum::<usize>() > max_words;
    let mut cut = Vec::new();
    while chosen.len() > 1
        && is_over(chosen)
        && let Some(long) = chosen.iter().rposition(|placed| bare(&placed.slot).words() > LONG)
    {
        cut.push(chosen.remove(long).candidate);
    }
    for index in (1..chosen.len()).rev() {
        if !is_over(chosen) {
            return cut;
        }
        chosen[index].slot = bare(&chosen[index].slot);
    }
    while chosen.len() > 1 && is_over(chosen) {
        cut.extend(chosen.pop().map(|placed| placed.candidate));
    }
    cut
}

/// A story of which no more than headline and outlets are printed.
fn headline_only(slot: Slot) -> Slot {
    Slot { lead: Vec::new(), quotes: Vec::new(), ..slot }
}

/// A story without quotations and without other outlets' additions to its lead.
fn bare(slot: &Slot) -> Slot {
    let own = slot.lead.iter().filter(|excerpt| excerpt.url == slot.url).cloned().collect();
    Slot { quotes: Vec::new(), lead: own, ..slot.clone() }
}

/// Puts top stories first and the others into their sections, along with the candidates in printing order.
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

/// The printing order of a section; sections the newsletter does not name come last.
fn order(section: &str, options: &Options) -> usize {
    options.sections.iter().position(|name| name == section).unwrap_or(options.sections.len())
}

/// The article the brief's lead comes from, otherwise the story's representative.
fn source<'a>(candidate: &Candidate, articles: &Articles<'a>) -> Option<&'a Article> {
    let led = candidate.brief.lead.first().map(|passage| passage.id.as_str());
    [led, Some(candidate.story.representative.as_str())]
        .into_iter()
        .flatten()
        .find_map(|id| articles.get(id).copied())
}

/// The section with most of the story's voices; ties go to the one printed first.
fn section<'a>(story: &Story, articles: &Articles<'a>, options: &Options) -> Option<&'a str> {
    let mut ids: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for article in story.ids().filter_map(|id| articles.get(id.as_str())) {
        if let Some(section) = &article.section {
            ids.entry(section).or_default().insert(&article.id);
        }
    }
    ids.into_iter()
        .min_by_key(|(name, ids)| (Reverse(story.voices_of(ids)), order(name, options)))
        .map(|(name, _)| name)
}

fn slot(candidate: &Candidate, source: &Article, articles: &Articles, kind: usize) -> Slot {
    let lead = lead::printed(&candidate.brief.lead, source, articles, kind);
    let picture: Option<Picture> = source.picture.clone().filter(|_| kind == 0);
    Slot {
        headline: source.title.clone(),
        url: source.url.clone(),
        outlet: source.outlet.clone(),
        agency: agency::carried(source),
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
        voices: candidate.story.voices(),
        more: coverage(candidate.story, source, articles),
        picture,
        commentary: opinion::is_opinion(source),
        update: candidate.update,
        members: candidate.story.ids().cloned().collect(),
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
        outlets: quote.outlets,
        outlet: article.outlet.clone(),
        url: article.url.clone(),
    })
}

/// The other outlets' articles, one per outlet, treating the desks of one site as one: own reports before those
/// carried from an agency, the most central first.
fn coverage(story: &Story, source: &Article, articles: &Articles) -> Vec<Coverage> {
    let members = story.members.iter().filter_map(|member| {
        let article = articles.get(member.id.as_str()).copied().filter(|article| !article.url.is_empty())?;
        let site = matches!(member.tie, Some(Tie::Site(_))).then_some(member.voice);
        Some((article, site))
    });
    let mut members: Vec<(&Article, Option<usize>)> = members.collect();
    // The printed article reserves its outlet and site before all others.
    members.sort_by_key(|(a, _)| (a.id != source.id, agency::carried(a).is_some()));
    let (mut outlets, mut sites) = (BTreeSet::from([source.outlet.as_str()]), BTreeSet::new());
    members
        .into_iter()
        .filter(|(a, site)| {
            let is_new = site.is_none_or(|site| sites.insert(site));
            outlets.insert(&a.outlet) && is_new
        })
        .map(|(a, _)| Coverage {
            outlet: a.outlet.clone(),
            agency: agency::carried(a),
            title: a.title.clone(),
            url: a.url.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{article, brief, by_id, issue, story};
    use super::*;
    use crate::model::Member;

    #[test]
    fn a_full_section_loses_no_story_of_five_voices() {
        let articles: Vec<Article> =
            (0..12).map(|n| article(&format!("a{n:02}"), &format!("outlet{n}"), "World")).collect();
        let mut stories: Vec<Story> = articles.iter().map(|a| story(&[a])).collect();
        let elsewhere = |at| Member { id: format!("elsewhere {at}"), voice: at, text: at, tie: None };
        stories[10].members.extend((1..4).map(elsewhere));
        stories[11].members.extend((1..5).map(elsewhere));
        let candidates: Vec<Candidate> =
            stories.iter().zip(&articles).map(|(story, a)| Candidate::new(story, brief(a))).collect();
        let sections = vec!["Fleet".to_owned(), "World".to_owned()];
        let options = Options { sections, max_per_section: 2, ..Options::default() };
        let built = build(issue(), &candidates, &by_id(&articles), &options);
        assert_eq!(built.printed, [0, 1, 2, 3, 4, 5, 6, 11]);
    }
}

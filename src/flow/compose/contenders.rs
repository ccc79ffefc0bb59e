//! Stories in, those that may be printed out, the most important first: never told, or back with something
//! new. No other is dropped without a note.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::notes::Notes;
use crate::{
    brief, cluster,
    edition::{self, Articles, Candidate, Followup, Memory, Novelty, Repeat},
    model::{Article, Brief, Omission, Story},
};

/// How many times the edition's stories stay in contention until their briefs are made.
const CONTENTION: usize = 2;
/// How many old quotations of a returning story are passed over in the search for new ones.
const OLD_QUOTES: usize = 8;

/// A story that may be printed.
pub struct Contender {
    /// What it is ranked and briefed by: for a returning story, its new articles.
    pub story: Story,
    /// Set when an earlier edition told it.
    pub followup: Option<Box<Followup>>,
}

impl Contender {
    /// Finds copies and voices again, for its articles have more text now.
    pub fn recount(&mut self, articles: &Articles) {
        let recount = |story: &mut Story| {
            let of = |id: &String| articles.get(id.as_str()).copied();
            story.members = cluster::members(&story.ids().filter_map(of).collect::<Vec<_>>());
        };
        match &mut self.followup {
            Some(followup) => {
                recount(&mut followup.whole);
                followup.fresh.members =
                    followup.whole.part(|member| followup.fresh.holds(&member.id)).members;
                self.story = followup.fresh.clone();
            }
            None => recount(&mut self.story),
        }
    }

    /// The articles that its brief is made of.
    pub fn sources<'a>(&self, articles: &Articles<'a>) -> Vec<&'a Article> {
        match &self.followup {
            Some(followup) => followup.sources(articles),
            None => self.story.ids().filter_map(|id| articles.get(id.as_str()).copied()).collect(),
        }
    }

    /// What may be printed of it; `None` when it comes back with nothing new after all.
    pub fn brief(&self, articles: &Articles, options: &brief::Options) -> Option<Brief> {
        let sources = self.sources(articles);
        let Some(followup) = &self.followup else {
            return Some(brief::brief(&self.story, &sources, options));
        };
        // More quotations than are kept, because those already told drop out.
        let more = brief::Options { max_quotes: options.max_quotes + OLD_QUOTES, ..options.clone() };
        let mut news = followup.news(brief::brief(&followup.whole, &sources, &more), articles)?;
        news.quotes.truncate(options.max_quotes);
        Some(news)
    }

    /// As the edition is given it.
    pub fn candidate(&self, brief: Brief) -> Candidate<'_> {
        let Some(followup) = &self.followup else { return Candidate::new(&self.story, brief) };
        let (update, places) = (Some(followup.update), followup.places.clone());
        Candidate { story: &followup.whole, brief, update, places }
    }
}

/// Separates the stories that may be printed from those already told. `announcements` are no news and are
/// left out.
pub fn sort_out(
    stories: &[Story],
    memory: &Memory,
    articles: &Articles,
    announcements: &BTreeSet<String>,
    notes: &mut Notes,
) -> (Vec<Contender>, Vec<Repeat>) {
    let (mut contenders, mut repeats) = (Vec::new(), Vec::new());
    for story in stories {
        let news = story.part(|member| !announcements.contains(&member.id));
        if news.members.is_empty() {
            notes.pass_over(story, Omission::OnlyACorrection);
            continue;
        }
        match memory.novelty(news, articles) {
            Novelty::New(part) => contenders.push(Contender { story: part, followup: None }),
            Novelty::Followup(followup) => {
                contenders.push(Contender { story: followup.fresh.clone(), followup: Some(followup) });
            }
            // A told story without a new article is not one of today's.
            Novelty::Repeat(repeat) if repeat.story.ids().all(|id| memory.is_told(id)) => {}
            Novelty::Repeat(repeat) => {
                notes.pass_over(&repeat.story, Omission::PrintedBefore { edition: repeat.edition });
                repeats.push(repeat);
            }
        }
    }
    (contenders, repeats)
}

/// The contenders in rank order: twice as many as there is room for, in all and per outlet, and as many
/// returning stories again, because more of those may turn out to have nothing new.
pub fn shortlist(
    contenders: Vec<Contender>,
    articles: &Articles,
    at: Timestamp,
    options: &edition::Options,
    notes: &mut Notes,
) -> Vec<Contender> {
    let stories: Vec<Story> = contenders.iter().map(|contender| contender.story.clone()).collect();
    let mut contenders: Vec<Option<Contender>> = contenders.into_iter().map(Some).collect();
    let mut taken: BTreeMap<bool, usize> = BTreeMap::new();
    let mut per_outlet: BTreeMap<(bool, &str), usize> = BTreeMap::new();
    let mut shortlist = Vec::new();
    for ranked in edition::rank(&stories, articles, at, options) {
        let Some(contender) = contenders.get_mut(ranked.story).and_then(Option::take) else { continue };
        let story = &contender.story;
        let outlet =
            articles.get(story.representative.as_str()).map_or("", |article| article.outlet.as_str());
        let back = contender.followup.is_some();
        let (all, of_outlet) =
            (taken.entry(back).or_default(), per_outlet.entry((back, outlet)).or_default());
        let left_out = too_little(&ranked, story, options)
            .or_else(|| out_of_contention(*all, outlet, *of_outlet, options));
        notes.rank(story, &ranked, left_out.clone());
        if left_out.is_none() {
            *all += 1;
            *of_outlet += 1;
            shortlist.push(contender);
        }
    }
    shortlist
}

/// Why a story is not worth printing, by the newsletter's own measure.
fn too_little(ranked: &edition::Ranked, story: &Story, options: &edition::Options) -> Option<Omission> {
    let edition::Options { min_voices, min_score, .. } = *options;
    if ranked.home == 0.0 && story.voices() < min_voices {
        Some(Omission::TooFewVoices { min_voices })
    } else if ranked.score < min_score {
        Some(Omission::TooFewPoints { min_score })
    } else {
        None
    }
}

/// Why a story is not in contention, given how many are, and how many of them its outlet leads.
fn out_of_contention(
    all: usize,
    outlet: &str,
    of_outlet: usize,
    options: &edition::Options,
) -> Option<Omission> {
    let edition::Options { max_stories, max_per_outlet, .. } = *options;
    if all == max_stories * CONTENTION {
        Some(Omission::EditionFull { max_stories })
    } else if of_outlet == max_per_outlet * CONTENTION {
        Some(Omission::OutletFull { outlet: outlet.to_owned(), max_per_outlet })
    } else {
        None
    }
}

//! Grouped articles in, stories out: which article is central, which speaks for the story, which are copies, and the
//! voice of each. Never regroups.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{Grouped, agglomerate::Link, voices};
use crate::model::{Article, Story};

/// Articles whose centrality differs by less than this count as equally central when a representative is chosen.
const CENTRALITY_STEP: f64 = 0.05;

/// Turns groups into stories, largest first. `copies` are the groups of copies.
pub(super) fn stories(articles: &[&Article], grouped: &Grouped, copies: &[Vec<usize>]) -> Vec<Story> {
    let Grouped { group, subjects, links, .. } = grouped;
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (article, &group) in group.iter().enumerate() {
        members.entry(group).or_default().push(article);
    }
    let text = texts(articles.len(), copies);
    let closeness = closeness(articles.len(), group, links);
    let of = |(name, members): (usize, Vec<usize>)| {
        Some(Story { subject: subjects.get(&name).copied(), ..story(articles, members, &closeness, &text)? })
    };
    let mut stories: Vec<Story> = members.into_iter().filter_map(of).collect();
    stories.sort_by_cached_key(|s| (Reverse((s.members.len(), s.voices())), s.representative.clone()));
    number_subjects(&mut stories);
    stories
}

/// Numbers the subjects of two stories and more in the order of the stories; those of one story are none.
fn number_subjects(stories: &mut [Story]) {
    let mut of: BTreeMap<usize, usize> = BTreeMap::new();
    stories.iter().filter_map(|story| story.subject).for_each(|name| *of.entry(name).or_default() += 1);
    of.retain(|_, stories| *stories > 1);
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    for story in stories {
        let running = story.subject.filter(|name| of.contains_key(name));
        let next = numbers.len();
        story.subject = running.map(|name| *numbers.entry(name).or_insert(next));
    }
}

/// The text of each of `n` articles, as a number shared by copies.
pub(super) fn texts(n: usize, copies: &[Vec<usize>]) -> Vec<usize> {
    let mut text: Vec<usize> = (0..n).collect();
    for copies in copies {
        for &copy in copies {
            if let (Some(place), Some(&first)) = (text.get_mut(copy), copies.first()) {
                *place = first;
            }
        }
    }
    text
}

/// Each article's summed score with the others of its group.
fn closeness(n: usize, group: &[usize], links: &[Link]) -> Vec<f64> {
    let mut closeness = vec![0.0; n];
    for link in links {
        let (a, b) = (link.a as usize, link.b as usize);
        if group.get(a) == group.get(b) {
            for end in [a, b] {
                if let Some(sum) = closeness.get_mut(end) {
                    *sum += f64::from(link.score);
                }
            }
        }
    }
    closeness
}

fn story(articles: &[&Article], members: Vec<usize>, closeness: &[f64], text: &[usize]) -> Option<Story> {
    let others = members.len().saturating_sub(1).max(1) as f64;
    let at = |m: usize| Some((*articles.get(m)?, closeness.get(m)? / others, *text.get(m)?));
    let mut known: Vec<(&Article, f64, usize)> = members.into_iter().filter_map(at).collect();
    known.sort_by(|a, b| {
        b.1.total_cmp(&a.1)
            .then_with(|| published(a.0).cmp(&published(b.0)))
            .then_with(|| a.0.id.cmp(&b.0.id))
    });
    let representative = known.iter().max_by_key(|(article, centrality, _)| {
        let steps = (centrality / CENTRALITY_STEP) as u32;
        let length = article.text.len() + article.summary.len();
        (article.home, steps, length, Reverse(published(article)), Reverse(&article.id))
    })?;
    let members: Vec<&Article> = known.iter().map(|k| k.0).collect();
    let texts: Vec<usize> = known.iter().map(|k| k.2).collect();
    Some(Story {
        headline: representative.0.title.clone(),
        representative: representative.0.id.clone(),
        members: voices::members(&members, &texts),
        subject: None,
    })
}

/// Earlier first, unknown last.
fn published(article: &Article) -> (bool, Option<jiff::Timestamp>) {
    (article.published.is_none(), article.published)
}

//! Stories in, the same stories out in order of importance, with the reasons.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Articles, Options, opinion};
use crate::{
    model::{Article, Story},
    text::words::{self, Language},
};

/// Why a story stands where it stands: each part of its score.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Ranked {
    /// Index of the story in the input.
    pub story: usize,
    /// Sum of the parts below, times the largest feed weight among the members.
    pub score: f64,
    /// log2 of one more than the independent voices.
    pub voices: f64,
    /// 1 when the home outlet reports it.
    pub home: f64,
    /// 1 when a focus word is in the representative's title or summary.
    pub focus: f64,
    /// 1 for just published, 0 for a window ago.
    pub fresh: f64,
    /// 1 for the first item of a feed, falling with the place.
    pub place: f64,
    /// 1 for opinion, which news goes before.
    pub opinion: f64,
}

/// What each part weighs. Twice the voices matter most; being the home outlet's own is worth a little less than a
/// doubling, a focus word half of one; opinion steps behind a single report.
const VOICES: f64 = 1.25;
const HOME: f64 = 0.9;
const FOCUS: f64 = 0.5;
const FRESH: f64 = 0.4;
const PLACE: f64 = 0.4;
const OPINION: f64 = -0.8;

/// The focus words, ready to be compared.
struct Focus {
    language: Language,
    keys: BTreeSet<String>,
}

/// Ranks `stories`, the most important first; ties go by headline.
pub fn rank(stories: &[Story], articles: &Articles, now: Timestamp, options: &Options) -> Vec<Ranked> {
    let language = Language::of(&options.language);
    let keys = options.focus.iter().flat_map(|text| keys(text, &language)).collect();
    let focus = Focus { keys, language };
    let mut ranked: Vec<Ranked> = stories
        .iter()
        .enumerate()
        .map(|(index, story)| judge(index, story, articles, now, options, &focus))
        .collect();
    ranked.sort_by(|a, b| {
        let headline = |r: &Ranked| &stories[r.story].headline;
        b.score.total_cmp(&a.score).then_with(|| headline(a).cmp(headline(b)))
    });
    ranked
}

fn judge(
    index: usize,
    story: &Story,
    articles: &Articles,
    now: Timestamp,
    options: &Options,
    focus: &Focus,
) -> Ranked {
    let members: Vec<&Article> =
        story.members.iter().filter_map(|id| articles.get(id.as_str()).copied()).collect();
    let representative = articles.get(story.representative.as_str()).copied();
    let flag = |holds: bool| if holds { 1.0 } else { 0.0 };
    let newest = members.iter().filter_map(|a| a.published).max();
    let place = members.iter().map(|a| a.position).min().unwrap_or(usize::MAX);
    let weight = members.iter().map(|a| a.weight).fold(f64::MIN_POSITIVE, f64::max);
    let mut ranked = Ranked {
        story: index,
        score: 0.0,
        voices: (1.0 + story.outlets as f64).log2(),
        home: flag(members.iter().any(|a| a.home)),
        focus: flag(representative.is_some_and(|a| mentions(a, focus))),
        fresh: newest.map_or(0.5, |at| freshness(at, now, options)),
        place: 1.0 / (1.0 + place as f64 / 5.0),
        opinion: flag(representative.is_some_and(opinion::is_opinion)),
    };
    let parts = VOICES * ranked.voices
        + HOME * ranked.home
        + FOCUS * ranked.focus
        + FRESH * ranked.fresh
        + PLACE * ranked.place
        + OPINION * ranked.opinion;
    ranked.score = parts * weight;
    ranked
}

fn freshness(published: Timestamp, now: Timestamp, options: &Options) -> f64 {
    let age = now.duration_since(published).as_secs_f64();
    (1.0 - age / options.window.as_secs_f64().max(1.0)).clamp(0.0, 1.0)
}

/// The words under which forms of one word meet ("veterans" and "veteran").
fn keys<'a>(text: &'a str, language: &'a Language) -> impl Iterator<Item = String> + 'a {
    words::words(text).filter_map(|word| language.key(word))
}

fn mentions(article: &Article, focus: &Focus) -> bool {
    [&article.title, &article.summary]
        .iter()
        .any(|text| keys(text, &focus.language).any(|key| focus.keys.contains(&key)))
}

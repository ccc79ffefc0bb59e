//! Stories in, the same stories out in order of importance, with the reasons. Never drops one.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Articles, Options};
use crate::{
    language::Lexicon,
    model::{Article, Story},
    prose::report::is_report,
    text::words,
};

/// Why a story has its rank: each part of its score.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Ranked {
    /// Index of the story in the input.
    pub story: usize,
    /// Sum of the points of the parts below, times the weight.
    pub score: f64,
    /// log2 of one more than the number of independent voices.
    pub voices: f64,
    /// 1 if the home outlet reports it.
    pub home: f64,
    /// 1 if a focus word is in the representative's title or summary.
    pub focus: f64,
    /// That word, as written in the settings.
    pub focus_word: Option<String>,
    /// 1 if just published, 0 if published a window ago.
    pub fresh: f64,
    /// 1 for the first item of a feed, less further down.
    pub place: f64,
    /// 1 for what no report tells, which ranks after news: opinion, live pages, round-ups, broadcasts.
    pub aside: f64,
    /// The largest feed weight among its members.
    pub weight: f64,
}

/// The weight of each part. Doubling the voices counts most; being the home outlet's own is worth slightly less than
/// a doubling, a focus word half of one; what no report tells ranks behind a single
/// report.
const VOICES: f64 = 1.25;
const HOME: f64 = 0.9;
const FOCUS: f64 = 0.5;
const FRESH: f64 = 0.4;
const PLACE: f64 = 0.4;
const ASIDE: f64 = -0.8;

impl Ranked {
    /// The value of each part and the points it adds to the score.
    pub fn parts(&self) -> [(&'static str, f64, f64); 6] {
        let part = |name, value, weight| (name, value, value * weight);
        [
            part("voices", self.voices, VOICES),
            part("home", self.home, HOME),
            part("focus", self.focus, FOCUS),
            part("fresh", self.fresh, FRESH),
            part("place", self.place, PLACE),
            part("aside", self.aside, ASIDE),
        ]
    }
}

/// The focus words, prepared for comparison.
struct Focus {
    lexicon: &'static Lexicon,
    /// By the key of each of their words.
    words: BTreeMap<String, String>,
}

/// Ranks `stories`, the most important first; ties are broken by headline.
pub fn rank(stories: &[Story], articles: &Articles, now: Timestamp, options: &Options) -> Vec<Ranked> {
    let lexicon = Lexicon::of(&options.language);
    let words =
        options.focus.iter().rev().flat_map(|text| keys(text, lexicon).map(|key| (key, text.clone())));
    let focus = Focus { words: words.collect(), lexicon };
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
    let members: Vec<&Article> = story.ids().filter_map(|id| articles.get(id.as_str()).copied()).collect();
    let representative = articles.get(story.representative.as_str()).copied();
    let flag = |holds: bool| if holds { 1.0 } else { 0.0 };
    let newest = members.iter().filter_map(|a| a.published).max();
    let place = members.iter().map(|a| a.position).min().unwrap_or(usize::MAX);
    let focus_word = representative.and_then(|article| mentioned(article, focus));
    let mut ranked = Ranked {
        story: index,
        score: 0.0,
        voices: (1.0 + story.voices() as f64).log2(),
        home: flag(members.iter().any(|a| a.home)),
        focus: flag(focus_word.is_some()),
        focus_word,
        fresh: newest.map_or(0.5, |at| freshness(at, now, options)),
        place: 1.0 / (1.0 + place as f64 / 5.0),
        aside: flag(!members.iter().any(|article| is_report(article))),
        weight: members.iter().map(|a| a.weight).fold(f64::MIN_POSITIVE, f64::max),
    };
    ranked.score = ranked.parts().iter().map(|(_, _, points)| points).sum::<f64>() * ranked.weight;
    ranked
}

fn freshness(published: Timestamp, now: Timestamp, options: &Options) -> f64 {
    let age = now.duration_since(published).as_secs_f64();
    (1.0 - age / options.window.as_secs_f64().max(1.0)).clamp(0.0, 1.0)
}

/// Keys that different forms of a word share ("veterans" and "veteran").
fn keys<'a>(text: &'a str, lexicon: &'a Lexicon) -> impl Iterator<Item = String> + 'a {
    words::words(text).filter_map(|word| lexicon.key(word))
}

/// The first focus word in the article's title, otherwise in its summary.
fn mentioned(article: &Article, focus: &Focus) -> Option<String> {
    let texts = [&article.title, &article.summary];
    texts.iter().flat_map(|text| keys(text, focus.lexicon)).find_map(|key| focus.words.get(&key).cloned())
}

//! An article in, its opening passages out: verbatim, cut at sentence ends, within a budget of words. Furniture of the
//! page (bylines, promotions) is left out; nothing is ever rewritten.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::choice::words;
use crate::model::{Article, Passage};
use crate::text::{sentence, space};

/// Articles a thin lead is filled up from.
const ARTICLES_USED: usize = 4;
/// Shortest paragraph taken for prose, in words.
const FEWEST_WORDS: usize = 5;
/// Longest paragraph still taken for a promotion if it reads like one, in words.
const PROMOTION_WORDS: usize = 45;

/// What promotions, credits and site notices begin with or hold.
static PROMOTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^\W*(?:subscribe|sign[ -]?up|sign in|log in|advertisement|read more|read also|continue reading|click here|",
        r"follow us|share this|related:?|most read|recommended|watch:|listen:|download (?:our|the)|support our|donate|",
        r"already a subscriber|this article (?:was|is|first|originally)|the post .* appeared first|all rights reserved|©|",
        r"photo(?:graph)?:|image:|picture:|file photo|getty images|updated:?\b.{0,40}\d|published:?\b.{0,40}\d)",
        r"|(?:our|free|daily|weekly|email) (?:\w+ )?newsletter|sign up (?:for|to|now|here|today)|subscribe (?:to|now|for)|",
        r"appeared first on|follow .{1,40} on (?:twitter|facebook|x|instagram)|abonnieren|s’abonner|suscr[ií]b"
    ))
});
static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:By|BY|Von|Par|Por) \p{Lu}[\p{L}.’'-]+(?: \p{Lu}[\p{L}.’'-]+){0,3}(?:\W|$)")
});
/// "LONDON (AP) — ", "WASHINGTON, Nov. 3 (Reuters) - ", "Berlin (dpa) – "
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:\p{Lu}{3}[\p{Lu} .’'/-]*(?:, [\p{L}\d., ]{2,30})?(?: ?\([\p{L}\d/ .]{2,30}\))?|",
        r"\p{Lu}[\p{L} .’'-]{1,30}(?:, [\p{L}\d., ]{2,30})? \(\p{L}[\p{L}/ .]{1,30}\))",
        r"\s*(?:—|–|--|-)\s+"
    ))
});

fn pattern(text: &str) -> Regex {
    // Every pattern here is a constant, compiled in the tests below; one that matches nothing stands in.
    Regex::new(text).unwrap_or_else(|_| Regex::new("$^").unwrap_or_else(|_| unreachable!()))
}

/// The opening passages of the first of `ranked`, at most `budget` words unless its first sentence alone is longer.
/// Where all it has stays below `thin` words, opening sentences of the next articles that say something new follow.
pub fn passages(ranked: &[&Article], budget: usize, thin: usize) -> Vec<Passage> {
    let mut found: Vec<Passage> = Vec::new();
    for article in ranked.iter().take(ARTICLES_USED) {
        let used: usize = found.iter().map(|p| count(&p.text)).sum();
        if !found.is_empty() && used >= thin {
            break;
        }
        found.extend(opening(article, budget.saturating_sub(used), &found));
    }
    found
}

/// What an article adds to the passages there are. Without a usable text that is its summary, without that its title,
/// the latter only if there is nothing else yet.
fn opening(article: &Article, budget: usize, told: &[Passage]) -> Vec<Passage> {
    let language = article.lang.as_deref().unwrap_or("en");
    let title = space::fold(&article.title);
    let prose: Vec<&str> =
        article.paragraphs().filter(|p| !is_furniture(p) && space::fold(p) != title).collect();
    let known: HashSet<String> = told.iter().flat_map(|p| words(&p.text)).map(str::to_lowercase).collect();
    let found = fill(&prose, budget, language, &known);
    let found =
        if prose.is_empty() { fill(&[article.summary.trim()], budget, language, &known) } else { found };
    let found = if found.is_empty() && told.is_empty() && !title.is_empty() { vec![title] } else { found };
    found.into_iter().map(|text| Passage { text, id: article.id.clone() }).collect()
}

/// Whole paragraphs while they fit, then the sentences of the next that still do. With `known` words to go beyond, a
/// paragraph is given up at the first sentence that does not fit or says nothing new.
fn fill(paragraphs: &[&str], budget: usize, language: &str, known: &HashSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    let mut left = budget;
    for paragraph in paragraphs {
        let body = without_dateline(paragraph);
        let sentences = sentence::spans(body, language);
        let mut kept: Option<Range<usize>> = None;
        for span in &sentences {
            let text = body.get(span.clone()).unwrap_or_default();
            let opens = known.is_empty() && found.is_empty() && kept.is_none();
            let fits = count(text) <= left || opens;
            if fits && says_more(text, known) {
                left = left.saturating_sub(count(text));
                kept = Some(kept.map_or(span.start, |k| k.start)..span.end);
            } else if !fits || kept.is_some() {
                break;
            }
        }
        let whole = kept.as_ref().is_some_and(|k| sentences.last().is_some_and(|last| last.end == k.end));
        found.extend(kept.and_then(|k| body.get(k)).map(space::fold).filter(|text| !text.is_empty()));
        if !whole && known.is_empty() {
            break;
        }
    }
    found
}

/// Whether a sentence is news beside the words known: more than half of its longer words are not among them.
fn says_more(sentence: &str, known: &HashSet<String>) -> bool {
    let long: Vec<String> = words(sentence).filter(|w| w.len() > 3).map(str::to_lowercase).collect();
    known.is_empty() || 2 * long.iter().filter(|w| !known.contains(*w)).count() > long.len()
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The paragraph behind its dateline, if it has one and a sentence follows.
fn without_dateline(paragraph: &str) -> &str {
    let rest = DATELINE.find(paragraph).and_then(|line| paragraph.get(line.end()..));
    let sentence = |text: &&str| {
        text.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphanumeric())
            && count(text) >= FEWEST_WORDS
    };
    rest.filter(sentence).unwrap_or(paragraph)
}

/// Whether a paragraph is no part of the article's prose: too short, not ended like a sentence, a promotion, a byline.
fn is_furniture(paragraph: &str) -> bool {
    let words = count(paragraph);
    let ended = paragraph.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '”' | '“' | '’' | '\'' | '»' | '«' | ')' | ']')
    });
    words < FEWEST_WORDS
        || !ended.ends_with(['.', '!', '?', '…', ':', ';', ',', '。'])
        || words <= PROMOTION_WORDS && PROMOTION.is_match(paragraph)
        || words <= 2 * FEWEST_WORDS && BYLINE.is_match(paragraph)
        || DATELINE.find(&format!("{paragraph} ")).is_some_and(|line| line.end() > paragraph.len())
}

//! An article in, its opening passages out: verbatim, cut at sentence ends, within a budget of words. Furniture of the
//! page (bylines, promotions) is left out; nothing is ever rewritten.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::{Article, Passage};
use crate::text::{sentence, space};

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

/// The opening passages of an article, at most `budget` words unless its first sentence alone is longer. Without a
/// usable text it is the summary, without that the title.
pub fn passages(article: &Article, budget: usize) -> Vec<Passage> {
    let language = article.lang.as_deref().unwrap_or("en");
    let title = space::fold(&article.title);
    let prose: Vec<&str> =
        article.paragraphs().filter(|p| !is_furniture(p) && space::fold(p) != title).collect();
    let found = fill(&prose, budget, language);
    let found = if found.is_empty() { fill(&[article.summary.trim()], budget, language) } else { found };
    let found = if found.is_empty() && !title.is_empty() { vec![title] } else { found };
    found.into_iter().map(|text| Passage { text, id: article.id.clone() }).collect()
}

/// Whole paragraphs while they fit, then the sentences of the next that still do.
fn fill(paragraphs: &[&str], budget: usize, language: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut left = budget;
    for paragraph in paragraphs {
        let body = without_dateline(paragraph);
        let sentences = sentence::spans(body, language);
        let mut end = 0;
        for span in &sentences {
            let words = body.get(span.clone()).map_or(0, count);
            let first = found.is_empty() && end == 0;
            if words > left && !first {
                break;
            }
            left = left.saturating_sub(words);
            end = span.end;
        }
        found.extend(body.get(..end).map(space::fold).filter(|text| !text.is_empty()));
        if sentences.last().is_none_or(|last| last.end != end) {
            break;
        }
    }
    found
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

//! An article in, its opening passages out: verbatim, cut at sentence ends, within a budget of words. Furniture of the
//! page (bylines, promotions) is left out; nothing is ever rewritten.

use std::collections::HashSet;
use std::ops::Range;

use super::choice::words;
use super::furniture::{is_furniture, without_dateline};
use crate::model::{Article, Passage};
use crate::text::{sentence, space};

/// Articles a thin lead is filled up from.
const ARTICLES_USED: usize = 4;
/// The opening passages of the first of `ranked`, at most `budget` words unless its first sentence alone is longer.
/// Where that is all it holds, opening sentences of the next articles that say something new fill the rest.
pub fn passages(ranked: &[&Article], budget: usize) -> Vec<Passage> {
    let mut found: Vec<Passage> = Vec::new();
    let mut left = budget;
    for article in ranked.iter().take(ARTICLES_USED) {
        let known = found.iter().flat_map(|p| words(&p.text)).map(str::to_lowercase).collect();
        let opening = opening(article, left, &known);
        left = left.saturating_sub(opening.texts.iter().map(|text| count(text)).sum());
        found.extend(opening.texts.into_iter().map(|text| Passage { text, id: article.id.clone() }));
        if !opening.exhausted {
            break;
        }
    }
    found
}

/// What an article adds to a lead.
struct Opening {
    texts: Vec<String>,
    /// Whether the article holds no more.
    exhausted: bool,
}

/// What an article adds to the words known. Without a usable text that is its summary, without that its title, the
/// latter only if nothing is known yet.
fn opening(article: &Article, budget: usize, known: &HashSet<String>) -> Opening {
    let language = article.lang.as_deref().unwrap_or("en");
    let title = space::fold(&article.title);
    let prose: Vec<&str> =
        article.paragraphs().filter(|p| !is_furniture(p) && space::fold(p) != title).collect();
    let summary = [article.summary.trim()];
    let found = fill(if prose.is_empty() { &summary } else { &prose }, budget, language, known);
    if found.texts.is_empty() && known.is_empty() && !title.is_empty() {
        return Opening { texts: vec![title], exhausted: true };
    }
    found
}

/// Whole paragraphs while they fit, then the sentences of the next that still do. Beyond known words, sentences that
/// say nothing new are passed over up to the first that does.
fn fill(paragraphs: &[&str], budget: usize, language: &str, known: &HashSet<String>) -> Opening {
    let mut texts = Vec::new();
    let mut left = budget;
    for paragraph in paragraphs {
        let body = without_dateline(paragraph);
        let mut kept: Option<Range<usize>> = None;
        let mut cut = false;
        for span in whole_sentences(body, language) {
            let text = body.get(span.clone()).unwrap_or_default();
            let opens = known.is_empty() && texts.is_empty() && kept.is_none();
            let fits = count(text) <= left || opens;
            if fits && says_more(text, known) {
                left = left.saturating_sub(count(text));
                kept = Some(kept.map_or(span.start, |k| k.start)..span.end);
            } else if !fits || kept.is_some() {
                cut = !fits;
                break;
            }
        }
        texts.extend(kept.and_then(|k| body.get(k)).map(space::fold).filter(|text| !text.is_empty()));
        if cut {
            return Opening { texts, exhausted: !known.is_empty() };
        }
    }
    Opening { texts, exhausted: true }
}

/// The sentences of a paragraph; without its last if a feed cut it off ("The minister ...") and others are left.
fn whole_sentences(paragraph: &str, language: &str) -> Vec<Range<usize>> {
    let mut spans = sentence::spans(paragraph, language);
    let cut_off = |text: &str| {
        let end = text.trim_end_matches([']', ')', ' ']);
        end.ends_with("...") || end.ends_with('…')
    };
    if spans.len() > 1 && spans.last().and_then(|last| paragraph.get(last.clone())).is_some_and(cut_off) {
        spans.pop();
    }
    spans
}

/// Whether a sentence is news beside the words known: more than half of its longer words are not among them.
fn says_more(sentence: &str, known: &HashSet<String>) -> bool {
    let long: Vec<String> = words(sentence).filter(|w| w.len() > 3).map(str::to_lowercase).collect();
    known.is_empty() || 2 * long.iter().filter(|w| !known.contains(*w)).count() > long.len()
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

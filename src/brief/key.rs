//! The articles of a story and its lead in, its key quotations out: complete sentences somebody named or described
//! says, best first, verbatim. Never two of the same wording, never what the lead already holds.

use super::choice::words;
use super::{Options, Quote, quotes};
use crate::model::{Article, Passage, Quotation};
use crate::text::space;

/// Articles that are read for quotations, the best representatives first.
const ARTICLES_READ: usize = 12;
/// Quotations weighed of one article; the best stand near the top.
const QUOTES_READ: usize = 60;
/// What each further outlet that carries a quotation adds to its score.
const VOICE: i64 = 6;
/// First words of quotations that lean on a sentence left out.
const LEANING: &[&str] = &[
    "and",
    "but",
    "or",
    "so",
    "because",
    "which",
    "that",
    "this",
    "it",
    "they",
    "he",
    "she",
    "these",
    "those",
    "them",
    "it’s",
    "it's",
    "that’s",
    "that's",
    "he’s",
    "he's",
    "she’s",
    "she's",
    "they’re",
    "they're",
    "also",
    "then",
    "there",
];
/// Words of somebody speaking for himself.
const PERSONAL: &[&str] =
    &["i", "we", "my", "our", "me", "us", "i’m", "i'm", "i’ve", "i've", "we’re", "we're", "we’ve", "we've"];

/// One wording that may be kept, and who carries it.
struct Candidate<'a> {
    article: &'a Article,
    quote: Quote,
    /// Its words in lower case, parted by single spaces.
    plain: String,
    score: i64,
    voices: Vec<&'a str>,
}

/// At most `options.max_quotes` quotations of `ranked` (best representative first) that `lead` does not hold.
pub fn quotations(ranked: &[&Article], lead: &[Passage], options: &Options) -> Vec<Quotation> {
    let told = plain(&lead.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" "));
    let mut candidates = candidates(ranked, &told, options);
    for candidate in &mut candidates {
        candidate.score += VOICE * (candidate.voices.len().min(4) as i64 - 1);
    }
    candidates.sort_by_key(|c| std::cmp::Reverse(c.score));
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        if kept.len() < options.max_quotes && !kept.iter().any(|k| alike(&k.plain, &candidate.plain)) {
            kept.push(candidate);
        }
    }
    let quotation = |c: Candidate| Quotation {
        text: space::fold(&c.quote.text),
        speaker: c.quote.speaker,
        id: c.article.id.clone(),
        outlets: c.voices.len(),
    };
    kept.into_iter().map(quotation).collect()
}

/// The wordings fit to be kept, in reading order of the articles; copies are counted, not repeated.
fn candidates<'a>(ranked: &[&'a Article], told: &str, options: &Options) -> Vec<Candidate<'a>> {
    let mut found: Vec<Candidate> = Vec::new();
    for article in ranked.iter().copied().take(ARTICLES_READ) {
        for (position, quote) in quotes(&article.text).into_iter().take(QUOTES_READ).enumerate() {
            let plain = plain(&quote.text);
            if let Some(known) = found.iter_mut().find(|c| alike(&c.plain, &plain)) {
                if !known.voices.contains(&article.voice()) {
                    known.voices.push(article.voice());
                }
            } else if !told.contains(&plain) && fits(&quote, options) {
                let score = score(&quote, &plain, told) - position.min(6) as i64;
                found.push(Candidate { article, quote, plain, score, voices: vec![article.voice()] });
            }
        }
    }
    found
}

/// Whether a quotation stands on its own: a whole sentence by somebody the text names, of fitting length.
fn fits(quote: &Quote, options: &Options) -> bool {
    let inner = quote.text.trim_matches(|c: char| {
        !c.is_alphanumeric() && !matches!(c, '.' | ',' | '!' | '?' | '…' | '$' | '€' | '£')
    });
    let count = quote.text.split_whitespace().count();
    let sentence =
        inner.starts_with(|c: char| !c.is_lowercase()) && inner.ends_with(['.', '!', '?', ',', '…']);
    let closed = quote
        .text
        .ends_with(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ',' | '!' | '?' | ':' | ';'));
    let one_paragraph = !quote.text.contains('\n');
    quote.speaker.is_some()
        && sentence
        && closed
        && one_paragraph
        && (options.min_quote_words..=options.max_quote_words).contains(&count)
}

/// How much a quotation tells: points for names, figures and a person speaking, against leaning words, questions and
/// what the lead has told already.
fn score(quote: &Quote, plain: &str, told: &str) -> i64 {
    let first = quote.text.split_whitespace().next().unwrap_or_default();
    let first = first.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let names = quote
        .text
        .split_whitespace()
        .skip(1)
        .filter(|w| w.starts_with(char::is_uppercase) && w.len() > 1)
        .count();
    let figures = usize::from(quote.text.contains(|c: char| c.is_ascii_digit()));
    let personal = usize::from(plain.split(' ').any(|w| PERSONAL.contains(&w)));
    let full_name = usize::from(quote.speaker.as_ref().is_some_and(|s| s.contains(' ')));
    let count = plain.split(' ').count();
    let length = usize::from((12..=35).contains(&count));
    let known = plain.split(' ').filter(|w| w.len() > 3 && told.split(' ').any(|t| t == *w)).count();
    let points = 2 * names.min(3) + 2 * figures + 2 * personal + 2 * full_name + 2 * length;
    let leaning = if LEANING.contains(&first.as_str()) { 5 } else { 0 };
    let question = if plain.len() > 1 && quote.text.contains('?') { 2 } else { 0 };
    points as i64 - leaning - question - if 2 * known > count { 4 } else { 0 }
}

/// Whether one wording holds the other.
fn alike(a: &str, b: &str) -> bool {
    a.contains(b) || b.contains(a)
}

fn plain(text: &str) -> String {
    words(text).collect::<Vec<_>>().join(" ").to_lowercase()
}

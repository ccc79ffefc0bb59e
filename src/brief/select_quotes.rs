//! The articles of a story and its lead in, its key quotations out: complete sentences by somebody named or
//! described, best first, verbatim. Never two with the same wording, never what the lead already has.

use std::cmp::Reverse;

use super::carriers::{self, Carrier};
use super::choice::words;
use super::wording::Wording;
use super::{Options, Quote, quotes_in};
use crate::{
    language::Lexicon,
    model::{Article, Passage, Quotation, Story},
    prose::context::refers_back,
    text::space,
};

/// Articles searched for quotations, best representatives first.
const ARTICLES_READ: usize = 12;
/// Quotations considered per article; the best are near the top.
const QUOTES_READ: usize = 60;
/// What each further voice that carries a quotation adds to its score.
const VOICE: i64 = 6;
/// What each quotation already kept from the same person subtracts from it.
const HEARD: i64 = 6;
/// One wording that may be kept.
struct Candidate<'a> {
    article: &'a Article,
    quote: Quote,
    wording: Wording,
    score: i64,
    /// Independent voices that carry it.
    voices: usize,
}

/// At most `options.max_quotes` quotations of `ranked` (best representative first) that are not in `lead`.
pub fn quotations(ranked: &[&Article], lead: &[Passage], story: &Story, options: &Options) -> Vec<Quotation> {
    let told = Wording::of(&lead.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" "));
    let read: Vec<(&Article, Vec<Quote>)> = ranked
        .iter()
        .take(ARTICLES_READ)
        .map(|article| (*article, quotes_in(&article.text, Lexicon::of_article(article))))
        .collect();
    let carriers: Vec<Carrier> = read.iter().map(|(article, quotes)| Carrier::new(article, quotes)).collect();
    let mut candidates = candidates(read, &told, options);
    for candidate in &mut candidates {
        candidate.voices = carriers::voices(&carriers, &candidate.wording, story);
        candidate.score += VOICE * (candidate.voices.min(4) as i64 - 1);
    }
    let kept = chosen(candidates, options.max_quotes);
    let quotation = |c: Candidate| Quotation {
        text: space::fold(&c.quote.text),
        speaker: c.quote.speaker,
        id: c.article.id.clone(),
        outlets: c.voices,
    };
    kept.into_iter().map(quotation).collect()
}

/// The best candidates, each wording once; further ones by the same person are ranked lower.
fn chosen(mut candidates: Vec<Candidate>, most: usize) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::new();
    while kept.len() < most && !candidates.is_empty() {
        let heard = |c: &Candidate| kept.iter().filter(|k| k.quote.speaker == c.quote.speaker).count() as i64;
        let rating = |(place, c): &(usize, &Candidate)| (c.score - HEARD * heard(c), Reverse(*place));
        let Some((best, _)) = candidates.iter().enumerate().max_by_key(rating) else { break };
        let best = candidates.remove(best);
        candidates.retain(|c| !c.wording.is_like(&best.wording));
        kept.push(best);
    }
    kept
}

/// The quotations good enough to keep, in reading order of the articles.
fn candidates<'a>(
    read: Vec<(&'a Article, Vec<Quote>)>,
    told: &Wording,
    options: &Options,
) -> Vec<Candidate<'a>> {
    let mut found: Vec<Candidate> = Vec::new();
    for (article, quotes) in read {
        let lexicon = Lexicon::of_article(article);
        for (position, quote) in quotes.into_iter().take(QUOTES_READ).enumerate() {
            let wording = Wording::of(&quote.text);
            let known = found.iter().any(|c| c.wording == wording);
            let behind = article.text.get(quote.end..).unwrap_or_default();
            if !known
                && fits(&quote, behind, options)
                && !(told.len() >= wording.len() && told.is_like(&wording))
            {
                let score = score(&quote, &wording, told, lexicon) - position.min(6) as i64;
                found.push(Candidate { article, quote, wording, score, voices: 1 });
            }
        }
    }
    found
}

/// Whether a quotation stands on its own: a whole sentence of suitable length by somebody the text names. Outside
/// English, the comma or full stop that closes it comes `behind` the marks.
fn fits(quote: &Quote, behind: &str, options: &Options) -> bool {
    let inner = quote.text.trim_matches(|c: char| {
        !c.is_alphanumeric() && !matches!(c, '.' | ',' | '!' | '?' | '…' | '$' | '€' | '£')
    });
    let count = quote.text.split_whitespace().count();
    let sentence = inner.starts_with(|c: char| !c.is_lowercase())
        && (inner.ends_with(['.', '!', '?', ',', '…']) || behind.starts_with([',', '.']));
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

/// How much a quotation tells: points for names, figures, a named person and the first person, minus points for words
/// that refer back, questions and what the lead has told already.
fn score(quote: &Quote, wording: &Wording, told: &Wording, lexicon: &Lexicon) -> i64 {
    let names = quote
        .text
        .split_whitespace()
        .skip(1)
        .filter(|w| w.starts_with(char::is_uppercase) && w.len() > 1)
        .count();
    let points = names.min(3)
        + usize::from(quote.text.contains(|c: char| c.is_ascii_digit()))
        + usize::from(words(&quote.text).any(|word| lexicon.words.personal.has(word)))
        + usize::from(quote.speaker.as_deref().is_some_and(is_a_full_name))
        + usize::from((12..=35).contains(&wording.len()));
    let known = wording.words().filter(|w| w.len() > 3 && told.words().any(|t| t == *w)).count();
    let minus = |points: i64, holds: bool| if holds { points } else { 0 };
    2 * points as i64
        - minus(5, refers_back(&quote.text, lexicon))
        - minus(2, quote.text.contains('?'))
        - minus(4, 2 * known > wording.len())
}

/// "Ada Quill", not "a harbour spokesman", "the Harbour Board", "Quill’s office" or "police".
fn is_a_full_name(speaker: &str) -> bool {
    let own = |word: &str| word.ends_with("'s") || word.ends_with("’s");
    let capitals = speaker.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
    capitals > 1
        && speaker.starts_with(char::is_uppercase)
        && !speaker.starts_with("The ")
        && !speaker.split_whitespace().any(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who is quoted, of candidates by speaker and score.
    fn quoted(candidates: &[(&str, i64)], most: usize) -> Vec<String> {
        let article = Article::default();
        let candidate = |(place, (speaker, score)): (usize, &(&str, i64))| {
            let words = ["tide", "lock", "quay", "buoy", "mast"][place];
            let text = format!("“The {words} of {words} {words} kept every {words} {words}.”");
            let wording = Wording::of(&text);
            let speaker = Some((*speaker).to_owned());
            let quote = Quote { start: 0, end: 0, text, speaker, speaker_span: None, cue: None };
            Candidate { article: &article, quote, wording, score: *score, voices: 1 }
        };
        let kept = chosen(candidates.iter().enumerate().map(candidate).collect(), most);
        kept.into_iter().filter_map(|candidate| candidate.quote.speaker).collect()
    }

    fn quote(text: &str) -> Quote {
        let (text, speaker) = (text.to_owned(), Some("Ada Quill".to_owned()));
        Quote { start: 0, end: text.len(), text, speaker, speaker_span: None, cue: None }
    }

    #[test]
    fn a_quotation_fits_from_eight_words_to_forty_five_on_one_line() {
        let fits = |text: &str| fits(&quote(text), "", &Options::default());
        let of = |count: usize| format!("“The{} end.”", " tide".repeat(count - 2));
        assert_eq!([7, 8, 45, 46].map(|count| fits(&of(count))), [false, true, true, false]);
        assert!(!fits(&of(9).replacen(" tide", "\ntide", 1)), "one that goes over a line end");
        assert!(!fits(&of(9).replace("The", "the")) && !fits(&of(9).replace(" end.", " end")), "no sentence");
    }

    #[test]
    fn what_refers_back_or_was_told_already_is_worth_less() {
        let english = Lexicon::of("en");
        let worth =
            |text: &str, told: &str| score(&quote(text), &Wording::of(text), &Wording::of(told), english);
        let (plain, back) = ("“Crews will inspect the welds again.”", "“They will inspect the welds again.”");
        assert!(refers_back(back, english) && !refers_back(plain, english));
        assert_eq!(worth(plain, "") - worth(back, ""), 5);
        let half = "“Crews will inspect welds below deck before sailing.”";
        assert_eq!(worth(half, "inspect welds below deck"), worth(half, ""), "half of eight words");
        assert_eq!(worth(half, "inspect welds below deck before"), worth(half, "") - 4, "more than half");
    }

    #[test]
    fn of_two_quotations_in_nearly_the_same_words_the_better_is_kept() {
        let article = Article::default();
        let candidate = |text: &str, score: i64| {
            let (quote, wording) = (quote(text), Wording::of(text));
            Candidate { article: &article, quote, wording, score, voices: 1 }
        };
        let (long, short) = (
            "“We begged them all morning to stay in port until the wind had turned.”",
            "“We begged them to stay in port until the wind had turned.”",
        );
        for (one, other) in [(long, short), (short, long)] {
            let kept = chosen(vec![candidate(one, 3), candidate(other, 9)], 2);
            assert_eq!(kept.iter().map(|kept| kept.quote.text.as_str()).collect::<Vec<_>>(), [other]);
        }
    }

    #[test]
    fn a_person_heard_already_must_say_much_more_to_be_heard_again() {
        assert_eq!(quoted(&[("Ada", 10), ("Ada", 9), ("Tom", 4)], 2), ["Ada", "Tom"]);
        assert_eq!(quoted(&[("Ada", 10), ("Ada", 9), ("Tom", 2)], 2), ["Ada", "Ada"]);
        let twice = [("Ada", 20), ("Ada", 19), ("Ada", 18), ("Tom", 7), ("Eva", 1)];
        assert_eq!(quoted(&twice, 4), ["Ada", "Ada", "Tom", "Ada"], "less each time");
        assert_eq!(
            quoted(&[("Tom", 5), ("Ada", 5)], 2),
            ["Tom", "Ada"],
            "in reading order where they are equal"
        );
    }
}

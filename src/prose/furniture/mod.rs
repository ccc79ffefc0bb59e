//! An article's paragraphs in, the same without the furniture of their page out: promotions, labels, credits, pointers to
//! other articles. What it looks like is data (the `[page]` lists of `language/data/`), asked in the article's language and
//! in English. Never takes what someone is quoted with for a promotion.

mod date;
mod ending;
mod handover;

pub use date::is_date;

use super::{byline::is_byline, sentence::ends_like_one};
use crate::language::{Lexicon, Line, Page};

/// Paragraphs at the end of an article among which authors introduce themselves and ask for mail.
const ENDING: usize = 4;
/// Words of the longest label, heading of a box, headline with a label before it, pointer, promotion, and caption with its
/// credit.
const LABEL_WORDS: usize = 30;
const HEADING_WORDS: usize = 8;
const HEADLINE_WORDS: usize = 25;
const POINTER_WORDS: usize = 45;
const PROMOTION_WORDS: usize = 70;
const CREDIT_WORDS: usize = 90;

/// Drops the furniture ("Subscribe", "Sign up for …", "Read more", captions, bylines) among an article's paragraphs.
pub fn clean(paragraphs: Vec<String>, lexicon: &'static Lexicon) -> Vec<String> {
    let mut kept = Vec::with_capacity(paragraphs.len());
    let mut after_heading = false;
    for paragraph in paragraphs {
        let line = Line::of(&paragraph);
        if lexicon.and_english().any(|lexicon| is_heading(&paragraph, &line, &lexicon.page)) {
            after_heading = true;
        } else if after_heading && is_headline(&paragraph, &line) {
            // A link of the box that the heading opened.
        } else {
            after_heading = false;
            if !is_one(&paragraph, &line, lexicon) {
                kept.push((paragraph, line));
            }
        }
    }
    let ending = kept.len().saturating_sub(ENDING);
    let is_signature = |place, paragraph: &str, line: &Line| {
        place >= ending && ending::is_signature(paragraph, line, lexicon)
    };
    let placed = kept.into_iter().enumerate();
    placed
        .filter(|(place, (paragraph, line))| !is_signature(*place, paragraph, line))
        .map(|(_, (paragraph, _))| paragraph)
        .collect()
}

/// Whether a sentence is furniture among others that are none: it leaves the rest to a colleague, shouts, sends readers to an
/// address or labels itself.
pub fn is_filler(sentence: &str, lexicon: &'static Lexicon) -> bool {
    handover::is_one(sentence, lexicon)
        || is_shouted(sentence)
        || is_bare_address(sentence)
        || has_address(sentence)
        || sentence.split_whitespace().filter(|word| is_hashtag(word)).count() > 1
}

/// Whether an address stands in it that nobody utters.
fn has_address(sentence: &str) -> bool {
    let is_address = |word: &str| word.starts_with("http://") || word.starts_with("https://");
    !sentence.contains(['“', '"', '«', '„']) && sentence.split(['(', '[', ' ', '\n']).any(is_address)
}

fn is_hashtag(word: &str) -> bool {
    word.strip_prefix('#').is_some_and(|tag| tag.starts_with(char::is_alphabetic))
}

/// Whether everything that has capital letters is written in them: "DOWNLOAD NOW!" Whoever is quoted may shout.
fn is_shouted(sentence: &str) -> bool {
    let words = sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    let letters = || sentence.chars().filter(|c| c.is_alphabetic());
    words > 1 && letters().all(char::is_uppercase) && !sentence.contains(['“', '"', '«', '„'])
}

/// Whether it is one word with a point or a stroke in it: "pic.example/x1", "#harbour".
fn is_bare_address(sentence: &str) -> bool {
    let word = sentence.trim_end_matches('.');
    let is_word = !word.contains(char::is_whitespace) && word.is_ascii();
    is_word && (word.contains(['/', '@', '#']) || word.split('.').filter(|part| !part.is_empty()).count() > 1)
}

/// Whether a paragraph is furniture wherever it stands.
pub fn is_furniture(paragraph: &str, lexicon: &'static Lexicon) -> bool {
    is_one(paragraph, &Line::of(paragraph), lexicon)
}

fn is_one(paragraph: &str, line: &Line, lexicon: &'static Lexicon) -> bool {
    !paragraph.contains(char::is_alphanumeric)
        || is_byline(paragraph, lexicon)
        || lexicon.and_english().any(|lexicon| {
            is_of_page(line, &lexicon.page)
                || is_photo(paragraph, &lexicon.page)
                || date::is_date(line, lexicon)
        })
}

fn is_of_page(line: &Line, page: &Page) -> bool {
    let words = line.words();
    words <= LABEL_WORDS && page.label.open(line.label())
        || words <= HEADLINE_WORDS && page.titled.is_match(line)
        || words <= POINTER_WORDS && page.pointer.is_match(line)
        || words <= PROMOTION_WORDS && promotes(line, page)
        || words <= CREDIT_WORDS && page.credit.is_match(line)
}

/// Whether a part of a line begins by asking the reader for something, and offers something for it. A sentence of the
/// article that tells of subscribers does not begin so.
fn promotes(line: &Line, page: &Page) -> bool {
    !line.has_quotes() && line.parts().any(|part| page.request.open(part) && page.offer.are_in(part))
}

/// Whether a photographer is named as agencies write them: "REUTERS/Ada Quill".
fn is_photo(paragraph: &str, page: &Page) -> bool {
    let words = || paragraph.split_whitespace().filter_map(|word| word.split_once('/'));
    paragraph.contains('/')
        && words().any(|(agency, name)| {
            let agency = agency.trim_start_matches(|c: char| !c.is_alphanumeric());
            let is_mark = agency.chars().all(char::is_uppercase) || agency.chars().all(char::is_lowercase);
            name.starts_with(char::is_uppercase) && is_mark && page.photo.has(agency)
        })
}

/// Whether a paragraph is the heading of a box of links.
fn is_heading(paragraph: &str, line: &Line, page: &Page) -> bool {
    let bare = line.label().trim_end_matches(')');
    line.words() <= HEADING_WORDS
        && (!ends_like_one(paragraph) || paragraph.ends_with(':') || paragraph.ends_with("..."))
        && page.heading.open(bare)
}

/// Whether a paragraph reads as a headline, not as a sentence.
fn is_headline(paragraph: &str, line: &Line) -> bool {
    line.words() <= HEADLINE_WORDS && !paragraph.ends_with(['.', ':', '”', '"'])
}

#[cfg(test)]
mod tests;

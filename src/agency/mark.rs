//! A paragraph in, the agency its dateline or its last line credits out. A contribution ("AFP contributed to this
//! report", "with inputs from ANI") credits none.

use std::sync::LazyLock;

use regex::Regex;

use super::{WIRE, known};
use crate::language::{Lexicon, Line};

/// Words of the longest dateline, its mark left out, and of the longest last line.
const DATELINE_WORDS: usize = 9;
const CREDIT_WORDS: usize = 40;
/// Words of the longest name of an agency.
const NAME_WORDS: usize = 5;
/// Letters of the shortest mark of an agency that the table does not know.
const UNLISTED_LETTERS: usize = 3;

/// What `NAME` and `MARK` stand for in the patterns below: a letter, space or hyphen of a name, and of a mark also `.` and
/// `&`. Told by what they are not, because the tables of `\p{L}` under a repetition take longer to build than an article
/// takes to read.
const NAME: &str = r"[^!-,./-@\[-`{-~“”«»…—–―]";
const MARK: &str = r"[^!-%'-,/-@\[-`{-~“”«»…—–―]";

/// "TOWN, Country, Nov. 22 (AP) —", "(Reuters) -", "MOSCOW, November 22. /TASS/.", "Madrid, 22 nov (EFE).-".
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?P<place>(?:\p{Lu}[^()/!?;:“”«»]{0,70})?)[(/](?P<mark>\p{L}MARK{1,28}(?:/NAME{2,21})*)[)/]",
        r"(?P<end>\s*(?:\.?\s*[—–―-]+|:|\.)?)"
    ))
});

/// A line that says whose text it was, with a year so that it is not a picture's.
static COPYRIGHT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:copyright|\(c\)|©)(?:\W|copyright|\(c\))*(?:19|20)\d\d\W+(?:by )?(?P<name>NAME{2,41}?)(?:[.,;|/(]|\W+all rights|$)",
    )
});

/// Bytes at the end of a line that hold the name of an agency, and the marks of which one stands before it.
const END: usize = 160;
const BEFORE_NAME: [char; 5] = ['(', '/', '—', '–', '-'];

/// A line that names the agency and nothing else, or behind its last sentence.
static LAST_LINE: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    [
        pattern(r"^\W*(?P<name>NAME{2,31}?)\W*$"),
        pattern(r"[.!?…][”\x22»]?\s*(?:[(/—–-]\s*)(?P<name>NAME{2,31}?)\s*[)/]?\W*$"),
    ]
});

fn pattern(text: &str) -> Regex {
    Regex::new(&text.replace("NAME", NAME).replace("MARK", MARK)).expect("a constant pattern")
}

/// The agency in the dateline of an opening paragraph. One that the table does not know is taken from a full dateline
/// only: a place in capitals, the mark, a dash.
pub(super) fn dateline(paragraph: &str) -> Option<String> {
    let found = DATELINE.captures(paragraph.trim_start())?;
    let (place, mark, end) =
        (found.name("place")?.as_str().trim(), found.name("mark")?.as_str(), found.name("end")?.as_str());
    if place.split_whitespace().count() > DATELINE_WORDS || !place.split_whitespace().all(is_of_a_place) {
        return None;
    }
    let ended = !end.trim().is_empty();
    if let Some(agency) = mark.split('/').find_map(known::by_mark) {
        let dated = place.ends_with(|c: char| c.is_ascii_digit());
        return (ended || dated).then(|| agency.to_owned());
    }
    let town = place.split([' ', ',']).next().unwrap_or_default();
    let capitals = town.chars().count() > 2 && town.chars().all(|c| !c.is_lowercase());
    let marked = mark.chars().filter(|c| c.is_alphabetic()).count() >= UNLISTED_LETTERS
        && mark.starts_with(char::is_uppercase);
    let dashed = end.trim_start().starts_with(['—', '–', '―', '-']);
    (capitals && marked && dashed && mark.split_whitespace().count() <= 3).then(|| mark.trim().to_owned())
}

/// Whether a word may stand in a dateline before the mark: a name, a day, a month in small letters.
fn is_of_a_place(word: &str) -> bool {
    !word.starts_with(char::is_lowercase) || word.chars().filter(|c| c.is_alphabetic()).count() <= 4
}

/// The agency that one of an article's last paragraphs says the text is from.
pub(super) fn credit(paragraph: &str, lexicon: &'static Lexicon) -> Option<&'static str> {
    let paragraph = paragraph.trim();
    let tail = last_words(paragraph);
    let line = Line::of(tail);
    if lexicon.and_english().any(|lexicon| lexicon.byline.syndicated.is_match(&line)) {
        return Some(WIRE);
    }
    if let Some(found) = COPYRIGHT.captures(paragraph) {
        return known::by_mark(found.name("name")?.as_str());
    }
    let sent = known::behind_source(tail, lexicon).and_then(|name| {
        known::by_mark(name.split('/').next()?.trim_end_matches(|c: char| !c.is_alphanumeric()))
    });
    let said = || lexicon.and_english().find_map(|lexicon| reported(tail, &line, lexicon));
    sent.or_else(said).or_else(|| last_line(tail))
}

fn last_line(tail: &str) -> Option<&'static str> {
    let end = tail.get(tail.ceil_char_boundary(tail.len().saturating_sub(END))..)?;
    let [alone, behind] = &*LAST_LINE;
    let named = |line: &Regex| known::by_mark(line.captures(end)?.name("name")?.as_str());
    let is_alone = || (end.len() == tail.len()).then(|| named(alone)).flatten();
    is_alone().or_else(|| end.contains(BEFORE_NAME).then(|| named(behind)).flatten())
}

/// The agency in a line that says whose report it is: "This report by The Canadian Press was first published …".
fn reported(tail: &str, line: &Line, lexicon: &Lexicon) -> Option<&'static str> {
    lexicon.byline.report.is_match(line).then_some(())?;
    let words = tail.match_indices(' ').filter_map(|(at, _)| tail.get(at + 1..));
    let names =
        words.filter_map(|rest| lexicon.byline.opens.split(rest)).map(|(_, names)| names.trim_start());
    names
        .flat_map(|names| {
            let ends = names.match_indices([' ', ',', '.']).map(|(at, _)| at).chain([names.len()]);
            ends.take(NAME_WORDS).filter_map(|end| names.get(..end))
        })
        .find_map(known::by_mark)
}

/// A paragraph's end, long enough for any credit.
fn last_words(paragraph: &str) -> &str {
    let first = paragraph.split_whitespace().rev().nth(CREDIT_WORDS - 1);
    let from = first.map_or(0, |word| word.as_ptr() as usize - paragraph.as_ptr() as usize);
    paragraph.get(from..).unwrap_or(paragraph)
}

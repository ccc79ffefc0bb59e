//! A paragraph in, the verdict out: is it a byline, the line that says who wrote the text?

use super::sentence::ends_like_one;
use crate::language::{Class, Lexicon};

/// Words of the longest byline.
const MOST_WORDS: usize = 14;

/// Whether a paragraph is a byline: "By Jane Doe, chief correspondent", "Von Ilse Marn", "Par Ilse Marn et Tor Hamre, à Velm".
pub fn is_byline(paragraph: &str, lexicon: &'static Lexicon) -> bool {
    paragraph.split_whitespace().nth(MOST_WORDS).is_none()
        && lexicon.and_english().any(|lexicon| names_authors(paragraph, lexicon))
}

fn names_authors(paragraph: &str, lexicon: &Lexicon) -> bool {
    let Some((_, names)) = lexicon.byline.opens.split(paragraph) else { return false };
    let names = names.trim_start_matches([':', ' ']);
    // One that is ended like a sentence is nothing but names and offices: "By Jane Doe, Staff Writer."
    let ended = ends_like_one(paragraph);
    let mut words = 0;
    for word in names.trim_end_matches('.').split_whitespace() {
        let bare = word.trim_matches([',', ';', '(', ')']);
        if words > 0 && !ended && is_no_name(bare, lexicon) {
            break;
        }
        if !(is_capital(bare) || words > 0 && joins(bare, lexicon)) {
            return false;
        }
        words += 1;
        if word.ends_with(',') && !ended {
            break;
        }
    }
    words > usize::from(ended)
}

/// Whether a word behind the names begins what else a byline says: a date, a mark.
fn is_no_name(word: &str, lexicon: &Lexicon) -> bool {
    !word.starts_with(char::is_alphabetic) && !joins(word, lexicon)
        || lexicon.is_of_a_date(&word.to_lowercase())
}

fn joins(word: &str, lexicon: &Lexicon) -> bool {
    let classes = lexicon.classes(word);
    classes.has(Class::And) || classes.has(Class::Particle) || lexicon.byline.inside.has(word)
}

/// The parts of a line of names between the words that join them; none is empty.
pub fn apart(names: &str, joins: impl Fn(&str) -> bool) -> Vec<&str> {
    let (mut parts, mut from, mut at) = (Vec::new(), 0, 0);
    for word in names.split_inclusive(' ') {
        if joins(word.trim_end()) {
            parts.extend(names.get(from..at));
            from = at + word.len();
        }
        at += word.len();
    }
    parts.extend(names.get(from..));
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// What stands behind the words that open a byline, if it has any.
pub fn behind_opening<'t>(line: &'t str, lexicon: &'static Lexicon) -> Option<&'t str> {
    let (_, rest) = lexicon.and_english().find_map(|lexicon| lexicon.byline.opens.split(line))?;
    Some(rest.trim_start_matches([':', ' ']))
}

/// Whether a word is written like a part of a name: letters, the first of them a capital.
pub(super) fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '’' | '\'' | '-'))
}

#[cfg(test)]
mod tests {
    use super::is_byline;
    use crate::language::Lexicon;

    #[test]
    fn names_behind_by_are_a_byline_and_a_sentence_that_begins_so_is_none() {
        for (line, tag) in [
            ("By Jo Marlow, Harbour Correspondent.", "en"),
            ("By Jo Marlow and Tor Hamre in Velm", "en"),
            ("By Jo Marlow, who has sailed for thirty years", "en"),
            ("By WIRE SERVICES", "und"),
            ("By Jo Marlow 5 March 2026", "sv"),
            ("Von Ilse Marn", "de"),
            ("Par Ilse Marn et Tor Hamre, à Velm", "fr"),
        ] {
            assert!(is_byline(line, Lexicon::of(tag)), "{line}");
        }
        for (line, tag) in [
            ("By Monday Tarrow had flooded.", "en"),
            ("By the evening the pier was open", "en"),
            ("Von der Küste kam Nebel.", "de"),
            ("Von Orvik bis Velm", "de"),
            ("Von Ilse Marn", "fr"),
        ] {
            assert!(!is_byline(line, Lexicon::of(tag)), "{line}");
        }
    }
}

//! A paragraph in, the verdict out: is it a byline, the line that says who wrote the text?

use std::sync::LazyLock;

use regex::Regex;

/// Words of the longest byline.
const MOST_WORDS: usize = 14;

/// "By Jane Doe, chief correspondent", "Von Ilse Marn", "Par Ilse Marn et Tor Hamre, à Velm".
static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:(?:(?i:written |words |story |text |posted |published |reported )?(?i:by):? )",
        r"\p{Lu}[\p{L}.’'-]*(?: (?:\p{Lu}[\p{L}.’'-]*|and|&|de|van|von|der|la|al|bin|for|of|the|in|,))*(?:,? .{0,60})?",
        r"|(?:Von|VON|Par|PAR|Por|POR|Di|DI|Door|DOOR|(?i:text|texte|texto|testo|tekst):) ",
        r"\p{Lu}[\p{L}.’'-]*(?:,? (?:\p{Lu}[\p{L}.’'-]*|und|et|y|e|en|de|del|della|du|des|von|van|der|den|la|le|à|in))*)$"
    ))
});

/// One that is ended like a sentence: nothing but names and titles, "By Jane Doe, Staff Writer."
static ENDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:By|BY|Von|VON|Par|PAR|Por|POR|Di|DI|Door|DOOR)",
        r"(?:,? (?:\p{Lu}[\p{L}.’'-]*|and|&|of|for|the|und|et|y|e|de|del|van|von|der|la|le)){2,}\.$"
    ))
});

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern")
}

/// Whether a paragraph is a byline.
pub fn is_byline(paragraph: &str) -> bool {
    let short = paragraph.split_whitespace().count() <= MOST_WORDS;
    short
        && if super::sentence::ends_like_one(paragraph) {
            ENDED.is_match(paragraph)
        } else {
            BYLINE.is_match(paragraph)
        }
}

#[cfg(test)]
mod tests {
    use super::is_byline;

    #[test]
    fn names_behind_by_are_a_byline_and_a_sentence_that_begins_so_is_none() {
        for line in [
            "By Jo Marlow, Harbour Correspondent.",
            "By Jo Marlow and Tor Hamre in Velm",
            "By WIRE SERVICES",
            "Von Ilse Marn",
            "Par Ilse Marn et Tor Hamre, à Velm",
        ] {
            assert!(is_byline(line), "{line}");
        }
        for line in
            ["By Monday Tarrow had flooded.", "By the evening the pier was open", "Von der Küste kam Nebel."]
        {
            assert!(!is_byline(line), "{line}");
        }
    }
}

//! A paragraph in, the verdict out: is it the article's prose, or furniture of the page (byline, dateline, promotion)?

use super::sentence::ends_like_one;

/// Shortest paragraph taken for prose, in words.
const FEWEST_WORDS: usize = 5;
/// Shortest paragraph that is not ended like a sentence and may still be taken for prose, in words.
const FEWEST_UNENDED_WORDS: usize = 8;
/// Longest paragraph still taken for a promotion if it reads like one, in words.
const PROMOTION_WORDS: usize = 45;
/// Longest dateline, in bytes.
const DATELINE_BYTES: usize = 64;

/// What promotions, credits and site notices begin with, in lower case.
const OPENINGS: &[&str] = &[
    "subscribe",
    "sign up",
    "sign-up",
    "signup",
    "sign in",
    "log in",
    "advertisement",
    "read more",
    "read also",
    "read:",
    "continue reading",
    "click here",
    "follow us",
    "share this",
    "related:",
    "most read",
    "recommended",
    "watch:",
    "listen:",
    "download our",
    "download the",
    "support our",
    "donate",
    "already a subscriber",
    "this article was",
    "this article is",
    "this article first",
    "this article originally",
    "all rights reserved",
    "©",
    "photo:",
    "photograph:",
    "image:",
    "picture:",
    "file photo",
    "getty images",
    "updated:",
    "published:",
    "last updated",
    "lesen sie",
    "mehr zum thema",
    "lire aussi",
    "à lire aussi",
    "abonnez",
    "lee también",
    "suscr",
];
/// What they hold, in lower case.
const PHRASES: &[&str] = &[
    "our newsletter",
    "free newsletter",
    "daily newsletter",
    "weekly newsletter",
    "email newsletter",
    "newsletter here",
    "newsletters here",
    "sign up for",
    "sign up to",
    "sign up now",
    "sign up here",
    "sign up today",
    "subscribe to",
    "subscribe now",
    "subscribe for",
    "subscribe today",
    "appeared first on",
    "on twitter @",
    "on twitter and",
    "on facebook and",
    "newsletter abonnieren",
    "s’abonner",
    "click here to",
];

/// Whether a paragraph is no part of the article's prose: too short, not ended like a sentence, a promotion, a byline.
pub fn is_furniture(paragraph: &str) -> bool {
    let words = paragraph.split_whitespace().count();
    words < FEWEST_WORDS
        || !ends_like_one(paragraph)
        || words <= PROMOTION_WORDS && promotes(paragraph)
        || is_byline(paragraph)
}

fn promotes(paragraph: &str) -> bool {
    let plain = paragraph.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©').to_lowercase();
    OPENINGS.iter().any(|opening| plain.starts_with(opening))
        || PHRASES.iter().any(|phrase| plain.contains(phrase))
}

/// Whether a paragraph would be prose if only it were ended like a sentence: what a feed cut off, or a standfirst.
pub fn is_unended(paragraph: &str) -> bool {
    !ends_like_one(paragraph)
        && paragraph.split_whitespace().count() >= FEWEST_UNENDED_WORDS
        && !promotes(paragraph)
        && !is_byline(paragraph)
}

/// "By Jane Doe, Staff Writer."
fn is_byline(paragraph: &str) -> bool {
    let mut words = paragraph.split_whitespace();
    let by = words.next().is_some_and(|word| matches!(word, "By" | "BY" | "Von" | "Par" | "Por"));
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    by && paragraph.split_whitespace().count() <= 2 * FEWEST_WORDS
        && words.next().is_some_and(capital)
        && words.next().is_some_and(capital)
}

/// The paragraph behind its dateline ("LONDON (AP) — ", "WASHINGTON, Nov. 3 - ", "Berlin (dpa) – ", "Oslo (XPA)The ..."),
/// if it has one and a sentence follows.
pub fn without_dateline(paragraph: &str) -> &str {
    let ends = |(i, c): (usize, char)| {
        let head = paragraph.get(..i).unwrap_or_default();
        let glued = || paragraph.get(i + 1..).is_some_and(|rest| rest.starts_with(char::is_uppercase));
        match c {
            '—' | '–' | '─' => Some((i, i + c.len_utf8())),
            '-' if head.ends_with([' ', '\u{a0}', '-']) => Some((i, i + 1)),
            ')' if glued() => Some((i + 1, i + 1)),
            _ => None,
        }
    };
    let found = paragraph.char_indices().take_while(|(i, _)| *i < DATELINE_BYTES).filter_map(ends).last();
    let Some((head, rest)) = found else { return paragraph };
    let head = paragraph.get(..head).unwrap_or_default();
    let rest = paragraph.get(rest..).unwrap_or_default().trim_start();
    let sentence = rest.starts_with(|c: char| c.is_uppercase() || !c.is_alphanumeric())
        && rest.split_whitespace().nth(FEWEST_WORDS).is_some();
    if is_place(head.trim_end_matches(['-', ' ', '\u{a0}'])) && sentence { rest } else { paragraph }
}

/// Whether a text is a place as datelines write it: in capitals, or with an agency in brackets behind it.
fn is_place(head: &str) -> bool {
    let shout = head.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let loud = shout.chars().count() > 2 && shout.chars().all(char::is_uppercase);
    let agency = head.ends_with(')') && (head.contains(" (") || head.starts_with('('));
    let word = |w: &str| w.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || c == '(');
    (loud || agency) && head.split_whitespace().count() <= 8 && head.split_whitespace().all(word)
}

#[cfg(test)]
mod tests {
    use super::{is_furniture, without_dateline};

    #[test]
    fn bylines_promotions_and_stubs_are_furniture() {
        for paragraph in [
            "Subscribe",
            "Sign up to receive the Harbour Letter, the best of our reporting, every weekday morning.",
            "Get the facts first with our newsletter, written by people who were there.",
            "By Jo Marlow, Harbour Correspondent.",
            "BRACKWATER, Nov. 3",
            "Photo: The harbour of Brackwater, seen from the north pier.",
            "Read more about the harbour and its people here.",
        ] {
            assert!(is_furniture(paragraph), "{paragraph}");
        }
    }

    #[test]
    fn prose_is_not_furniture_even_if_it_is_about_newsletters_at_length() {
        assert!(!is_furniture("The harbour of Brackwater froze over on Monday."));
        assert!(!is_furniture("“We have waited for this day for eleven years,” the harbour master said."));
    }

    #[test]
    fn datelines_are_split_off_and_dashes_in_prose_are_not() {
        assert_eq!(
            without_dateline("BRACKWATER, Nov. 3 (XP) — The harbour froze over on Monday."),
            "The harbour froze over on Monday."
        );
        assert_eq!(
            without_dateline("Brackwater (xpa) - Der Hafen ist am Montag zugefroren."),
            "Der Hafen ist am Montag zugefroren."
        );
        for glued in ["(XPA)The harbour froze over on Monday.", "Oslo (XPA)The harbour froze over on Monday."]
        {
            assert_eq!(without_dateline(glued), "The harbour froze over on Monday.");
        }
        let prose = "The harbour — long, deep and cold — froze over on Monday.";
        assert_eq!(without_dateline(prose), prose);
        let name = "NATO-led troops crossed the frozen harbour of Brackwater on Monday.";
        assert_eq!(without_dateline(name), name);
    }
}

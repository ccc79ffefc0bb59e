//! A page's address and words on that page in, an address that opens the page at these words out. Never invents a
//! word, and leaves the address alone if it could not find the words again.
//!
//! WICG Scroll To Text Fragment, <https://wicg.github.io/scroll-to-text-fragment/>: `#:~:text=start,end` after the
//! page's own fragment, if any. A browser that does not know the directive, or does not find the words, just opens
//! the page.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

/// Words given for the start and for the end.
const EDGE_WORDS: usize = 3;
/// Such an edge has at least this many characters: three short words occur in many places on a page.
const EDGE_LENGTH: usize = 16;
/// Fewer words than this are not linked to: they, too, occur in many places.
const FEWEST_WORDS: usize = 4;
/// The longest text without spaces that is given whole, in characters.
const LONGEST_WORD: usize = 60;
/// The longest address produced, in bytes: some mail programs shorten or refuse longer ones.
const LONGEST_ADDRESS: usize = 2000;

/// Characters a directive may hold unescaped. Comma, dash and ampersand separate its pieces; the others are escaped
/// so that no address ends early in HTML, Markdown or a line of text.
const BARE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'_').remove(b'~');

/// The address that opens the page at `words`, a verbatim slice of it. Unchanged if it is not a web address, already
/// has a text directive, or the words are too few to be found again.
pub fn at(address: &str, words: &str) -> String {
    let pointed = || {
        let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let fragment = url.fragment().unwrap_or_default();
        let directive = directive(words).filter(|_| !fragment.contains(":~:"))?;
        let mut pointed = url.clone();
        pointed.set_fragment(Some(&format!("{fragment}:~:text={directive}")));
        Some(String::from(pointed)).filter(|pointed| pointed.len() <= LONGEST_ADDRESS)
    };
    pointed().unwrap_or_else(|| address.to_owned())
}

/// `start,end`, or all the words if they are few; none if they are too few.
fn directive(text: &str) -> Option<String> {
    let words: Vec<&str> =
        text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).collect();
    let length = text.chars().count();
    if words.len() < FEWEST_WORDS {
        let one_run = words.len() == 1 && text.chars().any(|c| c > '\u{2e80}');
        return (one_run && (EDGE_LENGTH..=LONGEST_WORD).contains(&length)).then(|| encoded(text));
    }
    if length < EDGE_LENGTH {
        return None;
    }
    let pieces = text.split_whitespace();
    let pieces: Vec<&str> = pieces.skip_while(|piece| !piece.contains(char::is_alphanumeric)).collect();
    let start = edge(pieces.iter());
    let end = edge(pieces.iter().rev());
    if start + end >= pieces.len() {
        return Some(encoded(&pieces.join(" ")));
    }
    let opening = pieces.get(..start)?.join(" ");
    let closing = pieces.get(pieces.len() - end..)?.join(" ");
    let (opening, closing) = (encoded(&opening), encoded(&closing));
    (!opening.is_empty() && !closing.is_empty()).then(|| format!("{opening},{closing}"))
}

/// How many words make up an edge.
fn edge<'a>(words: impl Iterator<Item = &'a &'a str>) -> usize {
    let mut length = 0;
    let long_enough = |(place, word): (usize, &&str)| {
        length += word.chars().count() + 1;
        (place + 1 >= EDGE_WORDS && length > EDGE_LENGTH).then_some(place + 1)
    };
    words.enumerate().find_map(long_enough).unwrap_or(usize::MAX / 4)
}

/// Percent-encoded, without surrounding punctuation, which a page may space or write differently.
fn encoded(text: &str) -> String {
    utf8_percent_encode(text.trim_matches(|c: char| !c.is_alphanumeric()), BARE).to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::at;

    const PAGE: &str = "https://harbour.example/ice";

    #[test]
    fn marks_that_stand_alone_name_nothing() {
        let words = "The pier was closed by order of the mayor today";
        assert_eq!(at(PAGE, &format!("{} {words}", "* ".repeat(9))), at(PAGE, words));
        assert_eq!(at(PAGE, &format!("{words} {}", "- ".repeat(30))), PAGE);
    }

    #[test]
    fn a_long_passage_is_named_by_its_first_and_last_words() {
        let words = "“We lost four boats, and we will lose more of them before the thaw sets in,”";
        assert_eq!(
            at(PAGE, words),
            format!("{PAGE}#:~:text=We%20lost%20four%20boats,the%20thaw%20sets%20in")
        );
    }

    #[test]
    fn a_short_passage_is_named_whole_and_its_own_commas_dashes_and_ampersands_escaped() {
        assert_eq!(
            at(PAGE, "Quill & Sons, twenty-two boats,"),
            format!("{PAGE}#:~:text=Quill%20%26%20Sons%2C%20twenty%2Dtwo%20boats")
        );
    }

    #[test]
    fn few_words_stand_in_many_places_and_are_not_named() {
        assert_eq!(at(PAGE, "“No,” he said."), PAGE);
        assert_eq!(at(PAGE, "I am not he."), PAGE);
        assert_eq!(at(PAGE, ""), PAGE);
    }

    #[test]
    fn the_pages_own_fragment_stays_before_the_words() {
        assert_eq!(
            at("https://harbour.example/live#post-12", "The pier is closed until May."),
            "https://harbour.example/live#post-12:~:text=The%20pier%20is%20closed%20until%20May"
        );
        let named = "https://harbour.example/ice#:~:text=pier";
        assert_eq!(at(named, "The pier is closed until May."), named);
    }

    #[test]
    fn only_web_pages_are_opened_at_words() {
        for address in ["mailto:a@b.example", "javascript:alert(1)", "", "pier.html"] {
            assert_eq!(at(address, "The pier is closed until May."), address);
        }
    }

    #[test]
    fn every_script_is_named() {
        assert_eq!(
            at(PAGE, "« Le port restera fermé »"),
            format!("{PAGE}#:~:text=Le%20port%20restera%20ferm%C3%A9")
        );
        assert!(at(PAGE, "港は五月まで閉鎖されると市長は火曜日に述べた").contains(":~:text=%E6%B8%AF"));
    }

    proptest! {
        #[test]
        fn whatever_the_words_the_page_stays_the_same_and_nothing_ends_the_address(words in "\\PC{0,200}") {
            let pointed = at(PAGE, &words);
            let behind = pointed.strip_prefix(PAGE);
            prop_assert!(behind.is_some_and(|rest| rest.is_empty() || rest.starts_with("#:~:text=")));
            prop_assert!(pointed.len() <= 2000 && !pointed.contains([' ', '<', '>', '"', '\'', '(', ')', '&', '\\']));
            prop_assert!(pointed.matches(',').count() <= 1 && !pointed.contains("text=,"));
        }
    }
}

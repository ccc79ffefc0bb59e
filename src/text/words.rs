//! Text in, words out, each in one normalised spelling. Knows no language.

use std::str::SplitAsciiWhitespace;

use unicode_segmentation::{UnicodeSegmentation, UnicodeWords};

/// The words of `text` as written, by UAX #29 boundaries, without punctuation and white space.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    Words { chunks: text.split_ascii_whitespace(), chunk: None }
}

/// Goes from chunk to chunk, since no word spans a space. Most chunks are one plain word with punctuation around it;
/// these are recognised directly, which is several times as fast as finding the boundaries.
struct Words<'a> {
    chunks: SplitAsciiWhitespace<'a>,
    /// What is left of a chunk that is not a single plain word.
    chunk: Option<UnicodeWords<'a>>,
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        loop {
            if let Some(word) = self.chunk.as_mut().and_then(Iterator::next) {
                return Some(word);
            }
            let chunk = self.chunks.next()?;
            let bare = if is_bare(chunk) { chunk } else { chunk.trim_matches(is_outside) };
            if is_bare(bare) {
                self.chunk = None;
                if !bare.is_empty() {
                    return Some(bare);
                }
            } else {
                self.chunk = Some(chunk.unicode_words());
            }
        }
    }
}

fn is_bare(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Punctuation that is not part of the word it precedes or follows. An underscore would be.
fn is_outside(c: char) -> bool {
    match c {
        '_' => false,
        '“' | '”' | '„' | '‘' | '’' | '«' | '»' | '–' | '—' | '…' => true,
        _ => c.is_ascii_punctuation(),
    }
}

/// The normalised word: lower case, typographic apostrophe as `'`, without a possessive `'s` and without the points
/// of abbreviations or thousands (`U.S.` equals `US`, `3,519` equals `3519`).
pub fn plain(word: &str) -> String {
    if is_bare(word) {
        return word.to_ascii_lowercase();
    }
    let lower = word.to_lowercase().replace('’', "'");
    let stem = lower.strip_suffix("'s").unwrap_or(&lower);
    let number = stem.starts_with(|c: char| c.is_ascii_digit());
    stem.chars().filter(|&c| c.is_alphanumeric() || (number && c == '.')).collect()
}

/// The words of a text in lower case, each between spaces: a text holds another word for word if its own spelling holds the
/// other's.
pub fn spoken(text: &str) -> String {
    let words: Vec<String> = words(text).map(str::to_lowercase).collect();
    format!(" {} ", words.join(" "))
}

/// Whether the word is written like a name: longer than one letter, the first in upper case.
pub fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some()
}

/// Whether the word is a number or starts with one (`5`, `3,519.91`, `2nd`).
pub fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_numeric())
}

#[cfg(test)]
mod tests {
    use proptest::{prop_assert_eq, proptest};
    use unicode_segmentation::UnicodeSegmentation;

    use super::{is_capitalised, is_number, plain, words};

    proptest! {
        #[test]
        fn words_are_those_of_the_standard(text in "[ a-c1-3ä_.,:;'’“”«»…–$-]{0,24}", any in "\\PC{0,24}") {
            for text in [text, any] {
                // The standard counts a space as part of the word if a combining mark stands on it.
                let standard: Vec<&str> = text.unicode_words().map(|word| word.trim_start_matches(' ')).collect();
                prop_assert_eq!(words(&text).collect::<Vec<_>>(), standard);
            }
        }
    }

    #[test]
    fn abbreviations_and_thousands_are_spelt_without_points() {
        assert_eq!(plain("U.S"), "us");
        assert_eq!(plain("3,519.91"), "3519.91");
    }

    #[test]
    fn a_number_keeps_its_decimals_and_is_told_from_a_name() {
        assert!(is_number("3,519.91") && !is_number("three"));
        assert!(is_capitalised("Ösund") && !is_capitalised("A") && !is_capitalised("harbour"));
    }

    #[test]
    fn every_script_has_words() {
        assert_eq!(words("Brand in Łódź — 3 Tote").collect::<Vec<_>>(), ["Brand", "in", "Łódź", "3", "Tote"]);
        assert!(words("港で火災").count() > 1);
    }
}

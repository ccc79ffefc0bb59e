//! A paragraph in, the same without the credit of a picture that is glued to its opening out ("Ada Quill/HBC via Getty Images The
//! ferry …", "ADA QUILL / REUTERS The ferry …").

use super::byline::is_capital;
use crate::language::Lexicon;

/// Words of the longest credit.
const MOST_WORDS: usize = 10;
/// Words of the shortest sentence behind one.
const FEWEST_WORDS: usize = 5;

/// The paragraph behind the credit it opens with, if it has one and a sentence follows.
pub fn without<'t>(paragraph: &'t str, lexicon: &'static Lexicon) -> &'t str {
    let (mut at, mut is_parted) = (0, false);
    for word in paragraph.split_inclusive(char::is_whitespace).take(MOST_WORDS) {
        at += word.len();
        let word = word.trim();
        is_parted |= word.contains('/') || word == "via";
        let is_agency = |part: &str| lexicon.and_english().any(|lexicon| lexicon.page.photo.has(part));
        if is_parted && word.rsplit('/').next().is_some_and(is_agency) {
            let rest = paragraph.get(at..).unwrap_or_default();
            let rest = rest.strip_prefix("Images").map_or(rest, str::trim_start);
            let opens = rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '„' | '«'));
            let is_sentence = opens && rest.split_whitespace().nth(FEWEST_WORDS).is_some();
            return if is_sentence { rest } else { paragraph };
        }
        if !(matches!(word, "/" | "via" | "-" | "|" | "©") || word.split('/').all(is_capital)) {
            break;
        }
    }
    paragraph
}

#[cfg(test)]
mod tests {
    use super::without;
    use crate::language::Lexicon;

    #[test]
    fn a_credit_before_the_first_sentence_goes_and_a_sentence_with_a_stroke_stays() {
        let sentence = "“Kestrel” ran aground off Sollund on Thursday.";
        for credit in ["Ada Quill/HBC via Getty Images ", "ADA QUILL / REUTERS ", "Tor Hamre/AFP "] {
            assert_eq!(without(&format!("{credit}{sentence}"), Lexicon::of("en")), sentence);
        }
        for text in [
            "Reuters reported on Thursday that the ferry ran aground.",
            "The Sollund/Tarrow ferry ran aground, AFP said on Thursday at noon.",
            "Ada Quill/AFP Kestrel.",
        ] {
            assert_eq!(without(text, Lexicon::of("en")), text);
        }
    }
}

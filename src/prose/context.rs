//! A sentence and the one before it in, the verdict out: can it be printed without that one? Knows words, not grammar.

use crate::language::Lexicon;

/// Whether a sentence leans on the one before it, or would if it opens a text: by its first word, or because it is
/// speech whose speaker it does not name.
pub fn leans(sentence: &str, before: &str, lexicon: &Lexicon) -> bool {
    refers_back(sentence, lexicon) || is_bare_speech(sentence) || leaves_open(before)
}

/// Whether a text begins with a word that speaks of somebody or something named before it.
pub fn refers_back(text: &str, lexicon: &Lexicon) -> bool {
    let first = text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    first.is_some_and(|word| lexicon.words.leaning.has(word))
}

/// Whether a sentence is a quotation and nothing else.
fn is_bare_speech(sentence: &str) -> bool {
    let Some(said) = sentence.strip_prefix(['"', '“', '„', '«']) else { return false };
    let after = said.find(['"', '”', '“', '»']).and_then(|end| said.get(end..));
    after.is_none_or(|after| !after.contains(char::is_alphabetic))
}

/// Whether a sentence ends inside a quotation.
fn leaves_open(sentence: &str) -> bool {
    let count = |mark: char| sentence.matches(mark).count();
    let typographic =
        if count('„') > 0 { count('„') > count('“') } else { count('“') > count('”') };
    typographic || count('"') % 2 == 1 || count('«') > count('»')
}

#[cfg(test)]
mod tests {
    use super::{Lexicon, leans};

    #[test]
    fn pronouns_and_conjunctions_lean_in_every_language_known() {
        for (sentence, tag) in [
            ("He said so.", "en"),
            ("“But it froze,” Ada Quill said.", "en"),
            ("Er schwieg.", "de"),
            ("Elle a refusé.", "fr"),
            ("También nevó.", "es"),
        ] {
            assert!(leans(sentence, "", Lexicon::of(tag)), "{sentence}");
        }
        assert!(!leans("Ada Quill said so.", "The harbour froze.", Lexicon::of("en")));
        assert!(!leans("Es fiel die Küste hinab.", "", Lexicon::of("es")));
    }

    #[test]
    fn speech_without_its_speaker_leans_and_with_him_does_not() {
        assert!(leans("“Four boats were lost.”", "Ada Quill spoke of the ice.", Lexicon::of("en")));
        assert!(leans("“Four boats were lost. ", "Ada Quill spoke of the ice.", Lexicon::of("en")));
        assert!(leans("Nobody is to blame.”", "“Four boats were lost.", Lexicon::of("en")));
        assert!(!leans(
            "“Four boats were lost,” Ada Quill said.",
            "„Es friert“, sagte Ada Quill.",
            Lexicon::of("en")
        ));
    }
}

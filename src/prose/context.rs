//! A sentence and the one before it in, the verdict out: can it be printed without that one? Knows words, not grammar.

/// First words of sentences that speak of somebody or something named before, in English, German, French and Spanish.
const LEANING: &[&str] = &[
    // English
    "he",
    "she",
    "it",
    "they",
    "this",
    "that",
    "these",
    "those",
    "there",
    "his",
    "her",
    "their",
    "its",
    "such",
    "but",
    "and",
    "so",
    "also",
    "then",
    "yet",
    "here",
    "however", // German
    "er",
    "sie",
    "es",
    "dies",
    "diese",
    "dieser",
    "dieses",
    "ihr",
    "ihre",
    "sein",
    "seine",
    "dort",
    "dabei",
    "aber",
    "und",
    "auch",
    "doch",
    "zudem",
    "außerdem", // French
    "il",
    "elle",
    "ils",
    "elles",
    "ce",
    "cet",
    "cette",
    "ces",
    "sa",
    "leur",
    "leurs",
    "mais",
    "et",
    "puis",
    // Spanish
    "él",
    "ella",
    "ellos",
    "ellas",
    "este",
    "esta",
    "esto",
    "estos",
    "estas",
    "su",
    "sus",
    "pero",
    "y",
    "además",
    "también",
];

/// Whether a sentence leans on the one before it, or would if it opens a text: by its first word, or because it is
/// speech whose speaker it does not name.
pub fn leans(sentence: &str, before: &str) -> bool {
    let first = sentence.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    let first = first.map(str::to_lowercase).unwrap_or_default();
    LEANING.contains(&first.as_str()) || is_bare_speech(sentence) || leaves_open(before)
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
    use super::leans;

    #[test]
    fn pronouns_and_conjunctions_lean_in_every_language_known() {
        for sentence in [
            "He said so.",
            "“But it froze,” Ada Quill said.",
            "Er schwieg.",
            "Elle a refusé.",
            "También nevó.",
        ] {
            assert!(leans(sentence, ""), "{sentence}");
        }
        assert!(!leans("Ada Quill said so.", "The harbour froze."));
    }

    #[test]
    fn speech_without_its_speaker_leans_and_with_him_does_not() {
        assert!(leans("“Four boats were lost.”", "Ada Quill spoke of the ice."));
        assert!(leans("“Four boats were lost. ", "Ada Quill spoke of the ice."));
        assert!(leans("Nobody is to blame.”", "“Four boats were lost."));
        assert!(!leans("“Four boats were lost,” Ada Quill said.", "„Es friert“, sagte Ada Quill."));
    }
}

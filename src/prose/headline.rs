//! The text of an entry without a title in, what stands for its headline out: its beginning, word for word.

use super::sentence;

/// Characters of the longest first sentence that is a headline as it is, and of a piece of one.
const SENTENCE: usize = 110;
const PIECE: usize = 80;

/// The first sentence of a text, or the beginning of it where that is long; empty if there is no text.
pub fn of(text: &str, language: &str) -> String {
    let Some(first) = text.lines().map(str::trim).find(|line| !line.is_empty()) else { return String::new() };
    let beginning =
        first.char_indices().nth(SENTENCE * 2).and_then(|(end, _)| first.get(..end)).unwrap_or(first);
    let span = sentence::spans(beginning, language).into_iter().next();
    let sentence = span.and_then(|span| beginning.get(span)).unwrap_or(beginning);
    if sentence.chars().count() <= SENTENCE {
        return sentence.strip_suffix('.').unwrap_or(sentence).to_owned();
    }
    let end = sentence.char_indices().nth(PIECE).map_or(sentence.len(), |(end, _)| end);
    let piece = sentence.get(..end).unwrap_or(sentence);
    let words = piece.rsplit_once(char::is_whitespace).map_or(piece, |(words, _)| words);
    format!("{}…", words.trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation()))
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_short_first_sentence_is_the_headline() {
        assert_eq!(of("\n The quay is shut. It rains.", "en"), "The quay is shut");
        assert_eq!(of("Is the quay shut? It is.", "en"), "Is the quay shut?");
        assert_eq!(of(" \n", "en"), "");
    }

    #[test]
    fn a_long_one_is_cut_at_the_end_of_a_word() {
        let long = "The north quay, which was built when the port was young, ".repeat(6);
        assert_eq!(
            of(&long, "en"),
            "The north quay, which was built when the port was young, The north quay, which…"
        );
        assert_eq!(of(&"港".repeat(200), "ja"), format!("{}…", "港".repeat(80)));
    }
}

//! Passages in, fewer words out. Never cuts anywhere but at a sentence end, so what is left is still verbatim.

use crate::{model::Passage, prose::sentence, text::space::fold};

/// The opening of `passages`, up to about `budget` words: whole passages, then whole sentences. The first sentence
/// always stays, however long.
pub fn shorten(passages: &[Passage], lang: Option<&str>, budget: usize) -> Vec<Passage> {
    let mut kept = Vec::new();
    let mut left = budget;
    for passage in passages {
        let cut = opening(&passage.text, lang, left, kept.is_empty());
        let whole = cut.len() == passage.text.len();
        left = left.saturating_sub(words(cut));
        if !cut.is_empty() {
            kept.push(Passage { text: fold(cut), id: passage.id.clone() });
        }
        if !whole {
            break;
        }
    }
    kept
}

/// The first sentences of `text` that fit within `budget` words; at least one if `at_least_one`.
pub fn opening<'a>(text: &'a str, lang: Option<&str>, budget: usize, at_least_one: bool) -> &'a str {
    if words(text) <= budget {
        return text;
    }
    let mut end = 0;
    for span in sentence::spans(text, lang.unwrap_or_default()) {
        let fits = words(&text[..span.end]) <= budget;
        if !fits && (end > 0 || !at_least_one) {
            break;
        }
        end = span.end;
    }
    &text[..end]
}

/// Words as a reader counts them.
pub fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_sentences_as_fit_to_the_word_are_kept() {
        let text = "The pier froze. Four boats sank there. Nobody was hurt at all.";
        let kept = |budget, at_least_one| opening(text, Some("en"), budget, at_least_one);
        assert_eq!([12, 11, 7].map(|budget| words(kept(budget, false))), [12, 7, 7]);
        assert_eq!([6, 3, 2].map(|budget| words(kept(budget, false))), [3, 3, 0]);
        assert_eq!(kept(2, true), "The pier froze.");
    }
}

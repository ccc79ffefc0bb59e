//! What one document may hold, and texts cut to it: more than any outlet's feed does, little enough that none fills
//! the memory.

use crate::{model::Block, text::hidden::is_blank};

/// Entries that are read, in the order of the document.
pub const ENTRIES: usize = 10_000;
/// Elements in each other.
pub const DEPTH: usize = 64;
/// Authors of an entry, and categories.
pub const NAMES: usize = 100;
/// Pictures of an entry among which one is chosen.
pub const PICTURES: usize = 50;
/// Attributes of a tag.
pub const ATTRIBUTES: usize = 200;

/// Characters of a title.
const TITLE: usize = 1_000;
/// Characters of a name.
const NAME: usize = 300;
/// Characters of a summary.
const SUMMARY: usize = 50_000;
/// Bytes of an entry's HTML: some hundred thousand words.
const CONTENT: usize = 1 << 20;
/// The [`room`] of all entries' HTML: more than an edition takes of one feed. What comes after is read as plain text.
pub const HTML: usize = 4 << 20;
/// Bytes that a tag or a reference counts for: it takes as long to read as so much text.
const MARK: usize = 10;
/// Bytes of a key; what is longer is known by its hash.
pub const KEY: usize = 1_000;
/// Characters of a language tag (RFC 5646, section 4.4.1).
const TAG: usize = 35;

/// A title; one of which nothing would be seen is none.
pub fn title(text: String) -> String {
    if is_blank(&text) { String::new() } else { cut(text, TITLE) }
}

pub fn name(text: String) -> String {
    cut(text, NAME)
}

pub fn summary(text: String) -> String {
    cut(text, SUMMARY)
}

/// The blocks of a description, none behind the longest summary.
pub fn described(mut blocks: Vec<Block>) -> Vec<Block> {
    let mut left = SUMMARY;
    blocks.retain_mut(|block| {
        let own = block.text.chars().count();
        if left > 0 && own > left {
            block.text = cut(std::mem::take(&mut block.text), left);
            block.links.retain(|link| link.span.end <= block.text.len());
        }
        let is_within = left > 0;
        left = left.saturating_sub(own);
        is_within
    });
    blocks
}

/// The beginning of a fragment of HTML; what it leaves open is closed by who reads it.
pub fn content(html: &str) -> &str {
    html.get(..html.floor_char_boundary(CONTENT)).unwrap_or(html)
}

/// The room that a fragment of HTML takes, in bytes of plain text.
pub fn room(html: &str) -> usize {
    let marks = memchr::memchr2_iter(b'<', b'&', html.as_bytes()).count();
    html.len() + marks * MARK
}

/// A language tag, if it can be one.
pub fn language(tag: &str) -> Option<&str> {
    (!tag.is_empty() && tag.len() <= TAG).then_some(tag)
}

/// The first characters of a text, to the end of a word where there is one, and a mark that there were more.
fn cut(mut text: String, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text };
    text.truncate(end);
    let word = text.trim_end_matches(|c: char| !c.is_whitespace()).trim_end().len();
    text.truncate(if word > end / 2 { word } else { end });
    text.push('…');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_the_end_of_a_word_if_it_has_words() {
        assert_eq!(cut("The tide ran out".to_owned(), 16), "The tide ran out");
        assert_eq!(cut("The tide ran out".to_owned(), 15), "The tide ran…");
        assert_eq!(cut("ÄÖÜäöü".to_owned(), 4), "ÄÖÜä…");
    }

    #[test]
    fn a_title_of_which_nothing_is_seen_is_none() {
        assert_eq!(title("\u{200d}\u{2800}\u{fe0f}".to_owned()), "");
        assert_eq!(title("\u{200d}Tide".to_owned()), "\u{200d}Tide");
    }

    #[test]
    fn a_tag_that_is_too_long_or_empty_is_none() {
        assert_eq!(language("sr-Latn-RS"), Some("sr-Latn-RS"));
        assert_eq!((language(""), language(&"a".repeat(36))), (None, None));
    }

    #[test]
    fn a_description_ends_where_the_longest_summary_does() {
        let block = |text: &str| Block { text: text.to_owned(), ..Block::default() };
        let kept = described(vec![block("First."), block(&"tide ".repeat(SUMMARY)), block("Last.")]);
        assert_eq!(kept.len(), 2);
        assert!(kept[1].text.chars().count() < SUMMARY && kept[1].text.ends_with("tide…"));
        assert_eq!(described(vec![block("First."), block("Last.")]).len(), 2);
    }

    #[test]
    fn content_is_never_cut_within_a_character() {
        let long = "ä".repeat(CONTENT);
        assert_eq!(content(&format!("a{long}")).len(), CONTENT - 1);
        assert_eq!(content("<p>short"), "<p>short");
    }
}

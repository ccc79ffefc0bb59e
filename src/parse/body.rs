//! The blocks of an entry's description in, what they are to the entry out: its summary, or the whole text where the outlet
//! put it there.

use crate::{
    html,
    model::{Block, Kind},
};

/// Fewer words are a teaser, however it is marked up.
const WORDS: usize = 80;

/// What a description says, in one line; captions only where there is nothing else.
pub fn summary(described: &[Block]) -> String {
    let said: Vec<Block> = described.iter().filter(|block| block.kind != Kind::Caption).cloned().collect();
    html::plain(if said.is_empty() { described } else { &said })
}

/// The first paragraph of a description that is the whole text.
pub fn beginning(described: &[Block]) -> String {
    let first = described.iter().find(|block| block.kind == Kind::Paragraph).or(described.first());
    first.map(|block| block.text.clone()).unwrap_or_default()
}

/// Whether a description is the whole text and no teaser: long, and in paragraphs.
pub fn is_whole(described: &[Block]) -> bool {
    let words = described.iter().map(|block| block.text.split(' ').count()).sum::<usize>();
    described.len() > 1 && words >= WORDS
}

#[cfg(test)]
mod tests {
    use super::{beginning, is_whole, summary};
    use crate::html;

    #[test]
    fn a_long_description_in_paragraphs_is_the_whole_text() {
        let rest = "The tide ran on past the quay. ".repeat(14);
        for marked in [format!("<p>They met.</p><p>{rest}</p>"), format!("They met.<br/> <br/>{rest}")] {
            assert!(is_whole(&html::blocks(&marked, None)), "{marked}");
        }
    }

    #[test]
    fn a_teaser_or_a_text_without_paragraphs_is_not() {
        let rest = "The tide ran on past the quay. ".repeat(14);
        for teaser in [rest.clone(), format!("<b>They met.</b> {rest}"), "<p>They met.</p>".repeat(39)] {
            assert!(!is_whole(&html::blocks(&teaser, None)), "{teaser}");
        }
    }

    #[test]
    fn a_whole_text_begins_with_its_first_paragraph() {
        let html =
            "<figure><figcaption>A gull.</figcaption></figure><h2>Tide</h2><p>They met.</p><p>It ran on.</p>";
        assert_eq!(beginning(&html::blocks(html, None)), "They met.");
        assert_eq!(beginning(&html::blocks("<ul><li>One</li></ul>", None)), "One");
    }

    #[test]
    fn a_caption_is_no_part_of_a_summary_that_has_another() {
        let picture = "<figure><img src=a><figcaption>A gull.</figcaption></figure>";
        assert_eq!(summary(&html::blocks(picture, None)), "A gull.");
        assert_eq!(summary(&html::blocks(&format!("{picture}<p>They met.</p>"), None)), "They met.");
    }
}

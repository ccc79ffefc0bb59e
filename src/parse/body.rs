//! What an entry without content says of itself in, its body out, where that is what the outlet put there.

use super::draft::Fragment;
use crate::html::{self, blocks};

/// Fewer words are a teaser, however it is marked up.
const WORDS: usize = 80;

/// The safe HTML of a description that is the whole text, and its first paragraph as plain text; nothing when it is
/// a teaser, or where there is no `room` for so many bytes. `text` is the description as plain text.
pub fn of(description: &Fragment, text: &str, room: &mut usize) -> Option<(String, String)> {
    if !description.html.contains('<') || text.split(' ').nth(WORDS - 1).is_none() {
        return None;
    }
    let body = description.sanitized(room)?;
    let paragraphs = blocks::paragraphs(&body);
    if paragraphs.len() < 2 && !["<p>", "<p ", "<div"].iter().any(|tag| body.contains(tag)) {
        return None;
    }
    let beginning = paragraphs.into_iter().next()?;
    // Escaped twice, it may have less text as HTML than as plain text.
    (html::to_text(&body).split(' ').count() >= WORDS).then_some((body, beginning))
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::{html, parse::draft::Fragment};

    fn body(description: &str) -> Option<(String, String)> {
        of(&Fragment::new(description, None), &html::to_text(description), &mut 100_000)
    }

    #[test]
    fn a_long_description_in_paragraphs_is_the_body_and_its_first_paragraph_the_summary() {
        let rest = "The tide ran on past the quay. ".repeat(14);
        for marked in [format!("<p>They met.</p><p>{rest}</p>"), format!("They met.<br/> <br/>{rest}")] {
            let (content, summary) = body(&marked).unwrap_or_else(|| panic!("no body: {marked}"));
            assert_eq!(summary, "They met.");
            assert!(content.contains("ran on past the quay"));
        }
    }

    #[test]
    fn a_teaser_or_a_text_without_paragraphs_is_no_body() {
        let rest = "The tide ran on past the quay. ".repeat(14);
        for teaser in [rest.clone(), format!("<b>They met.</b> {rest}"), "<p>They met.</p>".repeat(39)] {
            assert_eq!(body(&teaser), None);
        }
    }
}

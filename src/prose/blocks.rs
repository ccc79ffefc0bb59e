//! Blocks in, the paragraphs among them that are prose out: captions are none, nor lines that only lead elsewhere.

use crate::model::{Block, Kind};

/// Bytes of the longest line that is taken for a pointer.
const LONGEST_POINTER: usize = 300;

/// The texts of the blocks that are prose, in order. Where nothing but paragraphs of links is left they are what it says.
pub fn of(blocks: &[Block]) -> Vec<String> {
    let texts = |is_prose: fn(&Block) -> bool| {
        let prose = blocks.iter().filter(|block| block.kind != Kind::Caption && is_prose(block));
        prose.map(|block| block.text.clone()).collect::<Vec<_>>()
    };
    let prose = texts(|block| !leads_elsewhere(block));
    if prose.is_empty() { texts(|block| block.kind == Kind::Paragraph) } else { prose }
}

/// Whether a short line is a link and next to nothing else; of a list, a link for the most part.
fn leads_elsewhere(block: &Block) -> bool {
    let linked: usize = block.links.iter().map(|link| link.span.len()).sum();
    let tenths = if block.kind == Kind::ListItem { 6 } else { 9 };
    block.text.len() <= LONGEST_POINTER && linked > 0 && linked * 10 >= block.text.len() * tenths
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::html;

    fn read(html: &str) -> Vec<String> {
        of(&html::blocks(html, "https://harbour.example/".parse().ok().as_ref()))
    }

    #[test]
    fn captions_and_lines_that_lead_elsewhere_are_no_prose() {
        let item = "<li><a href=/a>Ferry aground off Tolm</a> <font>The Gazette</font></li>";
        assert_eq!(
            read(&format!(
                "<figure><figcaption>A gull</figcaption></figure><p>They <a href=/b>met</a>.</p><ul>{item}</ul>\
                         <p><a href=/c>Weiterlesen →</a></p><ul><li>Bread is dearer, says <a href=/d>a baker</a>.</li></ul>"
            )),
            ["They met.", "Bread is dearer, says a baker."]
        );
        assert!(read(&format!("<ol>{item}{item}</ol>")).is_empty());
    }

    #[test]
    fn a_teaser_that_is_all_one_link_is_kept() {
        assert_eq!(read("<a href=/a>They met at dawn.</a>"), ["They met at dawn."]);
    }
}

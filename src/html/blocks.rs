//! A fragment of HTML in, its paragraphs as plain text out. What is no prose (scripts, figures, forms, buttons)
//! is dropped.

use dom_query::{Document, NodeRef};

use super::guard;
use crate::text::space;

/// Elements whose text is no part of the prose.
const DROPPED: [&str; 28] = [
    "script",
    "style",
    "noscript",
    "template",
    "head",
    "title",
    "figure",
    "figcaption",
    "picture",
    "img",
    "svg",
    "math",
    "canvas",
    "audio",
    "video",
    "iframe",
    "object",
    "embed",
    "form",
    "button",
    "input",
    "select",
    "textarea",
    "label",
    "nav",
    "footer",
    "aside",
    "dialog",
];

/// Elements that stand within a line of prose; every other element begins and ends a paragraph.
const INLINE: [&str; 37] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// The paragraphs of a fragment in order, plain, white space folded; text outside of any element counts, two line
/// breaks (`br`) part paragraphs as an element does. A fragment that [`guard::fragment`] refuses has none.
pub fn paragraphs(fragment: &str) -> Vec<String> {
    if guard::fragment(fragment).is_err() {
        return Vec::new();
    }
    let document = Document::fragment(fragment);
    let mut reader = Reader::default();
    reader.read_children(&document.root());
    reader.end_paragraph();
    reader.paragraphs
}

/// The paragraphs so far, and the one being read.
#[derive(Default)]
struct Reader {
    paragraphs: Vec<String>,
    text: String,
    /// Line breaks since the last text.
    breaks: usize,
}

impl Reader {
    fn read_children(&mut self, parent: &NodeRef) {
        for node in parent.children_it(false) {
            if node.is_text() {
                self.read_text(&node.text());
            } else if node.is_element() {
                self.read_element(&node);
            } else if node.is_fragment() || node.is_document() {
                self.read_children(&node);
            }
        }
    }

    fn read_element(&mut self, node: &NodeRef) {
        let Some(name) = node.node_name() else { return };
        match name.as_ref() {
            "br" => self.read_break(),
            name if DROPPED.contains(&name) => {}
            name if INLINE.contains(&name) => self.read_children(node),
            _ => {
                self.end_paragraph();
                self.read_children(node);
                self.end_paragraph();
            }
        }
    }

    fn read_text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.breaks = 0;
        }
        self.text.push_str(text);
    }

    fn read_break(&mut self) {
        self.breaks += 1;
        if self.breaks >= 2 {
            self.end_paragraph();
        }
        self.text.push(' ');
    }

    fn end_paragraph(&mut self) {
        let text = space::fold(&std::mem::take(&mut self.text));
        if !text.is_empty() {
            self.paragraphs.push(text);
        }
        self.breaks = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_element_is_a_paragraph() {
        let html = "<div>Loose words<h2>A <em>heading</em></h2><p>One\n two</p><ul><li>first</li><li>second</li></ul>\
                    <blockquote>Said &amp; done</blockquote>tail</div>";
        let expected = ["Loose words", "A heading", "One two", "first", "second", "Said & done", "tail"];
        assert_eq!(paragraphs(html), expected);
    }

    #[test]
    fn two_line_breaks_part_paragraphs_and_one_does_not() {
        assert_eq!(paragraphs("one<br>line<br/> <br>two<br><br><br>three"), ["one line", "two", "three"]);
    }

    #[test]
    fn what_is_no_prose_is_dropped() {
        let html = "<script>let a;</script><style>p{}</style><p>Kept.</p><figure><img alt=x><figcaption>A view\
                    </figcaption></figure><form>Mail <input></form><button>Share</button>";
        assert_eq!(paragraphs(html), ["Kept."]);
    }

    #[test]
    fn a_fragment_too_deep_to_parse_has_no_paragraphs() {
        assert!(paragraphs(&"<div>deep".repeat(100_000)).is_empty());
    }
}

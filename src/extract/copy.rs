//! The tree of a page in, the same as the extractor's own tree out, so that it is parsed no second time.

use dom_query::Document;
use trafilatura::dom::{self, NodeId};

/// The page as the extractor has it. It drops line breaks without a trace; a space keeps the words apart.
pub fn of(page: &Document) -> dom::Document {
    let mut copy = Copy { made: dom::Document::parse(""), text: None };
    let mut ahead = Vec::new();
    for name in ["body", "head"] {
        let place = copy.made.get_elements_by_tag_name(copy.made.root(), name).first().copied();
        let whole = page.select_single(name);
        if let Some((whole, place)) = whole.nodes().first().zip(place) {
            ahead.extend(whole.children_it(true).map(|node| (node, place)));
        }
    }
    while let Some((node, parent)) = ahead.pop() {
        if node.is_text() {
            copy.write(parent, &node.text());
        } else if let Some(name) = node.node_name() {
            if &*name == "br" {
                copy.write(parent, " ");
            }
            copy.end_text();
            let element = copy.made.sub_element(parent, &name);
            // The extractor looks attributes up as one does in a sorted list.
            let mut attributes = node.attrs();
            attributes.sort_by(|one, other| one.name.local.cmp(&other.name.local));
            for attribute in attributes {
                copy.made.set_attribute(element, &attribute.name.local, &attribute.value);
            }
            ahead.extend(node.children_it(true).map(|child| (child, element)));
        }
    }
    copy.end_text();
    copy.made
}

/// A tree in the making. Texts side by side become one: the extractor takes the first for all there is.
struct Copy {
    made: dom::Document,
    /// The text that is being read, and what it stands in.
    text: Option<(NodeId, String)>,
}

impl Copy {
    fn write(&mut self, parent: NodeId, text: &str) {
        if self.text.as_ref().is_some_and(|(place, _)| *place != parent) {
            self.end_text();
        }
        self.text.get_or_insert_with(|| (parent, String::new())).1.push_str(text);
    }

    fn end_text(&mut self) {
        if let Some((parent, text)) = self.text.take() {
            let text = self.made.create_text_node(&text);
            self.made.append_child(parent, text);
        }
    }
}

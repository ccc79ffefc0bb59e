//! What the parser builds in, its tree out. Never refuses a node: it reports that a limit was passed.

use std::{
    borrow::Cow,
    cell::{Cell, Ref},
};

use dom_query::{Document, NodeId, NodeRef};
use html5ever::{
    Attribute, QualName,
    interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
    tendril::StrTendril,
};

use super::{Cut, Limits};

/// A tree being built. It still accepts nodes past its limits: the caller must ask whether it is [`Tree::cut`].
#[derive(Default)]
pub struct Tree {
    document: Document,
    nodes: Cell<usize>,
    text: Cell<usize>,
    attributes: Cell<usize>,
    cut: Cell<Option<Cut>>,
}

impl Tree {
    /// The first limit passed.
    pub fn cut(&self) -> Option<Cut> {
        self.cut.get()
    }

    fn limit(&self, kept: bool, cut: Cut) {
        if !kept {
            self.cut.set(self.cut.get().or(Some(cut)));
        }
    }

    fn count(&self, count: &Cell<usize>, more: usize, most: usize, cut: Cut) {
        count.set(count.get() + more);
        self.limit(count.get() <= most, cut);
    }

    fn count_attributes(&self, attributes: &[Attribute]) {
        let bytes = attributes.iter().map(|own| own.name.local.len() + own.value.len()).sum();
        self.count(&self.attributes, bytes, Limits::ATTRIBUTES, Cut::Attributes);
    }

    fn count_content(&self, content: &NodeOrText<NodeId>) {
        if let NodeOrText::AppendText(text) = content {
            self.count(&self.text, text.len(), Limits::TEXT, Cut::Text);
        }
    }

    /// Stops at a node that is too deep.
    fn limit_depth(&self, mut at: NodeId) {
        let mut depth = 0;
        while let Some(parent) = self.document.tree.parent_of(&at) {
            (depth, at) = (depth + 1, parent.id);
        }
        self.limit(depth <= Limits::DEPTH, Cut::Depth);
    }
}

/// Removes from a tree what is too deep, since misnested elements may move deeper after insertion, and everything
/// after the place where the total becomes too large.
pub fn within_limits(document: &Document) -> Option<Cut> {
    let mut ahead = vec![(document.root(), 0, 0)];
    let (mut cut, mut work) = (None, 0);
    while let Some((node, depth, tables)) = ahead.pop() {
        let own = if node.is_text() { node.text().len() } else { 0 };
        work += (Limits::NODE + own) * depth;
        if work > Limits::WORK {
            let rest = ahead.iter().map(|(node, ..)| node).chain([&node]);
            rest.for_each(NodeRef::remove_from_parent);
            return cut.or(Some(Cut::Work));
        }
        let tables = tables + usize::from(node.has_name("table"));
        if depth > Limits::DEPTH || tables > Limits::TABLES {
            node.remove_from_parent();
            cut = cut.or(Some(Cut::Depth));
            continue;
        }
        let inner = node.children_it(true);
        ahead.extend(inner.map(|child| (child, depth + 1, tables)));
    }
    cut
}

impl TreeSink for Tree {
    type Handle = NodeId;
    type Output = Document;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Document {
        self.document
    }

    // Nobody reads parse errors.
    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.document.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        self.document.elem_name(target)
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.count(&self.nodes, 1, Limits::NODES, Cut::Elements);
        self.count_attributes(&attributes);
        self.document.create_element(name, attributes, flags)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.document.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.document.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.count_content(&child);
        self.document.append(parent, child);
        self.limit_depth(*parent);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        self.count_content(&child);
        self.document.append_based_on_parent_node(element, previous, child);
        self.limit_depth(*previous);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.document.get_template_contents(target)
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, new: NodeOrText<NodeId>) {
        self.count_content(&new);
        self.document.append_before_sibling(sibling, new);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        self.count_attributes(&attributes);
        self.document.add_attrs_if_missing(target, attributes);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.document.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.document.reparent_children(node, new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &NodeId) -> bool {
        self.document.is_mathml_annotation_xml_integration_point(handle)
    }
}

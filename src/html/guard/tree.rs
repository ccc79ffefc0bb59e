//! What the parser builds in, its measure out: the nodes, how deep each stands, and how much is in it. Keeps no words.

use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
    rc::Rc,
};

use html5ever::{
    Attribute, ExpandedName, QualName,
    interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
    ns,
    tendril::StrTendril,
};

use super::{Limits, Refused};

/// An element, a comment or the document.
pub struct Node {
    name: QualName,
    index: usize,
    /// Whether HTML may stand in this element of MathML.
    holds_html: bool,
}

/// How a node stands among the others. Its children are held by a place that can go to another node at once, as those of
/// an element do that is closed amiss (WHATWG HTML §13.2.6.4.7, "adoption agency algorithm").
struct Record {
    held_by: Option<usize>,
    place: usize,
    attributes: usize,
    attribute_bytes: usize,
    /// Bytes of the text right in it, and how many of its characters are [`escaped`].
    text: usize,
    escaped: usize,
    is_table: bool,
    /// Whether its text is a script or a style, which nobody reads as text.
    is_code: bool,
}

#[derive(Default)]
struct Measure {
    records: Vec<Record>,
    /// The node that has each place.
    owners: Vec<usize>,
    attributes: usize,
    attribute_bytes: usize,
    text: usize,
    /// What the attributes' values cost to write.
    writing: usize,
    errors: usize,
}

/// A tree that is measured and not kept. It takes what it is given also past its limits: who feeds it is to ask whether it
/// is [`Tree::refused`].
pub struct Tree {
    /// Bytes that all attributes may have.
    most_attribute_bytes: usize,
    document: Rc<Node>,
    measure: RefCell<Measure>,
    refused: Cell<Option<Refused>>,
}

impl Tree {
    pub fn new(most_attribute_bytes: usize) -> Self {
        let document = Node { name: no_name(), index: 0, holds_html: false };
        let tree = Self {
            most_attribute_bytes,
            document: Rc::new(document),
            measure: RefCell::default(),
            refused: Cell::new(None),
        };
        tree.measure.borrow_mut().add(false, false);
        tree
    }

    /// The first limit that was passed.
    pub fn refused(&self) -> Option<Refused> {
        self.refused.get()
    }

    pub fn refuse(&self, reason: Refused) {
        self.refused.set(self.refused.get().or(Some(reason)));
    }

    /// The verdict on the whole.
    pub fn verdict(&self) -> Result<(), Refused> {
        self.refused().map_or_else(|| self.measure.borrow().verdict(), Err)
    }

    fn limit(&self, kept: bool, reason: Refused) {
        if !kept {
            self.refuse(reason);
        }
    }

    fn add(&self, name: QualName, attributes: &[Attribute], holds_html: bool) -> Rc<Node> {
        let mut measure = self.measure.borrow_mut();
        let is_code = name.ns == ns!(html) && matches!(&*name.local, "script" | "style");
        let index = measure.add(&*name.local == "table", is_code);
        measure.add_attributes(index, attributes);
        self.limit(measure.records.len() <= Limits::NODES, Refused::TooManyNodes);
        self.limit_attributes(&measure, index);
        Rc::new(Node { name, index, holds_html })
    }

    fn limit_attributes(&self, measure: &Measure, index: usize) {
        let own = measure.records.get(index).map_or(0, |record| record.attributes);
        let few = own <= Limits::ATTRIBUTES && measure.attributes <= Limits::ATTRIBUTES_IN_ALL;
        self.limit(few && measure.attribute_bytes <= self.most_attribute_bytes, Refused::TooManyAttributes);
    }

    fn put(&self, parent: usize, child: NodeOrText<Rc<Node>>) {
        let mut measure = self.measure.borrow_mut();
        match child {
            NodeOrText::AppendNode(node) => {
                measure.put(parent, node.index);
                self.limit(measure.depth(node.index).is_some(), Refused::TooDeep);
            }
            NodeOrText::AppendText(text) => {
                measure.write(parent, &text);
                self.limit(measure.text <= Limits::TEXT, Refused::TooMuchText);
            }
        }
    }

    fn parent(&self, node: &Node) -> Option<usize> {
        self.measure.borrow().parent(node.index)
    }
}

impl Measure {
    fn add(&mut self, is_table: bool, is_code: bool) -> usize {
        let index = self.records.len();
        let place = self.place_of(index);
        let record = Record {
            held_by: None,
            place,
            attributes: 0,
            attribute_bytes: 0,
            text: 0,
            escaped: 0,
            is_table,
            is_code,
        };
        self.records.push(record);
        index
    }

    /// A new place.
    fn place_of(&mut self, index: usize) -> usize {
        self.owners.push(index);
        self.owners.len() - 1
    }

    fn add_attributes(&mut self, index: usize, attributes: &[Attribute]) {
        let Some(record) = self.records.get_mut(index) else { return };
        self.attributes += attributes.len();
        record.attributes += attributes.len();
        for Attribute { name, value } in attributes {
            let bytes = name.local.len() + value.len();
            record.attribute_bytes += bytes;
            self.attribute_bytes += bytes;
            self.writing = self.writing.saturating_add(escaped(value).saturating_mul(value.len()));
        }
    }

    fn put(&mut self, parent: usize, child: usize) {
        let place = self.records.get(parent).map(|record| record.place);
        if let Some(record) = self.records.get_mut(child) {
            record.held_by = place;
        }
    }

    fn write(&mut self, parent: usize, text: &str) {
        let Some(record) = self.records.get_mut(parent) else { return };
        record.text += text.len();
        if !record.is_code {
            record.escaped += escaped(text);
            self.text += text.len();
        }
    }

    /// Gives all children of a node to another, which has none: it was made for them.
    fn hand_over(&mut self, from: usize, to: usize) {
        let fresh = self.place_of(from);
        let handed = self.records.get_mut(from).map(|record| std::mem::replace(&mut record.place, fresh));
        let owner = handed.and_then(|place| self.owners.get_mut(place));
        owner.into_iter().for_each(|owner| *owner = to);
    }

    fn parent(&self, index: usize) -> Option<usize> {
        let place = self.records.get(index)?.held_by?;
        self.owners.get(place).copied()
    }

    /// How many nodes there are on the way to one, itself counted; nothing where they are too many, or too many of them
    /// tables.
    fn depth(&self, index: usize) -> Option<usize> {
        let (mut depth, mut tables, mut at) = (0, 0, Some(index));
        while let Some(record) = at.and_then(|at| self.records.get(at)) {
            depth += 1;
            tables += usize::from(record.is_table);
            if depth > Limits::DEPTH || tables > Limits::TABLES {
                return None;
            }
            at = at.and_then(|at| self.parent(at));
        }
        Some(depth)
    }

    fn verdict(&self) -> Result<(), Refused> {
        let (mut work, mut luggage, mut writing) = (0_usize, 0_usize, self.writing);
        for (index, record) in self.records.iter().enumerate() {
            // Again, for elements that were closed amiss went deeper after they had been put somewhere.
            let depth = self.depth(index).ok_or(Refused::TooDeep)?;
            let (read, carried) = if record.is_code { (0, record.text) } else { (record.text, 0) };
            work = work.saturating_add((Limits::NODE + read).saturating_mul(depth));
            luggage = luggage.saturating_add((record.attribute_bytes + carried).saturating_mul(depth));
            writing = writing.saturating_add(record.escaped.saturating_mul(record.text));
        }
        if work > Limits::WORK || luggage > Limits::LUGGAGE {
            return Err(Refused::TooMuchWork);
        }
        if writing > Limits::WRITING { Err(Refused::TooManyEscaped) } else { Ok(()) }
    }
}

/// What the document and comments are called, which have no name.
fn no_name() -> QualName {
    QualName::new(None, "".into(), "".into())
}

/// Characters for which a serializer looks through the rest of the text: `&`, and what begins like a no-break space as
/// UTF-8.
fn escaped(text: &str) -> usize {
    text.chars().filter(|c| matches!(c, '&' | '\u{80}'..='\u{bf}')).count()
}

impl TreeSink for Tree {
    type Handle = Rc<Node>;
    type Output = ();
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {
        let mut measure = self.measure.borrow_mut();
        measure.errors += 1;
        self.limit(measure.errors <= Limits::ERRORS, Refused::TooManyErrors);
    }

    fn get_document(&self) -> Rc<Node> {
        Rc::clone(&self.document)
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Node>) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> Rc<Node> {
        self.add(name, &attributes, flags.mathml_annotation_xml_integration_point)
    }

    fn create_comment(&self, _: StrTendril) -> Rc<Node> {
        self.add(no_name(), &[], false)
    }

    fn create_pi(&self, _: StrTendril, data: StrTendril) -> Rc<Node> {
        self.create_comment(data)
    }

    fn append(&self, parent: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        self.put(parent.index, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Rc<Node>,
        previous: &Rc<Node>,
        child: NodeOrText<Rc<Node>>,
    ) {
        self.put(self.parent(element).unwrap_or(previous.index), child);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Rc<Node>) -> Rc<Node> {
        Rc::clone(target)
    }

    fn same_node(&self, one: &Rc<Node>, other: &Rc<Node>) -> bool {
        Rc::ptr_eq(one, other)
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Rc<Node>, new: NodeOrText<Rc<Node>>) {
        self.put(self.parent(sibling).unwrap_or_default(), new);
    }

    fn add_attrs_if_missing(&self, target: &Rc<Node>, attributes: Vec<Attribute>) {
        let mut measure = self.measure.borrow_mut();
        measure.add_attributes(target.index, &attributes);
        self.limit_attributes(&measure, target.index);
    }

    fn remove_from_parent(&self, target: &Rc<Node>) {
        if let Some(record) = self.measure.borrow_mut().records.get_mut(target.index) {
            record.held_by = None;
        }
    }

    fn reparent_children(&self, node: &Rc<Node>, new_parent: &Rc<Node>) {
        self.measure.borrow_mut().hand_over(node.index, new_parent.index);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &Rc<Node>) -> bool {
        handle.holds_html
    }
}

//! Tags in, the depth of nesting out: a sketch of the tree construction of the HTML standard (WHATWG HTML §13.2.6)
//! that never says less than a parser would build, up to a small constant factor.

use super::scan::Tag;

/// Elements that have no content.
const VOID: [&str; 19] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
];

/// Elements that end by themselves when the next of their kind begins: between two of them on one path there is
/// always one that is counted.
const SELF_ENDING: [&str; 17] = [
    "html", "head", "body", "p", "li", "dd", "dt", "tr", "td", "th", "tbody", "thead", "tfoot", "caption",
    "colgroup", "option", "optgroup",
];

/// Formatting elements: an unclosed one is opened again in the blocks that follow.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements an end tag inside does not reach beyond.
const BARRIERS: [&str; 7] = ["table", "template", "object", "applet", "marquee", "svg", "math"];

/// Inside these foreign elements HTML is HTML again.
const INTEGRATION: [&str; 9] =
    ["foreignobject", "desc", "title", "annotation-xml", "mi", "mo", "mn", "ms", "mtext"];

/// Elements an end tag of an ordinary element (`span`) does not reach beyond; all blocks, roughly.
const INLINE: [&str; 30] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "u",
];

/// Start tags that end foreign content (§13.2.6.5).
const BREAKOUT: [&str; 43] = [
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "center",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "i",
    "img",
    "li",
    "listing",
    "menu",
    "meta",
    "nobr",
    "ol",
    "p",
    "pre",
    "ruby",
    "s",
    "small",
    "span",
    "strong",
    "strike",
    "sub",
    "sup",
    "table",
    "u",
    "ul",
    "var",
];

/// The elements open at a point of a document.
#[derive(Debug, Default)]
pub struct Depth {
    open: Vec<String>,
    /// SVG and MathML roots seen so far, closed ones counted.
    foreign_roots: usize,
    /// Formatting elements that are to be opened again: name and whole start tag.
    unclosed: Vec<(String, Vec<u8>)>,
}

impl Depth {
    /// Takes note of a tag.
    pub fn see(&mut self, tag: &Tag) {
        if tag.end {
            self.end(&tag.name);
        } else {
            self.start(tag);
        }
    }

    /// Elements open now; the larger of those on the path and those a block to come would open again.
    pub fn now(&self) -> usize {
        self.open.len().max(self.unclosed.len())
    }

    /// Formatting elements that a parser may have to build anew behind this tag.
    pub fn reopened_by(&self, tag: &Tag) -> usize {
        let ends = tag.end || SELF_ENDING.contains(&tag.name.as_str());
        if ends { self.unclosed.len() } else { 0 }
    }

    /// How many elements of this name are open in each other.
    pub fn count(&self, name: &str) -> usize {
        self.open.iter().filter(|open| *open == name).count()
    }

    /// Whether an element of this name is open.
    pub fn holds(&self, name: &str) -> bool {
        self.open.iter().any(|open| open == name)
    }

    /// Whether SVG or MathML is open, however far up.
    pub fn holds_foreign(&self) -> bool {
        self.foreign_roots > 0 && (self.holds("svg") || self.holds("math"))
    }

    /// Whether the next tag belongs to SVG or MathML.
    pub fn in_foreign(&self) -> bool {
        if self.foreign_roots == 0 {
            return false;
        }
        let root_or_gate = |name: &&String| is_foreign_root(name) || INTEGRATION.contains(&name.as_str());
        self.open.iter().rev().find(root_or_gate).is_some_and(|name| is_foreign_root(name))
    }

    fn start(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        if self.in_foreign() {
            if BREAKOUT.contains(&name) {
                self.leave_foreign();
            } else {
                if !tag.self_closing {
                    self.open.push(tag.name.clone());
                }
                return;
            }
        }
        if VOID.contains(&name) || SELF_ENDING.contains(&name) || (is_foreign_root(name) && tag.self_closing)
        {
            return;
        }
        if FORMATTING.contains(&name) {
            self.note_formatting(tag);
        }
        self.foreign_roots += usize::from(is_foreign_root(name));
        self.open.push(tag.name.clone());
    }

    /// The list of active formatting elements: one link at a time, three of the same at most (§13.2.4.3).
    fn note_formatting(&mut self, tag: &Tag) {
        let single = matches!(tag.name.as_str(), "a" | "nobr");
        let same = |(name, raw): &(String, Vec<u8>)| if single { *name == tag.name } else { raw == tag.raw };
        let allowed = if single { 1 } else { 3 };
        if self.unclosed.iter().filter(|entry| same(entry)).count() >= allowed
            && let Some(earliest) = self.unclosed.iter().position(same)
        {
            self.unclosed.remove(earliest);
        }
        self.unclosed.push((tag.name.clone(), tag.raw.to_vec()));
    }

    fn end(&mut self, name: &str) {
        if FORMATTING.contains(&name) && !self.in_foreign() {
            return self.end_formatting(name);
        }
        let ordinary = INLINE.contains(&name) || name.contains('-');
        for at in (0..self.open.len()).rev() {
            let Some(open) = self.open.get(at) else { return };
            if open == name {
                return self.open.truncate(at);
            }
            let barrier =
                if ordinary { !INLINE.contains(&open.as_str()) } else { BARRIERS.contains(&open.as_str()) };
            if barrier {
                return;
            }
        }
    }

    /// What the adoption agency (§13.2.6.4.7) leaves: the element goes, the blocks inside it stay.
    fn end_formatting(&mut self, name: &str) {
        let barrier = self.open.iter().rposition(|open| BARRIERS.contains(&open.as_str()));
        let found = self.open.iter().rposition(|open| open == name);
        match found {
            Some(at) if barrier.is_none_or(|barrier| barrier < at) => {
                let inside = self.open.split_off(at);
                let blocks = inside.into_iter().filter(|open| !INLINE.contains(&open.as_str()));
                let blocks: Vec<String> = blocks.collect();
                self.open.extend(blocks);
            }
            None if barrier.is_none() => {}
            _ => return,
        }
        if let Some(last) = self.unclosed.iter().rposition(|(open, _)| open == name) {
            self.unclosed.remove(last);
        }
    }

    fn leave_foreign(&mut self) {
        if let Some(root) = self.open.iter().rposition(|name| is_foreign_root(name)) {
            self.open.truncate(root);
        }
    }
}

fn is_foreign_root(name: &str) -> bool {
    matches!(name, "svg" | "math")
}

//! A fragment of HTML in, its blocks out: plain text, each with its kind. Never keeps what is not prose (scripts,
//! forms, buttons). One pass over the tags, in linear time and without a tree, whatever the fragment is.

use std::collections::BTreeSet;

use url::Url;

use super::{
    element::Class,
    entity,
    tag::{Piece, Pieces, Tag},
};
use crate::{
    model::{Block, Kind, Link},
    text::{link, space},
};

/// Nesting depth of blocks; anything deeper is not read.
const DEPTH: usize = 256;

/// How many times as long as the fragment its link addresses may be in total, with an allowance for short fragments:
/// each address is written out with its whole base.
const GROWTH: usize = 2;
const GROWTH_OF_ANY: usize = 4096;

/// Elements whose end tag may be left out, each with those whose beginning ends it.
const UNENDED: [(&str, &[&str]); 10] = [
    ("button", &["button"]),
    ("li", &["li"]),
    ("dt", &["dt", "dd"]),
    ("dd", &["dt", "dd"]),
    ("option", &["option", "optgroup"]),
    ("td", &["td", "th", "tr", "tbody", "tfoot"]),
    ("th", &["td", "th", "tr", "tbody", "tfoot"]),
    ("tr", &["tr", "tbody", "tfoot"]),
    ("tbody", &["tbody", "tfoot"]),
    ("figcaption", &["figcaption"]),
];

/// Elements that are passed over to where browsers end them.
const UNREAD: [&str; 5] = ["math", "noscript", "select", "svg", "template"];

/// How often a fragment is read because an element whose content is no prose was never closed, before all such elements end
/// where a block begins.
const READINGS: usize = 4;

/// Words in the `class` of a block that mark it as a caption.
const CAPTIONS: [&str; 3] = ["caption", "credit", "credits"];

/// The blocks of a fragment, in order. Text outside any element counts; two line breaks (`br`) separate paragraphs as
/// an element does; links are resolved against `base`, and only `http(s)` is kept.
pub fn blocks(fragment: &str, base: Option<&Url>) -> Vec<Block> {
    let fragment = entity::without_controls(fragment);
    read(Pieces::of(without_cdata(&fragment)), GROWTH * fragment.len() + GROWTH_OF_ANY, base)
}

/// The blocks, without links, of HTML that a program wrote: names HTML does not have are tags too.
pub fn blocks_of_markup(html: &str) -> Vec<Block> {
    read(Pieces::of_page(html), 0, None)
}

fn read<'a>(pieces: Pieces<'a>, room: usize, base: Option<&'a Url>) -> Vec<Block> {
    let mut unclosed = BTreeSet::new();
    for _ in 0..READINGS {
        let (blocks, left_open) = read_once(pieces.clone(), room, base, |place| unclosed.contains(&place));
        if left_open.is_empty() {
            return blocks;
        }
        unclosed.extend(left_open);
    }
    read_once(pieces, room, base, |_| true).0
}

/// The blocks, and the elements without prose that are open at the end, by their place among all elements. Those that
/// `is_unclosed` names end where the next block begins: one tag left open does not hide all that follows it.
fn read_once<'a>(
    mut pieces: Pieces<'a>,
    room: usize,
    base: Option<&'a Url>,
    is_unclosed: impl Fn(usize) -> bool,
) -> (Vec<Block>, Vec<usize>) {
    let mut reader = Reader { room, base, ..Reader::default() };
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Text(text) => reader.read(&entity::decode(text)),
            Piece::Tag(tag) if tag.closes => reader.close(tag),
            Piece::Tag(tag) if UNREAD.iter().any(|name| tag.is(name)) => pieces.pass_over(tag),
            Piece::Tag(tag) if tag.class == Class::Code => {
                if !tag.empty {
                    pieces.content(tag.name);
                }
            }
            Piece::Tag(tag) => {
                if reader.open.len() >= DEPTH {
                    break;
                }
                reader.open(tag, is_unclosed(reader.elements));
                reader.elements += 1;
            }
            Piece::Comment => {}
        }
    }
    let unread = reader.open.iter().filter(|open| !open.is_brief && open.is_unread());
    let left_open = unread.map(|open| open.place).collect();
    reader.end_block();
    (reader.blocks, left_open)
}

/// A fragment without a CDATA section around all of it, as found in feeds that also escape their content.
fn without_cdata(fragment: &str) -> &str {
    let inner = fragment.trim().strip_prefix("<![CDATA[").and_then(|inner| inner.strip_suffix("]]>"));
    inner.unwrap_or(fragment)
}

/// The blocks so far, and the one being read.
#[derive(Default)]
struct Reader<'a> {
    base: Option<&'a Url>,
    blocks: Vec<Block>,
    block: Block,
    open: Vec<Open<'a>>,
    /// Elements that were opened so far.
    elements: usize,
    /// The address of the open link, and where in the block it began.
    link: Option<(String, usize)>,
    /// Bytes that addresses may still use.
    room: usize,
    /// Line breaks since the last text.
    breaks: usize,
}

/// An open element.
struct Open<'a> {
    name: &'a str,
    class: Class,
    /// Its place among all elements of the fragment.
    place: usize,
    /// It ends where the next block begins.
    is_brief: bool,
}

impl Open<'_> {
    fn is_silent(&self) -> bool {
        matches!(self.class, Class::Silent | Class::Apart)
    }

    /// Whether what is in it is no prose.
    fn is_unread(&self) -> bool {
        self.is_silent() || self.class == Class::Figure
    }
}

impl<'a> Reader<'a> {
    fn is_silent(&self) -> bool {
        self.open.iter().any(Open::is_silent)
    }

    /// Adds text, folding white space and dropping control characters.
    fn read(&mut self, text: &str) {
        if self.is_silent() {
            return;
        }
        let own = &mut self.block.text;
        let mut rest = text;
        loop {
            let (printed, behind) = rest.split_at(space::folded(rest, own.as_bytes().last().copied()));
            own.push_str(printed);
            if !matches!(printed, "" | " ") {
                self.breaks = 0;
            }
            let mut behind = behind.chars();
            let Some(c) = behind.next() else { return };
            rest = behind.as_str();
            if c.is_whitespace() {
                if !own.is_empty() && !own.ends_with(' ') {
                    own.push(' ');
                }
            } else if !c.is_control() {
                self.breaks = 0;
                own.push(c);
            }
        }
    }

    fn open(&mut self, tag: Tag<'a>, is_unclosed: bool) {
        match tag.class {
            Class::Inline if tag.is("a") => {
                self.end_link();
                self.begin_link(tag);
            }
            Class::Inline | Class::Break => {}
            Class::Line => {
                self.breaks += 1;
                if self.breaks >= 2 {
                    self.end_block();
                }
                self.read(" ");
            }
            Class::Void => self.read(" "),
            Class::Silent => {
                self.open.pop_if(|open| is_ended(open, tag));
                self.push(tag, Class::Silent, is_unclosed);
            }
            class => {
                if !self.open.iter().any(|open| open.is_silent() && !open.is_brief) {
                    self.end_block();
                    self.open.retain(|open| !open.is_brief);
                }
                if tag.is("body") {
                    self.open.clear();
                }
                while self.open.pop_if(|open| is_ended(open, tag)).is_some() {}
                let class = if is_caption(tag) { Class::Figure } else { class };
                let class = if is_hidden(tag) { Class::Apart } else { class };
                self.push(tag, class, is_unclosed);
            }
        }
    }

    /// An element as XML writes one without content (`<div/>`) is closed at once.
    fn push(&mut self, tag: Tag<'a>, class: Class, is_unclosed: bool) {
        if !tag.empty {
            let open = Open { name: tag.name, class, place: self.elements, is_brief: false };
            self.open.push(Open { is_brief: is_unclosed && open.is_unread(), ..open });
        }
    }

    fn close(&mut self, tag: Tag<'a>) {
        match tag.class {
            Class::Inline if tag.is("a") => self.end_link(),
            Class::Inline | Class::Break | Class::Line | Class::Void | Class::Code => {}
            class => {
                let depth = self.open.iter().rposition(|open| tag.is(open.name)).unwrap_or(self.open.len());
                let still_silent = self.open.iter().take(depth).any(Open::is_silent);
                if class != Class::Silent && !still_silent {
                    self.end_block();
                }
                self.open.truncate(depth);
            }
        }
    }

    fn begin_link(&mut self, tag: Tag) {
        let written = tag.attribute("href").map(entity::decode).unwrap_or_default();
        let address = link::resolve(self.base, &written).filter(|address| address.len() <= self.room);
        if let Some(address) = address {
            self.room -= address.len();
            self.link = Some((address, self.block.text.len()));
        }
    }

    fn end_link(&mut self) {
        let Some((address, start)) = self.link.take() else { return };
        let text = &self.block.text;
        let space = text.get(start..).is_some_and(|text| text.starts_with(' '));
        let span = start + usize::from(space)..text.trim_end().len();
        if !span.is_empty() {
            self.block.links.push(Link { span, address });
        }
    }

    /// A link ends with its block.
    fn end_block(&mut self) {
        self.end_link();
        let mut block = std::mem::take(&mut self.block);
        self.breaks = 0;
        block.text.truncate(block.text.trim_end().len());
        if !block.text.is_empty() {
            block.kind = self.kind();
            self.blocks.push(block);
        }
    }

    fn kind(&self) -> Kind {
        let kinds = [
            (Class::Figure, Kind::Caption),
            (Class::Heading, Kind::Heading),
            (Class::Item, Kind::ListItem),
            (Class::Quote, Kind::Quote),
        ];
        let is_in = |class: Class| self.open.iter().any(|open| open.class == class);
        kinds.into_iter().find(|(class, _)| is_in(*class)).map_or(Kind::Paragraph, |(_, kind)| kind)
    }
}

/// Whether an open element with no end tag ends where another begins inside it.
fn is_ended(open: &Open, begins: Tag) -> bool {
    let heading = open.class == Class::Heading && (begins.class == Class::Heading || begins.is("p"));
    let mut unended = UNENDED.iter().filter(|(name, _)| open.name.eq_ignore_ascii_case(name));
    let next = unended.any(|(_, by)| by.iter().any(|name| begins.is(name)));
    open.name.eq_ignore_ascii_case("p") || heading || next
}

fn is_caption(tag: Tag) -> bool {
    let mut words = tag.attribute("class").unwrap_or_default().split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| CAPTIONS.iter().any(|caption| word.eq_ignore_ascii_case(caption)))
}

fn is_hidden(tag: Tag) -> bool {
    let folded = |style: &str| style.replace(' ', "").to_ascii_lowercase();
    tag.attribute("hidden").is_some()
        || tag.attribute("style").is_some_and(|style| folded(style).contains("display:none"))
}

#[cfg(test)]
mod tests;

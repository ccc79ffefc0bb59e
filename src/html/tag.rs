//! HTML in, its pieces out: text, tags, comments. One linear pass that never builds or judges anything.

mod unread;

use super::element::{Class, class};

/// A piece of HTML.
#[derive(Debug, Clone, Copy)]
pub enum Piece<'a> {
    Text(&'a str),
    Tag(Tag<'a>),
    /// A comment, declaration or processing instruction.
    Comment,
}

/// One tag.
#[derive(Debug, Clone, Copy)]
pub struct Tag<'a> {
    pub name: &'a str,
    /// `</name>`
    pub closes: bool,
    /// `<name/>`
    pub empty: bool,
    pub class: Class,
    /// What stands between the name and the closing bracket.
    written: &'a str,
}

impl<'a> Tag<'a> {
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Its attributes in order: name and value as written, references undecoded. Takes linear time.
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes { rest: self.written }
    }

    /// The first attribute with this name (given in lower case).
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// The attributes of a tag.
pub struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let is_apart = |c: char| c.is_ascii_whitespace() || c == '/';
        let rest = self.rest.trim_start_matches(is_apart);
        // An equals sign at the very beginning is part of the name (WHATWG HTML §13.2.5.32).
        let end = rest.char_indices().skip(1).find(|(_, c)| is_apart(*c) || *c == '=');
        let (name, behind) = rest.split_at(end.map_or(rest.len(), |(place, _)| place));
        if name.is_empty() {
            return None;
        }
        let value = behind.trim_ascii_start().strip_prefix('=').map(str::trim_ascii_start);
        let (value, behind) = match value {
            None => ("", behind),
            Some(value) => quoted(value).unwrap_or_else(|| {
                value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len()))
            }),
        };
        self.rest = behind;
        Some((name, value))
    }
}

/// A quoted value, and what follows it.
fn quoted(value: &str) -> Option<(&str, &str)> {
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.get(1..)?.split_once(quote)
}

/// The pieces of HTML, in order.
#[derive(Clone)]
pub struct Pieces<'a> {
    rest: &'a str,
    /// What follows the last `>`: no tag ends there, and searching for one again and again would take quadratic time.
    tail: usize,
    /// Whether names that HTML does not have make tags too.
    any_name: bool,
    /// Elements whose end was looked for in vain.
    in_vain: usize,
}

impl<'a> Pieces<'a> {
    /// The pieces of a fragment, where anything that is not an element of HTML is text.
    pub fn of(fragment: &'a str) -> Pieces<'a> {
        let tail = fragment.rsplit('>').next().map_or(0, str::len);
        Pieces { rest: fragment, tail, any_name: false, in_vain: 0 }
    }

    /// The pieces of a page, where every tag is one.
    pub fn of_page(html: &'a str) -> Pieces<'a> {
        Pieces { any_name: true, ..Pieces::of(html) }
    }

    /// Skips to the end tag of an element whose content is not markup, and returns that content; everything that is
    /// left, if the end tag is missing.
    pub fn content(&mut self, name: &str) -> &'a str {
        let (content, rest) = self.rest.split_at(end_of(self.rest, name));
        self.rest = rest;
        content
    }

    /// Whether a tag begins that never ends, which HTML drops along with everything after it.
    fn is_in_an_unended_tag(&self) -> bool {
        let inner = self.rest.strip_prefix('<').filter(|inner| inner.len() < self.tail);
        let name = inner.map(|inner| inner.strip_prefix('/').unwrap_or(inner));
        name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
    }

    /// The markup at the start of the rest, if there is any, and the text after it.
    fn markup(&self) -> Option<(Piece<'a>, &'a str)> {
        let inner = self.rest.strip_prefix('<').filter(|inner| inner.len() >= self.tail)?;
        if let Some(comment) = inner.strip_prefix("!--") {
            return Some((Piece::Comment, behind_comment(comment)));
        }
        if let Some(cdata) = inner.strip_prefix("![CDATA[").filter(|_| !self.any_name) {
            let (text, tail) = cdata.split_once("]]>").unwrap_or((cdata, ""));
            return Some((Piece::Text(text), tail));
        }
        if inner.starts_with(['!', '?']) {
            return inner.split_once('>').map(|(_, tail)| (Piece::Comment, tail));
        }
        let (tag, tail) = tag(inner, self.any_name)?;
        Some((Piece::Tag(tag), tail))
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        if let Some((piece, tail)) = self.markup() {
            self.rest = tail;
            return Some(piece);
        }
        if self.any_name && self.is_in_an_unended_tag() {
            self.rest = "";
            return None;
        }
        let opening = self.rest.as_bytes().get(1..).and_then(|rest| memchr::memchr(b'<', rest));
        let (text, tail) = self.rest.split_at(opening.map_or(self.rest.len(), |place| place + 1));
        self.rest = tail;
        Some(Piece::Text(text))
    }
}

/// What follows the end of a comment that has been opened. `<!-->` and `<!--->` are complete comments.
fn behind_comment(comment: &str) -> &str {
    let begun = comment.strip_prefix('>').or_else(|| comment.strip_prefix("->"));
    begun.unwrap_or_else(|| comment.split_once("-->").map_or("", |(_, tail)| tail))
}

/// Where the end tag with this name begins; the end of the text if there is none.
fn end_of(text: &str, name: &str) -> usize {
    let is_end = |place: &usize| {
        let Some(tag) = text.get(place + 1..).and_then(|tag| tag.strip_prefix('/')) else { return false };
        tag.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name))
            && tag.get(name.len()..).is_some_and(|rest| rest.is_empty() || rest.starts_with(is_after_a_name))
    };
    memchr::memchr_iter(b'<', text.as_bytes()).find(is_end).unwrap_or(text.len())
}

/// Reads what follows a `<` as an HTML tag: the tag and the text after its `>`.
fn tag(inner: &str, any_name: bool) -> Option<(Tag<'_>, &str)> {
    let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let is_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-' | b'_' | b'.');
    let end = inner.bytes().position(|b| !is_name(b))?;
    let (name, attributes) = inner.split_at(end);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !attributes.starts_with(is_after_a_name) {
        return None;
    }
    let (written, tail) = attributes.split_at(closing_bracket(attributes)?);
    let class = class(name).or((any_name || written.contains('=')).then_some(Class::Inline))?;
    Some((Tag { name, closes, empty: written.ends_with('/'), class, written }, tail.get(1..)?))
}

fn is_after_a_name(c: char) -> bool {
    c.is_ascii_whitespace() || matches!(c, '/' | '>')
}

/// Position of the `>` that ends a tag: the first outside a quoted value. A quotation mark that is never closed, or
/// is closed in the middle of a word after other tags, was left open by mistake: then the first `>` of all.
fn closing_bracket(attributes: &str) -> Option<usize> {
    let bytes = attributes.as_bytes();
    let mut at = 0;
    loop {
        at += memchr::memchr2(b'>', b'=', bytes.get(at..)?)?;
        if bytes.get(at) == Some(&b'>') {
            return Some(at);
        }
        at += 1 + bytes.get(at + 1..)?.iter().position(|b| !b.is_ascii_whitespace())?;
        at += match bytes.get(at..)? {
            [quote @ (b'"' | b'\''), value @ ..] => match end_of_value(value, *quote) {
                Some(end) => end + 2,
                None => return Some(at + 1 + memchr::memchr(b'>', value)?),
            },
            value => value.iter().position(|b| b.is_ascii_whitespace() || *b == b'>')?,
        };
    }
}

fn end_of_value(value: &[u8], quote: u8) -> Option<usize> {
    let end = memchr::memchr(quote, value)?;
    let next = value.get(end + 1).copied().unwrap_or(b'>');
    let ends_a_word = next.is_ascii_whitespace() || matches!(next, b'/' | b'>');
    (ends_a_word || !value.get(..end)?.contains(&b'<')).then_some(end)
}

//! The start tag of an element that holds no prose in, what stands behind that element out. It ends where browsers end it;
//! one that is never closed ends, at the latest, where the next block begins, so that it hides nothing of the article.

use super::{Piece, Pieces, Tag, class};
use crate::html::element::Class;

/// Elements whose content is that of another language.
const FOREIGN: [&str; 2] = ["math", "svg"];

/// Elements in them whose content is HTML again (WHATWG HTML, section 13.2.6.2, "integration points").
const ISLANDS: [&str; 9] =
    ["annotation-xml", "desc", "foreignobject", "mi", "mn", "mo", "ms", "mtext", "title"];

/// Names of HTML that SVG has too, inline.
const SHARED: [&str; 2] = ["a", "font"];

/// How often the end of an element is looked for in vain, each time to the end of the text.
const IN_VAIN: usize = 8;

impl<'a> Pieces<'a> {
    /// Passes over an element whose start tag was just read.
    pub fn pass_over(&mut self, start: Tag<'a>) {
        if start.empty {
            return;
        }
        let behind = if FOREIGN.iter().any(|name| start.is(name)) {
            self.behind_foreign(start)
        } else if start.is("noscript") {
            self.behind_code(start)
        } else {
            self.behind_element(start)
        };
        self.rest = behind;
    }

    /// What follows drawings and formulas: they end with their end tag, or where a tag follows that only HTML has (WHATWG
    /// HTML, section 13.2.6.5).
    fn behind_foreign(&mut self, start: Tag) -> &'a str {
        if self.in_vain < IN_VAIN {
            if let Some(behind) = self.inside().foreign_end(start, true) {
                return behind;
            }
            self.in_vain += 1;
        }
        self.inside().foreign_end(start, false).unwrap_or_default()
    }

    /// The end of a foreign element; none where an island in it is left open.
    fn foreign_end(mut self, start: Tag, has_islands: bool) -> Option<&'a str> {
        let (mut open, mut islands) = (1_usize, 0_usize);
        loop {
            let before = self.rest;
            let Some(piece) = self.next() else { return (islands == 0).then_some("") };
            let Piece::Tag(tag) = piece else { continue };
            if tag.is(start.name) {
                open = if tag.closes { open - 1 } else { open + usize::from(!tag.empty) };
                if open == 0 {
                    return Some(self.rest);
                }
            } else if has_islands
                && ISLANDS.iter().any(|name| tag.is(name))
                && !(islands > 0 && tag.is("title"))
            {
                islands =
                    if tag.closes { islands.saturating_sub(1) } else { islands + usize::from(!tag.empty) };
            } else if islands > 0 {
                self.skip_code(tag);
            } else if is_of_html_alone(tag) {
                return Some(before);
            }
        }
    }

    /// What follows an element whose content is no markup.
    fn behind_code(&self, start: Tag) -> &'a str {
        let is_its_tag = |place: &usize| {
            let inner = self.rest.get(place + 1..).unwrap_or_default();
            let name = inner.strip_prefix('/').unwrap_or(inner).get(..start.name.len());
            name.is_some_and(|name| start.is(name))
        };
        let next = memchr::memchr_iter(b'<', self.rest.as_bytes()).find(is_its_tag);
        let behind = next.and_then(|place| self.rest.get(place..)).filter(|behind| behind.starts_with("</"));
        behind.or_else(|| self.inside().block()).unwrap_or_default()
    }

    /// What follows an element that may not, or need not, hold its like.
    fn behind_element(&mut self, start: Tag) -> &'a str {
        let nests = start.is("template") && self.in_vain < IN_VAIN;
        let (mut inside, mut open) = (self.inside(), 1_usize);
        while let Some(Piece::Tag(tag)) = inside.find(|piece| matches!(piece, Piece::Tag(_))) {
            if !tag.is(start.name) {
                inside.skip_code(tag);
            } else if tag.closes {
                open -= 1;
                if open == 0 {
                    return inside.rest;
                }
            } else if nests {
                open += usize::from(!tag.empty);
            } else {
                break;
            }
        }
        self.in_vain += usize::from(nests);
        self.inside().block().unwrap_or_default()
    }

    /// The same rest, read as a page is.
    fn inside(&self) -> Pieces<'a> {
        Pieces { any_name: true, ..self.clone() }
    }

    /// Where the next tag of a block stands.
    fn block(mut self) -> Option<&'a str> {
        loop {
            let before = self.rest;
            match self.next()? {
                Piece::Tag(tag) if is_block(tag) => return Some(before),
                Piece::Tag(tag) => self.skip_code(tag),
                _ => {}
            }
        }
    }

    fn skip_code(&mut self, tag: Tag) {
        if tag.class == Class::Code && !tag.closes && !tag.empty && !tag.is("noscript") {
            self.content(tag.name);
        }
    }
}

fn is_block(tag: Tag) -> bool {
    use Class::{Apart, Block, Figure, Heading, Item, Quote};
    matches!(class(tag.name), Some(Apart | Block | Figure | Heading | Item | Quote))
        && !tag.name.contains([':', '-'])
}

/// Whether a tag ends what is foreign around it.
fn is_of_html_alone(tag: Tag) -> bool {
    let is_inline = matches!(class(tag.name), Some(Class::Inline | Class::Line | Class::Void));
    is_block(tag) || is_inline && !tag.closes && !SHARED.iter().any(|name| tag.is(name))
}

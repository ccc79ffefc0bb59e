//! HTML in, plain text, blocks of text, safe HTML or a tree out. Never fetches, never runs anything.

mod alternate;
mod blocks;
mod element;
mod entity;
mod page;
mod safe;
mod tag;
mod title;

use std::borrow::Cow;

use crate::text::space;
use element::Class;
use tag::{Piece, Pieces};

pub use alternate::alternate_feeds;
pub use blocks::{blocks, blocks_of_markup};
pub use page::{Cut, Keep, Page, page};
pub use safe::{of_text, plain, safe};
pub use title::{of_literal_title, of_plain_title, title};

/// How often a feed may have escaped its text: once for XML, once for HTML and once by mistake.
const ESCAPES: usize = 3;

/// Elements whose content is not part of a line of text.
const HIDDEN: [&str; 5] = ["script", "style", "head", "noscript", "template"];

/// The plain text of one line of HTML: tags, comments, scripts, styles and control characters removed, entities
/// decoded (even if the feed escaped them twice), white space folded. A `<` that opens no HTML tag stays, as in `a <
/// b` or `Vec<T>`.
pub fn to_text(line: &str) -> String {
    let mut text = entity::without_controls(line);
    for _ in 0..ESCAPES {
        if !text.contains(['<', '&']) {
            break;
        }
        let decoded = entity::decode(&strip(&text)).into_owned();
        if decoded == text {
            break;
        }
        text = Cow::Owned(decoded);
    }
    space::fold(&text)
}

/// The text between the tags. Tags that begin or end a block leave a space, others nothing.
fn strip(line: &str) -> Cow<'_, str> {
    if !line.contains('<') {
        return Cow::Borrowed(line);
    }
    let mut text = String::with_capacity(line.len());
    let mut pieces = Pieces::of(line);
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Text(slice) => text.push_str(slice),
            Piece::Comment => {}
            Piece::Tag(tag) => {
                if !tag.closes && !tag.empty && HIDDEN.iter().any(|name| tag.is(name)) {
                    pieces.content(tag.name);
                }
                if !matches!(tag.class, Class::Inline | Class::Break) {
                    text.push(' ');
                }
            }
        }
    }
    Cow::Owned(text)
}

/// The intended HTML of a fragment that was escaped once too often: one that has no tags until it is unescaped.
pub fn unescaped(fragment: &str) -> Cow<'_, str> {
    let mut html = Cow::Borrowed(fragment);
    for _ in 1..ESCAPES {
        if !html.contains('&') || holds_tags(&html) {
            break;
        }
        html = Cow::Owned(entity::decode(&html).into_owned());
    }
    if holds_tags(&html) { html } else { Cow::Borrowed(fragment) }
}

/// Whether a text contains an HTML tag.
pub fn holds_tags(text: &str) -> bool {
    text.contains('<') && Pieces::of(text).any(|piece| matches!(piece, Piece::Tag(_)))
}

/// Whether HTML has an element with this name.
pub fn has_element(name: &str) -> bool {
    element::class(name).is_some()
}

/// Whether an element with this name never has content and closes as soon as it opens.
pub fn is_void(name: &str) -> bool {
    matches!(element::class(name), Some(Class::Void | Class::Break | Class::Line))
}

/// The character or string a named or numeric reference stands for; `name` is what stands between `&` and `;`.
pub fn resolve_entity(name: &str) -> Option<Cow<'static, str>> {
    entity::resolve(name)
}

/// The value of an attribute, its references decoded once.
pub fn attribute_value(written: &str) -> Cow<'_, str> {
    entity::decode(written)
}

#[cfg(test)]
mod tests;

//! Fragments of HTML in, plain text or safe HTML out. Never fetches, never runs anything.

pub mod blocks;
mod entity;
pub mod guard;
mod tag;

use std::borrow::Cow;

use url::Url;

use crate::text::{link, space};
use tag::{Piece, Pieces};

/// How often a feed is believed to have escaped its text: once for XML, once for HTML and once by mistake.
const ESCAPES: usize = 3;

/// Plain text of a fragment: tags, comments, scripts, styles and control characters gone, entities decoded (also where
/// a feed escaped them twice), white space folded. A `<` that opens no tag of HTML stays, as in `a < b` or `Vec<T>`.
pub fn to_text(fragment: &str) -> String {
    let mut text = entity::without_controls(fragment);
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

/// The text between the tags. Tags that begin or end a block leave a space, the others nothing.
fn strip(fragment: &str) -> Cow<'_, str> {
    if !fragment.contains('<') {
        return Cow::Borrowed(fragment);
    }
    let mut text = String::with_capacity(fragment.len());
    let mut unseen: Option<&str> = None;
    for piece in Pieces::of(fragment) {
        match (piece, unseen) {
            (Piece::Tag(tag), Some(name)) if tag.closes && tag.is(name) => unseen = None,
            (_, Some(_)) => {}
            (Piece::Text(slice), None) => text.push_str(slice),
            (Piece::Comment, None) => {}
            (Piece::Tag(tag), None) => {
                if !tag.closes && !tag.empty {
                    unseen = tag.hides_its_content();
                }
                if tag.breaks_text() {
                    text.push(' ');
                }
            }
        }
    }
    Cow::Owned(text)
}

/// How often a fragment is cleaned until nothing in it changes any more.
const CLEANINGS: usize = 4;

/// Safe HTML of a fragment: what is on ammonia's allow-list, links and pictures absolute (resolved against `base`) and
/// `http(s)` only. Read again it is what it was: without the elements that were taken out, others may nest as HTML does
/// not let them, and be read as something else. A fragment that [`guard::fragment`] refuses, or that would come to many
/// times its length, comes back as one escaped paragraph.
pub fn sanitize(fragment: &str, base: Option<&Url>) -> String {
    let mut safe = Cow::Borrowed(fragment);
    for _ in 0..CLEANINGS {
        let Some(cleaned) = cleaned(&safe, base) else { break };
        if cleaned == safe {
            return cleaned;
        }
        safe = Cow::Owned(cleaned);
    }
    as_paragraph(&safe)
}

/// The text of a fragment as one paragraph of safe HTML; in linear time, whatever the fragment is.
pub fn as_paragraph(fragment: &str) -> String {
    paragraph(&space::fold(&entity::decode(&strip(&entity::without_controls(fragment)))))
}

/// How many times as long as a fragment its clean form may be, with what short ones may have besides: elements left open
/// are written anew in every paragraph, and links with all of their address.
const GROWTH: usize = 4;
const GROWTH_OF_ANY: usize = 4096;

/// Nothing when it must not be parsed, or grows beyond measure.
fn cleaned(fragment: &str, base: Option<&Url>) -> Option<String> {
    guard::fragment(fragment).ok()?;
    let absolute = base.cloned();
    let cleaned = ammonia::Builder::default()
        .link_rel(None)
        .url_schemes(["http", "https"].into())
        .url_relative(ammonia::UrlRelative::PassThrough)
        .attribute_filter(move |_, name, value| match name {
            "href" | "src" | "cite" => link::resolve(absolute.as_ref(), value).map(Cow::Owned),
            _ => Some(Cow::Borrowed(value)),
        })
        .clean(fragment)
        .to_string();
    Some(cleaned).filter(|cleaned| cleaned.len() <= GROWTH * fragment.len() + GROWTH_OF_ANY)
}

/// Plain text as HTML: blank lines part the paragraphs.
pub fn from_text(text: &str) -> String {
    text.split("\n\n").map(space::fold).filter(|p| !p.is_empty()).map(|p| paragraph(&p)).collect()
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>", quick_xml::escape::partial_escape(text))
}

/// Whether HTML has an element of this name.
pub fn has_element(name: &str) -> bool {
    tag::is_known(name)
}

/// Whether an element of this name never has content and is closed as soon as it is opened.
pub fn is_void(name: &str) -> bool {
    tag::is_void(name)
}

/// The character or string a named or numeric reference stands for; `name` is what stands between `&` and `;`.
pub fn resolve_entity(name: &str) -> Option<Cow<'static, str>> {
    entity::resolve(name)
}

/// The value of an attribute as written, its references decoded once.
pub fn attribute_value(written: &str) -> Cow<'_, str> {
    entity::decode(written)
}

#[cfg(test)]
mod tests;

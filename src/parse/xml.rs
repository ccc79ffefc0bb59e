//! A feed in XML in, its drafts out: one pass, no tree, tags matched by name so that a missing or stray end tag costs
//! no entry. Reads neither addresses nor entities that a document type declares.

mod attributes;
mod capture;
mod stray;
mod walker;

use std::borrow::Cow;

use quick_xml::{events::Event, reader::NsReader};
use url::Url;

use super::{draft::Document, error::Trouble, names::Space};
use walker::Walker;

/// Reads a document. A warning or the like before its root is skipped, what stands after it is not looked at, and of a document
/// cut short the entries that are whole are kept.
pub fn read(text: &str, base: Option<&Url>) -> Result<Document, Trouble> {
    let escaped = stray::escaped(text);
    let slip = matches!(escaped, Cow::Owned(_)).then_some("a < begins no element");
    let read = match escaped.starts_with('<') {
        true => walk(&escaped, base, slip),
        false => Err(Trouble::NotAFeed("no element that a feed begins with".to_owned())),
    };
    match read {
        Err(Trouble::NotAFeed(found)) => match root_further_on(&escaped) {
            Some(feed) => walk(feed, base, Some("something stands before the document")),
            None => Err(Trouble::NotAFeed(found)),
        },
        read => read,
    }
}

/// Reads a document of which one `slip` may be mended already.
fn walk(text: &str, base: Option<&Url>, slip: Option<&str>) -> Result<Document, Trouble> {
    let mut reader = NsReader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut walker = Walker::new(base);
    if let Some(slip) = slip {
        walker.slips(|| slip.to_owned());
    }
    loop {
        let (namespace, event) = match reader.read_resolved_event() {
            Ok(next) => next,
            Err(error) => return walker.end_at(&format!("at byte {}: {error}", reader.error_position())),
        };
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let space = Space::of(&namespace, tag.name().prefix().map(|p| p.into_inner()));
                match walker.open(space, &tag, is_empty) {
                    Err(Trouble::TooDeep { limit }) if walker.has_entries() => {
                        return walker.end_at(&format!("in elements nested deeper than {limit}"));
                    }
                    opened => opened?,
                }
            }
            Event::End(tag) => walker.close(tag.name().as_ref()),
            Event::Text(text) => {
                // A reference is an event of its own.
                if text.contains('&') {
                    walker.slips(|| "a & begins no reference".to_owned());
                }
                walker.text(&text.xml10_content());
            }
            Event::CData(text) => walker.text(&text.xml10_content()),
            Event::GeneralRef(name) => {
                if name.resolve_char_ref().is_err() {
                    walker.slips(|| format!("&{}; is no character", &*name));
                }
                walker.reference(&name);
            }
            Event::Eof => return walker.end_at("without its end tags"),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
        }
        if walker.is_done() {
            return walker.finish();
        }
    }
}

/// The document from its first `<rss`, `<rdf:RDF` or `<feed` on, where something else stands before it that may stray
/// there: the warnings of a server's program, but no page or other file that has a feed in it.
fn root_further_on(text: &str) -> Option<&str> {
    let places = text.match_indices('<').map(|(place, _)| place);
    let root = places.map(|place| text.split_at(place)).find(|(_, rest)| {
        let head: String = rest.chars().take(9).collect::<String>().to_ascii_lowercase();
        ["<rss", "<rdf:rdf", "<feed"].iter().any(|root| {
            head.strip_prefix(root)
                .is_some_and(|next| next.starts_with(|c: char| c.is_whitespace() || c == '>'))
        })
    });
    root.filter(|(before, _)| may_stray(before)).map(|(_, feed)| feed)
}

/// Whether this can stand before a feed by mistake.
fn may_stray(before: &str) -> bool {
    let before = before.to_ascii_lowercase();
    let of_a_page = ["<!doctype html", "<html", "<head", "<body", "<script", "<pre", "<code"];
    !of_a_page.iter().any(|tag| before.contains(tag))
        && !before.contains(|c: char| c == '\u{fffd}' || c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests;

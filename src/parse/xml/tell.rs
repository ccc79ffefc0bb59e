//! What an element says of an entry in; its draft is told so. Judges what is usable, not where it stood.

use url::Url;

use super::attributes::Attributes;
use crate::{
    html,
    language::date,
    parse::{
        draft::{Draft, Fragment},
        limits,
        names::{Field, Space},
        picture::{self, Candidate, Offer},
    },
    text::link,
};

/// The text of a field, a fragment of HTML.
pub fn text(draft: &mut Draft, field: Field, text: &str, base: Option<&Url>) {
    let text = text.trim();
    match field {
        _ if text.is_empty() => {}
        Field::Title(rank) => draft.title.offer(rank, text.to_owned()),
        Field::Summary(rank) => draft.summary.offer(rank, Fragment::new(text, base)),
        Field::Content(rank) => draft.content.offer(rank, Fragment::new(text, base)),
        Field::Link(rank) => {
            if let Some(address) = link::canonical(base, text) {
                draft.link.offer(rank, address);
            }
        }
        Field::Date(rank) => {
            if let Some(moment) = date::parse(text) {
                draft.date.offer(rank, moment);
            }
        }
        Field::Guid if draft.guid.is_empty() => text.clone_into(&mut draft.guid),
        Field::Guid => {}
        Field::Author if draft.authors.len() < limits::NAMES => {
            draft.authors.extend(author(&html::to_text(text)).map(limits::name));
        }
        Field::Category => categories(draft, [text]),
        Field::Keywords => categories(draft, text.split(',')),
        Field::Author => {}
        Field::Language => draft.lang = limits::language(text).map(str::to_owned),
    }
}

fn categories<'a>(draft: &mut Draft, names: impl IntoIterator<Item = &'a str>) {
    let room = limits::NAMES.saturating_sub(draft.categories.len());
    let names = names.into_iter().take(room).map(|name| limits::name(html::to_text(name)));
    draft.categories.extend(names);
}

/// An Atom link (RFC 4287, section 4.2.7.2), if it is the article's: the alternate, of several the one in HTML.
pub fn alternate(draft: &mut Draft, rel: &str, kind: &str, address: &str, base: Option<&Url>) {
    if matches!(rel, "" | "alternate" | "http://www.iana.org/assignments/relation/alternate") {
        let other_than_html = !(kind.is_empty() || kind.contains("html"));
        text(draft, Field::Link(1 + u8::from(other_than_html)), address, base);
    }
}

/// The picture that an Atom link (RFC 4287, section 4.2.7.2) encloses.
pub fn enclosed(attributes: &Attributes, base: Option<&Url>) -> Option<Candidate> {
    let offer = Offer { url: attributes.get("href"), kind: attributes.get("type"), ..Offer::default() };
    picture::candidate(2, &offer, base).filter(|_| attributes.get("rel") == "enclosure")
}

/// An Atom category (RFC 4287, section 4.2.2): its label, else its term.
pub fn category(draft: &mut Draft, attributes: &Attributes) {
    let label = Some(attributes.get("label")).filter(|label| !label.is_empty());
    text(draft, Field::Category, label.unwrap_or_else(|| attributes.get("term")), None);
}

/// A picture of Media RSS, iTunes or an RSS enclosure.
pub fn picture(space: Space, local: &str, attributes: &Attributes, base: Option<&Url>) -> Option<Candidate> {
    let (rank, certain) = match (space, local) {
        (Space::Media, "content") => (0, false),
        (Space::Media, _) => (1, true),
        (Space::Itunes, _) => (3, true),
        _ => (2, false),
    };
    let url = Some(attributes.get("url")).filter(|url| !url.is_empty());
    let offer = Offer {
        url: url.unwrap_or_else(|| attributes.get("href")),
        kind: attributes.get("type"),
        medium: attributes.get("medium"),
        width: attributes.get("width"),
        alt: attributes.get("alt"),
        certain,
    };
    picture::candidate(rank, &offer, base)
}

/// The name in `jo@example.org (Jo Doe)`, `Jo Doe (jo@example.org)` or `Jo Doe <jo@example.org>`; an address alone names nobody.
fn author(text: &str) -> Option<String> {
    let name = match text.split_once('(') {
        Some((address, name)) if address.contains('@') => name.trim_end_matches(')'),
        Some((name, address)) if address.contains('@') => name,
        _ => text.split_once('<').map_or(text, |(name, _)| name),
    };
    let name = name.trim().trim_matches(['"', ',']).trim();
    let is_address = name.contains('@') && !name.contains(' ');
    (!name.is_empty() && !is_address).then(|| name.to_owned())
}

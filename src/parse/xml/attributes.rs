//! A start tag in, its attributes out, read as leniently as HTML's, and what they say of an entry.

use quick_xml::events::BytesStart;
use url::Url;

use crate::{
    html,
    parse::{
        draft::Draft,
        limits,
        names::{Field, Space},
        picture::{self, Candidate, Offer},
        tell,
    },
};

/// The attributes of one tag: names in lower case with their prefix, references decoded.
pub struct Attributes(Vec<(String, String)>);

impl Attributes {
    pub fn of(tag: &BytesStart) -> Attributes {
        let mut attributes = tag.html_attributes();
        let readable = attributes.with_checks(false).flatten();
        let pair = |a: quick_xml::events::attributes::Attribute| {
            (a.key.as_ref().to_ascii_lowercase(), html::attribute_value(&a.value).trim().to_owned())
        };
        Attributes(readable.take(limits::ATTRIBUTES).map(pair).collect())
    }

    /// The value; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

/// An Atom link (RFC 4287, section 4.2.7.2), if it is the article's: the alternate, of several the one in HTML.
pub fn alternate(draft: &mut Draft, attributes: &Attributes, base: Option<&Url>) {
    let kind = attributes.get("type");
    if matches!(
        attributes.get("rel"),
        "" | "alternate" | "http://www.iana.org/assignments/relation/alternate"
    ) {
        let other_than_html = !(kind.is_empty() || kind.contains("html"));
        let field = Field::Link(1 + u8::from(other_than_html));
        tell::text(draft, field, attributes.get("href"), base);
    }
}

/// The address of the site, as [`site`] weighs it.
pub const SITE: u8 = 2;

/// How surely an Atom link of a feed leads to its site: as the alternate, or as the feed's own address there.
pub fn site(attributes: &Attributes) -> u8 {
    match attributes.get("rel") {
        "" | "alternate" => SITE,
        "self" => 1,
        _ => 0,
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
    tell::text(draft, Field::Category, label.unwrap_or_else(|| attributes.get("term")), None);
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

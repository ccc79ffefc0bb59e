//! An element of an entry in, where feed-rs 3.0 keeps its text out; it reads over all others.

use quick_xml::name::ResolveResult;

use crate::parse::names::Field;

/// The formats as feed-rs tells them apart. RSS is 0.9x and 2.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Rss,
    Rdf,
    Atom,
    Json,
}

/// A family of names that feed-rs knows, by its exact address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    Rss,
    Atom,
    Content,
    Dublin,
    Other,
}

/// What feed-rs keeps of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    Title,
    Guid,
    Published,
    Updated,
    Summary,
    Content,
    Link,
    Author,
    Category,
}

impl Format {
    /// By the name of the root, without its prefix.
    pub fn of(root: &str) -> Option<Format> {
        match root {
            "rss" => Some(Format::Rss),
            "RDF" => Some(Format::Rdf),
            "feed" | "entry" => Some(Format::Atom),
            _ => None,
        }
    }

    /// The family of an element. What has no namespace, or an undeclared prefix, is the format's own.
    pub fn family(self, namespace: &ResolveResult) -> Family {
        match (namespace, self) {
            (ResolveResult::Bound(address), _) => match address.as_ref() {
                "http://purl.org/rss/1.0/" => Family::Rss,
                "http://www.w3.org/2005/Atom" => Family::Atom,
                "http://purl.org/rss/1.0/modules/content/" => Family::Content,
                "http://purl.org/dc/elements/1.1/" => Family::Dublin,
                _ => Family::Other,
            },
            (_, Format::Atom) => Family::Atom,
            _ => Family::Rss,
        }
    }

    /// Where the text of an element of an entry goes. The name is without its prefix, in its own case.
    pub fn slot(self, family: Family, name: &str) -> Option<Slot> {
        let slot = match (self, family, name) {
            (Format::Rss | Format::Rdf, Family::Rss, "title") => Slot::Title,
            (Format::Rss | Format::Rdf, Family::Rss, "link") => Slot::Link,
            (Format::Rss | Format::Rdf, Family::Rss, "description") => Slot::Summary,
            (Format::Rss | Format::Rdf, Family::Content, "encoded") => Slot::Content,
            (Format::Rss | Format::Rdf, Family::Dublin, "creator") => Slot::Author,
            (Format::Rss | Format::Rdf, Family::Dublin, "date") => Slot::Published,
            (Format::Rss, Family::Rss, "guid") => Slot::Guid,
            (Format::Rss, Family::Rss, "author") => Slot::Author,
            (Format::Rss, Family::Rss, "category") => Slot::Category,
            (Format::Rss, Family::Rss, "pubDate") => Slot::Published,
            (Format::Rss, Family::Rss | Family::Atom, "updated") => Slot::Updated,
            (Format::Atom, Family::Atom, "title") => Slot::Title,
            (Format::Atom, Family::Atom, "id") => Slot::Guid,
            (Format::Atom, Family::Atom, "published" | "pubDate") => Slot::Published,
            (Format::Atom, Family::Atom, "updated") => Slot::Updated,
            (Format::Atom, Family::Atom, "summary") => Slot::Summary,
            (Format::Atom, Family::Atom, "content") => Slot::Content,
            (Format::Atom, Family::Atom, "link") => Slot::Link,
            (Format::Atom, Family::Atom, "author") => Slot::Author,
            (Format::Atom, Family::Atom, "category") => Slot::Category,
            _ => return None,
        };
        Some(slot)
    }

    /// Whether feed-rs reads the feed's own title or language in this element.
    pub fn reads_of_feed(self, family: Family, name: &str) -> bool {
        matches!(
            (self, family, name),
            (Format::Rss | Format::Rdf, Family::Rss, "title")
                | (Format::Rss, Family::Rss, "language")
                | (Format::Rdf, Family::Dublin, "language")
                | (Format::Atom, Family::Atom, "title")
        )
    }
}

impl Slot {
    /// Whether the slot is for texts of this meaning.
    pub fn is_for(self, field: Field) -> bool {
        matches!(
            (self, field),
            (Slot::Title, Field::Title(_))
                | (Slot::Guid, Field::Guid)
                | (Slot::Published | Slot::Updated, Field::Date(_))
                | (Slot::Summary, Field::Summary(_))
                | (Slot::Content, Field::Content(_))
                | (Slot::Link, Field::Link(_))
                | (Slot::Author, Field::Author)
                | (Slot::Category, Field::Category)
        )
    }

    /// Whether feed-rs keeps one text there, the last.
    pub fn holds_one(self) -> bool {
        !matches!(self, Slot::Link | Slot::Author | Slot::Category)
    }
}

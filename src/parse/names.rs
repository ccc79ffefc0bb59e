//! The name of an element in, what it means for an entry out. Knows the vocabularies of feeds and nothing else.

use quick_xml::name::ResolveResult;

/// A family of names. RSS and Atom share one: feeds mix them, and no name means two things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Space {
    Core,
    Dublin,
    Content,
    Media,
    Itunes,
    Xhtml,
    Feedburner,
    Syndication,
    Foreign,
}

/// Part of an entry that is text. The number ranks sources of the same part, 0 first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Title(u8),
    /// The title of a picture, a film or a sound.
    MediumTitle,
    Link(u8),
    Guid,
    Date(u8),
    Summary(u8),
    Content(u8),
    Author,
    Category,
    Keywords,
    Language,
    /// Of a feed alone: when it wants to be asked again.
    Pace(Beat),
}

/// What a feed says of its pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beat {
    Minutes,
    Period,
    TimesAPeriod,
    SleepsAtHour,
    SleepsOnDay,
}

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Holds entries, or what is said of the feed.
    Channel,
    Item,
    Field(Field),
    /// Names a picture in its attributes, and may hold others.
    Picture,
    /// Holds pictures.
    Group,
    Nothing,
}

impl Space {
    /// The family of an element. `prefix` decides where the document declares no namespace for it, or one not known.
    pub fn of(namespace: &ResolveResult, prefix: Option<&str>) -> Space {
        let known = match namespace {
            ResolveResult::Bound(namespace) => Space::by_address(namespace.as_ref()),
            ResolveResult::Unbound | ResolveResult::Unknown(_) => None,
        };
        known.unwrap_or_else(|| prefix.map_or(Space::Core, Space::by_prefix))
    }

    /// Compared without case and by what no two families share: feeds misspell the rest.
    fn by_address(address: &str) -> Option<Space> {
        let address = address.trim().to_ascii_lowercase();
        let families = [
            ("w3.org/2005/atom", Space::Core),
            ("purl.org/atom/ns", Space::Core),
            ("purl.org/rss/1.0/modules/content", Space::Content),
            ("purl.org/rss/1.0/modules/syndication", Space::Syndication),
            ("purl.org/rss/1.0/modules/", Space::Foreign),
            ("purl.org/rss/1.0", Space::Core),
            ("netscape.com/rdf/simple/0.9", Space::Core),
            ("userland.com/rss", Space::Core),
            ("purl.org/net/rss1.1", Space::Core),
            ("purl.org/dc/", Space::Dublin),
            ("search.yahoo.com/mrss", Space::Media),
            ("itunes.com/dtds", Space::Itunes),
            ("w3.org/1999/xhtml", Space::Xhtml),
            ("feedburner", Space::Feedburner),
            ("pheedo.com", Space::Feedburner),
        ];
        families.into_iter().find(|(part, _)| address.contains(part)).map(|(_, space)| space)
    }

    fn by_prefix(prefix: &str) -> Space {
        match prefix.to_ascii_lowercase().as_str() {
            "rss" | "atom" | "atom10" | "atom03" | "a10" => Space::Core,
            "dc" | "dcterms" => Space::Dublin,
            "content" => Space::Content,
            "media" => Space::Media,
            "itunes" => Space::Itunes,
            "xhtml" => Space::Xhtml,
            "feedburner" => Space::Feedburner,
            "sy" | "syn" => Space::Syndication,
            _ => Space::Foreign,
        }
    }

    /// What the element of this family with this name (in lower case) means.
    pub fn meaning(self, name: &str) -> Meaning {
        match (self, name) {
            (Space::Core, "channel" | "skiphours" | "skipdays") => Meaning::Channel,
            (Space::Core, "item" | "entry") => Meaning::Item,
            (Space::Core, "enclosure") => Meaning::Picture,
            (Space::Media, "content" | "thumbnail") | (Space::Itunes, "image") => Meaning::Picture,
            (Space::Media, "group") => Meaning::Group,
            _ => self.field(name).map_or(Meaning::Nothing, Meaning::Field),
        }
    }

    fn field(self, name: &str) -> Option<Field> {
        let field = match (self, name) {
            (Space::Core | Space::Dublin, "title") => Field::Title(0),
            (Space::Media | Space::Itunes, "title") => Field::Title(1),
            (Space::Feedburner, "origlink") => Field::Link(0),
            (Space::Core, "link") => Field::Link(1),
            (Space::Core, "guid" | "id") => Field::Guid,
            (Space::Core, "pubdate" | "published" | "issued") | (Space::Dublin, "issued") => Field::Date(0),
            (Space::Core | Space::Dublin, "date") => Field::Date(1),
            (Space::Core | Space::Dublin, "created") => Field::Date(2),
            (Space::Core, "updated" | "modified" | "lastbuilddate") | (Space::Dublin, "modified") => {
                Field::Date(3)
            }
            (Space::Core, "description" | "summary") => Field::Summary(0),
            (Space::Core | Space::Dublin, "abstract") | (Space::Dublin, "description") => Field::Summary(1),
            (Space::Itunes, "summary" | "subtitle") | (Space::Media, "description") => Field::Summary(2),
            (Space::Content, "encoded") => Field::Content(0),
            (Space::Core, "content" | "fulltext") | (Space::Xhtml, "body" | "div") => Field::Content(1),
            (Space::Core, "author") | (Space::Dublin, "creator" | "author") => Field::Author,
            (Space::Core, "category") | (Space::Dublin, "subject") => Field::Category,
            (Space::Core | Space::Media | Space::Itunes, "keywords") => Field::Keywords,
            (Space::Core | Space::Dublin, "language") => Field::Language,
            (Space::Core, "ttl") => Field::Pace(Beat::Minutes),
            (Space::Core, "hour") => Field::Pace(Beat::SleepsAtHour),
            (Space::Core, "day") => Field::Pace(Beat::SleepsOnDay),
            (Space::Syndication, "updateperiod") => Field::Pace(Beat::Period),
            (Space::Syndication, "updatefrequency") => Field::Pace(Beat::TimesAPeriod),
            _ => return None,
        };
        Some(field)
    }
}

/// Whether a document with this root (in lower case, without its prefix) is a feed.
pub fn is_root(name: &str) -> bool {
    matches!(name, "rss" | "rdf" | "feed" | "channel" | "item" | "entry")
}

/// Whether an element of this name inside the text of a field means that the text's own end tag is missing: no HTML has
/// it, or none that stands in a line.
pub fn ends_a_text(name: &str, field: Field) -> bool {
    name == "link" && matches!(field, Field::Title(_))
        || matches!(
            name,
            "item"
                | "entry"
                | "guid"
                | "pubdate"
                | "published"
                | "updated"
                | "description"
                | "author"
                | "category"
                | "enclosure"
        )
}

//! Tags and text in document order in, drafts out. Knows where in the document it stands, and nothing of bytes.

use quick_xml::events::BytesStart;
use url::Url;

use super::{MAX_DEPTH, attributes::Attributes, capture::Capture};
use crate::{
    parse::{
        Trouble, date,
        draft::{Content, Document, Draft},
        names::{self, Field, Meaning, Space},
        picture::{self, Offer},
    },
    text::{html, link},
};

/// What an open element is to the reader.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    /// Holds entries.
    Channel,
    Item,
    /// Holds pictures of an entry.
    Group,
    /// A text of an entry, or the feed's title.
    Text,
    /// Markup within a text.
    Markup,
    /// The name within an Atom person, and what else stands there.
    Name,
    NoName,
    Skipped,
}

#[derive(Debug)]
struct Frame {
    /// As written.
    name: String,
    place: Place,
    /// `xml:base` and `xml:lang` in force within.
    base: Option<Url>,
    lang: Option<String>,
}

/// Reads a feed from its tags.
pub struct Walker {
    base: Option<Url>,
    frames: Vec<Frame>,
    capture: Option<Capture>,
    draft: Option<Draft>,
    document: Document,
    root: Option<String>,
}

impl Walker {
    pub fn new(base: Option<&Url>) -> Walker {
        Walker {
            base: base.cloned(),
            frames: Vec::new(),
            capture: None,
            draft: None,
            document: Document::default(),
            root: None,
        }
    }

    /// Whether the root has been closed.
    pub fn is_done(&self) -> bool {
        self.root.is_some() && self.frames.is_empty()
    }

    /// A start tag, or one that is closed at once.
    pub fn open(&mut self, space: Space, tag: &BytesStart, empty: bool) -> Result<(), Trouble> {
        let attributes = Attributes::of(tag);
        let local = tag.local_name().as_ref().to_ascii_lowercase();
        if self.capture.is_some() && space == Space::Core && names::ends_a_text(&local) && self.in_plain_text() {
            self.close_text();
        }
        let place = match &self.capture {
            Some(_) => self.open_in_text(&local, tag, empty),
            None => self.open_element(space, &local, &attributes)?,
        };
        if empty && place == Place::Markup {
            return Ok(());
        }
        let lang = Some(attributes.get("xml:lang")).filter(|l| !l.is_empty()).map(str::to_owned);
        let frame = Frame {
            name: tag.name().as_ref().to_owned(),
            place,
            base: self.base_with(&attributes),
            lang: lang.or_else(|| self.lang()),
        };
        self.frames.push(frame);
        if self.frames.len() > MAX_DEPTH {
            return Err(Trouble::TooDeep { limit: MAX_DEPTH });
        }
        if empty {
            self.pop();
        }
        Ok(())
    }

    /// An end tag: closes the innermost element of that name and what is left open in it. A stray one closes nothing.
    pub fn close(&mut self, name: &str) {
        let Some(depth) = self.frames.iter().rposition(|frame| frame.name == name) else { return };
        while self.frames.len() > depth {
            self.pop();
        }
    }

    /// Characters, references decoded.
    pub fn text(&mut self, text: &str) {
        let muted = self.frames.last().is_some_and(|frame| frame.place == Place::NoName);
        if let Some(capture) = self.capture.as_mut().filter(|_| !muted) {
            capture.text(text);
        }
    }

    /// A reference, by what stands between `&` and `;`.
    pub fn reference(&mut self, name: &str) {
        match html::resolve_entity(name) {
            Some(character) => self.text(&character),
            None => self.text(&format!("&{name};")),
        }
    }

    /// The document after its root has been closed.
    pub fn finish(self) -> Result<Document, Trouble> {
        Ok(self.document)
    }

    /// The document when it ends too early: an entry still open is left out, for nobody knows what it lacks.
    pub fn end_at(mut self, place: &str) -> Result<Document, Trouble> {
        let Some(root) = self.root else { return Err(Trouble::NotAFeed("no element that a feed begins with".to_owned())) };
        let last = match self.draft {
            Some(_) => "; the entry it breaks off in is left out",
            None => "",
        };
        let kept = self.document.drafts.len();
        self.document.notices.push(format!("The <{root}> document ends {place}: {kept} whole entries are kept{last}."));
        Ok(self.document)
    }
}

/// Where things begin.
impl Walker {
    fn open_element(&mut self, space: Space, local: &str, attributes: &Attributes) -> Result<Place, Trouble> {
        let Some(parent) = self.frames.last().map(|frame| frame.place) else {
            return self.open_root(local, attributes);
        };
        let meaning = space.meaning(local);
        Ok(match (parent, meaning) {
            (Place::Channel, Meaning::Channel) => Place::Channel,
            (Place::Channel | Place::Item, Meaning::Item) => self.open_item(attributes),
            (Place::Channel, Meaning::Field(field @ (Field::Title(0) | Field::Language))) => self.open_text(field, attributes),
            (Place::Item | Place::Group, Meaning::Picture) => {
                self.offer_picture(space, local, attributes);
                Place::Group
            }
            (Place::Item | Place::Group, Meaning::Group) => Place::Group,
            (Place::Item, Meaning::Field(field)) => self.open_field(field, attributes),
            _ => Place::Skipped,
        })
    }

    fn open_root(&mut self, local: &str, attributes: &Attributes) -> Result<Place, Trouble> {
        if !names::is_root(local) {
            return Err(Trouble::NotAFeed(format!("it begins with <{local}>")));
        }
        self.root = Some(local.to_owned());
        Ok(if matches!(local, "item" | "entry") { self.open_item(attributes) } else { Place::Channel })
    }

    /// An entry that is still open is complete: only its end tag is missing.
    fn open_item(&mut self, attributes: &Attributes) -> Place {
        if let Some(depth) = self.frames.iter().position(|frame| frame.place == Place::Item) {
            while self.frames.len() > depth {
                self.pop();
            }
        }
        let mut draft = Draft { lang: self.lang(), ..Draft::default() };
        if let Some(address) = link::canonical(self.base(), attributes.get("href")) {
            draft.link.offer(1, address);
        }
        self.draft = Some(draft);
        Place::Item
    }

    /// A part of an entry: what its attributes say, and its text.
    fn open_field(&mut self, field: Field, attributes: &Attributes) -> Place {
        match field {
            Field::Link(rank) if !attributes.get("href").is_empty() => {
                self.offer_link(rank, attributes);
                return Place::Skipped;
            }
            Field::Category => {
                let label = Some(attributes.get("label")).filter(|l| !l.is_empty());
                self.offer(Field::Category, label.unwrap_or_else(|| attributes.get("term")), None);
            }
            _ => {}
        }
        self.open_text(field, attributes)
    }

    fn open_text(&mut self, field: Field, attributes: &Attributes) -> Place {
        let base = self.base_with(attributes);
        self.capture = Some(Capture::new(field, self.draft.is_none(), self.frames.len(), base.as_ref(), attributes));
        Place::Text
    }

    fn open_in_text(&mut self, local: &str, tag: &BytesStart, empty: bool) -> Place {
        let Some(capture) = &mut self.capture else { return Place::Skipped };
        match (capture.field, local) {
            (Field::Author, "name") => {
                capture.forget();
                return Place::Name;
            }
            (Field::Author, _) => return Place::NoName,
            _ => capture.open(local, tag.attributes_raw(), empty || html::is_void(local)),
        }
        Place::Markup
    }
}

/// Where things end.
impl Walker {
    fn pop(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        match frame.place {
            Place::Text => self.close_capture(),
            Place::Markup => {
                let local = frame.name.rsplit(':').next().unwrap_or_default();
                if let Some(capture) = &mut self.capture {
                    capture.close(&local.to_ascii_lowercase());
                }
            }
            Place::Item => self.document.drafts.extend(self.draft.take()),
            Place::Channel | Place::Group | Place::Name | Place::NoName | Place::Skipped => {}
        }
    }

    fn close_capture(&mut self) {
        let Some(capture) = self.capture.take() else { return };
        let (field, of_feed, base, is_link) = (capture.field, capture.of_feed, capture.base.clone(), capture.is_link);
        let Some(text) = capture.finish() else { return };
        match (of_feed, field) {
            (true, Field::Title(rank)) => self.document.title.offer(rank, text),
            (true, _) => self.document.lang = Some(text),
            (false, _) => {
                if let (Field::Guid, Some(draft)) = (field, &mut self.draft) {
                    draft.guid_is_link = is_link;
                }
                self.offer(field, &text, base);
            }
        }
    }

    /// Closes the text being read though its end tag is missing.
    fn close_text(&mut self) {
        let Some(depth) = self.capture.as_ref().map(|capture| capture.depth) else { return };
        while self.frames.len() > depth {
            self.pop();
        }
    }

    fn in_plain_text(&self) -> bool {
        self.frames.last().is_some_and(|frame| matches!(frame.place, Place::Text | Place::Markup))
    }
}

/// What the entry is told.
impl Walker {
    fn offer(&mut self, field: Field, text: &str, base: Option<Url>) {
        let Some(draft) = &mut self.draft else { return };
        let text = text.trim();
        match field {
            _ if text.is_empty() => {}
            Field::Title(rank) => draft.title.offer(rank, text.to_owned()),
            Field::Summary(rank) => draft.summary.offer(rank, text.to_owned()),
            Field::Content(rank) => draft.content.offer(rank, Content { html: text.to_owned(), base }),
            Field::Link(rank) => {
                if let Some(address) = link::canonical(base.as_ref(), text) {
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
            Field::Author => draft.authors.extend(author(&html::to_text(text))),
            Field::Category => draft.categories.push(html::to_text(text)),
            Field::Keywords => draft.categories.extend(text.split(',').map(html::to_text)),
            Field::Language => draft.lang = Some(text.to_owned()),
        }
    }

    /// An Atom link (RFC 4287, section 4.2.7.2): the article's is the alternate, of several the one in HTML.
    fn offer_link(&mut self, rank: u8, attributes: &Attributes) {
        let kind = attributes.get("type");
        let base = self.base_with(attributes);
        match attributes.get("rel") {
            "" | "alternate" | "http://www.iana.org/assignments/relation/alternate" => {
                let rank = rank + u8::from(!(kind.is_empty() || kind.contains("html")));
                self.offer(Field::Link(rank), attributes.get("href"), base);
            }
            "enclosure" => {
                let offer = Offer { url: attributes.get("href"), kind, ..Offer::default() };
                self.add_picture(picture::candidate(2, &offer, base.as_ref()));
            }
            _ => {}
        }
    }

    fn offer_picture(&mut self, space: Space, local: &str, attributes: &Attributes) {
        let (rank, certain) = match (space, local) {
            (Space::Media, "content") => (0, false),
            (Space::Media, _) => (1, true),
            (Space::Itunes, _) => (3, true),
            _ => (2, false),
        };
        let url = Some(attributes.get("url")).filter(|url| !url.is_empty()).unwrap_or(attributes.get("href"));
        let offer = Offer {
            url,
            kind: attributes.get("type"),
            medium: attributes.get("medium"),
            width: attributes.get("width"),
            alt: attributes.get("alt"),
            certain,
        };
        self.add_picture(picture::candidate(rank, &offer, self.base()));
    }

    fn add_picture(&mut self, candidate: Option<picture::Candidate>) {
        if let Some(draft) = &mut self.draft {
            draft.pictures.extend(candidate);
        }
    }
}

/// What is in force at this place.
impl Walker {
    fn base(&self) -> Option<&Url> {
        self.frames.last().map_or(self.base.as_ref(), |frame| frame.base.as_ref())
    }

    fn base_with(&self, attributes: &Attributes) -> Option<Url> {
        let base = self.base();
        let own = Some(attributes.get("xml:base")).filter(|b| !b.is_empty());
        own.and_then(|own| Url::options().base_url(base).parse(own).ok()).or_else(|| base.cloned())
    }

    fn lang(&self) -> Option<String> {
        self.frames.last().and_then(|frame| frame.lang.clone())
    }
}

/// The name in `jo@example.org (Jo Doe)` or `Jo Doe <jo@example.org>`; an address alone names nobody.
fn author(text: &str) -> Option<String> {
    let name = match text.split_once('(') {
        Some((address, name)) if address.contains('@') => name.trim_end_matches(')'),
        _ => text.split_once('<').map_or(text, |(name, _)| name),
    };
    let name = name.trim().trim_matches(['"', ',']).trim();
    (!name.is_empty() && !(name.contains('@') && !name.contains(' '))).then(|| name.to_owned())
}

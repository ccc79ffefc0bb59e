//! Tags and text in document order in, drafts out. Knows where in the document it stands, and nothing of bytes.

mod scope;

use std::rc::Rc;

use quick_xml::events::BytesStart;
use url::Url;

use super::{
    attributes::{self, Attributes},
    capture::Capture,
};
use crate::{
    html,
    parse::{
        draft::{Document, Draft},
        error::Trouble,
        limits,
        names::{self, Field, Meaning, Space},
        tell,
    },
};

/// What an open element is to the reader.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    /// Holds entries.
    Channel,
    Item,
    /// Holds versions of one medium, and what is said of it.
    Group,
    /// A picture of an entry; texts in it are captions.
    Picture,
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
    base: Option<Rc<Url>>,
    lang: Option<Rc<str>>,
}

/// Reads a feed from its tags.
pub struct Walker {
    base: Option<Rc<Url>>,
    /// How surely the feed has named its site: not at all, by its own address there, by the site's.
    site: u8,
    frames: Vec<Frame>,
    capture: Option<Capture>,
    draft: Option<Draft>,
    document: Document,
    root: Option<String>,
    /// The first slip of the document that was mended.
    slip: Option<String>,
    /// There are more entries than are read.
    is_full: bool,
}

impl Walker {
    pub fn new(base: Option<&Url>) -> Walker {
        Walker {
            base: base.cloned().map(Rc::new),
            site: 0,
            frames: Vec::new(),
            capture: None,
            draft: None,
            document: Document::default(),
            root: None,
            slip: None,
            is_full: false,
        }
    }

    /// Whether the root has been closed, or enough has been read.
    pub fn is_done(&self) -> bool {
        self.is_full || (self.root.is_some() && self.frames.is_empty())
    }

    /// Whether an entry is whole.
    pub fn has_entries(&self) -> bool {
        !self.document.drafts.is_empty()
    }

    /// A start tag, or one that is closed at once.
    pub fn open(&mut self, space: Space, tag: &BytesStart, empty: bool) -> Result<(), Trouble> {
        let attributes = Attributes::of(tag);
        let local = tag.local_name().as_ref().to_ascii_lowercase();
        if let Some(capture) = &self.capture
            && space == Space::Core
            && names::ends_a_text(&local, capture.field)
            && self.in_plain_text()
        {
            self.close_text();
        }
        let place = match &self.capture {
            Some(_) => self.open_in_text(&local, tag, empty),
            None => self.open_element(space, &local, &attributes)?,
        };
        if empty && place == Place::Markup {
            return Ok(());
        }
        let lang = limits::language(attributes.get("xml:lang")).map(Rc::from);
        let frame = Frame {
            name: tag.name().as_ref().to_owned(),
            place,
            base: self.base_with(&attributes),
            lang: lang.or_else(|| self.lang()),
        };
        self.frames.push(frame);
        if self.frames.len() > limits::DEPTH {
            return Err(Trouble::TooDeep { limit: limits::DEPTH });
        }
        if empty {
            self.pop();
        }
        Ok(())
    }

    /// An end tag: closes the innermost element of that name and what is left open in it. A stray one closes nothing.
    pub fn close(&mut self, name: &str) {
        let Some(depth) = self.frames.iter().rposition(|frame| frame.name == name) else {
            return self.slips(|| format!("</{name}> ends nothing"));
        };
        self.mend(depth + 1);
        self.pop();
    }

    /// Closes the elements from this depth on, whose end tags are missing.
    fn mend(&mut self, depth: usize) {
        if let Some(open) = self.frames.get(depth).map(|frame| frame.name.clone()) {
            self.slips(|| format!("<{open}> has no end tag"));
        }
        while self.frames.len() > depth {
            self.pop();
        }
    }

    /// The document is not well-formed; what is wrong with it.
    pub fn slips(&mut self, what: impl FnOnce() -> String) {
        self.slip.get_or_insert_with(what);
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

    /// The document after its root has been closed, or enough has been read.
    pub fn finish(mut self) -> Result<Document, Trouble> {
        if self.is_full {
            self.document.notices.push(format!("Only the first {} entries are read.", limits::ENTRIES));
        } else if let Some(slip) = self.slip {
            self.document.notices.push(format!("Read with repairs: {slip}."));
        }
        Ok(self.document)
    }

    /// The document when it ends too early: an entry still open is left out, for nobody knows what it lacks.
    pub fn end_at(mut self, place: &str) -> Result<Document, Trouble> {
        let Some(root) = self.root else {
            return Err(Trouble::NotAFeed("no element that a feed begins with".to_owned()));
        };
        let last = match self.draft {
            Some(_) => "; the entry it breaks off in is left out",
            None => "",
        };
        let kept = self.document.drafts.len();
        self.document
            .notices
            .push(format!("The <{root}> document ends {place}: {kept} whole entries are kept{last}."));
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
            (Place::Channel, Meaning::Field(Field::Link(1))) if !attributes.get("href").is_empty() => {
                self.of_site(attributes::site(attributes), attributes.get("href"));
                Place::Skipped
            }
            (
                Place::Channel,
                Meaning::Field(field @ (Field::Title(0) | Field::Link(1) | Field::Language | Field::Pace(_))),
            ) => self.open_text(field, attributes),
            (Place::Item | Place::Group | Place::Picture, Meaning::Picture) => {
                let base = self.base_with(attributes);
                if let Some(draft) = &mut self.draft {
                    draft.show(|| attributes::picture(space, local, attributes, base.as_deref()));
                }
                Place::Picture
            }
            (Place::Picture, Meaning::Field(Field::Title(_))) => {
                self.open_text(Field::MediumTitle, attributes)
            }
            (Place::Item | Place::Group, Meaning::Group) => Place::Group,
            (Place::Group, Meaning::Field(field @ (Field::Title(_) | Field::Summary(_)))) => {
                self.open_text(field, attributes)
            }
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
            self.mend(depth);
        }
        self.is_full = self.document.drafts.len() >= limits::ENTRIES;
        let lang = self.lang().map(|lang| lang.as_ref().to_owned()).or_else(|| self.document.lang.clone());
        let mut draft = Draft { lang, ..Draft::default() };
        tell::text(&mut draft, Field::Link(1), attributes.get("href"), self.base().map(Rc::as_ref));
        self.draft = Some(draft);
        Place::Item
    }

    /// A part of an entry: what its attributes say, and its text.
    fn open_field(&mut self, field: Field, attributes: &Attributes) -> Place {
        let base = self.base_with(attributes);
        if let Some(draft) = &mut self.draft {
            match field {
                Field::Link(1) if !attributes.get("href").is_empty() => {
                    attributes::alternate(draft, attributes, base.as_deref());
                    draft.show(|| attributes::enclosed(attributes, base.as_deref()));
                    return Place::Skipped;
                }
                Field::Category => attributes::category(draft, attributes),
                _ => {}
            }
        }
        self.open_text(field, attributes)
    }

    fn open_text(&mut self, field: Field, attributes: &Attributes) -> Place {
        let base = self.base_with(attributes);
        let is_atom = matches!(self.root.as_deref(), Some("feed" | "entry"));
        self.capture = Some(Capture::new(field, self.frames.len(), base, attributes, is_atom));
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
            _ => capture.open(tag.name().as_ref(), tag.attributes_raw(), empty || html::is_void(local)),
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
                if let Some(capture) = &mut self.capture {
                    capture.close(&frame.name);
                }
            }
            Place::Item => self.document.drafts.extend(self.draft.take()),
            Place::Channel | Place::Group | Place::Picture | Place::Name | Place::NoName | Place::Skipped => {
            }
        }
    }

    fn close_capture(&mut self) {
        let Some(capture) = self.capture.take() else { return };
        let (field, base, is_link) = (capture.field, capture.base.clone(), capture.is_link);
        let Some(text) = capture.finish() else { return };
        match (&mut self.draft, field) {
            (None, Field::Title(rank)) => self.document.title.offer(rank, text),
            (None, Field::Pace(beat)) => self.document.beats.tell(beat, &text),
            (None, Field::Link(_)) => self.of_site(attributes::SITE, &text),
            (None, _) => self.document.lang = limits::language(text.trim()).map(str::to_owned),
            (Some(draft), _) => {
                if field == Field::Guid {
                    draft.guid_is_link = is_link;
                }
                tell::text(draft, field, &text, base.as_deref());
            }
        }
    }

    /// Closes the text being read though its end tag is missing.
    fn close_text(&mut self) {
        if let Some(depth) = self.capture.as_ref().map(|capture| capture.depth) {
            self.mend(depth);
        }
    }

    fn in_plain_text(&self) -> bool {
        self.frames.last().is_some_and(|frame| matches!(frame.place, Place::Text | Place::Markup))
    }
}

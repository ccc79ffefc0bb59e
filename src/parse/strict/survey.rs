//! A document in, what must be known of it before feed-rs may read it out: that it is well-formed and shallow, how many
//! entries it has, and what it says that feed-rs does not keep. One pass over the tags; texts are not looked at.

use quick_xml::{
    events::{BytesStart, Event},
    name::ResolveResult,
    reader::NsReader,
};
use url::Url;

use super::{
    Unread,
    slot::{Family, Format, Slot},
};
use crate::parse::{
    limits,
    names::{Field, Meaning, Space},
    picture::Candidate,
    xml::{MAX_DEPTH, attributes::Attributes, tell},
};

/// Members of a JSON Feed that feed-rs does not read, or not apart from others.
const JSON_BEYOND: [&str; 3] = ["\"image\"", "\"banner_image\"", "\"attachments\""];

/// What was found.
#[derive(Debug)]
pub struct Survey {
    pub format: Format,
    /// The pictures of each entry, in order; none of a JSON Feed.
    pub pictures: Option<Vec<Vec<Candidate>>>,
    /// What elements of entries mean that feed-rs reads over.
    pub missed: Vec<Field>,
    /// What is said of films, and feed-rs keeps with them.
    pub filmed: Vec<Field>,
}

/// Looks through a JSON Feed; whether it is well-formed is for the parser to say.
pub fn json(text: &str) -> Result<Survey, Unread> {
    let beyond = JSON_BEYOND.iter().any(|member| text.contains(member))
        || text.matches("\"language\"").count() > 1
        || (text.contains("\"content_html\"") && text.contains("\"content_text\""))
        || text.bytes().filter(|byte| *byte == b',').count() > limits::ELEMENTS;
    match beyond {
        true => Err(Unread::Beyond),
        false => Ok(Survey { format: Format::Json, pictures: None, missed: Vec::new(), filmed: Vec::new() }),
    }
}

/// Looks through a document in XML that has no declaration.
pub fn xml(text: &str, base: Option<&Url>) -> Result<Survey, Unread> {
    let mut reader = NsReader::from_str(text);
    let mut surveyor = Surveyor::new(base);
    loop {
        let (namespace, event) =
            reader.read_resolved_event().map_err(|error| Unread::Broken(error.to_string()))?;
        match event {
            Event::Start(tag) => surveyor.open(&namespace, &tag)?,
            Event::Empty(tag) => {
                surveyor.open(&namespace, &tag)?;
                surveyor.close();
            }
            Event::End(_) => surveyor.close(),
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(control)) if control.is_control() && !control.is_whitespace() => {
                    surveyor.beyond = true;
                }
                Ok(_) => {}
                Err(error) => return Err(Unread::Broken(error.to_string())),
            },
            Event::Decl(_) => surveyor.beyond = true,
            Event::Eof => return Err(Unread::Broken("it breaks off".to_owned())),
            Event::Text(_) | Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
        }
        if surveyor.places.is_empty()
            && let Some(format) = surveyor.format
        {
            return surveyor.survey(format);
        }
    }
}

/// What an open element is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Channel,
    Item,
    Group,
    Picture,
    /// Holds characters only, as far as feed-rs reads.
    Text,
    Other,
}

struct Surveyor<'a> {
    base: Option<&'a Url>,
    format: Option<Format>,
    /// feed-rs would lose something. The rest is still looked through, for it may be broken too.
    beyond: bool,
    places: Vec<Place>,
    pictures: Vec<Vec<Candidate>>,
    missed: Vec<Field>,
    filmed: Vec<Field>,
    captioned: bool,
    /// Slots of the entry at hand that are filled.
    filled: Vec<Slot>,
    /// Elements so far, and those of the entry at hand.
    elements: usize,
    elements_of_entry: usize,
}

impl Surveyor<'_> {
    fn new(base: Option<&Url>) -> Surveyor<'_> {
        Surveyor {
            base,
            format: None,
            beyond: false,
            places: Vec::new(),
            pictures: Vec::new(),
            missed: Vec::new(),
            filmed: Vec::new(),
            captioned: false,
            filled: Vec::new(),
            elements: 0,
            elements_of_entry: 0,
        }
    }

    fn survey(mut self, format: Format) -> Result<Survey, Unread> {
        if self.captioned {
            self.missed.append(&mut self.filmed);
        }
        match self.beyond {
            true => Err(Unread::Beyond),
            false => {
                Ok(Survey { format, pictures: Some(self.pictures), missed: self.missed, filmed: self.filmed })
            }
        }
    }

    fn close(&mut self) {
        self.places.pop();
    }

    fn open(&mut self, namespace: &ResolveResult, tag: &BytesStart) -> Result<(), Unread> {
        let place = match self.format {
            None => self.open_root(tag),
            Some(_) if tag.name().as_ref().is_empty() => {
                Err(Unread::Broken("a < begins no element".to_owned()))
            }
            Some(format) => self.open_element(format, namespace, tag),
        };
        let place = match place {
            Err(Unread::Beyond) => {
                self.beyond = true;
                Place::Other
            }
            place => place?,
        };
        self.places.push(place);
        if self.places.len() > MAX_DEPTH {
            return Err(Unread::Beyond);
        }
        Ok(())
    }

    fn open_root(&mut self, tag: &BytesStart) -> Result<Place, Unread> {
        let name = tag.local_name();
        let format = Format::of(name.as_ref());
        let format = format.ok_or_else(|| Unread::Broken(format!("it begins with <{}>", name.as_ref())))?;
        let attributes = tag.attributes_raw();
        let lang_is_kept = format == Format::Atom && name.as_ref() == "feed";
        self.format = Some(format);
        self.beyond |= attributes.contains("xml:base") || (attributes.contains("xml:lang") && !lang_is_kept);
        Ok(if name.as_ref() == "entry" { self.open_item() } else { Place::Channel })
    }

    fn open_element(
        &mut self,
        format: Format,
        namespace: &ResolveResult,
        tag: &BytesStart,
    ) -> Result<Place, Unread> {
        self.elements += 1;
        self.elements_of_entry += 1;
        let attributes = tag.attributes_raw();
        if attributes.contains("xml:base") || attributes.contains("xml:lang") || self.is_too_much() {
            return Err(Unread::Beyond);
        }
        let parent = self.places.last().copied().unwrap_or(Place::Other);
        if parent == Place::Other {
            return Ok(Place::Other);
        }
        let name = tag.local_name();
        let local = name.as_ref().to_ascii_lowercase();
        let space = Space::of(namespace, tag.name().prefix().map(|p| p.into_inner()));
        let family = format.family(namespace);
        match (parent, space.meaning(&local)) {
            (Place::Text, _) => Err(Unread::Beyond),
            (Place::Channel, Meaning::Channel) => Ok(Place::Channel),
            (Place::Channel, Meaning::Item) if !attributes.contains("href") => Ok(self.open_item()),
            (Place::Channel | Place::Item, Meaning::Item) => Err(Unread::Beyond),
            (Place::Channel, Meaning::Field(Field::Title(0) | Field::Language))
                if !format.reads_of_feed(family, name.as_ref()) =>
            {
                Err(Unread::Beyond)
            }
            (Place::Item | Place::Group | Place::Picture, Meaning::Picture) => {
                self.keep_picture(space, &local, tag);
                Ok(Place::Picture)
            }
            (Place::Item | Place::Group, Meaning::Group) => Ok(Place::Group),
            (Place::Group, Meaning::Field(field @ (Field::Title(_) | Field::Summary(_)))) => {
                if !self.filmed.contains(&field) {
                    self.filmed.push(field);
                }
                Ok(Place::Text)
            }
            // A caption, which feed-rs does not tell from what is said of a film.
            (Place::Picture, Meaning::Field(Field::Title(_) | Field::Summary(_))) => {
                self.captioned = true;
                Ok(Place::Other)
            }
            (Place::Item, meaning) => self.open_field(format, family, name.as_ref(), meaning, tag),
            _ => Ok(Place::Other),
        }
    }

    /// Whether feed-rs, which keeps everything, would need too much room for it.
    fn is_too_much(&self) -> bool {
        self.elements > limits::ELEMENTS
            || self.elements_of_entry > limits::ELEMENTS_OF_ENTRY
            || self.pictures.len() > limits::ENTRIES
    }

    fn open_item(&mut self) -> Place {
        self.filled.clear();
        self.elements_of_entry = 0;
        self.pictures.push(Vec::new());
        Place::Item
    }

    fn keep_picture(&mut self, space: Space, local: &str, tag: &BytesStart) {
        if let Some(entry) = self.pictures.last_mut() {
            entry.extend(tell::picture(space, local, &Attributes::of(tag), self.base));
        }
    }

    fn miss(&mut self, field: Field) {
        if !self.missed.contains(&field) {
            self.missed.push(field);
        }
    }

    /// An element of an entry that is text, for us or for feed-rs.
    fn open_field(
        &mut self,
        format: Format,
        family: Family,
        name: &str,
        meaning: Meaning,
        tag: &BytesStart,
    ) -> Result<Place, Unread> {
        match (format.slot(family, name), meaning) {
            (None, Meaning::Field(field)) => {
                let may_not_matter =
                    matches!(field, Field::Title(_) | Field::Date(_) | Field::Summary(_) | Field::Content(_));
                self.miss(field);
                if may_not_matter { Ok(Place::Other) } else { Err(Unread::Beyond) }
            }
            (None, _) => Ok(Place::Other),
            (Some(slot), Meaning::Field(field)) if slot.is_for(field) => self.fill(slot, format, tag),
            (Some(_), _) => Err(Unread::Beyond),
        }
    }

    fn fill(&mut self, slot: Slot, format: Format, tag: &BytesStart) -> Result<Place, Unread> {
        if slot.holds_one() && self.filled.contains(&slot) {
            return Err(Unread::Beyond);
        }
        self.filled.push(slot);
        let says = |attribute: &str| tag.attributes_raw().contains(attribute);
        match (slot, format) {
            (Slot::Link, _) if says("href") != (format == Format::Atom) => Err(Unread::Beyond),
            // Without a type we read HTML and feed-rs plain text; without a term it reads no category.
            (Slot::Content, Format::Atom) if !says("type") => Err(Unread::Beyond),
            (Slot::Category, Format::Atom) if !says("term") => Err(Unread::Beyond),
            (Slot::Link, Format::Atom) => {
                if let Some(entry) = self.pictures.last_mut() {
                    entry.extend(tell::enclosed(&Attributes::of(tag), self.base));
                }
                Ok(Place::Text)
            }
            (Slot::Author, Format::Atom) => Ok(Place::Other),
            _ => Ok(Place::Text),
        }
    }
}

//! The bytes of a message in, its parsed headers, parts and decoded texts out. Judges nothing.

use mail_parser::{HeaderForm, HeaderName, MessageParser, MimeHeaders, PartType};

/// A parsed message; whatever it lacks is empty.
#[derive(Debug, Default)]
pub(super) struct Message {
    pub head: Vec<Field>,
    /// Content type of the whole message, such as `multipart/alternative`.
    pub kind: String,
    /// The top-level parts, in order.
    pub parts: Vec<Part>,
    pub text: Option<String>,
    pub html: Option<String>,
    pub from: Vec<Person>,
    pub to: Vec<Person>,
}

/// A header field.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub name: String,
    /// As written, unfolded (RFC 5322 section 2.2.3).
    pub raw: String,
    /// With encoded words decoded (RFC 2047).
    pub value: String,
}

#[derive(Debug)]
pub(super) struct Part {
    pub kind: String,
    /// In lower case; empty when none is named.
    pub charset: String,
}

/// Someone in `From` or `To`.
#[derive(Debug, Default)]
pub(super) struct Person {
    pub name: String,
    pub address: String,
}

impl Message {
    pub fn read(bytes: &[u8]) -> Message {
        let parser = MessageParser::new().with_mime_headers().default_header_text();
        let Some(parsed) = parser.parse(bytes) else { return Message::default() };
        let root = parsed.root_part();
        let below: Vec<_> = match &root.body {
            PartType::Multipart(ids) => ids.iter().filter_map(|id| parsed.part(*id)).collect(),
            _ => vec![root],
        };
        let first = |html: bool| {
            let found = below.iter().find(|part| part.is_text() && part.is_text_html() == html);
            found.and_then(|part| part.text_contents()).map(str::to_owned)
        };
        let people = |name: HeaderName<'static>| {
            let values = parsed.header_as(name, HeaderForm::Addresses);
            let lists = values.iter().filter_map(|value| value.as_address());
            lists.flat_map(|list| list.iter().map(Person::from)).collect()
        };
        Message {
            head: parsed.headers().iter().map(|header| field(header, bytes)).collect(),
            kind: kind(root),
            parts: below.iter().map(|part| Part { kind: kind(part), charset: charset(part) }).collect(),
            text: first(false),
            html: first(true),
            from: people(HeaderName::From),
            to: people(HeaderName::To),
        }
    }

    /// Every header of this name (given in lower case).
    pub fn all(&self, name: &str) -> impl Iterator<Item = &Field> {
        self.head.iter().filter(move |field| field.name.eq_ignore_ascii_case(name))
    }

    /// The first header of this name.
    pub fn first(&self, name: &str) -> Option<&Field> {
        self.all(name).next()
    }

    /// The domain of `From` in lower case; empty without a `From`.
    pub fn domain(&self) -> String {
        let address = self.from.first().map_or("", |from| from.address.as_str());
        address.rsplit_once('@').map_or(String::new(), |(_, domain)| domain.to_ascii_lowercase())
    }

    /// The addresses of `List-Unsubscribe`, without their angle brackets.
    pub fn unsubscribe_links(&self) -> Vec<&str> {
        let raw = self.first("list-unsubscribe").map_or("", |field| field.raw.as_str());
        raw.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(uri, _)| uri).collect()
    }
}

impl From<&mail_parser::Addr<'_>> for Person {
    fn from(person: &mail_parser::Addr) -> Person {
        let owned = |text: Option<&str>| text.unwrap_or_default().to_owned();
        Person { name: owned(person.name()), address: owned(person.address()) }
    }
}

fn field(header: &mail_parser::Header, bytes: &[u8]) -> Field {
    let written = bytes.get(header.offset_start as usize..header.offset_end as usize).unwrap_or_default();
    let raw = String::from_utf8_lossy(written).replace("\r\n", "").replace('\n', "").trim().to_owned();
    let value = header.value.as_text().map_or_else(|| raw.clone(), str::to_owned);
    Field { name: header.name.as_str().to_owned(), raw, value }
}

fn kind(part: &mail_parser::MessagePart) -> String {
    let kind = |found: &mail_parser::ContentType| {
        format!("{}/{}", found.ctype(), found.subtype().unwrap_or_default()).to_ascii_lowercase()
    };
    part.content_type().map_or("text/plain".to_owned(), kind)
}

fn charset(part: &mail_parser::MessagePart) -> String {
    let named = part.content_type().and_then(|kind| kind.attribute("charset"));
    named.unwrap_or_default().to_ascii_lowercase()
}

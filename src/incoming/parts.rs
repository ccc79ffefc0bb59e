//! The bytes of a message in, its headers and the parts of its outermost multipart out, each decoded on request.
//! Never goes deeper: reports are flat (RFC 6522), and endless nesting must not be followed.

use mail_parser::{Address, ContentType, HeaderName, HeaderValue, Message, MessageParser, MimeHeaders};

/// The most parts of a message that are read; a report has three.
const MOST_PARTS: usize = 16;

/// A message, or a part of one.
pub struct Part<'a> {
    bytes: &'a [u8],
    /// None if the bytes have no headers.
    head: Option<Message<'a>>,
}

impl<'a> Part<'a> {
    /// Reads the headers of a part.
    pub fn read(bytes: &'a [u8]) -> Part<'a> {
        let head = MessageParser::default().parse_headers(bytes).filter(|head| !head.parts.is_empty());
        Part { bytes, head }
    }

    /// The last header with this name as text, if there is one that is not empty.
    pub fn header(&self, name: &str) -> Option<String> {
        let value = self.head.as_ref()?.header_raw(name)?.trim();
        (!value.is_empty()).then(|| value.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Every header with this name, as written.
    pub fn headers(&self, name: &'static str) -> Vec<String> {
        let raw = self
            .head
            .iter()
            .flat_map(Message::headers_raw)
            .filter(|(found, _)| found.eq_ignore_ascii_case(name));
        raw.map(|(_, value)| value.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }

    /// The subject, decoded.
    pub fn subject(&self) -> &str {
        self.head.as_ref().and_then(Message::subject).unwrap_or_default()
    }

    /// The addresses in `From`, decoded.
    pub fn from(&self) -> Option<&Address<'_>> {
        self.head.as_ref()?.from()
    }

    /// `type/subtype` in lower case; `text/plain` if there is no Content-Type.
    pub fn kind(&self) -> String {
        let Some(kind) = self.content_type() else { return "text/plain".to_owned() };
        format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_ascii_lowercase()
    }

    /// The parts of a multipart; otherwise the message itself as the only part.
    pub fn parts(&self) -> Vec<Part<'a>> {
        let boundary = self.content_type().and_then(|kind| kind.attribute("boundary"));
        let Some(boundary) = boundary.filter(|_| self.kind().starts_with("multipart/")) else {
            return vec![Part::read(self.bytes)];
        };
        let delimiter = format!("--{boundary}");
        let (mut parts, mut begun, mut at) = (Vec::new(), None, 0);
        for line in self.bytes.split_inclusive(|&byte| byte == b'\n') {
            let next = at + line.len();
            if line.starts_with(delimiter.as_bytes()) {
                parts.extend(begun.and_then(|from| self.bytes.get(from..at)));
                begun = Some(next)
                    .filter(|_| !line.get(delimiter.len()..).is_some_and(|end| end.starts_with(b"--")));
            }
            if parts.len() == MOST_PARTS {
                break;
            }
            at = next;
        }
        // A truncated message has no last delimiter.
        parts.extend(begun.filter(|_| parts.len() < MOST_PARTS).and_then(|from| self.bytes.get(from..)));
        parts.into_iter().map(Part::read).collect()
    }

    /// The decoded text; empty for a multipart. Of a message within the message everything, undecoded.
    pub fn text(&self) -> String {
        let kind = self.kind();
        if kind.starts_with("multipart/") {
            return String::new();
        }
        let undecoded = || String::from_utf8_lossy(self.body()).into_owned();
        let is_message = matches!(kind.as_str(), "message/rfc822" | "message/global");
        if is_message || !self.is_encoded() {
            return undecoded();
        }
        let Some(read) = MessageParser::default().parse(self.bytes) else { return undecoded() };
        read.parts
            .first()
            .map_or_else(undecoded, |part| String::from_utf8_lossy(part.contents()).into_owned())
    }

    /// What a person wrote, decoded and in its own charset; empty for what is no text.
    pub fn letter(&self) -> String {
        let read = MessageParser::default().parse(self.bytes);
        let first = read.as_ref().and_then(|read| read.parts.first());
        first.and_then(|part| part.text_contents()).unwrap_or_default().to_owned()
    }

    /// A message within the message, or its headers alone (RFC 6522 section 4).
    pub fn returned(&self) -> Option<Part<'_>> {
        let returned = ["message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers"];
        returned.contains(&self.kind().as_str()).then(|| Part::read(self.body()))
    }

    fn content_type(&self) -> Option<&ContentType<'_>> {
        self.head.as_ref()?.content_type()
    }

    fn is_encoded(&self) -> bool {
        let header = self.head.as_ref().and_then(|head| head.header(HeaderName::ContentTransferEncoding));
        let encoding = header.and_then(HeaderValue::as_text);
        encoding.is_some_and(|name| {
            ["base64", "quoted-printable"].iter().any(|known| name.eq_ignore_ascii_case(known))
        })
    }

    /// Everything after the first empty line.
    fn body(&self) -> &'a [u8] {
        let mut at = 0;
        for line in self.bytes.split_inclusive(|&byte| byte == b'\n') {
            at += line.len();
            if line.trim_ascii().is_empty() {
                break;
            }
        }
        self.bytes.get(at..).unwrap_or_default()
    }
}

/// The groups of fields in the machine-readable part of a report (RFC 3464 section 2.1, RFC 5965 section 3),
/// separated by empty lines: names in lower case, values unfolded.
pub fn fields(text: &str) -> Vec<Vec<(String, String)>> {
    let mut groups: Vec<Vec<(String, String)>> = vec![Vec::new()];
    for line in text.lines() {
        let Some(group) = groups.last_mut() else { break };
        if line.trim().is_empty() {
            if !group.is_empty() {
                groups.push(Vec::new());
            }
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = group.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            group.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    groups
}

/// The value of the field with this name in a group.
pub fn field<'a>(group: &'a [(String, String)], name: &str) -> Option<&'a str> {
    group.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

//! A message: its parts in, the bytes that go over the wire out (RFC 5322, MIME). The same parts give the same bytes;
//! nothing here reads a clock or rolls dice.

use jiff::{Timestamp, tz::TimeZone};
use lettre::message::{
    Body, IntoBody, MultiPart, SinglePart,
    header::{ContentTransferEncoding, ContentType},
};
use sha2::{Digest, Sha256};

use super::{Error, Mailbox, header::Head};

/// Octets a header token may have so that its line stays below 998 (RFC 5322 section 2.1.1).
const LONGEST_TOKEN: usize = 900;

/// Everything a message is made of.
#[derive(Debug, Clone, Copy)]
pub struct Outline<'a> {
    pub from: &'a Mailbox,
    pub reply_to: Option<&'a Mailbox>,
    /// The reader: alone in `To`.
    pub to: &'a Mailbox,
    pub subject: &'a Subject,
    /// The plain part, which comes first. Like that of `html`, every piece but the last ends at the end of a line.
    pub text: &'a [&'a Encoded],
    /// The HTML part: a whole document.
    pub html: &'a [&'a Encoded],
    pub date: Timestamp,
    /// `<unique@from.domain>`, angle brackets included.
    pub message_id: &'a str,
    /// The Message-ID of the message that this one is a copy of.
    pub references: Option<&'a str>,
    /// Set for the newsletter itself; none for a message to one person, such as a test or a confirmation.
    pub list: Option<List<'a>>,
}

/// What marks a message as one of a mailing list.
#[derive(Debug, Clone, Copy)]
pub struct List<'a> {
    /// Identifier in the form of a domain name (RFC 2919), see [`list_id`].
    pub id: &'a str,
    /// The newsletter's title.
    pub title: &'a str,
    /// A whole `mailto:` address that unsubscribes this reader (RFC 2369).
    pub unsubscribe_mailto: &'a str,
    /// An `https://` address that unsubscribes this reader by one POST (RFC 8058).
    pub unsubscribe_https: Option<&'a str>,
}

/// A subject as its header, made once for all messages that carry it.
#[derive(Debug, Clone)]
pub struct Subject(Head);

impl Subject {
    /// Takes plain text of any kind, and makes it safe.
    pub fn new(text: &str) -> Subject {
        let mut head = Head::default();
        head.text("Subject", text);
        Subject(head)
    }
}

/// Text as it goes over the wire: UTF-8 in quoted-printable, CRLF line ends, no controls. Where a text is cut at the ends
/// of lines, its pieces make, one behind the other, what the whole text makes (RFC 2045 section 6.7 works line by line).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded(Vec<u8>);

impl Encoded {
    /// Encodes a text, or a piece of one.
    pub fn new(text: &str) -> Encoded {
        let encoding = ContentTransferEncoding::QuotedPrintable;
        Encoded(without_from_lines(&without_controls(text).into_body(Some(encoding)).into_vec()))
    }
}

/// The bytes of a message: `multipart/alternative`, text first, both parts UTF-8 in quoted-printable, CRLF line ends,
/// no line above 998 octets. Fails on a Message-ID or a list address that cannot stand in a header.
pub fn build(outline: &Outline) -> Result<Vec<u8>, Error> {
    let mut head = Head::default();
    outline.from.write("From", &mut head);
    if let Some(reply_to) = outline.reply_to {
        reply_to.write("Reply-To", &mut head);
    }
    outline.to.write("To", &mut head);
    head.append(&outline.subject.0);
    head.line("Date", &[date(outline.date)?]);
    head.line("Message-ID", &[message_id(outline.message_id)?]);
    if let Some(original) = outline.references {
        head.line("References", &[message_id(original)?]);
    }
    if let Some(list) = &outline.list {
        list_headers(&mut head, list)?;
    }
    // RFC 3834 section 5, and what Exchange and older robots look at: no holiday notes to the newsletter.
    head.line("Auto-Submitted", &["auto-generated"]);
    head.line("X-Auto-Response-Suppress", &["OOF, AutoReply"]);
    head.line("MIME-Version", &["1.0"]);

    let mut bytes = head.into_string().into_bytes();
    bytes.extend(body(outline).formatted());
    Ok(bytes)
}

/// A list identifier (RFC 2919) for a newsletter that has none: its title as one label under `domain`.
pub fn list_id(title: &str, domain: &str) -> String {
    let words: Vec<String> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let label: String = words.join("-").chars().take(63).collect();
    match label.trim_end_matches('-') {
        "" => format!("newsletter.{domain}"),
        label => format!("{label}.{domain}"),
    }
}

fn list_headers(head: &mut Head, list: &List) -> Result<(), Error> {
    head.phrase("List-Id", list.title, token("List-Id", list.id)?);
    let mailto = link("List-Unsubscribe", "mailto:", list.unsubscribe_mailto)?;
    match list.unsubscribe_https {
        Some(https) => {
            let https = link("List-Unsubscribe", "https://", https)?;
            head.line("List-Unsubscribe", &[format!("<{https}>,"), format!("<{mailto}>")]);
            head.line("List-Unsubscribe-Post", &["List-Unsubscribe=One-Click"]);
        }
        None => head.line("List-Unsubscribe", &[format!("<{mailto}>")]),
    }
    head.line("Precedence", &["bulk"]);
    Ok(())
}

fn body(outline: &Outline) -> MultiPart {
    let encoding = ContentTransferEncoding::QuotedPrintable;
    let part = |kind: ContentType, pieces: &[&Encoded]| {
        let bytes = pieces.iter().map(|piece| piece.0.as_slice()).collect::<Vec<_>>().concat();
        let body = Body::dangerous_pre_encoded(bytes, encoding);
        SinglePart::builder().header(kind).header(encoding).body(body)
    };
    MultiPart::alternative()
        .boundary(boundary(outline.message_id))
        .singlepart(part(ContentType::TEXT_PLAIN, outline.text))
        .singlepart(part(ContentType::TEXT_HTML, outline.html))
}

/// A boundary of the message's own. Quoted-printable text never holds `=_`, so no part can hold it (RFC 2045
/// section 6.7, note 5).
fn boundary(message_id: &str) -> String {
    let digest = Sha256::digest(message_id.as_bytes());
    digest.iter().take(12).fold("=_".to_owned(), |name, byte| format!("{name}{byte:02x}"))
}

/// C0 and C1 controls have no place in a text; mail with C1 controls is clipped by Gmail.
fn without_controls(content: &str) -> String {
    let unix = content.replace("\r\n", "\n").replace('\r', "\n");
    unix.chars().filter(|&c| !c.is_control() || c == '\n' || c == '\t').collect()
}

/// No line of an encoded text begins with "From ", not even one that the encoding broke: a program that keeps mail in one
/// file would make ">From " of it (RFC 2049 section 3).
fn without_from_lines(encoded: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(encoded.len());
    for line in encoded.split_inclusive(|&byte| byte == b'\n') {
        let from = line.strip_prefix(b"From ");
        kept.extend_from_slice(if from.is_some() { b"=46rom=\r\n " } else { b"" });
        kept.extend_from_slice(from.unwrap_or(line));
    }
    kept
}

/// RFC 5322 section 3.3, in UTC.
fn date(at: Timestamp) -> Result<String, Error> {
    jiff::fmt::rfc2822::to_string(&at.to_zoned(TimeZone::UTC)).map_err(|error| Error::Message {
        header: "Date",
        value: at.to_string(),
        why: error.to_string(),
    })
}

fn message_id(id: &str) -> Result<&str, Error> {
    let inner =
        id.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).and_then(|inner| inner.split_once('@'));
    match inner {
        Some((left, right)) if !left.is_empty() && right.contains('.') && !right.contains('@') => {
            token("Message-ID", left)?;
            token("Message-ID", right)?;
            Ok(id)
        }
        _ => Err(Error::Message {
            header: "Message-ID",
            value: id.to_owned(),
            why: "it is not <name@domain.tld>: is the address of the sender complete?".into(),
        }),
    }
}

fn link<'a>(header: &'static str, scheme: &str, address: &'a str) -> Result<&'a str, Error> {
    if !address.starts_with(scheme) {
        let why = format!("it does not begin with {scheme}");
        return Err(Error::Message { header, value: address.to_owned(), why });
    }
    token(header, address)
}

/// A value that stands in angle brackets unfolded and unencoded.
fn token<'a>(header: &'static str, value: &'a str) -> Result<&'a str, Error> {
    let printable = value.bytes().all(|b| b.is_ascii_graphic() && b != b'<' && b != b'>');
    if printable && !value.is_empty() && value.len() <= LONGEST_TOKEN {
        return Ok(value);
    }
    let why = format!(
        "it must be 1 to {LONGEST_TOKEN} printable ASCII characters without spaces or angle brackets"
    );
    Err(Error::Message { header, value: value.to_owned(), why })
}

#[cfg(test)]
mod tests;

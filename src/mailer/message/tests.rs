//! Messages read back by another parser, and looked at octet by octet.

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use proptest::prelude::*;

use super::*;

struct Parts {
    from: Mailbox,
    to: Mailbox,
    subject: String,
    text: String,
    html: String,
    message_id: String,
    references: Option<String>,
    list: bool,
    https: Option<String>,
}

impl Default for Parts {
    fn default() -> Parts {
        Parts {
            from: "Harbour Post <post@news.example.com>".parse().expect("a mailbox"),
            to: Mailbox::new("Ann Reader", "ann@example.net").expect("a mailbox"),
            subject: "Ferry talks resume".into(),
            text: "Ferry talks resume\n\n.one dot\n..two\nFrom the quay\n".into(),
            html: "<html lang=\"en\"><p>Ferry talks resume — “at last”</p></html>".into(),
            message_id: "<2026-11-22.0a1b@news.example.com>".into(),
            references: None,
            list: true,
            https: Some("https://news.example.com/u/AQabc".into()),
        }
    }
}

impl Parts {
    fn build(&self) -> Vec<u8> {
        self.try_build().expect("sound parts")
    }

    fn try_build(&self) -> Result<Vec<u8>, Error> {
        self.build_of(&[&self.text], &[&self.html])
    }

    /// A message with these pieces of text and HTML.
    fn build_of(&self, text: &[&str], html: &[&str]) -> Result<Vec<u8>, Error> {
        let encoded = |pieces: &[&str]| pieces.iter().map(|piece| Encoded::new(piece)).collect::<Vec<_>>();
        let (text, html) = (encoded(text), encoded(html));
        build(&Outline {
            from: &self.from,
            reply_to: None,
            to: &self.to,
            subject: &Subject::new(&self.subject),
            text: &text.iter().collect::<Vec<_>>(),
            html: &html.iter().collect::<Vec<_>>(),
            date: "2026-11-22T06:00:00-05:00".parse().expect("a time"),
            message_id: &self.message_id,
            references: self.references.as_deref(),
            list: self.list.then_some(List {
                id: "harbour-post.news.example.com",
                title: "Harbour Post",
                unsubscribe_mailto: "mailto:post+u@news.example.com?subject=AQabc",
                unsubscribe_https: self.https.as_deref(),
            }),
        })
    }
}

fn parsed(bytes: &[u8]) -> Message<'_> {
    MessageParser::default().parse(bytes).expect("a message")
}

/// Header lines, unfolded.
fn headers(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8(bytes.to_vec()).expect("ASCII");
    let (head, _) = text.split_once("\r\n\r\n").expect("an end of the headers");
    head.replace("\r\n ", " ").split("\r\n").map(str::to_owned).collect()
}

fn count(headers: &[String], name: &str) -> usize {
    headers
        .iter()
        .filter(|line| line.to_lowercase().starts_with(&format!("{}:", name.to_lowercase())))
        .count()
}

#[test]
fn the_headers_are_those_of_a_newsletter() {
    insta::assert_snapshot!(headers(&Parts::default().build()).join("\n"), @r#"
    From: Harbour Post <post@news.example.com>
    To: Ann Reader <ann@example.net>
    Subject: Ferry talks resume
    Date: Sun, 22 Nov 2026 11:00:00 +0000
    Message-ID: <2026-11-22.0a1b@news.example.com>
    List-Id: Harbour Post <harbour-post.news.example.com>
    List-Unsubscribe: <https://news.example.com/u/AQabc>, <mailto:post+u@news.example.com?subject=AQabc>
    List-Unsubscribe-Post: List-Unsubscribe=One-Click
    Precedence: bulk
    Auto-Submitted: auto-generated
    X-Auto-Response-Suppress: OOF, AutoReply
    MIME-Version: 1.0
    Content-Type: multipart/alternative; boundary="=_6c2b0084237c34fd5e4d20e3"
    "#);
}

#[test]
fn the_same_parts_give_the_same_bytes() {
    assert_eq!(Parts::default().build(), Parts::default().build());
}

#[test]
fn the_text_part_comes_first_and_both_read_back() {
    let parts = Parts::default();
    let bytes = parts.build();
    let message = parsed(&bytes);
    let bodies: Vec<(&str, String)> = message
        .parts
        .iter()
        .filter_map(|part| match &part.body {
            PartType::Text(text) => Some((part.content_type()?.subtype()?, text.replace("\r\n", "\n"))),
            PartType::Html(html) => Some((part.content_type()?.subtype()?, html.to_string())),
            _ => None,
        })
        .collect();
    assert_eq!(bodies, [("plain", parts.text.clone()), ("html", parts.html.clone())]);
}

#[test]
fn one_click_is_promised_only_with_a_web_address() {
    let without = headers(&Parts { https: None, ..Parts::default() }.build());
    assert_eq!(count(&without, "List-Unsubscribe-Post"), 0);
    assert!(without.contains(&"List-Unsubscribe: <mailto:post+u@news.example.com?subject=AQabc>".to_owned()));
}

#[test]
fn a_message_to_one_person_is_not_marked_as_a_list() {
    let single = headers(&Parts { list: false, ..Parts::default() }.build());
    for name in ["List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Precedence"] {
        assert_eq!(count(&single, name), 0, "{name}");
    }
}

#[test]
fn names_and_subjects_cannot_add_headers() {
    let evil = "Ann\r\nBcc: all@example.com\r\n\r\n<script>\0\u{85}\u{2028}";
    let parts = Parts {
        from: Mailbox::new(evil, "post@news.example.com").expect("a mailbox"),
        to: Mailbox::new(evil, "ann@example.net").expect("a mailbox"),
        subject: evil.into(),
        ..Parts::default()
    };
    let bytes = parts.build();
    let headers = headers(&bytes);
    assert_eq!(count(&headers, "Bcc"), 0);
    assert_eq!(count(&headers, "From"), 1);
    let message = parsed(&bytes);
    assert_eq!(message.subject(), Some("Ann Bcc: all@example.com <script>"));
    let to = message.to().and_then(|to| to.first()).expect("a recipient");
    assert_eq!(
        (to.name(), to.address()),
        (Some("Ann Bcc: all@example.com <script>"), Some("ann@example.net"))
    );
}

#[test]
fn names_in_other_scripts_and_marks_read_back() {
    for name in
        ["Зоя Петрова", "Ann \"Ace\" O'Hara, Jr.", "=?utf-8?Q?x?=", "a@b.example", "(not a comment)", "李"]
    {
        let to = Mailbox::new(name, "ann@example.net").expect("a mailbox");
        let bytes = Parts { to, ..Parts::default() }.build();
        let message = parsed(&bytes);
        let read = message.to().and_then(|to| to.first()).expect("a recipient");
        assert_eq!((read.name(), read.address()), (Some(name), Some("ann@example.net")));
    }
}

#[test]
fn links_for_unsubscribing_must_be_sound() {
    for bad in [
        "http://news.example.com/u",
        "https://news.example.com/u u",
        "https://x>\r\nBcc: a",
        "https://é.example",
    ] {
        let parts = Parts { https: Some(bad.into()), ..Parts::default() };
        assert!(matches!(parts.try_build(), Err(Error::Message { header: "List-Unsubscribe", .. })), "{bad}");
    }
    for bad in ["x@y.example", "<x@y>", "<x y@z.example>", "<@z.example>", "<a@b@z.example>", ""] {
        assert!(Parts { message_id: bad.into(), ..Parts::default() }.try_build().is_err(), "{bad}");
    }
}

#[test]
fn a_long_web_address_is_neither_folded_nor_encoded() {
    let https = format!("https://news.example.com/u/{}", "A".repeat(180));
    let bytes = Parts { https: Some(https.clone()), ..Parts::default() }.build();
    let text = String::from_utf8(bytes).expect("ASCII");
    assert!(text.contains(&format!("<{https}>")));
}

#[test]
fn a_list_id_is_made_from_a_title() {
    assert_eq!(list_id("Daily Headlines!", "news.example.com"), "daily-headlines.news.example.com");
    assert_eq!(list_id("Утро", "news.example.com"), "newsletter.news.example.com");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn text_cut_at_the_ends_of_lines_makes_the_same_message_as_the_whole(
        pieces in proptest::collection::vec("\\PC{0,90}[ \t=.\r]{0,3}\n", 1..4), last in "\\PC{0,90}[ \t.]?",
    ) {
        let parts = Parts::default();
        let all: Vec<&str> = pieces.iter().map(String::as_str).chain([last.as_str()]).collect();
        let whole = all.concat();
        let (in_pieces, at_once) = (parts.build_of(&all, &all), parts.build_of(&[&whole], &[&whole]));
        prop_assert_eq!(in_pieces.expect("sound parts"), at_once.expect("sound parts"));
    }

    #[test]
    fn whatever_the_parts_the_lines_are_lawful(name in any::<String>(), text in any::<String>(), long in 0usize..5000) {
        let parts = Parts {
            to: Mailbox::new(&name, "ann@example.net").expect("a mailbox"),
            subject: format!("{name}{}", "x".repeat(long)),
            html: format!("{text}\r\n.\r\n{}{text}", "é.".repeat(long)),
            text,
            ..Parts::default()
        };
        let bytes = parts.build();
        prop_assert!(bytes.is_ascii() && !bytes.contains(&0));
        for line in bytes.split_inclusive(|&b| b == b'\n') {
            prop_assert!(line.ends_with(b"\r\n") && line.len() <= 1000);
            prop_assert!(!line[..line.len() - 2].contains(&b'\r'));
        }
        let headers = headers(&bytes);
        for once in ["From", "To", "Date", "Message-ID", "Subject", "MIME-Version", "Content-Type"] {
            prop_assert_eq!(count(&headers, once), 1, "{}", once);
        }
    }
}

#[test]
fn no_line_begins_as_a_mailbox_file_begins_a_message() {
    let text = format!("From the quay\nFrom \n{} From here\nFrom here {}\n", "x".repeat(74), "y".repeat(75));
    let html = "<p>".to_owned() + &"From the quay ".repeat(90);
    let bytes = Parts { text: text.clone(), html: html.clone(), ..Parts::default() }.build();
    let lines: Vec<&[u8]> = bytes.split(|&b| b == b'\n').collect();
    assert!(lines.iter().all(|line| !line.starts_with(b"From ") && line.len() <= 78));
    assert!(lines.iter().any(|line| line.starts_with(b"=46rom=")));
    let message = MessageParser::default().parse(&bytes).expect("a message");
    assert_eq!(message.body_text(0).as_deref().map(|read| read.replace("\r\n", "\n")), Some(text));
    assert_eq!(message.body_html(0).as_deref(), Some(html.as_str()));
}

#[test]
fn a_copy_names_the_message_it_is_a_copy_of() {
    let parts = Parts { references: Some("<2026-11-21.0a1b@news.example.com>".into()), ..Parts::default() };
    let (bytes, without) = (parts.build(), Parts::default().build());
    assert_eq!(parsed(&bytes).references().as_text(), Some("2026-11-21.0a1b@news.example.com"));
    assert_eq!(parsed(&without).references().as_text(), None);
    assert!(
        Parts { references: Some("a\r\nBcc: b@example.net".into()), ..Parts::default() }.try_build().is_err()
    );
}

#[test]
fn no_control_is_mailed_but_line_breaks_and_tabs() {
    assert_eq!(without_controls("a\u{7}b\u{85}\tc\r\nd\re\n"), "ab\tc\nd\ne\n");
}

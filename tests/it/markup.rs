//! The HTML of the digest, held to what mail programs and screen readers need: read tag by tag, as a browser that
//! mends nothing would.

use mail_parser::MessageParser;
use quick_xml::{
    Reader,
    escape::{resolve_html5_entity, unescape_with},
    events::Event,
};

use crate::{demo, messages::MESSAGES};

/// Elements without an end tag.
const VOID: [&str; 4] = ["meta", "br", "img", "hr"];

/// What CSS some mail program drops, and with it what stands beside it.
const FORBIDDEN: [&str; 10] =
    ["flex", "grid", "var(", "url(", "calc(", "gradient", "position:", "float:", "@import", "@font-face"];

/// Bytes of style sheets beyond which Gmail drops them.
const STYLE_LIMIT: usize = 16 * 1024;

/// An element: its name, its attributes, and the names of those it stands in, the next one last.
#[derive(Debug)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    within: Vec<String>,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    fn parent(&self) -> &str {
        self.within.last().map_or("", String::as_str)
    }
}

/// The elements of a page in order, and the text of its style sheets. Panics at a tag that is not closed where it must
/// be, or not written as it must be.
fn read(html: &str) -> (Vec<Element>, String) {
    let mut reader = Reader::from_str(html);
    reader.config_mut().check_end_names = false;
    let (mut open, mut elements, mut styles) = (Vec::<String>::new(), Vec::new(), String::new());
    loop {
        let at = |reader: &Reader<_>| format!("at byte {}", reader.buffer_position());
        match reader.read_event().unwrap_or_else(|error| panic!("{error} {}", at(&reader))) {
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.unwrap_or_else(|error| panic!("<{name}>: {error}"));
                    let value = unescape_with(&attribute.value, resolve_html5_entity);
                    let value = value.unwrap_or_else(|error| panic!("<{name}>: {error}"));
                    (attribute.key.as_ref().to_owned(), value.into_owned())
                });
                let attributes = attributes.collect();
                elements.push(Element { name: name.clone(), attributes, within: open.clone() });
                if !VOID.contains(&name.as_str()) {
                    open.push(name);
                }
            }
            Event::End(tag) => {
                assert_eq!(open.pop().as_deref(), Some(tag.name().as_ref()), "{}", at(&reader));
            }
            Event::Text(text) if open.last().is_some_and(|name| name == "style") => styles.push_str(&text),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    (elements, styles)
}

/// Every page with a name, as all mail programs see it and as Outlook does, which also reads what others take for
/// comments.
fn pages() -> Vec<(String, String)> {
    let html = |message: &[u8]| {
        let read = MessageParser::default().parse(message).expect("a message");
        read.body_html(0).expect("an HTML part").into_owned()
    };
    let demo = demo::messages().enumerate().map(|(n, message)| (format!("demo {n}"), html(&message)));
    let others = MESSAGES.iter().map(|(name, message)| ((*name).to_owned(), html(message)));
    let digest = [("demo digest".to_owned(), demo::html().to_owned())];
    let pages = digest.into_iter().chain(demo).chain(others);
    let both = pages.flat_map(|(name, html)| {
        let outlook = html.replace("<!--[if mso]>", "").replace("<![endif]-->", "");
        [(format!("{name} in Outlook"), outlook), (name, html)]
    });
    both.collect()
}

#[test]
fn every_tag_is_closed_where_it_must_be_and_every_table_is_one() {
    for (page, html) in pages() {
        for element in read(&html).0 {
            let right = match element.name.as_str() {
                "tr" => matches!(element.parent(), "table" | "tbody"),
                "td" | "th" => element.parent() == "tr",
                "table" | "div" | "p" | "h1" | "h2" | "h3" | "ul" | "blockquote" => {
                    !element
                        .within
                        .iter()
                        .any(|name| matches!(name.as_str(), "p" | "h1" | "h2" | "h3" | "a" | "span"))
                        && !matches!(element.parent(), "table" | "tr" | "ul")
                }
                "li" => element.parent() == "ul",
                "a" => !element.within.iter().any(|name| name == "a"),
                _ => !matches!(element.parent(), "table" | "tr" | "ul"),
            };
            assert!(right, "{page}: <{}> in {:?}", element.name, element.within);
        }
    }
}

#[test]
fn who_hears_the_page_is_told_its_language_its_headings_and_its_pictures() {
    for (page, html) in pages() {
        let elements = read(&html).0;
        let named = |name: &str| elements.iter().filter(|element| element.name == name).collect::<Vec<_>>();
        let html = named("html")[0];
        assert!(html.get("lang").is_some() && html.get("dir").is_some(), "{page}: {html:?}");
        let article =
            elements.iter().find(|element| element.get("role") == Some("article")).expect("an article");
        assert!(article.get("lang").is_some() && article.get("dir").is_some(), "{page}: {article:?}");
        for table in named("table") {
            assert_eq!(table.get("role"), Some("presentation"), "{page}");
        }
        for picture in named("img") {
            assert!(picture.get("alt").is_some() && picture.get("width").is_some(), "{page}: {picture:?}");
        }
        let levels: Vec<u32> =
            elements.iter().filter_map(|element| element.name.strip_prefix('h')?.parse().ok()).collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{page}");
        assert_eq!(levels[0], 1, "{page}");
        assert!(
            levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
            "{page} leaves out a level: {levels:?}"
        );
        let mut ids: Vec<&str> = elements.iter().filter_map(|element| element.get("id")).collect();
        ids.sort_unstable();
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{page}: {ids:?}");
    }
}

#[test]
fn every_link_leads_somewhere_and_nothing_is_fetched_or_run() {
    for (page, html) in pages() {
        for element in read(&html).0 {
            let foreign =
                ["script", "link", "iframe", "object", "embed", "form", "input", "base", "svg", "video"];
            assert!(!foreign.contains(&element.name.as_str()), "{page}: <{}>", element.name);
            assert!(
                element.attributes.iter().all(|(name, _)| !name.starts_with("on")),
                "{page}: {element:?}"
            );
            let leads = |address: &str| {
                ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
            };
            if element.name == "a" {
                assert!(element.get("href").is_some_and(leads), "{page}: {element:?}");
            }
        }
    }
}

#[test]
fn styles_are_those_that_every_mail_program_knows_and_gmail_keeps() {
    for (page, html) in pages() {
        let (elements, styles) = read(&html);
        assert!(styles.len() < STYLE_LIMIT, "{page}: {} bytes of style sheets", styles.len());
        let inline = elements.iter().filter_map(|element| element.get("style"));
        for style in inline.chain([styles.as_str()]) {
            let bare = style.to_ascii_lowercase().replace(' ', "");
            for word in FORBIDDEN {
                assert!(!bare.contains(word), "{page}: {word} in {style}");
            }
        }
    }
}

#[test]
fn the_reader_of_pages_sees_what_is_wrong() {
    for wrong in ["<p><b>x</p></b>", "<table><tr></table>", "<a href=x>y</a>", "<td", "<div>"] {
        assert!(std::panic::catch_unwind(|| read(wrong)).is_err(), "{wrong}");
    }
    let (elements, styles) = read("<div id=\"a&amp;b\"><br><style>p{x:y}</style></div>");
    assert_eq!(
        (elements[0].get("id"), elements[2].parent(), styles.as_str()),
        (Some("a&b"), "div", "p{x:y}")
    );
}

//! The content of one text element as it comes by in, a fragment of HTML out.

use std::{borrow::Cow, rc::Rc};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use url::Url;

use super::attributes::Attributes;
use crate::{html, parse::names::Field, text::space};

/// A text being read.
#[derive(Debug)]
pub struct Capture {
    pub field: Field,
    /// Depth of the element it is the content of.
    pub depth: usize,
    /// What relative links in it are resolved against.
    pub base: Option<Rc<Url>>,
    /// `isPermaLink` (RSS 2.0) is not "false".
    pub is_link: bool,
    text: String,
    kind: Kind,
    /// Nothing is said of how it is written down, and Atom means plain text by that (RFC 4287, section 3.1.1).
    is_plain_by_default: bool,
    /// The child elements are markup of the text, so its characters stay escaped.
    markup: bool,
}

/// How the content is written down.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Html,
    Plain,
    Base64,
    /// In base64 too, and as content of an entry no text at all.
    Binary,
}

impl Capture {
    pub fn new(
        field: Field,
        depth: usize,
        base: Option<Rc<Url>>,
        attributes: &Attributes,
        is_atom: bool,
    ) -> Capture {
        let kind = attributes.get("type").to_ascii_lowercase();
        let mode = attributes.get("mode").to_ascii_lowercase();
        Capture {
            field,
            depth,
            base,
            is_link: !attributes.get("ispermalink").eq_ignore_ascii_case("false"),
            text: String::new(),
            kind: Kind::of(&kind, &mode),
            is_plain_by_default: is_atom && kind.is_empty() && mode.is_empty(),
            markup: mode == "xml" || kind.contains("xhtml"),
        }
    }

    pub fn text(&mut self, text: &str) {
        match self.markup {
            true => self.text.push_str(&quick_xml::escape::partial_escape(text)),
            false => self.text.push_str(text),
        }
    }

    /// A child element of this name, as written, begins.
    pub fn open(&mut self, name: &str, attributes: &str, empty: bool) {
        if self.text.trim().is_empty() {
            self.markup = true;
        }
        self.text.extend(["<", &of_html(name), attributes.trim_end_matches('/'), ">"]);
        if empty {
            self.close(name);
        }
    }

    /// A child element ends.
    pub fn close(&mut self, name: &str) {
        let name = of_html(name);
        if !html::is_void(&name) {
            self.text.extend(["</", &name, ">"]);
        }
    }

    /// What was read so far does not count.
    pub fn forget(&mut self) {
        self.text.clear();
    }

    /// The fragment; nothing when the content is empty or no text.
    pub fn finish(self) -> Option<String> {
        let text = self.text.trim();
        let is_title = matches!(self.field, Field::Title(_)) && !self.markup;
        let text = match self.kind {
            Kind::Binary if matches!(self.field, Field::Content(_)) => return None,
            Kind::Binary | Kind::Base64 => decoded(text)?,
            Kind::Plain if matches!(self.field, Field::Content(_)) && !self.markup => plain(text),
            Kind::Plain if is_title => html::of_literal_title(text),
            Kind::Html if is_title && self.is_plain_by_default => html::of_plain_title(text),
            Kind::Plain | Kind::Html => text.to_owned(),
        };
        (!text.trim().is_empty()).then_some(text)
    }
}

/// The name of an element without its prefix and in lower case if it is one of HTML; others stay as written, for they
/// may be part of the text, as in `Vec<T>`.
fn of_html(name: &str) -> Cow<'_, str> {
    let local = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
    if html::has_element(&local) { Cow::Owned(local) } else { Cow::Borrowed(name) }
}

impl Kind {
    /// By the `type` of Atom (RFC 4287, section 4.1.3) and the `mode` of Atom 0.3.
    fn of(kind: &str, mode: &str) -> Kind {
        let is_text = ["", "html", "xhtml", "escaped"].contains(&kind)
            || kind.starts_with("text")
            || kind.contains("xml")
            || !kind.contains('/');
        match kind {
            _ if mode == "base64" => Kind::Base64,
            "text" | "text/plain" => Kind::Plain,
            _ if is_text => Kind::Html,
            _ => Kind::Binary,
        }
    }
}

fn decoded(text: &str) -> Option<String> {
    let packed: String = text.split_whitespace().collect();
    let bytes = STANDARD.decode(packed).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Text declared as plain, as HTML; unless it holds tags all the same, which is then what it means.
fn plain(text: &str) -> String {
    let has_tags = html::to_text(text) != space::fold(text) && text.contains('<');
    if has_tags { text.to_owned() } else { html::of_text(text) }
}

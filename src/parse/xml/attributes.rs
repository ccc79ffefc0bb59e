//! A start tag in, its attributes out, read as leniently as HTML's.

use quick_xml::events::BytesStart;

use crate::{html, parse::limits};

/// The attributes of one tag: names in lower case with their prefix, references decoded.
pub struct Attributes(Vec<(String, String)>);

impl Attributes {
    pub fn of(tag: &BytesStart) -> Attributes {
        let mut attributes = tag.html_attributes();
        let readable = attributes.with_checks(false).flatten();
        let pair = |a: quick_xml::events::attributes::Attribute| {
            (a.key.as_ref().to_ascii_lowercase(), html::attribute_value(&a.value).trim().to_owned())
        };
        Attributes(readable.take(limits::ATTRIBUTES).map(pair).collect())
    }

    /// The value; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

//! What is kept of HTML: blocks of plain text, each with its kind. Never holds markup.

use std::ops::Range;

/// A block of text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Block {
    pub kind: Kind,
    /// Plain text, white space folded, never empty.
    pub text: String,
    /// The links in the text, in order; they never overlap.
    pub links: Vec<Link>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    #[default]
    Paragraph,
    Heading,
    ListItem,
    Quote,
    /// Text belonging to a picture or a table: caption, credit.
    Caption,
}

/// A link in a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link {
    /// Byte range in the text; not empty.
    pub span: Range<usize>,
    /// Absolute `http(s)` address.
    pub address: String,
}

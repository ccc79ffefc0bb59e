//! HTML in, a verdict out: whether a tree parser may be let loose on it. Linear passes, no tree.
//!
//! html5ever, which is under every HTML library we use, takes time quadratic in the depth of nesting and in the
//! attributes of a tag (servo/html5ever#788), looks through the rest of the text for every `&` it writes, and builds
//! unclosed formatting elements anew in every paragraph; and what walks its trees recurses. So all of these are measured
//! first, by the rules of the HTML standard (WHATWG HTML §13.2.5 and §13.2.6), erring towards too deep.

mod depth;
mod scan;

use depth::Depth;
use scan::{Scanner, Written};

/// Open elements at one point. News pages seldom pass 50.
const MAX_DEPTH: usize = 256;
/// Tables in each other: what an extractor makes of them holds the innermost as often.
const MAX_TABLES: usize = 16;
/// Tags of a page, start and end tags counted. Of 143 news pages none has more than 3,312.
const MAX_TAGS: usize = 20_000;
/// Bytes of one tag, attributes included.
const MAX_TAG_BYTES: usize = 128 * 1024;
/// Attributes of one tag.
const MAX_ATTRIBUTES: usize = 512;
/// Attributes of all tags. Of those pages none has more than 3,877.
const MAX_ATTRIBUTES_IN_ALL: usize = 40_000;
/// Bytes of text outside of tags and scripts. Of those pages none has more than 77,097.
const MAX_TEXT: usize = 1 << 20;
/// Bytes of text and tags, each times the depth it stands at: what it costs to read every element's text once. Of those
/// pages none comes to more than three million.
const MAX_WORK: usize = 15_000_000;

/// Characters of the text that begin a reference or are written as one. Of those pages none has more than a hundred.
const MAX_MARKS: usize = 20_000;
/// Such characters, times the bytes of the text, or of the tag, that they stand in: what it costs to write them. Of
/// those pages none comes to ten million.
const MAX_WRITING: usize = 2_000_000_000;
/// Formatting elements that are built anew because they were not closed.
const MAX_REOPENED: usize = 100_000;

/// Why HTML is refused before it is parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("elements are nested deeper than {MAX_DEPTH}, or tables deeper than {MAX_TABLES}")]
    TooDeep,
    #[error("there are more than {MAX_TAGS} tags")]
    TooManyTags,
    #[error("one tag is longer than {MAX_TAG_BYTES} bytes")]
    TagTooLong,
    #[error(
        "one tag has more than {MAX_ATTRIBUTES} attributes, or all of them more than {MAX_ATTRIBUTES_IN_ALL}"
    )]
    TooManyAttributes,
    #[error("there are more than {MAX_TEXT} bytes of text")]
    TooMuchText,
    #[error("too many characters of its text stand for others")]
    TooManyMarks,
    #[error("formatting elements are left open, and would be built anew more than {MAX_REOPENED} times")]
    TooManyReopened,
    #[error("too much of it is nested too deep")]
    TooMuchWork,
    #[error("a CDATA section holds markup")]
    MarkupInCdata,
}

/// Whether `html` may be parsed into a tree: fit in size and depth for parsers that are neither linear nor
/// shy of recursion.
pub fn check(html: &str) -> Result<(), Refused> {
    // Parsers differ in whether the content of `noscript` is markup, and either reading can hide what follows.
    walk(Scanner::new(html.as_bytes(), true))?;
    walk(Scanner::new(html.as_bytes(), false))
}

fn walk(mut scanner: Scanner) -> Result<(), Refused> {
    let mut depth = Depth::default();
    let (mut tags, mut attributes, mut work, mut writing, mut reopened) = (0, 0, 0, 0, 0);
    while let Some(tag) = scanner.next_tag(&depth)? {
        tags += 1;
        if tags > MAX_TAGS {
            return Err(Refused::TooManyTags);
        }
        if tag.raw.len() > MAX_TAG_BYTES {
            return Err(Refused::TagTooLong);
        }
        attributes += tag.attributes;
        if tag.attributes > MAX_ATTRIBUTES || attributes > MAX_ATTRIBUTES_IN_ALL {
            return Err(Refused::TooManyAttributes);
        }
        work += (scanner.text() + tag.raw.len()) * depth.now();
        if work > MAX_WORK {
            return Err(Refused::TooMuchWork);
        }
        writing += scan::marks(tag.raw).saturating_mul(tag.raw.len());
        reopened += depth.reopened_by(&tag);
        if reopened > MAX_REOPENED {
            return Err(Refused::TooManyReopened);
        }
        depth.see(&tag);
        if depth.now() > MAX_DEPTH || (tag.name == "table" && depth.count("table") > MAX_TABLES) {
            return Err(Refused::TooDeep);
        }
    }
    work += scanner.text() * depth.now();
    let Written { bytes, marks } = scanner.written();
    writing += marks.saturating_mul(bytes);
    if marks > MAX_MARKS || writing > MAX_WRITING {
        return Err(Refused::TooManyMarks);
    }
    if bytes > MAX_TEXT {
        return Err(Refused::TooMuchText);
    }
    if work > MAX_WORK { Err(Refused::TooMuchWork) } else { Ok(()) }
}

#[cfg(test)]
mod tests;

//! Blocks in, safe HTML or plain text out: every character escaped, never a link that is not `http(s)`.

use std::borrow::Cow;

use quick_xml::escape::{escape, partial_escape};

use crate::{
    model::{Block, Kind},
    text::space,
};

/// The blocks as HTML; parsed again ([`super::blocks()`]) they are the same.
pub fn safe(blocks: &[Block]) -> String {
    let mut html = String::new();
    for run in blocks.chunk_by(|a, b| a.kind == b.kind) {
        let (around, each) = match run.first().map(|block| block.kind).unwrap_or_default() {
            Kind::Paragraph => ("", "p"),
            Kind::Heading => ("", "h3"),
            Kind::ListItem => ("ul", "li"),
            Kind::Quote => ("blockquote", "p"),
            Kind::Caption => ("figure", "figcaption"),
        };
        if !around.is_empty() {
            html.extend(["<", around, ">"]);
        }
        for block in run {
            html.extend(["<", each, ">"]);
            write(&mut html, block);
            html.extend(["</", each, ">"]);
        }
        if !around.is_empty() {
            html.extend(["</", around, ">"]);
        }
    }
    html
}

fn write(html: &mut String, block: &Block) {
    let text = |from: usize, to: usize| escaped(block.text.get(from..to).unwrap_or_default());
    let mut at = 0;
    for link in &block.links {
        html.push_str(&text(at, link.span.start));
        html.extend(["<a href=\"", &escape(&link.address), "\">"]);
        html.push_str(&text(link.span.start, link.span.end));
        html.push_str("</a>");
        at = link.span.end;
    }
    html.push_str(&text(at, block.text.len()));
}

fn escaped(text: &str) -> Cow<'_, str> {
    match memchr::memchr3(b'<', b'>', b'&', text.as_bytes()) {
        None => Cow::Borrowed(text),
        Some(_) => partial_escape(text),
    }
}

/// The text of all blocks, on one line.
pub fn plain(blocks: &[Block]) -> String {
    blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Plain text as HTML: blank lines separate paragraphs.
pub fn of_text(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(space::fold).filter(|text| !text.is_empty());
    safe(&paragraphs.map(|text| Block { text, ..Block::default() }).collect::<Vec<_>>())
}

//! A sound feed in, where its entries end out: what damage behind an entry must leave of it.

use reveille::feeds::Feed;

use crate::promises::feed;

/// A feed before it is damaged.
pub struct Original {
    pub bytes: Vec<u8>,
    /// What is read of it.
    pub feed: Feed,
    /// The byte behind each of its entries, in order; empty when that cannot be told.
    ends: Vec<usize>,
}

impl Original {
    /// Nothing when the bytes are no feed.
    pub fn read(bytes: Vec<u8>) -> Option<Original> {
        let feed = feed::checked(&bytes, None).ok()?;
        let mut ends =
            if bytes.trim_ascii_start().starts_with(b"{") { in_json(&bytes) } else { in_xml(&bytes) };
        // Of bytes that name no encoding, damage may change which is guessed.
        let head = bytes.get(..60).unwrap_or(&bytes);
        let has_encoding = std::str::from_utf8(&bytes).is_ok() || find(head, "encoding").is_some();
        if ends.len() != feed.entries.len() || !has_encoding {
            ends.clear();
        }
        Some(Original { bytes, feed, ends })
    }

    /// How many entries end before this byte.
    pub fn whole_before(&self, byte: usize) -> usize {
        self.ends.iter().take_while(|end| **end <= byte).count()
    }

    /// Places of the bytes between which a tag stands (brackets included); in JSON those of strings.
    pub fn tags(&self) -> Vec<(usize, usize)> {
        let (open, close) = if self.is_json() { (b'"', b'"') } else { (b'<', b'>') };
        let (mut tags, mut begun) = (Vec::new(), None);
        for (place, byte) in self.bytes.iter().enumerate() {
            match begun {
                Some(start) if *byte == close => {
                    tags.push((start, place + 1));
                    begun = None;
                }
                _ if *byte == open => begun = Some(place),
                _ => {}
            }
        }
        tags
    }

    /// The byte of the bracket that ends the document: cut before it, it is cut short.
    pub fn last_bracket(&self) -> usize {
        let bracket = if self.is_json() { b'}' } else { b'>' };
        self.bytes.iter().rposition(|byte| *byte == bracket).unwrap_or_default()
    }

    pub fn is_json(&self) -> bool {
        self.bytes.trim_ascii_start().starts_with(b"{")
    }
}

/// Behind each `</item>` or `</entry>` that stands in no CDATA section and no comment.
fn in_xml(bytes: &[u8]) -> Vec<usize> {
    let (mut ends, mut at) = (Vec::new(), 0);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let skipped = [("<![CDATA[", "]]>"), ("<!--", "-->")]
            .iter()
            .find(|(open, _)| rest.starts_with(open.as_bytes()))
            .map(|(_, close)| find(rest, close).map_or(rest.len(), |found| found + close.len()));
        let is_end = ["</item>", "</entry>"].iter().find(|end| rest.starts_with(end.as_bytes()));
        ends.extend(is_end.map(|end| at + end.len()));
        at += skipped.unwrap_or(1);
    }
    ends
}

fn find(bytes: &[u8], text: &str) -> Option<usize> {
    bytes.windows(text.len()).position(|window| window == text.as_bytes())
}

/// Behind each object in the list `items`.
fn in_json(bytes: &[u8]) -> Vec<usize> {
    let Some(list) = find(bytes, "\"items\"") else { return Vec::new() };
    let (mut ends, mut depth, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (place, byte) in bytes.iter().enumerate().skip(list + "\"items\"".len()) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => depth += 1,
            b'}' | b']' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
                if depth == 1 && *byte == b'}' {
                    ends.push(place + 1);
                }
            }
            _ => {}
        }
    }
    ends
}

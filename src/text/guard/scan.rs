//! Bytes of HTML in, its tags out, one by one: the tokeniser of the HTML standard (WHATWG HTML §13.2.5) as far as
//! it tells what is a tag and what is text, comment or script.

use super::{Refused, depth::Depth};

/// A start or end tag.
#[derive(Debug, Clone)]
pub struct Tag<'a> {
    /// Lower case.
    pub name: String,
    pub end: bool,
    /// It ends in `/>`, which closes only foreign elements.
    pub self_closing: bool,
    /// The whole tag with its angle brackets.
    pub raw: &'a [u8],
    /// Attributes, roughly: words of the tag outside of quotation marks.
    pub attributes: usize,
}

/// Elements whose content the tokeniser takes as text.
const RAW_TEXT: [&str; 7] = ["style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// Longest name that is told apart; longer ones are cut, no element of HTML has one.
const MAX_NAME: usize = 32;

/// Walks over the tags of a document.
pub struct Scanner<'a> {
    rest: &'a [u8],
    /// Bytes of text since the tag before the one last found.
    text: usize,
    written: Written,
    /// Whether `noscript` is raw text, as it is to parsers that think scripts run.
    scripting: bool,
}

/// The text of a document so far: what parsers and serializers have to look at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Written {
    pub bytes: usize,
    /// Characters in it that begin a reference or are written as one.
    pub marks: usize,
}

impl Written {
    fn add(&mut self, text: &[u8]) {
        self.bytes += text.len();
        self.marks += marks(text);
    }
}

/// Bytes that HTML writes as references, or that begin the characters it does (the no-break space, as UTF-8).
pub fn marks(text: &[u8]) -> usize {
    text.iter().filter(|byte| matches!(byte, b'&' | b'<' | b'>' | 0xc2)).count()
}

impl<'a> Scanner<'a> {
    pub fn new(html: &'a [u8], scripting: bool) -> Self {
        Self { rest: html, text: 0, written: Written::default(), scripting }
    }

    /// The next tag; scripts, comments and raw text are passed over. `depth` tells where the scanner stands.
    pub fn next_tag(&mut self, depth: &Depth) -> Result<Option<Tag<'a>>, Refused> {
        self.text = 0;
        while let Some(at) = self.rest.iter().position(|&b| b == b'<') {
            self.read(at);
            match self.rest.get(1) {
                Some(b'!') if self.rest.starts_with(b"<!--") => self.skip_comment(),
                Some(b'!') if depth.holds_foreign() && starts_with_no_case(self.rest, b"<![cdata[") => {
                    self.skip_cdata()?;
                }
                Some(b'!' | b'?') => self.skip_past(b">", 2),
                Some(b'/') if self.rest.get(2).is_some_and(u8::is_ascii_alphabetic) => {
                    return Ok(Some(self.tag(2, true)));
                }
                Some(b'/') => self.skip_past(b">", 2),
                Some(first) if first.is_ascii_alphabetic() => {
                    let tag = self.tag(1, false);
                    self.skip_raw_text(&tag.name, depth);
                    return Ok(Some(tag));
                }
                _ => self.read(1),
            }
        }
        self.read(self.rest.len());
        Ok(None)
    }

    /// Bytes of text before the tag last found, or at the end when there was none.
    pub fn text(&self) -> usize {
        self.text
    }

    /// All text before the tag last found, that of titles and text areas included.
    pub fn written(&self) -> Written {
        self.written
    }

    /// Takes so many bytes as text.
    fn read(&mut self, bytes: usize) {
        self.text += bytes;
        self.written.add(self.rest.get(..bytes).unwrap_or_default());
        self.advance(bytes);
    }

    fn advance(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// Moves behind the first `needle` at or after `from`, or to the end.
    fn skip_past(&mut self, needle: &[u8], from: usize) {
        match find(self.rest, needle, from) {
            Some(at) => self.advance(at + needle.len()),
            None => self.rest = &[],
        }
    }

    /// `<!-->` and `<!--->` are whole comments; `--!>` ends one as well.
    fn skip_comment(&mut self) {
        let plain = find(self.rest, b"-->", 2).map(|at| at + 3);
        let within = plain.unwrap_or(self.rest.len());
        let bang = find(self.rest.get(..within).unwrap_or_default(), b"--!>", 4).map(|at| at + 4);
        self.advance(bang.or(plain).unwrap_or(self.rest.len()));
    }

    fn skip_cdata(&mut self) -> Result<(), Refused> {
        let end = find(self.rest, b"]]>", 9).unwrap_or(self.rest.len());
        let markup = self.rest.get(9..end).unwrap_or_default().iter().any(|&b| b == b'<' || b == b'>');
        self.advance(end + 3);
        if markup { Err(Refused::MarkupInCdata) } else { Ok(()) }
    }

    /// Reads the tag at the start of `rest`, whose name begins at `from`.
    fn tag(&mut self, from: usize, end: bool) -> Tag<'a> {
        let name = self.rest.get(from..).unwrap_or_default().iter();
        let name = name.take_while(|b| !b.is_ascii_whitespace() && **b != b'/' && **b != b'>');
        let name = name.take(MAX_NAME).map(|b| char::from(b.to_ascii_lowercase())).collect();
        let (length, attributes) = measure(self.rest);
        let raw = self.rest.get(..length).unwrap_or_default();
        self.advance(length);
        Tag { name, end, self_closing: raw.ends_with(b"/>"), raw, attributes }
    }

    fn skip_raw_text(&mut self, name: &str, depth: &Depth) {
        if depth.in_foreign() {
            return;
        }
        match name {
            "script" => self.skip_script(),
            "plaintext" => self.rest = &[],
            "noscript" if self.scripting => self.skip_to_end_tag(name),
            // Within `select` most of them are ignored, and what follows is markup.
            _ if RAW_TEXT.contains(&name) && !depth.holds("select") => self.skip_to_end_tag(name),
            _ => {}
        }
    }

    fn skip_to_end_tag(&mut self, name: &str) {
        let end = find_end_tag(self.rest, name.as_bytes()).unwrap_or(self.rest.len());
        if matches!(name, "title" | "textarea") {
            self.written.add(self.rest.get(..end).unwrap_or_default());
        }
        self.advance(end);
    }

    /// To the end tag of a script, past the one a commented-out script within it may have (§13.2.5.17 to .31).
    fn skip_script(&mut self) {
        let (mut escaped, mut inner, mut at) = (false, false, 0);
        while let Some(next) =
            self.rest.get(at..).and_then(|r| r.iter().position(|b| matches!(b, b'<' | b'-')))
        {
            at += next;
            let rest = self.rest.get(at..).unwrap_or_default();
            if rest.starts_with(b"-->") {
                (escaped, inner) = (false, false);
            } else if rest.starts_with(b"<!--") {
                escaped = true;
                at += 1;
            } else if opens(rest, b"</script") {
                if !inner {
                    return self.advance(at);
                }
                inner = false;
            } else if escaped && opens(rest, b"<script") {
                inner = true;
            }
            at += 1;
        }
        self.rest = &[];
    }
}

/// Bytes of the tag at the start of `rest`, to the first `>` outside of quoted attribute values or all; and its
/// attributes.
fn measure(rest: &[u8]) -> (usize, usize) {
    let mut quote = None;
    let mut after_equals = false;
    let mut attributes = 0;
    let mut between = false;
    for (at, &byte) in rest.iter().enumerate() {
        match quote {
            Some(q) if byte == q => quote = None,
            Some(_) => continue,
            None if byte == b'>' => return (at + 1, attributes),
            None if after_equals && matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None => {}
        }
        let parts = byte.is_ascii_whitespace() || matches!(byte, b'/' | b'"' | b'\'');
        attributes += usize::from(between && !parts && byte != b'=');
        between = parts;
        // A quotation mark opens a value only straight after the equals sign.
        after_equals = quote.is_none() && (byte == b'=' || (after_equals && byte.is_ascii_whitespace()));
    }
    (rest.len(), attributes)
}

fn find(haystack: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let first = *needle.first()?;
    let mut at = from;
    loop {
        at += haystack.get(at..)?.iter().position(|&b| b == first)?;
        if haystack.get(at..)?.starts_with(needle) {
            return Some(at);
        }
        at += 1;
    }
}

fn starts_with_no_case(text: &[u8], prefix: &[u8]) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// Whether a tag whose text up to its name is `open` (any case) stands at the start of `rest`.
fn opens(rest: &[u8], open: &[u8]) -> bool {
    let delimited = rest.get(open.len()).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
    delimited && starts_with_no_case(rest, open)
}

/// Where the first end tag of this name stands.
fn find_end_tag(haystack: &[u8], name: &[u8]) -> Option<usize> {
    let open = [b"</", name].concat();
    let mut at = 0;
    loop {
        at = find(haystack, b"</", at)?;
        if opens(haystack.get(at..)?, &open) {
            return Some(at);
        }
        at += 2;
    }
}

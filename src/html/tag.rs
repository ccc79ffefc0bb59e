//! A fragment of HTML in, its pieces out: text, tags, comments. One linear pass; nothing is built or judged.

/// A slice of a fragment.
#[derive(Debug, Clone, Copy)]
pub enum Piece<'a> {
    Text(&'a str),
    Tag(Tag<'a>),
    /// A comment, declaration or processing instruction.
    Comment,
}

/// One tag.
#[derive(Debug, Clone, Copy)]
pub struct Tag<'a> {
    pub name: &'a str,
    /// `</name>`
    pub closes: bool,
    /// `<name/>`
    pub empty: bool,
    class: Class,
}

/// What a tag does to the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Stands within a line: parts no words.
    Inline,
    /// The same, and never has content.
    Break,
    /// Never has content.
    Void,
    /// Its content is never shown.
    Hidden,
    /// Every other element of HTML, of its history too.
    Block,
}

/// The class of an element by its name; none when HTML has no such element, so that `<T>` and `<jo@example.org>` are
/// text. Names with a colon or hyphen are an editor's or a script's elements.
fn class(name: &str) -> Option<Class> {
    let class = match name.to_ascii_lowercase().as_str() {
        "a" | "abbr" | "acronym" | "b" | "bdi" | "bdo" | "big" | "blink" | "cite" | "code" | "del"
        | "dfn" | "em" | "font" | "i" | "ins" | "kbd" | "label" | "mark" | "nobr" | "q" | "rp" | "rt"
        | "ruby" | "s" | "samp" | "small" | "span" | "strike" | "strong" | "sub" | "sup" | "tt" | "u" => {
            Class::Inline
        }
        "wbr" => Class::Break,
        "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "param"
        | "source" | "track" => Class::Void,
        "script" | "style" | "head" | "noscript" | "template" => Class::Hidden,
        "address" | "applet" | "article" | "aside" | "audio" | "basefont" | "blockquote" | "body"
        | "button" | "canvas" | "caption" | "center" | "colgroup" | "data" | "datalist" | "dd"
        | "details" | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure"
        | "footer" | "form" | "frame" | "frameset" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header"
        | "hgroup" | "html" | "iframe" | "legend" | "li" | "main" | "map" | "marquee" | "math" | "menu"
        | "meter" | "nav" | "object" | "ol" | "optgroup" | "option" | "output" | "p" | "picture" | "pre"
        | "progress" | "section" | "select" | "summary" | "svg" | "table" | "tbody" | "td" | "textarea"
        | "tfoot" | "th" | "thead" | "time" | "title" | "tr" | "ul" | "var" | "video" | "xmp" => Class::Block,
        other if other.contains([':', '-']) => Class::Block,
        _ => return None,
    };
    Some(class)
}

/// Whether HTML has an element of this name.
pub fn is_known(name: &str) -> bool {
    class(name).is_some()
}

/// Whether an element of this name never has content.
pub fn is_void(name: &str) -> bool {
    matches!(class(name), Some(Class::Void | Class::Break))
}

impl<'a> Tag<'a> {
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The name, when what it encloses is never shown.
    pub fn hides_its_content(&self) -> Option<&'a str> {
        (self.class == Class::Hidden).then_some(self.name)
    }

    /// Whether the words before and after it are apart.
    pub fn breaks_text(&self) -> bool {
        !matches!(self.class, Class::Inline | Class::Break)
    }
}

/// The pieces of a fragment, in order.
pub struct Pieces<'a> {
    rest: &'a str,
    /// What follows the last `>`: no tag ends there, and looking for one again and again would take quadratic time.
    tail: usize,
}

impl<'a> Pieces<'a> {
    pub fn of(fragment: &'a str) -> Pieces<'a> {
        let tail = fragment.rsplit('>').next().map_or(0, str::len);
        Pieces { rest: fragment, tail }
    }

    /// The markup at the beginning of the rest, if there is any, and the text after it.
    fn markup(&self) -> Option<(Piece<'a>, &'a str)> {
        let inner = self.rest.strip_prefix('<').filter(|inner| inner.len() >= self.tail)?;
        if let Some(comment) = inner.strip_prefix("!--") {
            return Some((Piece::Comment, comment.split_once("-->").map_or("", |(_, tail)| tail)));
        }
        if let Some(cdata) = inner.strip_prefix("![CDATA[") {
            let (text, tail) = cdata.split_once("]]>").unwrap_or((cdata, ""));
            return Some((Piece::Text(text), tail));
        }
        if inner.starts_with(['!', '?']) {
            return inner.split_once('>').map(|(_, tail)| (Piece::Comment, tail));
        }
        let (tag, tail) = tag(inner)?;
        Some((Piece::Tag(tag), tail))
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        if let Some((piece, tail)) = self.markup() {
            self.rest = tail;
            return Some(piece);
        }
        let opening = self.rest.char_indices().skip(1).find(|(_, c)| *c == '<');
        let (text, tail) = self.rest.split_at(opening.map_or(self.rest.len(), |(place, _)| place));
        self.rest = tail;
        Some(Piece::Text(text))
    }
}

/// What follows a `<`, read as a tag of HTML: the tag and the text after its `>`.
fn tag(inner: &str) -> Option<(Tag<'_>, &str)> {
    let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_' | '.');
    let end = inner.find(|c: char| !is_name(c))?;
    let (name, attributes) = inner.split_at(end);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !attributes.starts_with(is_after_a_name) {
        return None;
    }
    let class = class(name)?;
    let (attributes, tail) = attributes.split_at(closing_bracket(attributes)?);
    let tag = Tag { name, closes, empty: attributes.ends_with('/'), class };
    Some((tag, tail.strip_prefix('>')?))
}

fn is_after_a_name(c: char) -> bool {
    c.is_ascii_whitespace() || matches!(c, '/' | '>')
}

/// Place of the `>` that ends a tag: the first outside of quotation marks, else the first.
fn closing_bracket(attributes: &str) -> Option<usize> {
    let mut quote = None;
    for (place, byte) in attributes.bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return Some(place),
            (b'"' | b'\'', None) => quote = Some(byte),
            (b, Some(q)) if b == q => quote = None,
            (b'<', Some(_)) => break,
            _ => {}
        }
    }
    attributes.find('>')
}

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
    /// What stands between the name and the `>`.
    pub attributes: &'a str,
    /// `</name>`
    pub closes: bool,
    /// `<name/>`
    pub empty: bool,
}

/// Elements whose content is never shown.
const HIDDEN: [&str; 5] = ["script", "style", "head", "noscript", "template"];

const VOID: &str = "area base br col embed hr img input link meta param source track wbr";

/// Elements that stand within a line: their tags part no words.
const INLINE: &str = "\
    a abbr acronym b bdi bdo big blink cite code del dfn em font i ins kbd label mark nobr q rp rt ruby \
    s samp small span strike strong sub sup tt u";

/// Other elements of HTML, of its history too: their tags part words.
const BLOCK: &str = "\
    address applet article aside audio basefont blockquote body button canvas caption center colgroup \
    data datalist dd details dialog dir div dl dt fieldset figcaption figure footer form frame frameset \
    h1 h2 h3 h4 h5 h6 head header hgroup html iframe legend li main map marquee math menu meter nav \
    noscript object ol optgroup option output p picture pre progress script section select style summary \
    svg table tbody td template textarea tfoot th thead time title tr ul var video xmp";

/// Whether an element of this name never has content.
pub fn is_void(name: &str) -> bool {
    within(name, VOID)
}

/// Whether HTML (or an editor's export) means this as the name of a tag; `<T>` and `<jo@example.org>` are text.
fn is_html(name: &str) -> bool {
    name.contains([':', '-']) || within(name, INLINE) || within(name, BLOCK) || is_void(name)
}

fn within(name: &str, names: &str) -> bool {
    names.split(' ').any(|n| n.eq_ignore_ascii_case(name))
}

impl Tag<'_> {
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    pub fn is_void(&self) -> bool {
        is_void(self.name)
    }

    /// The name, when what it encloses is never shown.
    pub fn hides_its_content(&self) -> Option<&'static str> {
        HIDDEN.into_iter().find(|n| self.is(n))
    }

    /// Whether the words before and after it are apart.
    pub fn breaks_text(&self) -> bool {
        !self.is("wbr") && !within(self.name, INLINE)
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
    if !is_html(name) {
        return None;
    }
    let (attributes, tail) = attributes.split_at(closing_bracket(attributes)?);
    let tag = Tag { name, attributes, closes, empty: attributes.ends_with('/') };
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

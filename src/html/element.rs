//! The name of an element in, what it does to the text around and inside it out. Never looks at attributes.

/// What an element means to a reader of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Within a line: does not separate words.
    Inline,
    /// The same, and never has content.
    Break,
    /// Never has content, and separates words.
    Void,
    /// Ends a line.
    Line,
    /// Its content is neither markup nor article text: code, or the content of a form field.
    Code,
    /// Its content is never shown, or is interactive: nobody wrote it to be read as prose. Within a line.
    Silent,
    /// The same, for what stands beside the text.
    Apart,
    /// Belongs to a picture.
    Figure,
    Heading,
    Item,
    Quote,
    /// Every other element of HTML, obsolete ones included.
    Block,
}

/// Length of the longest element name in HTML.
const LONGEST: usize = 10;

/// The class of an element by name; none if HTML has no such element, so that `<T>` and `<jo@example.org>` are text.
/// Names with a colon or hyphen are elements of an editor or a script.
pub fn class(name: &str) -> Option<Class> {
    let mut lower = [0; LONGEST];
    let known = lower.get_mut(..name.len()).and_then(|lower| {
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        of_html(lower)
    });
    known.or_else(|| name.contains([':', '-']).then_some(Class::Block))
}

fn of_html(name: &[u8]) -> Option<Class> {
    let class = match name {
        b"a" | b"abbr" | b"acronym" | b"b" | b"bdi" | b"bdo" | b"big" | b"blink" | b"cite" | b"code"
        | b"data" | b"del" | b"dfn" | b"em" | b"font" | b"i" | b"ins" | b"kbd" | b"mark" | b"nobr" | b"q"
        | b"rb" | b"rp" | b"rt" | b"ruby" | b"s" | b"samp" | b"small" | b"span" | b"strike" | b"strong"
        | b"sub" | b"sup" | b"time" | b"tt" | b"u" | b"var" => Class::Inline,
        b"wbr" => Class::Break,
        b"br" => Class::Line,
        b"area" | b"base" | b"basefont" | b"col" | b"embed" | b"frame" | b"hr" | b"img" | b"input"
        | b"link" | b"meta" | b"param" | b"source" | b"track" => Class::Void,
        b"iframe" | b"noembed" | b"noframes" | b"noscript" | b"script" | b"style" | b"textarea"
        | b"title" | b"xmp" => Class::Code,
        b"applet" | b"audio" | b"button" | b"canvas" | b"datalist" | b"label" | b"map" | b"math"
        | b"meter" | b"object" | b"optgroup" | b"option" | b"output" | b"progress" | b"select" | b"svg"
        | b"template" | b"video" => Class::Silent,
        b"aside" | b"dialog" | b"footer" | b"form" | b"head" | b"menu" | b"nav" => Class::Apart,
        b"caption" | b"figcaption" | b"figure" | b"picture" => Class::Figure,
        b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Class::Heading,
        b"li" => Class::Item,
        b"blockquote" => Class::Quote,
        b"address" | b"article" | b"body" | b"center" | b"colgroup" | b"dd" | b"details" | b"dir"
        | b"div" | b"dl" | b"dt" | b"fieldset" | b"frameset" | b"header" | b"hgroup" | b"html"
        | b"legend" | b"main" | b"marquee" | b"ol" | b"p" | b"pre" | b"section" | b"summary" | b"table"
        | b"tbody" | b"td" | b"tfoot" | b"th" | b"thead" | b"tr" | b"ul" => Class::Block,
        _ => return None,
    };
    Some(class)
}

#[cfg(test)]
mod tests {
    use super::{Class, class};

    #[test]
    fn names_are_known_in_any_case_and_what_is_no_element_is_not() {
        assert_eq!((class("BlockQuote"), class("o:p")), (Some(Class::Quote), Some(Class::Block)));
        assert_eq!((class("T"), class("harbourmaster"), class("jo")), (None, None, None));
    }
}

//! The HTML of a headline in, its words out. What names a tag stays, as in `Stop using <br> for layout`.

use super::{
    ESCAPES,
    entity::{decode, without_controls},
    holds_tags, strip,
    tag::{Piece, Pieces, Tag},
    to_text,
};
use crate::text::space;

/// Tags that stray into headlines between words, where they name nothing.
const STRAY: [&str; 6] = ["br", "hr", "p", "div", "wbr", "img"];

/// How much of a literal headline is looked at, in characters: more than any is printed of.
const MOST: usize = 4_000;

/// The words of a headline: as [`to_text`], unless the tags in it are named and mark nothing.
pub fn title(html: &str) -> String {
    let line = without_controls(html);
    if names_tags(&line) && !STRAY.iter().any(|stray| holds(&line, stray)) {
        return space::fold(&decode(&line));
    }
    let once = decode(&strip(&line)).into_owned();
    if names_tags(&once) { space::fold(&once) } else { to_text(html) }
}

/// The HTML of a headline that is declared to be no HTML; what is marked up all the same is HTML.
pub fn of_literal_title(text: &str) -> String {
    if holds_tags(text) && !names_tags(text) {
        return text.to_owned();
    }
    let text: String = text.chars().take(MOST).collect();
    (0..ESCAPES).fold(text, |text, _| text.replace('&', "&amp;").replace('<', "&lt;"))
}

/// The same of a headline that is none by default, as in Atom and JSON Feed, where many write references all the same.
pub fn of_plain_title(text: &str) -> String {
    if text.contains('<') { of_literal_title(text) } else { text.to_owned() }
}

fn holds(line: &str, name: &str) -> bool {
    Pieces::of(line).any(|piece| matches!(piece, Piece::Tag(tag) if tag.is(name)))
}

/// Whether a line has tags and each is a word of it: bare, apart from the words around it, and not closed further on.
fn names_tags(line: &str) -> bool {
    if !line.contains('<') {
        return false;
    }
    let pieces: Vec<Piece<'_>> = Pieces::of(line).collect();
    let tags: Vec<&Tag<'_>> = pieces
        .iter()
        .filter_map(|piece| if let Piece::Tag(tag) = piece { Some(tag) } else { None })
        .collect();
    let opened = |name: &str| tags.iter().any(|tag| !tag.closes && tag.is(name));
    let is_bare = |tag: &Tag<'_>| !tag.empty && tag.attributes().next().is_none();
    let is_named = |tag: &&Tag<'_>| is_bare(tag) && !(tag.closes && opened(tag.name));
    let is_apart = |place: usize| {
        let before = place.checked_sub(1).and_then(|before| pieces.get(before));
        let (before, after) = (before.map(text_of), pieces.get(place + 1).map(text_of));
        before.is_none_or(|text| !text.ends_with(char::is_alphanumeric))
            && after.is_none_or(|text| !text.starts_with(char::is_alphanumeric))
    };
    let is_apart = |(place, piece): (usize, &Piece<'_>)| !matches!(piece, Piece::Tag(_)) || is_apart(place);
    !tags.is_empty() && tags.iter().all(is_named) && pieces.iter().enumerate().all(is_apart)
}

fn text_of<'a>(piece: &Piece<'a>) -> &'a str {
    if let Piece::Text(text) = piece { text } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_that_a_headline_names_stays() {
        for (html, words) in [
            ("The <video> element turns ten", "The <video> element turns ten"),
            ("A guide to &lt;head&gt; elements", "A guide to <head> elements"),
            ("How the &lt;script&gt; tag slows &amp;amp; stalls", "How the <script> tag slows &amp; stalls"),
            ("Stop using &lt;br&gt; for layout", "Stop using <br> for layout"),
            ("Why “&lt;/table&gt;” matters", "Why “</table>” matters"),
        ] {
            assert_eq!(title(html), words, "{html}");
        }
    }

    #[test]
    fn markup_goes_however_often_it_was_escaped() {
        for html in [
            "<b>Ferry</b> aground",
            "&lt;b&gt;Ferry&lt;/b&gt; aground",
            "&amp;lt;b&amp;gt;Ferry&amp;lt;/b&amp;gt; aground",
            "Ferry<br>aground",
            "Ferry <br> aground",
            "Ferry&lt;br /&gt;aground",
            "<p>Ferry aground",
            "Ferry <i>aground",
            "&lt;span class=\"x\"&gt; Ferry aground",
        ] {
            assert_eq!(title(html), "Ferry aground", "{html}");
        }
    }

    #[test]
    fn a_literal_headline_is_word_for_word_unless_it_is_marked_up() {
        for text in ["Stop using <br> for layout", "When &amp; meets &lt;", "a < b & c"] {
            assert_eq!(title(&of_literal_title(text)), text);
        }
        for (text, words) in
            [("Stop using <br> for layout", "Stop using <br> for layout"), ("Q&amp;A", "Q&A")]
        {
            assert_eq!(title(&of_plain_title(text)), words);
        }
        assert_eq!(title(&of_literal_title("<b>Ferry</b> aground")), "Ferry aground");
        assert!(of_literal_title(&"&".repeat(1 << 20)).len() < 1 << 16);
    }
}

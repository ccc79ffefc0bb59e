//! A page in, the HTML its readers need out: never comments, no code but metadata, few attributes. One linear pass;
//! nothing is built yet, so what is dropped here counts towards no limit.

use crate::html::{
    element::Class,
    tag::{Piece, Pieces, Tag},
};

/// What is kept of a page besides its text and elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// What is needed to find an article.
    Article,
    /// Also code and long values, which a mail is judged by.
    Code,
}

/// Attributes that this program or the extractor reads.
const ATTRIBUTES: [&str; 31] = [
    "alt",
    "aria-hidden",
    "aria-modal",
    "class",
    "colspan",
    "content",
    "data-component",
    "data-testid",
    "datetime",
    "dir",
    "height",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "itemprop",
    "itemtype",
    "lang",
    "name",
    "placeholder",
    "property",
    "pubdate",
    "rel",
    "role",
    "rowspan",
    "src",
    "style",
    "title",
    "type",
    "width",
    "xml:lang",
];

/// Bytes of the longest value kept, and of the longest that says what the page is about.
const LONGEST: usize = 2_000;
const LONGEST_CONTENT: usize = 20_000;

/// Elements without a word of an article; removed with everything in them.
const UNREAD: [&str; 5] = ["button", "math", "select", "svg", "template"];

/// Smallest number of bytes passed on at once.
const PIECE: usize = 16 * 1024;

/// What is left of a page, produced as it is read.
pub struct Slim<'a> {
    pieces: Pieces<'a>,
    keep: Keep,
    html: String,
    /// Its metadata in scripts (JSON-LD), as written.
    pub metadata: Vec<String>,
}

impl Iterator for Slim<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        while self.html.len() < PIECE
            && let Some(piece) = self.pieces.next()
        {
            self.read(piece);
        }
        Some(std::mem::take(&mut self.html)).filter(|html| !html.is_empty())
    }
}

impl<'a> Slim<'a> {
    pub fn of(page: &'a str, keep: Keep) -> Slim<'a> {
        // Without it a table would be put inside a paragraph (quirks mode).
        let html = "<!DOCTYPE html>".to_owned();
        Slim { pieces: Pieces::of_page(page), keep, html, metadata: Vec::new() }
    }

    fn read(&mut self, piece: Piece<'a>) {
        match piece {
            Piece::Comment => {}
            Piece::Text(text) => match text.strip_prefix('<') {
                Some(behind) => self.html.extend(["&lt;", behind]),
                None => self.html.push_str(text),
            },
            Piece::Tag(tag) if tag.class == Class::Code => self.code(tag),
            Piece::Tag(tag) if self.keep == Keep::Article && UNREAD.iter().any(|name| tag.is(name)) => {
                if !tag.closes {
                    self.pieces.pass_over(tag);
                }
            }
            Piece::Tag(tag) if tag.closes => self.html.extend(["</", tag.name, ">"]),
            Piece::Tag(tag) => self.open(tag),
        }
    }

    /// An element whose content is not markup.
    fn code(&mut self, tag: Tag<'a>) {
        if tag.closes {
            return;
        }
        if tag.is("noscript") && self.keep == Keep::Article {
            return self.pieces.pass_over(tag);
        }
        let content = self.pieces.content(tag.name);
        if tag.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json")) {
            self.metadata.push(content.to_owned());
        }
        if self.keep == Keep::Code || tag.is("title") {
            self.open(tag);
            self.html.extend([content, "</", tag.name, ">"]);
        }
    }

    /// A start tag, keeping the first of each attribute.
    fn open(&mut self, tag: Tag) {
        self.html.extend(["<", tag.name]);
        let mut seen = [false; ATTRIBUTES.len()];
        for (name, value) in tag.attributes() {
            let known = ATTRIBUTES.iter().zip(&mut seen).find(|(known, _)| name.eq_ignore_ascii_case(known));
            let Some((known, seen)) = known.filter(|(_, seen)| !**seen) else { continue };
            *seen = true;
            let longest = if *known == "content" { LONGEST_CONTENT } else { LONGEST };
            let quote = if value.contains('"') { "'" } else { "\"" };
            if (value.len() <= longest || self.keep == Keep::Code) && !value.contains(quote) {
                self.html.extend([" ", *known, "=", quote, value, quote]);
            }
        }
        self.html.push('>');
    }
}
#[cfg(test)]
mod tests {
    use super::*;

    /// The stripped page and its metadata.
    fn read(html: &str, keep: Keep) -> (String, Vec<String>) {
        let mut slim = Slim::of(html, keep);
        let html: String = slim.by_ref().collect();
        (html.trim_start_matches("<!DOCTYPE html>").to_owned(), slim.metadata)
    }

    fn article(html: &str) -> String {
        read(html, Keep::Article).0
    }

    #[test]
    fn what_nobody_reads_goes() {
        let json = "{\"a\": \"<p>\"}".repeat(20_000);
        let html = format!(
            "<!doctype html><!-- a --><body onload=x class='a \"b\"' data-state='{json}'><script>let a = '<p>';</script>\
             <style>p{{}}</style><noscript><p>On!</p></noscript><svg><title>x</title></svg><P CLASS=b class=c id>1 < 2 <wbr/>\
             <svg><svg></svg>y</svg><input type=email data-x=1><br></P><select><option>a</select><iframe>z</iframe>"
        );
        assert_eq!(
            article(&html),
            "<body class='a \"b\"'><P class=\"b\" id=\"\">1 &lt; 2 <wbr><input type=\"email\"><br></P>"
        );
    }

    #[test]
    fn a_tag_without_its_end_goes_with_all_behind_it() {
        assert_eq!(article("<p>Tide < 5 m</p> <p class='a"), "<p>Tide &lt; 5 m</p> ");
        assert_eq!(article("<p>Tide</p></p <b"), "<p>Tide</p>");
        assert_eq!(article("<p>5 < 6"), "<p>5 &lt; 6");
    }

    #[test]
    fn an_element_that_is_passed_over_hides_nothing_behind_it() {
        for before in [
            "<select><button><selectedcontent></selectedcontent></button></select>",
            "<svg class=i><svg x=1 /></svg>",
            "<svg><path/>",
            "<template><script>const a = '<template>'</script></template>",
            "<template><p title='<template>'></p></template>",
        ] {
            assert!(article(&format!("{before}<p>Tide</p>")).ends_with("<p>Tide</p>"), "{before}");
        }
    }

    #[test]
    fn however_many_are_never_closed_none_is_read_and_nothing_is_hidden() {
        for left_open in
            ["<svg><text>x", "<select><option>a", "<template>a", "<button>Share", "<noscript>On!"]
        {
            let closed =
                "<svg><text>x</text></svg><select><option>a</select><button>b</button><noscript>c</noscript>";
            let html = format!("{}<p>Tide</p>{closed}<p>Ebb</p>", left_open.repeat(20));
            assert_eq!(article(&html), "<p>Tide</p><p>Ebb</p>", "{left_open}");
        }
    }

    #[test]
    fn metadata_is_kept_apart_and_a_title_in_its_place() {
        let html = "<title>A <b> &amp; c</title><script type='application/ld+json'>{\"@type\": \"Article\"}</script>";
        let metadata = vec!["{\"@type\": \"Article\"}".to_owned()];
        assert_eq!(read(html, Keep::Article), ("<title>A <b> &amp; c</title>".to_owned(), metadata));
        let code = "<style>p{}</style><script>a < b</script><img src=\"data:,\">";
        assert_eq!(read(code, Keep::Code).0, code);
    }

    #[test]
    fn every_shape_takes_linear_time() {
        for shape in [
            "<svg>",
            "<svg><svg>",
            "<svg><p>",
            "<svg><desc><p>",
            "<noscript><p>",
            "<select><p>",
            "<template><p>",
            "<button><p>",
            "<a class=x ",
            "<a b='",
            "<script>",
            "<p class=",
            "<!--",
            "<",
        ] {
            assert!(article(&shape.repeat(30_000)).len() < 600_000, "{shape}");
        }
    }
}

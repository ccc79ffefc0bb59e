//! Fragments as feeds carry them, and what is left of them as text and as safe HTML.

use url::Url;

use super::*;

fn base() -> Option<Url> {
    Url::parse("https://harbour.example/news/").ok()
}

#[test]
fn tags_go_and_entities_are_decoded() {
    assert_eq!(
        to_text("<p>Ferry <b>&eacute;cole</b> sinks</p><p>Two&nbsp;hurt</p>"),
        "Ferry école sinks Two hurt"
    );
}

#[test]
fn inline_tags_part_no_words() {
    assert_eq!(to_text("<span>N</span>ATO<br>talks"), "NATO talks");
}

#[test]
fn what_was_escaped_twice_is_decoded_twice() {
    assert_eq!(to_text("Salt &amp;amp; Sons"), "Salt & Sons");
    assert_eq!(to_text("&lt;i&gt;Tern&lt;/i&gt; lost &amp;#8217;"), "Tern lost ’");
}

#[test]
fn scripts_styles_and_comments_leave_nothing() {
    assert_eq!(to_text("a<script>if (x<y) {}</script>b<!-- no --><style>p{}</style>"), "a b");
}

#[test]
fn an_angle_that_opens_no_tag_stays() {
    assert_eq!(
        to_text("3 < 4, Vec<Harbour> & jo <jo@harbour.example>"),
        "3 < 4, Vec<Harbour> & jo <jo@harbour.example>"
    );
}

#[test]
fn references_without_semicolon_and_of_windows_are_read() {
    assert_eq!(to_text("A&nbsp B &#146;s&#150;t \u{93}q\u{94}"), "A B ’s–t “q”");
    assert_eq!(to_text("Q&A at R&D; &bogus; &#0;"), "Q&A at R&D; &bogus; \u{fffd}");
}

#[test]
fn control_characters_go_however_they_are_written() {
    assert_eq!(to_text("Fer\u{1}ry&#7; sails&#x85;at &amp;#x1b;dawn"), "Ferry sails…at dawn");
}

#[test]
fn safe_html_keeps_blocks_and_links_and_drops_the_rest() {
    let html = "<p onclick=x>Hi <b>all</b>, <a href='/t?a=1&amp;b' class=x> there </a><script>bad()</script>&lt;b> &amp;amp;</p>\
                <h2>Tide</h2><ul><li>in<li>out</ul><blockquote><p>“Never.”</blockquote><figure><img src=p.png>\
                <figcaption>A gull</figcaption></figure>";
    assert_eq!(
        safe(&blocks(html, base().as_ref())),
        "<p>Hi all, <a href=\"https://harbour.example/t?a=1&amp;b\">there</a> &lt;b&gt; &amp;amp;</p><h3>Tide</h3>\
         <ul><li>in</li><li>out</li></ul><blockquote><p>“Never.”</p></blockquote><figure><figcaption>A gull</figcaption></figure>"
    );
}

#[test]
fn safe_html_has_http_links_only() {
    let html = "<a href=\"javascript:x()\">a</a><img src=\"data:image/png;base64,AA\"><a href=y>b</a>";
    assert_eq!(safe(&blocks(html, None)), "<p>a b</p>");
}

#[test]
fn what_is_safe_is_the_same_when_it_is_read_again() {
    for fragment in [
        "&amp;amp;amp;lt; &amp;lt;p&amp;gt;",
        "<h3>a <x><h3>b</h3></x> c</h3>",
        "<a href='/x'>a <table><a href=y>b</a></table></a>",
        "\u{feff}\u{feff}<p>a \u{85}\u{93}b&#x94;",
        "<p>a<svg><p>b</svg>",
        "<li><p>a</p><blockquote>b<figure>c</figure></blockquote>",
        "<p>a <a href=/x> b<br>c </a> d <a href=/y></a><a href=/z>e",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    ] {
        let read = blocks(fragment, base().as_ref());
        assert_eq!(blocks(&safe(&read), None), read, "{fragment}");
    }
}

#[test]
fn a_fragment_that_was_escaped_once_too_often_is_what_it_means() {
    assert_eq!(unescaped("&amp;lt;p&amp;gt;Tern"), "<p>Tern");
    for meant in ["<p>the &lt;br&gt; element", "3 &lt; 4 &amp;amp; 5", "&lt;harbourmaster&gt;"] {
        assert_eq!(unescaped(meant), meant);
    }
}

#[test]
fn unfinished_tags_take_linear_time() {
    for shape in [
        "<a ",
        "<!",
        "<x \"",
        "<a \"",
        "<a b=\"",
        "<a b=\"<",
        "<a b='>\"<",
        "<script>",
        "<svg>",
        "<svg><desc><p>",
        "<noscript><p>",
        "<select><p>",
        "<template><p>",
        "<button><p>",
        "</p",
        "&",
        "<!--",
        "<![CDATA[",
    ] {
        let hostile = shape.repeat(1 << 15);
        assert!(to_text(&hostile).len() <= hostile.len(), "{shape}");
        assert!(plain(&blocks(&hostile, None)).len() <= hostile.len(), "{shape}");
    }
}

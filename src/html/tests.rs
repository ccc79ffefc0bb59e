//! Fragments as feeds carry them, and what is left of them as text and as safe HTML.

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
fn safe_html_keeps_paragraphs_and_drops_the_rest() {
    let safe = sanitize(
        "<p onclick=x>Hi <a href='/t?utm_source=rss'>there</a><script>bad()</script></p>",
        base().as_ref(),
    );
    assert_eq!(safe, "<p>Hi <a href=\"https://harbour.example/t?utm_source=rss\">there</a></p>");
}

#[test]
fn safe_html_has_http_links_only() {
    let safe = sanitize(
        "<a href=\"javascript:x()\">a</a><img src=\"data:image/png;base64,AA\"><img src=\"p.png\">",
        None,
    );
    assert_eq!(safe, "<a>a</a><img><img>");
}

#[test]
fn a_fragment_too_deep_for_a_tree_becomes_one_paragraph() {
    for tags in ["<div>", "<div></b>", "<b><div>"] {
        let deep = format!("{}sunk &amp; lost", tags.repeat(5_000));
        assert_eq!(sanitize(&deep, None), "<p>sunk &amp; lost</p>", "{tags}");
    }
}

#[test]
fn paragraphs_without_end_tags_are_not_deep() {
    let many = "<p>tide".repeat(300);
    assert_eq!(sanitize(&many, None).matches("<p>").count(), 300);
}

#[test]
fn unfinished_tags_take_linear_time() {
    for shape in ["<a ", "<!", "<x \"", "<a \"", "&", "<!--", "<![CDATA["] {
        let hostile = shape.repeat(1 << 17);
        assert!(to_text(&hostile).len() <= hostile.len(), "{shape}");
    }
}

#[test]
fn what_passed_the_allow_list_passes_it_unchanged() {
    let refused = "&amp;amp;amp;lt;".repeat(20_001);
    for fragment in [
        refused.as_str(),
        "<h3>a <x><h3>b</h3></x> c</h3>",
        "<a href='/x'>a <table><a href=y>b</a></table></a>",
        "\u{feff}\u{feff}\u{feff}\u{feff}\u{feff}\u{feff}<p>a",
        "<p>a<svg><p>b</svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    ] {
        let safe = sanitize(fragment, base().as_ref());
        assert_eq!(sanitize(&safe, None), safe, "{fragment}");
    }
}

#[test]
fn what_is_left_open_does_not_make_a_fragment_many_times_as_long() {
    for (bytes, paragraphs) in [(15_800, 126), (4_400, 1_100)] {
        let fragment = format!("<p><b title='{}'>{}", "x".repeat(bytes), "<p>tide".repeat(paragraphs));
        assert!(sanitize(&fragment, None) == format!("<p>{}</p>", ["tide"; 2000][..paragraphs].join(" ")));
    }
    let base = format!("https://harbour.example/{}/", "x".repeat(1_000)).parse().ok();
    let links = "<a href=y>tide</a> ".repeat(1_000);
    assert!(sanitize(&links, base.as_ref()) == format!("<p>{}</p>", ["tide"; 1000].join(" ")));
    let honest = "<p><a href=/y>tide</a> runs <b>high</b></p>".repeat(100);
    let base = "https://www.harbour-and-coast-gazette.example/news/2026/11/".parse().ok();
    assert_eq!(sanitize(&honest, base.as_ref()).matches("<a href=\"https://www.harbour").count(), 100);
}

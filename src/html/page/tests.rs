//! Pages that are read whole, and pages made to choke whoever walks them.

use super::*;

fn read(html: &str) -> Page {
    page(html, Keep::Article)
}

/// Number of elements, text nodes and comments, the greatest depth, and bytes of text.
fn measured(page: &Page) -> (usize, usize, usize) {
    let (mut nodes, mut deepest, mut text) = (0, 0, 0);
    let mut ahead = vec![(page.tree.root(), 0)];
    while let Some((node, depth)) = ahead.pop() {
        nodes += 1;
        deepest = deepest.max(depth);
        text += if node.is_text() { node.text().len() } else { 0 };
        ahead.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    (nodes, deepest, text)
}

fn nested(tags: &[&str], times: usize) -> String {
    (0..times).map(|n| tags[n % tags.len()].replace('#', &n.to_string())).collect()
}

#[test]
fn an_honest_page_is_read_whole() {
    let item = "<li><a href='/x'><img src=y>Story</a><p>Words<br>more <b>bold</b><p>unclosed paragraphs";
    let state = "{\"story\": \"<p>It's &amp; \\u00e9</p>\"}, ".repeat(10_000).replace('\'', "&#39;");
    for html in [
        format!(
            "<!doctype html><html><head><title>A < b</title><script>if (a<b) '<div>';</script></head><body><ul>{}</ul>\
             <table>{}</table><svg><path d='M0'/><g><use href='#a'/></g></svg>",
            item.repeat(2_000),
            "<tr><td>1<td>2".repeat(500),
        ),
        format!("<div data-state='{state}' data-other=\"{}\"><p>Tide", state.replace('"', "&quot;")),
        format!("<script>{}</script><style>{}</style><p>Tide", "&".repeat(600_000), "x".repeat(600_000)),
        "<!--x-->".repeat(50_000),
        format!(
            "<div><span>{}",
            "<p>The harbour <b>froze</b> for the first time in a century.</p>".repeat(8_000)
        ),
        (0..60).map(|n| format!("<tr><td><font color=#{n}>a")).collect::<String>()
            + &"<p>words".repeat(2_000),
        "<p><a href=x><b>x</b></a></p>".repeat(3_000),
        format!("<a><div>{}</a>", "<b><i>x</b></i>".repeat(2_000)),
    ] {
        assert_eq!(read(&html).cut, None, "{}", html.get(..60).unwrap_or_default());
    }
}

#[test]
fn no_more_text_is_built_than_the_limit_and_a_piece() {
    let read = read(&format!("<p>{}", "x ".repeat(1_000_000)));
    let (_, _, text) = measured(&read);
    assert_eq!(read.cut, Some(Cut::Text));
    assert!(text <= Limits::TEXT + PIECE, "{text}");
}

#[test]
fn deep_nesting_ends_a_page_whatever_it_is_made_of() {
    let shapes: [&[&str]; 11] = [
        &["<div>"],
        &["<b>"],
        &["<table><tr><td>"],
        &["<p><b id=#></p>"],
        &["<div><b id=#></div>"],
        &["<span></p><div></span>"],
        &["<ul><li>"],
        &["<li><dd>"],
        &["<div></b><div title='</div>'>"],
        &["<a><div>"],
        &["<object><x-y>"],
    ];
    for shape in shapes {
        let read = read(&format!("<p>Tide</p>{}", nested(shape, 30_000)));
        let (nodes, deepest, _) = measured(&read);
        assert!(
            read.cut.is_some() && nodes < 50_000 && deepest <= Limits::DEPTH,
            "{shape:?}: {:?}",
            read.cut
        );
        assert!(read.tree.root().text().starts_with("Tide"), "{shape:?}");
    }
    let deeper = "<div>".repeat(250) + &"<a><p><b>".repeat(20) + "</a>";
    assert_eq!(read(&deeper).cut, Some(Cut::Depth), "what is closed amiss goes deeper than it was put");
    let tables = |deep: usize| read(&"<table><tr><td>".repeat(deep)).cut;
    assert_eq!((tables(Limits::TABLES), tables(Limits::TABLES + 1)), (None, Some(Cut::Depth)));
}

#[test]
fn too_much_of_anything_ends_a_page() {
    let deep = |text: &str| format!("{}{text}", "<div>".repeat(200));
    let open: String = (0..100).map(|number| format!("<font title={number}>")).collect();
    let long = format!("<p><b title='{}'>", "x".repeat(1_900));
    for (html, cut) in [
        ("<p></p>".repeat(Limits::NODES + 1), Cut::Elements),
        ("<table>x".repeat(60_000), Cut::Elements),
        (format!("<p>{open}{}", "<p>x".repeat(600)), Cut::Elements),
        (format!("{long}{}", "<p>x".repeat(3_000)), Cut::Attributes),
        ("tide ".repeat(Limits::TEXT / 5 + 1), Cut::Text),
        (deep(&"<p>".repeat(9_000)), Cut::Work),
        (deep(&"word ".repeat(200_000)), Cut::Work),
    ] {
        let begun = format!("<p>Tide</p>{html}");
        let read = read(&begun);
        let (nodes, deepest, text) = measured(&read);
        let name = html.get(..60).unwrap_or_default();
        assert_eq!(read.cut, Some(cut), "{name}");
        assert!(nodes <= 2 * Limits::NODES + 200 && deepest <= Limits::DEPTH, "{name}: {nodes}, {deepest}");
        assert!(text <= Limits::TEXT + 100 && read.tree.root().text().starts_with("Tide"), "{name}: {text}");
    }
}

#[test]
fn endless_beginnings_are_read_in_linear_time() {
    let shapes = [
        "<",
        "<!--",
        "<a ",
        "<a b",
        "</",
        "<a b=\"",
        "<p a<1 ",
        "<script><!--",
        "<script><!-- --><!--<script>",
        "<svg><![CDATA[",
        "<b><!-- --!",
        "&",
        "&amp",
        "&#",
        "\0",
        "x",
        "<body a>",
        "<select><option>",
        "<table><b>",
        "<template>",
        "<b><p></b>",
        "<p class=a class=b ",
        "<math><annotation-xml>",
        "\u{feff}",
    ];
    for shape in shapes {
        let read = read(&shape.repeat(100_000 / shape.len()));
        assert!(measured(&read).0 <= 2 * Limits::NODES + 200, "{shape}");
    }
}

//! What of a fragment is prose, and what each block is told for.

use super::{DEPTH, blocks};
use crate::model::Kind::{self, Caption, Heading, ListItem, Paragraph, Quote};

fn texts(html: &str) -> Vec<String> {
    blocks(html, None).into_iter().map(|block| block.text).collect()
}

fn kinds(html: &str) -> Vec<(Kind, String)> {
    blocks(html, None).into_iter().map(|block| (block.kind, block.text)).collect()
}

#[test]
fn every_block_is_told_for_what_it_is() {
    let html = "<div>Loose words<h2>A <em>heading</em></h2><p>One\n two</p><ul><li>first</li><li>second</li></ul>\
                <blockquote>Said &amp; done</blockquote><figure><img alt=x><figcaption>A view</figcaption></figure>\
                <p class=wp-caption-text>A pier</p>tail</div>";
    let expected = [
        (Paragraph, "Loose words"),
        (Heading, "A heading"),
        (Paragraph, "One two"),
        (ListItem, "first"),
        (ListItem, "second"),
        (Quote, "Said & done"),
        (Caption, "A view"),
        (Caption, "A pier"),
        (Paragraph, "tail"),
    ];
    assert_eq!(kinds(html), expected.map(|(kind, text)| (kind, text.to_owned())));
}

#[test]
fn two_line_breaks_part_paragraphs_and_one_does_not() {
    assert_eq!(texts("one<br>line<br/> <br>two<br><br><br>three"), ["one line", "two", "three"]);
}

#[test]
fn what_is_no_prose_leaves_nothing_and_parts_no_paragraph() {
    let html = "<script>let a = '<p>';</script><style>p{}</style><noscript><p>Turn it on.</p></noscript><p>Kept <svg><text>x</text>\
                </svg>whole.</p><form>Mail <input><select><option>a<option>b</select><p>Now</p></form><button><div>Share</div></button>\
                <p>And <button>Copy</button><iframe>old</iframe>more.</p><p hidden>no</p><div style='Display: none'>no</div>";
    assert_eq!(texts(html), ["Kept whole.", "And more."]);
}

#[test]
fn an_element_without_its_end_tag_ends_with_what_it_stands_in() {
    for html in [
        "<div><form>Mail <input></div><p>Kept.</p>",
        "<p>a<button>Share</p><p>Kept.</p>",
        "<ul><li>a<ul><li>b<label>c</ul></ul><p>Kept.",
        "<html><head><title>x</title><body><p>Kept.",
        "<h2>Tide<p>Kept.",
        "<figure><figcaption>a</figure>Kept.",
    ] {
        assert_eq!(kinds(html).pop(), Some((Paragraph, "Kept.".to_owned())), "{html}");
    }
}

#[test]
fn no_element_left_open_hides_what_follows() {
    for html in [
        "<p>Kept.</p><iframe src=x/><p>Kept.</p>",
        "<p>Kept.</p><video src=a controls><p>Kept.</p>",
        "<p>Kept.</p><aside class=x/><div hidden/><button/><p>Kept.</p>",
        "<p>Kept.</p><label><p>Kept.</p>",
        "<p>Kept.</p><button>Share</button><select><option>a<option>b</select><button><p>Kept.</p>",
    ] {
        assert_eq!(texts(html), ["Kept."; 2], "{html}");
    }
}

#[test]
fn what_is_no_prose_ends_where_browsers_end_it() {
    for hidden in [
        "<button>Share</button>",
        "<math><mi>x</mi><mo>=</mo></math>",
        "<math><mtext>about</mtext><annotation-xml><p>x</p></annotation-xml></math>",
        "<svg><script>a</svg>",
        "<svg><script>a</script><style>p > a {}</style><text>x</text></svg>",
        "<svg><title>Icon</title><a><text>x</a></svg>",
        "<svg><foreignObject width=1><p>x</p><style></svg></style></foreignObject></svg>",
        "<svg><![CDATA[x</svg>]]></svg>",
        "<svg><svg><path/></svg><text>x</text></svg>",
        "<noscript><iframe src=x>Turn it on.</noscript>",
        "<noscript><p>Turn it on.</p></noscript>",
        "<select><option>a<option>b</select>",
        "<select><option><div>a</div></select>",
        "<template>a <template>b</template> c</template>",
        "<template><p>a</p></template>",
    ] {
        assert_eq!(texts(&format!("<p>Kept {hidden}whole.</p>")), ["Kept whole."], "{hidden}");
    }
    for (hidden, kinds_of_it) in [
        ("<form>Mail <input><label>Name <input></label><button>Send</button></form>", vec![]),
        ("<figure><img><figcaption>A gull</figcaption></figure>", vec![(Caption, "A gull".to_owned())]),
    ] {
        let (first, last) = ((Paragraph, "Kept.".to_owned()), (Paragraph, "Kept.".to_owned()));
        let expected: Vec<_> = std::iter::once(first).chain(kinds_of_it).chain([last]).collect();
        assert_eq!(kinds(&format!("<p>Kept.</p>{hidden}<p>Kept.</p>")), expected, "{hidden}");
    }
}

#[test]
fn what_is_no_prose_and_never_closed_ends_where_a_block_begins() {
    for left_open in [
        "<svg><path/>",
        "<svg><text>x",
        "<svg><script>a",
        "<svg><foreignObject><text>x",
        "<math><mi>x",
        "<math><mtext>x",
        "<button>Share",
        "<button>Share<button>Copy",
        "<select><option>a",
        "<select><option>a<select><option>b",
        "<noscript>On!",
        "<noscript><img src=x>",
        "<template>a",
        "<label>Name <input>",
        "<form>Mail <input><button>Send",
        "<video src=a>Your browser",
    ] {
        for times in [1, 3, 8, 40] {
            let html = format!("<p>Kept.</p>{}<p>Kept.</p>", left_open.repeat(times));
            assert_eq!(texts(&html), ["Kept."; 2], "{html}");
            let closed =
                "<svg><text>x</text></svg><select><option>a</select><noscript>b</noscript><button>c</button>";
            assert_eq!(
                texts(&format!("{html}<div>Kept {closed}whole.</div>")).pop().as_deref(),
                Some("Kept whole.")
            );
        }
    }
    let html = "<figure><img><figcaption>A gull<p>Kept.</p><p class=credit>A photo<p>Kept.";
    let captions = [(Caption, "A gull"), (Paragraph, "Kept."), (Caption, "A photo"), (Paragraph, "Kept.")];
    assert_eq!(kinds(html), captions.map(|(kind, text)| (kind, text.to_owned())));
    assert_eq!(
        texts("<p>Kept.</p><svg><path></p><p>Kept.</p></svg>"),
        ["Kept."; 2],
        "a tag of HTML ends a drawing"
    );
    assert_eq!(texts("Kept <svg><path><b>whole.</b></svg>"), ["Kept whole."]);
}

#[test]
fn elements_without_end_tags_do_not_pile_up() {
    for (html, n) in [
        (format!("<dl>{}</dl><p>Kept.", "<dt>x<dd>y".repeat(300)), 601),
        (format!("<table>{}</table><p>Kept.", "<tr><td>x<th>y".repeat(300)), 601),
        (format!("<select>{}</select><p>Kept.", "<option>x".repeat(300)), 1),
    ] {
        assert_eq!(texts(&html).len(), n, "{}", &html[..30]);
    }
}

#[test]
fn a_link_that_is_open_ends_with_its_block() {
    let base = "https://harbour.example".parse().ok();
    let read =
        blocks("<p>The <a href=/a> tide</p><p>ran <a href=/b>on</a> <a href=/c><img></a>", base.as_ref());
    let links: Vec<_> = read
        .iter()
        .flat_map(|block| block.links.iter().map(|l| (l.span.clone(), l.address.as_str())))
        .collect();
    assert_eq!(links, [(4..8, "https://harbour.example/a"), (4..6, "https://harbour.example/b")]);
}

#[test]
fn what_is_too_deep_is_not_read_and_links_do_not_grow_without_end() {
    let deep = |depth: usize| format!("<p>top</p>{}deep", "<div>".repeat(depth));
    assert_eq!((texts(&deep(DEPTH)).len(), texts(&deep(DEPTH + 1))), (2, vec!["top".to_owned()]));
    assert_eq!(texts(&"<p>tide".repeat(3_000)).len(), 3_000);
    let base = format!("https://harbour.example/{}/", "x".repeat(1_000)).parse().ok();
    let read = blocks(&"<a href=y>tide</a> ".repeat(1_000), base.as_ref());
    assert!(
        read[0].text.len() > 4_000 && (10..100).contains(&read[0].links.len()),
        "{}",
        read[0].links.len()
    );
}

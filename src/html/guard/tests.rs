//! Pages that a tree parser may read, and pages made to choke it.

use super::*;

fn nested(tags: &[&str], times: usize) -> String {
    (0..times).map(|n| tags[n % tags.len()].replace('#', &n.to_string())).collect()
}

#[test]
fn an_ordinary_page_passes() {
    let item = "<li><a href='/x'><img src=y>Story</a><p>Words<br>more <b>bold</b><p>unclosed paragraphs";
    let html = format!(
        "<!doctype html><html><head><title>A < b</title><script>if (a<b) '<div>';</script></head><body><ul>{}</ul>\
         <table>{}</table><svg><path d='M0'/><g><use href='#a'/></g></svg></body></html>",
        item.repeat(2_000),
        "<tr><td>1<td>2".repeat(500),
    );
    assert_eq!((page(&html), fragment(&html)), (Ok(()), Ok(())));
}

#[test]
fn deep_nesting_is_refused_whatever_it_is_made_of() {
    let shapes: [&[&str]; 14] = [
        &["<div>"],
        &["<b>"],
        &["<table><tr><td>"],
        &["<p><b id=#></p>"],
        &["<div><b id=#></div>"],
        &["<span></p><div></span>"],
        &["<svg><td>"],
        &["<svg><foreignObject><x-y/>"],
        &["<ul><li>"],
        &["<li><dd>"],
        &["<select></select><style></style><div>"],
        &["<div><select></div></select>"],
        &["<rt>"],
        &["<div></b><div title='</div>'>"],
    ];
    for shape in shapes {
        let html = nested(shape, 9_000);
        for refused in [page(&html), fragment(&html)] {
            assert!(
                matches!(refused, Err(Refused::TooDeep | Refused::TooManyNodes)),
                "{shape:?}: {refused:?}"
            );
        }
    }
}

#[test]
fn nothing_hides_depth() {
    let deep = "<div>".repeat(1_000);
    let covers = [
        "<!-->",
        "<!--->",
        "<!-- --!>",
        "<script><!--<script></script><!--</script>",
        "<select><style><!--</style>",
        "<select><textarea><!--</textarea>",
        "<noscript><!--</noscript>",
        "<noscript></noscript><!-- <noscript> -->",
        "<svg><style><p>",
        "<svg><style/><p>",
        "<svg></p><style><!--</style>",
        "<svg><tt><style><!--</style>",
        "<svg><font color=x><style><!--</style>",
        "<svg><foreignObject><div></svg></div></foreignObject><style>",
        "<svg><![CDATA[><!--]]>",
        "<math><annotation-xml><style>",
        "<math><annotation-xml encoding=text/html><style></style>",
        "<math><title><style>",
        "<math><mi><mglyph><style>",
        "<template><p>",
        "<a title=''>",
        "<p a==\">",
        "<p =\">",
        "<a href=x?y=\">",
        "<a b=c= \">",
        "</ x>",
        "<? <",
    ];
    for cover in covers {
        assert_eq!(page(&format!("{cover}{deep}\">")), Err(Refused::TooDeep), "{cover}");
    }
    for marks in 1..3 {
        let cover = format!("<script{}>", "\u{feff}".repeat(marks));
        for before in PIECE - 40..PIECE {
            assert_eq!(
                page(&format!("{}{cover}{deep}", "x".repeat(before))),
                Err(Refused::TooDeep),
                "{before}"
            );
        }
    }
}

#[test]
fn what_is_no_markup_is_not_counted() {
    let deep = "<div>".repeat(1_000);
    for html in [
        format!("<!-- {deep} -->"),
        format!("<script>let a = '{deep}';</script>"),
        format!("<script><!-- document.write('<script>{deep}</script>') --></script>"),
        format!("<textarea>{deep}</textarea>"),
        format!("<a title=\"{deep}\">"),
    ] {
        assert_eq!(page(&html), Ok(()), "{}", html.get(..40).unwrap_or_default());
    }
}

#[test]
fn too_much_of_anything_is_refused() {
    let most = Limits::ATTRIBUTES + 1;
    let distinct: String = (0..most).map(|number| format!("a{number} ")).collect();
    assert_eq!(page(&"<p></p>".repeat(Limits::TAGS / 2 + 1)), Err(Refused::TooManyTags));
    assert_eq!(page(&"<!--x-->".repeat(Limits::NODES + 1)), Err(Refused::TooManyNodes));
    assert_eq!(page(&format!("<p title='{}'>", "a ".repeat(Limits::TAG))), Err(Refused::TagTooLong));
    assert_eq!(page(&format!("<p {}>", "a a<=1 ".repeat(Limits::TAG / 4))), Err(Refused::TooManyErrors));
    assert_eq!(page(&format!("<!--{}-->", "a ".repeat(Limits::TAG))), Err(Refused::TagTooLong));
    assert_eq!(page(&format!("<p {distinct}>")), Err(Refused::TooManyAttributes));
    assert_eq!(page(&"<body {}>".replace("{}", &distinct)), Err(Refused::TooManyAttributes));
    let bodies: String = (0..most).map(|number| format!("<body a{number}>")).collect();
    assert_eq!(page(&bodies), Err(Refused::TooManyAttributes));
    let many = "<br a b c d e f g h>".repeat(Limits::ATTRIBUTES_IN_ALL / 8);
    assert_eq!((page(&many), page(&format!("{many}<p a>"))), (Ok(()), Err(Refused::TooManyAttributes)));
    assert_eq!(page(&"tide ".repeat(Limits::TEXT / 5 + 1)), Err(Refused::TooMuchText));
    assert_eq!(page(&format!("<p>{}</p>", "tide ".repeat(Limits::TEXT / 5))), Ok(()));
    let tables = |deep: usize| "<table><tr><td>".repeat(deep);
    let most = Limits::TABLES;
    assert_eq!((page(&tables(most)), page(&tables(most + 1))), (Ok(()), Err(Refused::TooDeep)));
    let deep = |text: &str| format!("{}{text}", "<div>".repeat(200));
    assert_eq!(
        (page(&deep(&"<p>".repeat(500))), page(&deep(&"<p>".repeat(3_000)))),
        (Ok(()), Err(Refused::TooMuchWork))
    );
    assert_eq!(page(&deep(&"word ".repeat(200_000))), Err(Refused::TooMuchWork));
    let code = |text: &str| format!("<script>{}</script>", text.repeat(300_000));
    assert_eq!((page(&code("x ")), page(&deep(&code("x ")))), (Ok(()), Err(Refused::TooMuchWork)));
}

#[test]
fn what_must_be_escaped_is_counted_in_text_and_in_attributes() {
    for escaped in ["&", "«", "\u{a0}"] {
        let many = escaped.repeat(10_000);
        for around in [
            "{}",
            "<textarea>{}",
            "<xmp>{}",
            "<iframe>{}",
            "<plaintext>{}",
            "<svg><style>{}",
            "<math><script>{}",
        ] {
            let html = around.replace("{}", &many);
            assert_eq!(fragment(&html), Err(Refused::TooManyEscaped), "{escaped} in {around}");
        }
    }
    for reference in ["&amp;", "&nbsp;"] {
        assert_eq!(fragment(&reference.repeat(10_000)), Err(Refused::TooManyEscaped), "{reference}");
    }
    assert_eq!(fragment(&format!("<p title='{}'>", "&".repeat(10_000))), Err(Refused::TooManyEscaped));
    assert_eq!(fragment(&format!("<script>{}</script>", "&".repeat(60_000))), Ok(()));
    let letters = "&#1087;&#x438;&eacute;".repeat(30_000);
    assert_eq!(fragment(&letters), Ok(()), "these are letters, and written as such");
    let transcript = format!("<p>\"{}\" &amp; «more»</p>", "He said no. ".repeat(40)).repeat(1_500);
    assert_eq!(page(&transcript), Ok(()), "little is in each paragraph");
}

#[test]
fn formatting_that_is_left_open_is_not_built_anew_without_end() {
    let open: String = (0..100).map(|number| format!("<font color={number}>")).collect();
    for block in ["<p>x", "<p>x<li>y", "<p>x</p><table>y</table>"] {
        let open = format!("<p>{open}");
        let refused = page(&format!("{open}{}", block.repeat(600)));
        assert!(
            matches!(refused, Err(Refused::TooManyNodes | Refused::TooManyAttributes)),
            "{block}: {refused:?}"
        );
        assert_eq!(page(&format!("{open}{}", block.repeat(12))), Ok(()), "{block}");
    }
    let long = format!("<p><b title='{}'>{}", "x".repeat(100_000), "<p>x".repeat(900));
    assert_eq!(fragment(&long), Err(Refused::TooManyAttributes));
    let cells = (0..60).map(|n| format!("<tr><td><font color=#{n}>a")).collect::<String>();
    let old = format!("<table>{cells}</table>{}", "<p>words".repeat(2_000));
    assert_eq!(page(&old), Ok(()), "the end of a cell closes what is open in it");
    assert_eq!(page(&"<p><a href=x><b>x</b></a></p>".repeat(3_000)), Ok(()));
}

#[test]
fn elements_closed_amiss_go_no_deeper_than_others() {
    let wrapped = "<a><div>".to_owned() + &"<b><i>x</b></i>".repeat(2_000) + "</a>";
    assert_eq!(page(&wrapped), Ok(()));
    let deeper = "<div>".repeat(250) + &"<a><p><b>".repeat(20) + "</a>";
    assert_eq!(page(&deeper), Err(Refused::TooDeep));
}

#[test]
fn endless_beginnings_are_judged() {
    let shapes = [
        ("<", Some(Refused::TooManyErrors)),
        ("<!--", Some(Refused::TooManyErrors)),
        ("<a ", Some(Refused::TooManyErrors)),
        ("<a b", Some(Refused::TooManyErrors)),
        ("</", Some(Refused::TagTooLong)),
        ("<a b=\"", Some(Refused::TooManyErrors)),
        ("<p a<1 ", Some(Refused::TooManyErrors)),
        ("<script><!--", None),
        ("<script><!-- --><!--<script>", None),
        ("<svg><![CDATA[", Some(Refused::TagTooLong)),
        ("<b><!-- --!", Some(Refused::TagTooLong)),
        ("&", Some(Refused::TooManyEscaped)),
        ("&amp", Some(Refused::TooManyErrors)),
        ("&#", Some(Refused::TooManyErrors)),
        ("\0", Some(Refused::TooManyErrors)),
        ("x", None),
        ("<body a>", Some(Refused::TooManyAttributes)),
        ("<frameset>", Some(Refused::TooDeep)),
        ("<select><option>", Some(Refused::TooManyTags)),
        ("<table>x", Some(Refused::TooManyNodes)),
        ("<table><b>", Some(Refused::TooManyNodes)),
        ("<template>", Some(Refused::TooDeep)),
        ("<a><div>", Some(Refused::TooDeep)),
        ("<b><p></b>", Some(Refused::TooManyTags)),
    ];
    let mut wrong = Vec::new();
    for (shape, refused) in shapes {
        let verdict = page(&shape.repeat(600_000 / shape.len()));
        if verdict.err() != refused {
            wrong.push((shape, verdict));
        }
    }
    assert_eq!(wrong, []);
}

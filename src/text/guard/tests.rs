//! Pages that a tree parser may read, and pages made to choke it.

use std::time::{Duration, Instant};

use super::*;

fn nested(tags: &[&str], times: usize) -> String {
    (0..times).map(|n| tags[n % tags.len()].replace('#', &n.to_string())).collect()
}

#[test]
fn an_ordinary_page_passes() {
    let item = "<li><a href='/x'><img src=y>Story</a><p>Words<br>more <b>bold</b><p>unclosed paragraphs";
    let page = format!(
        "<!doctype html><html><head><title>A < b</title><script>if (a<b) '<div>';</script></head><body><ul>{}</ul>\
         <table>{}</table><svg><path d='M0'/><g><use href='#a'/></g></svg></body></html>",
        item.repeat(2_000),
        "<tr><td>1<td>2".repeat(500),
    );
    assert_eq!(check(&page), Ok(()));
}

#[test]
fn deep_nesting_is_refused_whatever_it_is_made_of() {
    let shapes: [&[&str]; 12] = [
        &["<div>"],
        &["<b>"],
        &["<table><tr><td>"],
        &["<p><b id=#></p>"],
        &["<div><b id=#></div>"],
        &["<span></p><div></span>"],
        &["<svg><td>"],
        &["<svg><foreignObject><x-y/>"],
        &["<ul><li>"],
        &["<select></select><style></style><div>"],
        &["<rt>"],
        &["<div></b><div title='</div>'>"],
    ];
    for shape in shapes {
        assert_eq!(check(&nested(shape, 20_000)), Err(Refused::TooDeep), "{shape:?}");
    }
}

#[test]
fn nothing_hides_depth_from_the_scan() {
    let deep = "<div>".repeat(1_000);
    let covers = [
        "<!-->",
        "<!--->",
        "<!-- --!>",
        "<script><!--<script></script><!--</script>",
        "<select><style></select>",
        "<noscript><!--</noscript>",
        "<svg><style><p>",
        "<svg><style/><p>",
        "<a title='",
        "</ x>",
        "<? <",
    ];
    for cover in covers {
        let closing = if cover.ends_with('\'') { "'>" } else { "" };
        let page = format!("{cover}{closing}{deep}");
        assert_eq!(check(&page), Err(Refused::TooDeep), "{cover}");
    }
    assert_eq!(check(&format!("<svg><![CDATA[><!--]]>{deep}")), Err(Refused::MarkupInCdata));
}

#[test]
fn what_is_no_markup_is_not_counted() {
    let deep = "<div>".repeat(1_000);
    for page in [
        format!("<!-- {deep} -->"),
        format!("<script>let a = '{deep}';</script>"),
        format!("<script><!-- document.write('<script>{deep}</script>') --></script>"),
        format!("<textarea>{deep}</textarea>"),
        format!("<a title=\"{deep}\">"),
    ] {
        assert_eq!(check(&page), Ok(()), "{}", page.get(..40).unwrap_or_default());
    }
}

#[test]
fn too_much_of_anything_is_refused() {
    assert_eq!(check(&"<br>".repeat(MAX_TAGS + 1)), Err(Refused::TooManyTags));
    assert_eq!(check(&format!("<p title='{}'>", "a ".repeat(MAX_TAG_BYTES))), Err(Refused::TagTooLong));
    assert_eq!(check(&format!("<p {}>", "a=b ".repeat(MAX_ATTRIBUTES + 1))), Err(Refused::TooManyAttributes));
    assert_eq!(
        check(&format!("<p {}>", "a='b c'".repeat(MAX_ATTRIBUTES + 1))),
        Err(Refused::TooManyAttributes)
    );
    assert_eq!(check(&format!("<p {}>", "a/".repeat(MAX_ATTRIBUTES + 1))), Err(Refused::TooManyAttributes));
    assert_eq!(check(&"tide ".repeat(MAX_TEXT / 5 + 1)), Err(Refused::TooMuchText));
    assert_eq!(check(&format!("<p>{}</p>", "tide ".repeat(MAX_TEXT / 5))), Ok(()));
    let tables = |deep: usize| "<table><tr><td>".repeat(deep);
    assert_eq!((check(&tables(MAX_TABLES)), check(&tables(MAX_TABLES + 1))), (Ok(()), Err(Refused::TooDeep)));
    let many = "<br a b c d e f g h>".repeat(MAX_ATTRIBUTES_IN_ALL / 8);
    assert_eq!(check(&many), Ok(()));
    assert_eq!(check(&format!("{many}<p a>")), Err(Refused::TooManyAttributes));
    let deep = format!("{}{}<p>", "<div>".repeat(200), "word ".repeat(200_000));
    assert_eq!(check(&deep), Err(Refused::TooMuchWork));
    assert_eq!(check(deep.trim_end_matches("<p>")), Err(Refused::TooMuchWork));
}

#[test]
fn characters_that_stand_for_others_are_counted_in_text_and_in_tags() {
    for mark in ["&", "&amp;", "<", ">", "«"] {
        assert_eq!(check(&mark.repeat(MAX_MARKS + 1)), Err(Refused::TooManyMarks), "{mark}");
        assert_eq!(check(&format!("<textarea>{}", mark.repeat(MAX_MARKS + 1))), Err(Refused::TooManyMarks));
    }
    let text = format!("{}{}", "&".repeat(3_000), "word ".repeat(200_000));
    assert_eq!(check(&text), Err(Refused::TooManyMarks));
    assert_eq!(check(&text.replacen('&', "", 2_000)), Ok(()));
    assert_eq!(check(&format!("<p title='{}'>", "&".repeat(60_000))), Err(Refused::TooManyMarks));
    assert_eq!(check(&format!("<script>{}</script>", "&".repeat(60_000))), Ok(()));
}

#[test]
fn formatting_that_is_left_open_is_not_built_anew_without_end() {
    let open: String = (0..200).map(|number| format!("<font color={number}>")).collect();
    for block in ["<p>x", "<li>x", "<div>x</div>", "<tr><td>x"] {
        assert_eq!(check(&format!("{open}{}", block.repeat(600))), Err(Refused::TooManyReopened), "{block}");
        assert_eq!(check(&format!("{open}{}", block.repeat(40))), Ok(()), "{block}");
    }
    assert_eq!(check(&"<p><a href=x><b>x</b></a></p>".repeat(3_000)), Ok(()));
}

#[test]
fn a_megabyte_of_anything_is_judged_at_once() {
    let shapes = [
        "<",
        "<!--",
        "<a ",
        "</",
        "<script><!--",
        "<script><!-- --><!--<script>",
        "<![CDATA[",
        "<b><!-- --!",
        "x",
    ];
    for shape in shapes {
        let page = shape.repeat(1024 * 1024 / shape.len());
        let started = Instant::now();
        let _ = check(&page);
        assert!(started.elapsed() < Duration::from_secs(2), "{shape} took {:?}", started.elapsed());
    }
}

//! What a page says of itself, in the ways pages say it.

use super::*;

fn of(head: &str) -> Metadata {
    read(&html::page(
        &format!("<html lang=en_GB><head>{head}</head><body><h1>Bridge opens</h1></body></html>"),
        html::Keep::Article,
    ))
}

#[test]
fn json_ld_is_believed_first_wherever_it_hides() {
    let script = r#"<script type="application/ld+json">{"@graph":[{"@type":"Organization","name":"Harbour Times"},
        {"@type":["NewsArticle"],"headline":"Bridge opens at last","datePublished":"2026-03-04T07:10:00+01:00",
        "author":[{"@type":"Person","name":"Ada Brook"},{"name":"Ivo Lind"}],"articleBody":"It did."}]}</script>
        <meta name=author content="Desk"><meta property="article:published_time" content="2020-01-01">"#;
    let found = of(script);
    assert_eq!(found.authors, ["Ada Brook", "Ivo Lind"]);
    assert_eq!(found.published.map(|t| t.to_string()).as_deref(), Some("2026-03-04T06:10:00Z"));
    assert_eq!(found.titles, ["Bridge opens at last", "Bridge opens"]);
    assert_eq!(found.body.as_deref(), Some("It did."));
    assert_eq!(found.lang.as_deref(), Some("en-GB"));
}

#[test]
fn meta_elements_serve_where_json_ld_is_broken() {
    let head = r#"<script type="application/ld+json">{"@type":"NewsArticle",</script><title>Bridge - Times</title>
        <meta property="og:title" content="Bridge opens, says mayor"><meta name=Author content="By Ada Brook and Ivo Lind">
        <meta name=author content="https://times.example/ada"><meta name="pubdate" content="2026-03-04">"#;
    let found = of(head);
    assert_eq!(found.titles, ["Bridge opens, says mayor", "Bridge opens", "Bridge - Times"]);
    assert_eq!(found.authors, ["Ada Brook", "Ivo Lind"]);
    assert_eq!(found.published.map(|t| t.to_string()).as_deref(), Some("2026-03-04T00:00:00Z"));
}

#[test]
fn what_is_no_language_tag_is_none() {
    assert_eq!(language_tag("pt_BR").as_deref(), Some("pt-BR"));
    assert_eq!(language_tag("en-US, en").as_deref(), Some("en-US"));
    assert_eq!(language_tag("english"), None);
    assert_eq!(language_tag(""), None);
}

#[test]
fn a_date_from_before_the_web_is_passed_over() {
    let found = of(r#"<meta name="pubdate" content="1970-01-01"><meta name="date" content="4 March 2026">"#);
    assert_eq!(found.published.map(|t| t.to_string()).as_deref(), Some("2026-03-04T00:00:00Z"));
}

#[test]
fn authors_of_a_graph_are_found_by_reference() {
    let script = r##"<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Bridge opens",
        "author":[{"@id":"#ada"},{"@id":"#gone"}]},{"@type":"Person","@id":"#ada","name":"Ada Brook"}]}</script>"##;
    assert_eq!(of(script).authors, ["Ada Brook"]);
}

#[test]
fn bylines_of_other_languages_are_parted_and_double_names_are_not() {
    let of = |tag: &str, byline: &str| names(vec![byline.to_owned()], Lexicon::of(tag));
    assert_eq!(of("de", "Von Ada Brook und Ivo Lind"), ["Ada Brook", "Ivo Lind"]);
    assert_eq!(of("fr", "Par Ada Brook et Ivo Lind"), ["Ada Brook", "Ivo Lind"]);
    assert_eq!(of("es", "Por Ada Ortega y Lind"), ["Ada Ortega y Lind"]);
    assert_eq!(of("it", "Ada Di Stefano"), ["Ada Di Stefano"]);
    assert_eq!(of("und", "By Ada Brook, Staff Writer, and Ivo Lind"), ["Ada Brook", "Ivo Lind"]);
    assert_eq!(of("sv", "Analysis by Ada Brook, Times Editor-at-large"), ["Ada Brook"]);
}

#[test]
fn authors_are_found_in_the_markup_where_the_head_names_none() {
    let body = "<p>By <a rel=author href=/ada>Ada Brook</a></p><div itemprop=author>Ada Brook</div>\
                <p class=author-name>Ada Brook has reported from the harbour for twelve long years and counting</p>";
    assert_eq!(of(&format!("</head>{body}")).authors, ["Ada Brook"]);
}

#[test]
fn the_sites_name_is_no_headline() {
    let head = r#"<meta property="og:site_name" content="Harbour Times"><meta property="og:title" content="Harbour Times">"#;
    assert_eq!(of(head).titles, ["Bridge opens", "Harbour Times"]);
}

//! Article pages as outlets and strangers serve them.

use std::time::Duration;

use super::*;

const SOURCE: Source = Source { url: "https://gazette.example/harbour", content_type: None };

/// Sentences long enough to be taken for an article.
const STORY: [&str; 4] = [
    "The harbour of Velm reopened on Tuesday after divers removed the last of three sunken barges, the port office said.",
    "Ferries had been kept away for nine days, and fishermen counted their losses at a quarter of the season's catch.",
    "“We will not forget who came to help and who did not,” said Mara Tesk, who has run the fish market since 1998.",
    "The council will decide next week whether the old breakwater is repaired or replaced by one twice as long.",
];

fn story() -> String {
    STORY.map(|sentence| format!("<p>{sentence}</p>")).concat()
}

fn harbour_page(before: &str, after: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>Harbour reopens | Gazette</title>\
         <meta property='og:title' content='Harbour reopens after nine days'></head><body>\
         <nav><ul><li><a href=/>Home</a></li><li><a href=/sport>Sport</a></li></ul></nav>\
         <article><h1>Harbour reopens after nine days</h1>{before}{}{after}</article>\
         <footer>All rights reserved</footer></body></html>",
        story()
    )
}

fn paragraphs(html: &str) -> Vec<String> {
    page(html.as_bytes(), &SOURCE).map(|page| page.paragraphs).unwrap_or_default()
}

#[test]
fn an_article_is_read_without_headline_and_navigation() {
    let page = page(harbour_page("", "").as_bytes(), &SOURCE).expect("an article");
    assert_eq!(page.paragraphs, STORY);
    assert_eq!(page.title, "Harbour reopens after nine days");
    assert_eq!(page.lang.as_deref(), Some("en"));
    assert_eq!(page.url, SOURCE.url);
}

#[test]
fn furniture_around_an_article_is_left_out() {
    let before = "<p>By Ilse Marn</p><p>Updated March 4, 2026, 9:15 a.m.</p>\
                  <div class='newsletter-box'><p>Our letter from the sea reaches you at breakfast.</p></div>\
                  <figure><img src=a.jpg><figcaption>The harbour on Monday</figcaption></figure>";
    let after = "<p>Related: Who pays for the barges?</p><p>Read more: The divers of Velm</p>\
                 <p>Ilse Marn is a reporter for the Gazette. Follow her on Twitter @imarn.</p>\
                 <p><a href=/x>Storm season comes early this year</a></p><p>Share this article</p>";
    assert_eq!(paragraphs(&harbour_page(before, after)), STORY);
}

#[test]
fn a_box_that_asks_for_a_mail_address_goes_with_all_it_says() {
    let signup = "<div class=inline-box><h3>The Morning Tide</h3><p>The stories that matter on the coast, at six.</p>\
                  <form><input type=email><button>Join</button></form></div>";
    let text = paragraphs(&harbour_page("", signup));
    assert_eq!(text, STORY);
}

#[test]
fn what_is_no_prose_is_left_out_of_a_paragraph_and_hides_nothing_behind_it() {
    let [first, rest @ ..] = STORY;
    let (begins, ends) = first.split_at(first.find("divers").unwrap_or_default());
    let rest = rest.map(|sentence| format!("<p>{sentence}</p>")).concat();
    for within in [
        "<button>Copy the link</button>",
        "<math><mi>x</mi><mo>=</mo><mn>2</mn></math>",
        "<svg><script>a</svg>",
        "<svg><title>An icon</title><text>x</text></svg>",
        "<select><option>Tide<option>Ebb</select>",
        "<noscript>Turn scripts on</noscript>",
    ] {
        let page =
            harbour_page(&format!("<p>{begins}{within}{ends}</p>{rest}"), "").replacen(&story(), "", 1);
        assert_eq!(paragraphs(&page), STORY, "{within}");
    }
    for before in [
        "<button>Share",
        "<svg><path>",
        "<svg><text>x",
        "<select><option>Tide",
        "<noscript>Turn scripts on",
        "<math><mi>x",
        "<figure><img src=a.jpg><figcaption>The harbour on Monday</figure>",
        "<form><p>Write to us.</p><label>Name <input></label><button>Send</button></form>",
    ] {
        assert_eq!(paragraphs(&harbour_page(&before.repeat(9), "")), STORY, "{before}");
    }
}

#[test]
fn a_page_that_declares_english_around_another_language_is_not_believed() {
    let german = "<p>Der Hafen von Velm ist am Dienstag nach neun Tagen wieder geöffnet worden, nachdem Taucher den letzten \
                  von drei gesunkenen Kähnen gehoben hatten, wie die Hafenbehörde am Abend mitteilte.</p>";
    let declared =
        format!("<html lang=en><body><article><h1>Hafen</h1>{german}{german}</article></body></html>");
    let lang = |html: &str| page(html.as_bytes(), &SOURCE).ok().and_then(|page| page.lang);
    assert_eq!(lang(&declared).as_deref(), Some("de"));
    assert_eq!(lang(&declared.replace("lang=en", "lang=de-AT")).as_deref(), Some("de-AT"));
    assert_eq!(lang(&harbour_page("", "").replace("lang=en", "lang=en-GB")).as_deref(), Some("en-GB"));
}

#[test]
fn an_agency_credited_below_the_text_is_an_author() {
    let after = "<p>Copyright 2031 The Associated Press. All rights reserved.</p>";
    let read = page(harbour_page("<p>By Ilse Marn</p>", after).as_bytes(), &SOURCE).expect("an article");
    assert_eq!(read.authors, ["Associated Press"]);
    assert_eq!(read.paragraphs, STORY);
}

#[test]
fn text_that_is_not_shown_is_not_read() {
    let hidden = "<p>The bridge<span style='position:absolute;clip:rect(0 0 0 0)'>, opens new tab</span> stayed open to \
                  traffic throughout, and no one was hurt when the barges went down.</p>";
    let text = paragraphs(&harbour_page("", hidden)).join(" ");
    assert!(text.contains("The bridge stayed open"), "{text}");
}

#[test]
fn bare_text_between_line_breaks_is_read_as_paragraphs() {
    let text = STORY.join("<br><br>");
    let page = format!("<html><body><div class=content>{text}</div></body></html>");
    assert_eq!(paragraphs(&page), STORY);
}

#[test]
fn a_page_without_text_falls_back_to_its_copy_for_search_engines() {
    let body = STORY.join("\\n\\n");
    let page = format!(
        "<html><head><script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{body}\"}}</script>\
         </head><body><div id=app></div></body></html>"
    );
    assert_eq!(paragraphs(&page), STORY);
}

#[test]
fn a_page_in_windows_1252_is_read_in_its_own_letters() {
    let page = harbour_page(
        "",
        "<p>The café on the quay served crêpes until midnight, as it has every year since the war.</p>",
    );
    let page = page.replace("<head>", "<head><meta charset=windows-1252>");
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&page);
    let read = super::page(&bytes, &SOURCE).expect("an article");
    assert!(read.paragraphs.iter().any(|p| p.starts_with("The café on the quay served crêpes")));
    assert_eq!(read.paragraphs.get(2).map(String::as_str), Some(STORY[2]));
}

#[test]
fn what_holds_no_article_is_an_error() {
    for bytes in [&b""[..], b"\0\xff\xfe\0", b"<html><body></body></html>", b"{\"not\": \"html\"}"] {
        assert!(matches!(page(bytes, &SOURCE), Err(Error::Empty { .. })), "{bytes:?}");
    }
}

#[test]
fn hostile_pages_are_no_articles_and_take_bounded_time() {
    let shapes = ["<div>", "<b>", "<table>", "<p><b id=x>", "<svg>", "<a b='", "<li><ul>", "<x y>"];
    for shape in shapes {
        let bytes = shape.repeat(1_000_000 / shape.len());
        let started = at_work();
        assert!(page(bytes.as_bytes(), &SOURCE).is_err(), "{shape}");
        let taken = at_work() - started;
        assert!(taken < Duration::from_secs(20), "{shape} took {taken:?}");
    }
}

/// How long this thread has been at work, whatever else the machine has to do; nothing where no Linux tells (proc(5)).
fn at_work() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(told.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or_default())
}

#[test]
fn the_deepest_page_let_through_does_not_exhaust_a_small_stack() {
    let deep = [
        ("<div>", 250),
        ("<table><tr><td>", 250),
        ("<b>", 250),
        ("<ul><li><p>", 250),
        ("<blockquote><p>", 250),
    ];
    for (shape, times) in deep {
        let html = format!("{}{}", shape.repeat(times), story());
        let run = move || drop(page(html.as_bytes(), &SOURCE));
        let thread = std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(run).expect("a thread");
        assert!(thread.join().is_ok(), "{shape}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..2_000)) {
        let result = page(&bytes, &SOURCE);
        let panicked = matches!(result, Err(Error::Panicked { .. }));
        proptest::prop_assert!(!panicked);
    }

    #[test]
    fn no_markup_makes_it_panic(parts in proptest::collection::vec("</?(p|div|b|table|td|svg|a|li|script|br|title)( class=.)?>|[a-z“é.]{1,9} |<!--|-->|&[a-z#0-9]{1,4};?", 0..200)) {
        let result = page(parts.concat().as_bytes(), &SOURCE);
        let panicked = matches!(result, Err(Error::Panicked { .. }));
        proptest::prop_assert!(!panicked);
    }
}

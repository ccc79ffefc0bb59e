//! HTML, text and Markdown of one edition in, each parsed by code that knows nothing of how it was made: they must
//! hold the same words and links.

use std::collections::BTreeSet;

use dom_query::Document;
use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{
    plain::{clean, web_link},
    sample, *,
};
use crate::{
    model::{Coverage, Excerpt, PulledQuote, Section, Slot},
    text::hidden::is_blank,
};

/// What a reader finds in a part: its words without white space, and its link targets.
struct Found {
    words: String,
    links: BTreeSet<String>,
}

fn bare(words: &str) -> String {
    let marks = ['\u{200e}', '\u{200f}'];
    words.chars().filter(|c| !c.is_whitespace() && !marks.contains(c)).collect()
}

fn in_html(html: &str) -> Found {
    let document = Document::from(html);
    let links = document.select("a[href]").iter();
    let links = links.map(|link| link.attr("href").unwrap_or_default().to_string()).collect();
    Found { words: bare(&document.select("body").text()), links }
}

/// Links stand alone on a line, with or without a number before them.
fn in_text(text: &str) -> Found {
    let alone = |line: &str| {
        let line = line.trim_start();
        let numbered = line.strip_prefix('[').and_then(|rest| rest.split_once("] ")).map(|(_, rest)| rest);
        let line = numbered.unwrap_or(line);
        let link = ["http://", "https://", "mailto:"].iter().any(|scheme| line.starts_with(scheme));
        (link && !line.contains(' ')).then(|| line.to_owned())
    };
    Found { words: bare(text), links: text.lines().filter_map(alone).collect() }
}

fn in_markdown(markdown: &str) -> Found {
    let (mut words, mut links, mut pictures) = (String::new(), BTreeSet::new(), 0);
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures -= 1,
            Event::Start(Tag::Link { dest_url, .. }) => links.extend([dest_url.to_string()]),
            Event::Text(text) if pictures == 0 => words += &text,
            Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) => panic!("{event:?} in {markdown}"),
            _ => {}
        }
    }
    Found { words: bare(&words), links }
}

/// Everything the stories of an edition say, as it should read in each part.
fn sayings(edition: &Edition) -> Vec<String> {
    let of = |slot: &Slot| {
        let mut said = vec![clean(&slot.outlet, 80)];
        // Words of our own stand for a headline of which nothing is seen.
        said.extend(Some(clean(&slot.headline, 200)).filter(|headline| !is_blank(headline)));
        said.extend(slot.lead.iter().map(|excerpt| clean(&excerpt.text, 1500)));
        said.extend(
            slot.quotes.iter().map(|quote| quoted::set(&clean(&quote.text, 800), quoted::Marks::of("en"))),
        );
        said.extend(
            slot.quotes.iter().filter_map(|quote| quote.speaker.as_ref()).map(|name| clean(name, 120)),
        );
        let linked = slot.more.iter().filter(|other| web_link(&other.url).is_some());
        said.extend(linked.map(|other| clean(&other.outlet, 80)));
        said
    };
    edition.slots().flat_map(of).map(|said| bare(&said)).collect()
}

fn assert_alike(edition: &Edition) {
    let personal = Personal {
        email: "reader@mail.example".into(),
        unsubscribe: "mailto:leave@harbor.example?subject=unsubscribe%20abc_def".into(),
        ..Personal::default()
    };
    let (look, personal) = (Look::default(), Some(&personal));
    let html = in_html(&html(edition, &look, personal));
    let text = in_text(&text(edition, &look, personal));
    let markdown = in_markdown(&markdown(edition, &look, personal));
    for said in sayings(edition) {
        for (part, name) in [(&html, "HTML"), (&text, "text"), (&markdown, "Markdown")] {
            assert!(part.words.contains(&said), "{said:?} is not in the {name}: {}", part.words);
        }
    }
    assert!(html.links.len() > 1);
    assert!(text.links.is_superset(&html.links), "{:?} are not all in {:?}", html.links, text.links);
    let own = |link: &&String| html.links.contains(*link) || link.starts_with("https://evil.example");
    assert!(text.links.iter().all(|link| own(&link)), "{:?} are not all in {:?}", text.links, html.links);
    assert_eq!(markdown.links, html.links, "Markdown and HTML");
    let starred = format!("{edition:?}").contains('*');
    assert!(starred || !markdown.words.contains('*'), "{}", markdown.words);
}

#[test]
fn the_sample_has_the_same_words_and_links_in_every_part() {
    assert_alike(&sample::edition());
}

/// Words with something to trip up each format.
const NASTY: [&str; 20] = [
    "- not a list",
    "1. not a list 2) either",
    "# not a heading\n===\n---",
    "> not a quotation",
    "    not code, `nor` ``this``",
    "[not a link](https://evil.example/) ![nor](https://evil.example/x.png) [nor]: https://evil.example/",
    "*not* _marked_ **up** ~~or~~ __out__",
    "&amp; &lt;b&gt; &#x41; &copy;",
    "<b>bold</b> <!-- <a href='https://evil.example'>x</a> --> ]]>",
    "https://evil.example/ www.evil.example <https://evil.example/>",
    "| a | b |\n|---|---|",
    "ends in a backslash \\",
    "“Doc” O’Neil, Jr.!",
    "(Doc)",
    "From the harbor\n.\n-- \nFrom here",
    "港は五月まで閉鎖されると市長は火曜日に述べた。「船は出ない」と語った。",
    "الميناء (2026) يستقبل 12 سفينة",
    "{{title}} {{unsubscribe}} {{",
    "+ = ~ : ! ^ $ % @ / ;",
    "e\u{301}\u{302}\u{303} 👩\u{200d}🚒 \u{2028} \u{202e}abc \u{feff}",
];

const LINKS: [&str; 12] = [
    "https://a.example/story_(1)_*x*?a=1&b=[2]&copy=3&amp=4&lt;=5",
    "https://a.example/a'b\"c<d>e f`g{h}|i^j\\k",
    "https://a.example/?q=\\)(\\]&amp;x=&#65;#frag)\\(",
    "http://a.example/!$&'()*+,;=:@/~_-.%41",
    "https://bücher.example/straße/港",
    "https://a.example:8443//x//../y",
    "https://[2001:db8::1]/x",
    "https://a.example/#:~:text=one,two",
    "javascript:alert(1)",
    "https://user:word@a.example/",
    "//a.example/x",
    "",
];

#[test]
fn every_nasty_word_and_link_is_the_same_in_every_part() {
    for words in NASTY {
        for link in LINKS {
            assert_alike(&printing(vec![slot(words, words, link)], vec![]));
        }
    }
}

fn printing(top: Vec<Slot>, sections: Vec<Section>) -> Edition {
    Edition { top, sections, corrections: vec![], ..sample::edition() }
}

fn slot(headline: &str, said: &str, link: &str) -> Slot {
    let (outlet, text, url) = (said.to_owned(), said.to_owned(), link.to_owned());
    let elsewhere = format!("{link}/more");
    let coverage = |url: &str| Coverage {
        outlet: outlet.clone(),
        title: said.to_owned(),
        url: url.to_owned(),
        agency: None,
    };
    Slot {
        headline: headline.to_owned(),
        lead: vec![
            Excerpt { text: text.clone(), outlet: outlet.clone(), url: url.clone() },
            Excerpt { text: text.clone(), outlet: outlet.clone(), url: elsewhere.clone() },
        ],
        quotes: vec![PulledQuote {
            text,
            speaker: Some(outlet.clone()),
            outlet: outlet.clone(),
            url: elsewhere,
            outlets: 2,
        }],
        more: vec![coverage("https://b.example/1"), coverage(link)],
        voices: 3,
        outlet,
        url,
        ..Slot::default()
    }
}

prop_compose! {
    fn any_slot()(
        headline in any_words(),
        said in any_words(),
        link in (0..LINKS.len(), "[!-~]{0,12}").prop_map(|(place, rest)| format!("{}{rest}", LINKS[place])),
    ) -> Slot {
        slot(&headline, &said, &link)
    }
}

fn any_words() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ -~]{0,80}",
        (0..NASTY.len(), "\\PC{0,40}").prop_map(|(place, rest)| format!("{}{rest}", NASTY[place]))
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_edition_has_the_same_words_and_links_in_every_part(
        top in prop::collection::vec(any_slot(), 1..3),
        below in prop::collection::vec(any_slot(), 0..3),
        name in any_words(),
    ) {
        assert_alike(&printing(top, vec![Section { name, stories: below }]));
    }
}

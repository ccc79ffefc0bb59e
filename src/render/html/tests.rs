//! What must hold for the HTML of every theme.

use std::collections::BTreeMap;

use dom_query::Document;

use crate::render::{HTML_BUDGET, Look, Personal, ThemeName, html, sample};

fn look(name: ThemeName) -> Look {
    Look::from_files(name, &BTreeMap::new()).expect("a shipped theme")
}

fn printed(name: ThemeName) -> String {
    let reader = Personal {
        email: "reader@mail.example".into(),
        unsubscribe: "https://harbor-times.example/u/abc_def".into(),
        ..Personal::default()
    };
    html(&sample::edition(), &look(name), Some(&reader))
}

/// A page's words without the dots, because a theme may print on one line what another prints on two.
fn words(html: &str) -> String {
    let text = Document::from(html).select("body").text();
    text.chars().filter(|c| !c.is_whitespace() && *c != '·').collect()
}

fn attributes(html: &str, tag: &str, name: &str) -> Vec<String> {
    let found = Document::from(html);
    found.select(tag).iter().map(|node| node.attr(name).unwrap_or_default().to_string()).collect()
}

#[test]
fn every_theme_prints_the_same_words_and_links_in_the_same_order() {
    let classic = printed(ThemeName::Classic);
    for name in [ThemeName::Plain, ThemeName::Compact] {
        let other = printed(name);
        assert_eq!(words(&other), words(&classic), "{name:?}");
        assert_eq!(attributes(&other, "a", "href"), attributes(&classic, "a", "href"), "{name:?}");
    }
}

#[test]
fn a_page_is_read_aloud_by_its_headings_in_order_and_its_layout_is_silent() {
    for name in ThemeName::ALL {
        let html = printed(name);
        let document = Document::from(html.as_str());
        let headings: Vec<String> = document
            .select("h1,h2,h3")
            .iter()
            .map(|node| node.nodes()[0].node_name().unwrap_or_default().to_string())
            .collect();
        assert_eq!(headings.iter().filter(|heading| *heading == "h1").count(), 1);
        assert_eq!(headings[..3], ["h1", "h2", "h3"]);
        assert!(attributes(&html, "table", "role").iter().all(|role| role == "presentation"));
        assert!(
            attributes(&html, "div[lang=ar]", "lang").len() == 1
                && document.select("img:not([alt])").length() == 0
        );
    }
}

#[test]
fn what_mail_programs_drop_is_not_used() {
    for name in ThemeName::ALL {
        let html = printed(name);
        for bad in
            ["flex", "grid", "var(", "@import", "@font-face", "rgba", "url(", "<bdi", "position:", "float:"]
        {
            assert!(!html.contains(bad), "{bad} in {name:?}");
        }
        // Word pads nothing but cells; a link's padding is repeated on its cell for Word.
        for tag in ["p", "h1", "h2", "h3", "blockquote", "div", "table"] {
            assert!(
                attributes(&html, tag, "style").iter().all(|style| !style.contains("padding")),
                "{tag} in {name:?}"
            );
        }
    }
}

#[test]
fn the_style_sheet_is_small_and_every_colour_of_the_mail_has_a_dark_one() {
    for name in ThemeName::ALL {
        let html = printed(name);
        let sheet = html.split("</style>").nth(1).expect("two style sheets");
        assert!(sheet.len() < 2048 && html.len() < HTML_BUDGET / 2, "{}", html.len());
        let document = Document::from(html.as_str());
        for node in document.select("[class]").iter() {
            for class in node.attr("class").unwrap_or_default().split(' ') {
                assert!(sheet.contains(&format!(".{class}{{")), "{class}");
            }
        }
        for node in document.select("body [style]").iter() {
            let style = node.attr("style").unwrap_or_default().to_string();
            let coloured = style
                .split(';')
                .any(|rule| rule.starts_with("color:") || rule.starts_with("background-color:"));
            assert!(!coloured || node.has_attr("class"), "{style}");
        }
    }
}

//! What must hold for every printed edition, and what one looks like.

use std::collections::BTreeSet;

use proptest::prelude::*;
use pulldown_cmark::{Event, Tag};

use super::{sample, *};
use crate::{
    model::{Correction, Coverage, Excerpt, Masthead, Picture, PulledQuote, Section, Slot},
    text::space::fold,
};

fn reader() -> Personal {
    Personal {
        email: "reader@mail.example".into(),
        unsubscribe: "https://harbor-times.example/u/abc_def".into(),
        ..Personal::default()
    }
}

/// The pages linked to after `before`, up to one of `after`; a text fragment does not make it another page.
fn links(part: &str, before: &str, after: &[char]) -> BTreeSet<String> {
    let starts = part.match_indices(before).filter_map(|(at, _)| part.get(at + before.len()..));
    let found =
        starts.filter(|rest| rest.starts_with("http")).map(|rest| rest.split(after).next().unwrap_or(rest));
    found.map(|link| link.replace("&amp;", "&")).collect()
}

fn links_of_html(html: &str) -> BTreeSet<String> {
    links(html, " href=\"", &['"'])
}

fn links_of_text(text: &str) -> BTreeSet<String> {
    links(text, "", &['\n', ' ', '<', '>', '"'])
}

/// An edition that repeats the same words wherever strangers' words may appear.
fn saying(words: &str) -> Edition {
    let said = || words.to_owned();
    let slot = Slot {
        headline: said(),
        url: said(),
        outlet: said(),
        agency: Some(said()),
        lang: Some(said()),
        lead: vec![Excerpt { text: said(), outlet: said(), url: "https://a.example/1".into() }],
        quotes: vec![PulledQuote {
            text: said(),
            speaker: Some(said()),
            outlet: said(),
            url: said(),
            outlets: 2,
        }],
        more: vec![Coverage {
            outlet: said(),
            agency: Some(said()),
            title: said(),
            url: "https://a.example/2".into(),
        }],
        picture: Some(Picture { url: "https://a.example/3.png".into(), alt: said() }),
        ..Slot::default()
    };
    let masthead = Masthead {
        title: said(),
        subject: Some(said()),
        outlet: said(),
        tagline: said(),
        language: said(),
        timezone: said(),
        home: Some(said()),
        signup: Some(said()),
        postal_address: said(),
    };
    let correction = Correction {
        headline: said(),
        edition: sample::edition().date,
        outlet: said(),
        url: "https://a.example/1".into(),
        notice: said(),
        gone: vec![said()],
    };
    let sections = vec![Section { name: said(), stories: vec![slot.clone()] }];
    let corrections = vec![correction];
    Edition { masthead, top: vec![slot.clone(), slot], sections, corrections, ..sample::edition() }
}

fn is_dangerous(event: &Event) -> bool {
    match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            !dest_url.starts_with("https://a.example/")
        }
        Event::Html(_) | Event::InlineHtml(_) => true,
        _ => false,
    }
}

fn all_parts(edition: &Edition, personal: &Personal) -> [String; 3] {
    let (look, personal) = (Look::default(), Some(personal));
    [html(edition, &look, personal), text(edition, &look, personal), markdown(edition, &look, personal)]
}

#[test]
fn every_part_holds_the_same_links() {
    let [html, text, markdown] = all_parts(&sample::edition(), &reader());
    let expected = links_of_html(&html);
    assert_eq!(expected.len(), 26, "{expected:?}");
    assert_eq!(links_of_text(&text), expected);
    let mut of_markdown = links(&markdown, "](", &[')']);
    assert!(of_markdown.remove("https://www.harbor-times.example/pictures/bridge.jpg"));
    assert_eq!(of_markdown, expected);
}

#[test]
fn a_quotation_links_to_its_own_words() {
    let own_words = "https://www.harbor-times.example/2026/11/20/10-story.html#:~:text=We%20promised%20Christmas,not%20believe%20us";
    for part in all_parts(&sample::edition(), &reader()) {
        assert_eq!(part.matches(own_words).count(), 1, "{part}");
    }
}

#[test]
fn every_passage_and_quotation_stands_word_for_word_in_every_part() {
    let edition = sample::edition();
    let [html, text, _] = all_parts(&edition, &reader());
    let unwrapped = fold(&text);
    let leads = edition.slots().flat_map(|slot| slot.lead.iter().map(|excerpt| &excerpt.text));
    for said in leads.chain(edition.slots().flat_map(|slot| slot.quotes.iter().map(|quote| &quote.text))) {
        assert_eq!(html.matches(said.as_str()).count(), 1, "{said}");
        assert_eq!(unwrapped.matches(said.as_str()).count(), 1, "{said}");
    }
}

#[test]
fn the_agency_whose_report_an_outlet_carries_is_named() {
    let mut edition = sample::edition();
    edition.top[0].agency = Some("AFP".into());
    edition.top[0].more[0].agency = Some("Reuters".into());
    let (outlet, other) = (edition.top[0].outlet.clone(), edition.top[0].more[0].outlet.clone());
    for part in all_parts(&edition, &reader()) {
        assert!(part.contains("from AFP"), "{outlet} in {part}");
        assert!(part.contains(&format!("{other} (Reuters)")), "{part}");
    }
}

#[test]
fn a_readers_sections_are_printed_and_the_top_stories_with_them() {
    let personal = Personal { sections: vec!["weather".into()], ..reader() };
    for part in all_parts(&sample::edition(), &personal) {
        assert!(part.contains("Gull Point light") && part.contains("Gale warning"));
        assert!(!part.contains("Electric tug") && !part.contains("Sarn"));
        assert!(part.contains("6 stories"));
    }
}

#[test]
fn an_edition_too_long_for_a_mail_is_cut_between_stories_and_says_where_the_others_are() {
    let mut edition = sample::edition();
    let mut long = edition.top[0].clone();
    long.lead = vec![Excerpt { text: "Ünd ".repeat(300), ..long.lead[0].clone() }; 6];
    edition.sections = vec![Section { name: "Long".into(), stories: vec![long; 30] }];
    for (home, said) in [
        (edition.masthead.home.clone(), "more stories on the web"),
        (None, "more stories did not fit into this mail."),
    ] {
        edition.masthead.home = home;
        let [html, text, markdown] = all_parts(&edition, &reader());
        assert!(html.len() <= HTML_BUDGET && html.len() > HTML_BUDGET * 4 / 5, "{}", html.len());
        let printed = html.matches("<h3").count();
        let said = format!("{} {said}", 35 - printed);
        assert!(printed > 5 && [&html, &text, &markdown].iter().all(|part| part.contains(&said)), "{said}");
        assert!(html.contains(&format!("{printed} stories · ")) && html.ends_with("</html>"));
        assert_eq!(links_of_text(&text), links_of_html(&html));
        let home = "<a class=\"link\" href=\"https://harbor-times.example/morning\"";
        assert_eq!(html.matches(home).count(), if edition.masthead.home.is_some() { 2 } else { 0 });
    }
}

#[test]
fn twenty_ordinary_stories_fit_a_mail() {
    let mut edition = sample::edition();
    let busy = Slot { picture: None, ..edition.top[0].clone() };
    let mut below = busy.clone();
    below.quotes.truncate(1);
    edition.top = vec![busy; 5];
    edition.sections = vec![Section { name: "Port".into(), stories: vec![below; 15] }];
    let [html, ..] = all_parts(&edition, &reader());
    assert_eq!(html.matches("<h3").count(), 20);
}

#[test]
fn what_strangers_say_is_only_ever_text() {
    let endless = "x".repeat(10_000);
    let hostile = [
        "<script>alert(1)</script>\"><img src=x onerror=alert(1)>' <!--[if mso]><b>--> </style><style>*{display:none}",
        "a\r\nBcc: victim@mail.example\r\n\r\n=?utf-8?q?b?=",
        "\u{202e}gnp.exe\u{2066}\u{85}\u{9b}31m\u{1b}[31m\u{0}\u{feff}",
        "javascript:alert(1)",
        "[a](javascript:alert(1)) ![b](https://evil.example/p.png) `c` **d** {{unsubscribe}} {{",
        &endless,
        "",
    ];
    for words in hostile {
        let personal = Personal {
            email: words.into(),
            unsubscribe: words.into(),
            notices: vec![Notice::from(words.to_owned())],
            sections: vec![],
        };
        let [html, text, markdown] = all_parts(&saying(words), &personal);
        for part in [&html, &text, &markdown] {
            assert!(part.chars().all(|c| c == '\n' || !c.is_control()), "{words:?}");
            assert!(!part.contains(['\u{202e}', '\u{2066}', '\u{feff}']), "{words:?}");
        }
        assert_eq!(html.matches("<style").count(), 2);
        assert_eq!(html.matches("<!--").count(), 3);
        assert!(
            !html.contains("<script") && !html.contains(" onerror=\"") && !html.contains("<img src=x"),
            "{words:?}"
        );
        assert!(!html.contains("href=\"javascript"), "{words:?}");
        assert!(pulldown_cmark::Parser::new(&markdown).all(|event| !is_dangerous(&event)), "{words:?}");
        assert!(
            text.lines().all(|line| wrap::width(line) <= wrap::WIDTH || line.contains("://")),
            "{words:?}"
        );
        let sound = BTreeSet::from(["https://a.example/1".into(), "https://a.example/2".into()]);
        let page = |link: &String| link.split("#:~:").next().unwrap_or_default().to_owned();
        let pages: BTreeSet<String> = links_of_html(&html).iter().map(page).collect();
        assert!(pages.is_subset(&sound), "{words:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_words_at_all_leave_a_sound_mail(words in "\\PC{0,40}[<>&\"'\\[\\]{}\\\\`\u{0}-\u{1f}\u{80}-\u{9f}]{0,8}\\PC{0,300}") {
        let [html, text, _] = all_parts(&saying(&words), &reader());
        prop_assert_eq!(html.matches("<h3").count(), 3);
        prop_assert_eq!(html.matches("<table").count(), html.matches("</table>").count());
        prop_assert!(html.len() <= HTML_BUDGET && !html.chars().any(|c| c.is_control() && c != '\n'));
        prop_assert!(text.contains("Every sentence above is quoted"));
    }
}

#[test]
fn without_a_place_to_sign_up_a_friend_is_asked_to_forward_it_and_no_link_is_dead() {
    let mut edition = sample::edition();
    edition.masthead.signup = None;
    for part in all_parts(&edition, &reader()) {
        assert!(fold(&part).contains("Forward this one to a friend.") && !part.contains("Sign up"));
    }
}

#[test]
fn a_copy_for_nobody_has_no_unsubscribe_and_the_editors_copy_has_notices() {
    let (edition, look) = (sample::edition(), Look::default());
    assert!(!text(&edition, &look, None).to_lowercase().contains("unsubscribe"));
    let notice = "The feed of Coastal Wire has failed for three days.";
    for part in all_parts(&edition, &Personal { notices: vec![Notice::from(notice.to_owned())], ..reader() })
    {
        assert!(part.contains(notice));
    }
}

#[test]
fn of_a_notice_nothing_is_linked_but_the_feed() {
    let moved = "Wire has moved: write https://wire.example/b?c&d in place of http://wire.example/a.";
    let odd = "Not https://u:p@wire.example/, nor javascript://https.";
    let of = |words: &str, feed: &str| Notice { words: words.to_owned(), feed: Some(feed.to_owned()) };
    let notices = vec![of(moved, "http://wire.example/a"), of(odd, "https://u:p@wire.example/")];
    let personal = Personal { notices, ..reader() };
    let html = html(&sample::edition(), &Look::default(), Some(&personal));
    let more: BTreeSet<String> = &links_of_html(&html)
        - &links_of_html(&self::html(&sample::edition(), &Look::default(), Some(&reader())));
    assert_eq!(more, BTreeSet::from(["http://wire.example/a".to_owned()]));
    assert!(html.contains(">http://wire.example/a</a>.</p>"), "{html}");
}

#[test]
fn a_right_to_left_newsletter_runs_that_way_and_a_foreign_headline_turns() {
    let mut edition = sample::edition();
    assert!(
        html(&edition, &Look::default(), None)
            .contains("dir=\"rtl\" align=\"right\"><a class=\"head\" href=\"https://al-mina")
    );
    edition.masthead.language = "ar".into();
    let page = html(&edition, &Look::default(), None);
    assert!(
        page.contains("<html lang=\"ar\" dir=\"rtl\">") && page.contains("dir=\"ltr\" align=\"left\"><a")
    );
}

/// The first two stories and one section of the sample.
fn short() -> Edition {
    let mut edition = sample::edition();
    edition.top.truncate(2);
    edition.sections.truncate(1);
    edition
}

#[test]
fn the_text_reads_like_this() {
    insta::assert_snapshot!(text(&short(), &Look::default(), Some(&reader())));
}

#[test]
fn the_markdown_reads_like_this() {
    insta::assert_snapshot!(markdown(&short(), &Look::default(), Some(&reader())));
}

#[test]
fn the_html_is_built_like_this() {
    insta::with_settings!({filters => vec![(" style=\"[^\"]*\"", ""), ("\n?(</?(?:tr|table|h[1-3]|p|blockquote)\\b)", "\n$1")]}, {
        insta::assert_snapshot!(html(&short(), &Look::default(), Some(&reader())));
    });
}

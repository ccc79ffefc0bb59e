//! What stands at the head of a page, and what a story is that is no more than a line.

use crate::{
    model::{Edition, Read},
    render::{Look, html, markdown, sample, text},
    text::space::fold,
};

fn parts(edition: &Edition) -> [String; 3] {
    let look = Look::default();
    [html(edition, &look, None), text(edition, &look, None), markdown(edition, &look, None)]
}

#[test]
fn an_inbox_shows_what_the_subject_does_not() {
    let shown = |subject: &str| {
        let mut edition = sample::edition();
        edition.masthead.subject = Some(subject.to_owned());
        let page = html(&edition, &Look::default(), None);
        page.split_once("overflow:hidden\">")
            .and_then(|(_, rest)| rest.split_once('<'))
            .expect("a line")
            .0
            .to_owned()
    };
    assert!(
        shown("{{first}}").starts_with("…of plan; Ferry operator ordered to refund"),
        "{}",
        shown("{{first}}")
    );
    assert!(
        shown("News of {{day}}").starts_with("Ellery bridge reopens to freight after eleven months, a week")
    );
    assert!((90..=140).contains(&shown("{{first}}").chars().count()));
}

#[test]
fn the_first_five_headlines_stand_at_the_head_where_more_follow() {
    let [html, text, markdown] = parts(&sample::edition());
    let fifth = "Gull Point light to go dark";
    for part in [&html, &text, &markdown] {
        assert_eq!(part.matches(fifth).count(), 2, "{part}");
        assert_eq!(part.matches("Gale warning from Saturday noon").count(), 1);
        assert!(part.contains("Read for you: 214 articles from 9 outlets"));
    }
    let few = Edition { sections: Vec::new(), read: Read::default(), ..sample::edition() };
    for part in parts(&few) {
        assert_eq!(part.matches(fifth).count(), 1, "{part}");
        assert!(!part.contains("Read for you"));
    }
}

#[test]
fn a_story_without_lead_and_quotations_is_a_line_with_its_outlets() {
    let mut edition = sample::edition();
    edition.sections[3].stories[0].lead.clear();
    let [html, text, markdown] = parts(&edition);
    assert!(
        fold(&text).contains(
            "* Six nations agree on one-way lanes in the Taran strait (Meridian Dispatch) https://"
        ),
        "{text}"
    );
    assert!(markdown.contains(") (Meridian Dispatch)\n\nMore: [Coastal Wire]"), "{markdown}");
    assert!(html.contains("(Meridian Dispatch)") && !html.contains("3 outlets ·"), "{html}");
}

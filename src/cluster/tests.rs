//! What a reader would notice: stories told once, look-alikes apart, the same result in any order.

use proptest::prelude::*;

use super::{Options, Past, judge, stories};
use crate::model::{Article, Story, same_text};

fn article(id: &str, outlet: &str, title: &str, summary: &str) -> Article {
    Article {
        id: id.into(),
        outlet: outlet.into(),
        title: title.into(),
        summary: summary.into(),
        published: "2031-05-06T07:00:00Z".parse().ok(),
        lang: Some("en".into()),
        ..Article::default()
    }
}

/// Two events, three outlets each, and one article on its own.
fn morning() -> Vec<Article> {
    vec![
        article(
            "a1",
            "Sound Post",
            "Ferry Aurora runs aground off Nordholm with 200 aboard",
            "The ferry Aurora ran aground off Nordholm early on Tuesday; the coast guard said nobody was hurt.",
        ),
        article(
            "a2",
            "Island Echo",
            "Nordholm ferry aground: 200 passengers wait for tugs",
            "Tugs are on their way to the Aurora, which struck ground near Nordholm with 200 passengers aboard.",
        ),
        article(
            "a3",
            "Mainland Times",
            "Coast guard: all safe on stranded ferry Aurora",
            "All 200 passengers of the Aurora, stranded off Nordholm, are safe, the coast guard said.",
        ),
        article(
            "b1",
            "Sound Post",
            "Velmora's parliament votes out premier Ilse Tarn",
            "Premier Ilse Tarn lost a confidence vote in the Velmoran parliament by 61 to 58 over the grain tax.",
        ),
        article(
            "b2",
            "Island Echo",
            "Tarn falls over grain tax in Velmora",
            "The Velmoran parliament ousted premier Ilse Tarn in a 61-58 confidence vote over her grain tax.",
        ),
        article(
            "b3",
            "Mainland Times",
            "Velmora: Tarn loses confidence vote 61-58",
            "Ilse Tarn is no longer premier of Velmora: parliament voted 61 to 58 against her and the grain tax.",
        ),
        article(
            "c1",
            "Island Echo",
            "How to prune an old apple tree",
            "Start in late winter, with a sharp saw.",
        ),
    ]
}

/// The ids of each story, sorted.
fn members(stories: &[Story]) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = stories.iter().map(|s| s.ids().cloned().collect()).collect();
    all.iter_mut().for_each(|ids| ids.sort());
    all.sort();
    all
}

#[test]
fn one_event_told_by_three_outlets_is_one_story() {
    let stories = stories(&morning(), &Options::default());
    assert_eq!(members(&stories), [vec!["a1", "a2", "a3"], vec!["b1", "b2", "b3"], vec!["c1"]]);
    assert_eq!(stories.iter().map(|s| s.voices()).collect::<Vec<_>>(), [3, 3, 1]);
}

#[test]
fn a_vote_elsewhere_and_a_ferry_on_another_day_are_other_stories() {
    let mut articles = morning();
    articles.push(article(
        "d1",
        "Sound Post",
        "Orland: Lindqvist government loses vote on fishing ban",
        "Orland heads for an election after the chamber withdrew its confidence from Bo Lindqvist on Monday, 40 to 33.",
    ));
    let mut earlier = article(
        "d2",
        "Island Echo",
        "Ferry Aurora back on the Nordholm line after repairs",
        "The Aurora is back on her line to Nordholm after three weeks in the yard.",
    );
    earlier.published = "2031-03-02T07:00:00Z".parse().ok();
    articles.push(earlier);
    let stories = stories(&articles, &Options::default());
    for alone in ["d1", "d2"] {
        assert!(stories.iter().any(|s| s.ids().eq([alone])), "{alone}");
    }
}

#[test]
fn who_tells_two_stories_at_once_is_in_neither() {
    let mut articles = morning();
    for (id, outlet, of) in [("a4", "Sound Herald", "a2"), ("b4", "Sound Herald", "b2")] {
        let told = articles.iter().find(|a| a.id == of).cloned().unwrap_or_default();
        articles.push(Article { id: id.into(), outlet: outlet.into(), url: String::new(), ..told });
    }
    articles.push(article(
        "r",
        "Sound Post",
        "Ferry Aurora aground off Nordholm; Velmora's parliament votes out Ilse Tarn",
        "The morning: tugs at the ferry Aurora, aground off Nordholm with 200 passengers, and premier Ilse Tarn's lost \
            confidence vote in the Velmoran parliament over her grain tax.",
    ));
    let stories = stories(&articles, &Options::default());
    let together = [vec!["a1", "a2", "a3", "a4"], vec!["b1", "b2", "b3", "b4"], vec!["c1"], vec!["r"]];
    assert_eq!(members(&stories), together);
}

#[test]
fn what_the_news_is_always_full_of_makes_no_story() {
    let weather = |id, outlet, place: &str, summary| {
        article(id, outlet, &format!("Met office warns of gales and flooding: {place}"), summary)
    };
    let mut day = morning();
    day.push(weather(
        "x",
        "Sound Post",
        "what commuters should know",
        "Trains may be late, the met office said.",
    ));
    day.push(weather(
        "y",
        "Island Echo",
        "how farmers prepare",
        "Sheep are led uphill, the met office said.",
    ));
    let are_one = |past: &[Article]| {
        let stories = judge(&day, &Past::of(past), &Options::default()).stories;
        stories.iter().any(|story| story.holds("x") && story.holds("y"))
    };
    let earlier = |n: usize| weather("p", "Sound Post", &format!("day {n}"), "The met office said so.");
    assert!(are_one(&[]));
    assert!(!are_one(&(0..300).map(earlier).collect::<Vec<_>>()));
}

/// Whether two reports, title and summary, are one story.
fn are_one(one: (&str, &str), other: (&str, &str)) -> bool {
    let mut day = morning();
    day.extend([article("x", "Sound Post", one.0, one.1), article("y", "Island Echo", other.0, other.1)]);
    let stories = members(&stories(&day, &Options::default()));
    stories.iter().any(|ids| ids.contains(&"x".into()) && ids.contains(&"y".into()))
}

#[test]
fn look_alikes_with_other_people_places_or_figures_are_two_stories() {
    let plane = (
        "Small plane crashes near Ostby, killing two",
        "Two people were killed when a small plane crashed near Ostby on Saturday. Investigators are on their way to the scene.",
    );
    let other_plane = (
        "Small plane crashes near Ravel, killing pilot",
        "The pilot was killed when a small plane crashed near Ravel on Saturday. Investigators are on their way to the scene.",
    );
    assert!(!are_one(plane, other_plane));
    let quake = (
        "Magnitude 6.1 quake hits northern Halvan",
        "A magnitude 6.1 earthquake struck near Orle in northern Halvan on Sunday, the geological service said.",
    );
    let other_quake = (
        "Magnitude 5.2 quake hits southern Halvan",
        "A magnitude 5.2 earthquake struck near Sule in southern Halvan on Sunday, the geological service said.",
    );
    assert!(!are_one(quake, other_quake));
}

#[test]
fn one_event_in_other_words_or_with_a_later_toll_is_one_story() {
    let fire = (
        "Ferry fire in Halvan kills three",
        "Three people died when a fire broke out on a ferry off Orle in Halvan on Saturday night, the coast guard said.",
    );
    let toll = (
        "Death toll in Halvan ferry fire rises to five",
        "Five people are now known to have died in the fire on a ferry off the Halvan port of Orle, officials said.",
    );
    assert!(are_one(fire, toll));
    let bread = (
        "Scientists find oldest bread in buried oven",
        "Archaeologists have found a loaf of bread 8,600 years old in a buried oven, the oldest ever found.",
    );
    let loaf = (
        "World's oldest bread, 8,600 years old, found in oven",
        "A piece of bread found in an oven is 8,600 years old and the oldest known, archaeologists say.",
    );
    assert!(are_one(bread, loaf));
}

#[test]
fn two_articles_on_their_own_need_more_than_a_common_subject() {
    let articles = [
        article(
            "a",
            "Sound Post",
            "Movies that took a billion at the box office",
            "Sixty films have done it so far.",
        ),
        article(
            "b",
            "Island Echo",
            "Clumsy cartoon is a box office hit",
            "Its wooden figures have won mocking fans.",
        ),
    ];
    assert_eq!(stories(&articles, &Options::default()).len(), 2);
}

#[test]
fn the_home_outlet_speaks_for_the_story() {
    let mut articles = morning();
    for at_home in articles.iter_mut().filter(|a| a.outlet == "Island Echo") {
        at_home.home = true;
    }
    let stories = stories(&articles, &Options::default());
    let speakers: Vec<&str> = stories.iter().map(|s| s.representative.as_str()).collect();
    assert_eq!(speakers, ["a2", "b2", "c1"]);
    assert_eq!(stories[0].headline, "Nordholm ferry aground: 200 passengers wait for tugs");
}

#[test]
fn copies_are_named_and_count_as_one_voice() {
    let report = "The ferry Aurora ran aground off Nordholm early on Tuesday with two hundred passengers aboard, the \
        coast guard said. Nobody was hurt. Tugs from three harbours pulled at her stern until the evening tide, and \
        divers found a hole of four metres below the engine room. The line has stopped its crossings.";
    let mut articles = morning();
    articles[0].text = report.into();
    articles[2].text = format!("NORDHOLM (Wire) - {report}");
    let stories = stories(&articles, &Options::default());
    let ferry = stories.iter().find(|s| s.holds("a1")).expect("a story of the ferry");
    let mut copies = same_text(&ferry.members).concat();
    copies.sort();
    assert_eq!((copies, ferry.voices(), ferry.members.len()), (vec!["a1", "a3"], 2, 3));
}

#[test]
fn other_languages_have_stories_too() {
    let articles = [
        article(
            "a",
            "Sundpost",
            "Fähre Aurora läuft vor Nordholm auf Grund",
            "An Bord der Fähre waren 200 Passagiere.",
        ),
        article(
            "b",
            "Inselecho",
            "200 Passagiere auf gestrandeter Fähre vor Nordholm",
            "Die Aurora lief auf Grund.",
        ),
        article("c", "Inselecho", "Wie man einen alten Apfelbaum schneidet", "Am besten im späten Winter."),
    ]
    .map(|article| Article { lang: Some("de".into()), ..article });
    assert_eq!(members(&stories(&articles, &Options::default())), [vec!["a", "b"], vec!["c"]]);
}

#[test]
fn a_certainty_beyond_0_to_1_is_refused() {
    let read = |toml: &str| toml::from_str::<Options>(toml);
    assert_eq!(read("certainty = 1").map(|options| options.certainty), Ok(1.0));
    for outside in ["1.5", "-0.1", "nan", "inf"] {
        let error = read(&format!("certainty = {outside}")).expect_err(outside).to_string();
        assert!(error.contains("it should be from 0 to 1"), "{error}");
    }
}

#[test]
fn nothing_and_emptiness_are_no_trouble() {
    assert!(stories(&[], &Options::default()).is_empty());
    let blank = |id: &str| Article { id: id.into(), ..Article::default() };
    assert_eq!(stories(&[blank("a"), blank("b")], &Options::default()).len(), 2);
}

/// An article on one of a few events, told in one of a few ways, so that a batch of them has ties, copies, round-ups,
/// missing dates and outlets, and texts of every length.
fn made_up() -> impl Strategy<Value = Article> {
    let event = 0..7_usize;
    (event.clone(), event, 0..6_usize, 0..5_usize, 0..4_usize).prop_map(|(event, also, way, outlet, hour)| {
        let morning = morning();
        let told = |event: usize| morning[event % morning.len()].clone();
        let (one, two) = (told(event), told(also));
        let report = format!("{} {} {}", one.summary, one.title, morning[(event + 1) % 6].summary);
        Article {
            title: if way == 3 { format!("{}; {}", one.title, two.title) } else { one.title },
            summary: match way {
                0 => String::new(),
                1 | 2 => one.summary,
                _ => format!("{} {}", one.summary, two.summary),
            },
            text: if way > 3 { report.repeat(way - 3) } else { String::new() },
            outlet: ["", "Sound Post", "Island Echo", "Mainland Times", "Orl Gazette"][outlet].into(),
            published: one
                .published
                .filter(|_| hour > 0)
                .map(|at| at + jiff::SignedDuration::from_hours(30 * hour as i64)),
            ..Article::default()
        }
    })
}

fn numbered(mut day: Vec<Article>) -> Vec<Article> {
    for (n, article) in day.iter_mut().enumerate() {
        article.id = format!("{n:02}");
    }
    day
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_answer_does_not_depend_on_the_order(
        day in prop::collection::vec(made_up(), 60).prop_map(numbered)
            .prop_flat_map(|day| (Just(day.clone()), Just(day).prop_shuffle()))
    ) {
        let (day, shuffled) = day;
        prop_assert_eq!(stories(&shuffled, &Options::default()), stories(&day, &Options::default()));
    }

    #[test]
    fn every_article_is_in_exactly_one_story(titles in prop::collection::vec("[a-d]{2}( [a-d]{2}){0,5}", 0..40)) {
        let articles: Vec<Article> =
            titles.iter().enumerate().map(|(i, t)| article(&format!("{i:03}"), "Post", t, "")).collect();
        let mut ids = members(&stories(&articles, &Options::default())).concat();
        ids.sort();
        prop_assert_eq!(ids, articles.iter().map(|a| a.id.clone()).collect::<Vec<_>>());
    }
}

//! What an editor may rely on when a story is explained.

use crate::{
    cluster::{Judgement, Options, Past, agglomerate::Link, judge},
    model::{Article, Story, Why},
};

const GROUNDING: &str = "The ferry Aurora ran aground off Nordholm on Tuesday with 214 passengers aboard, the coast guard \
    said. Nobody was hurt. Tugs from three harbours pulled at her stern until the evening tide, and divers found a hole \
    of four metres below the engine room. The line has stopped its crossings until the sister ship returns from the yard.";
const NIGHT: &str = "Passengers of the Aurora, 214 of them, told of a jolt off Nordholm and then of silence. By nightfall on \
    Tuesday tugs had the ferry afloat again, and her owners said a survey of the hull would decide when she sails.";
const STRIKE: &str = "Crews of the ferry line to Nordholm stopped work on Monday over night shifts, and the harbour of \
    Velsund filled with lorries. The union, led by Ida Brask, spoke of 37 sailings lost.";
const ELECTION: &str = "Voters in the mountain town of Irrigen chose a baker as mayor by 12 votes.";

fn article(id: &str, title: &str, text: &str) -> Article {
    let lang = Some("en".into());
    Article {
        id: id.into(),
        outlet: id.into(),
        title: title.into(),
        text: text.into(),
        lang,
        ..Article::default()
    }
}

fn day() -> Vec<Article> {
    let shortened = GROUNDING.split(" The line").next().unwrap_or_default();
    vec![
        article("gazette", "Ferry Aurora runs aground off Nordholm", GROUNDING),
        article("herald", "Ferry aground: tugs at work", shortened),
        article("courier", "A night aboard the grounded ferry Aurora", NIGHT),
        article("post", "Ferry crews strike over night shifts", STRIKE),
        article("echo", "Baker elected mayor of Irrigen", ELECTION),
    ]
}

/// The story containing this article, and why it is one.
fn why(batch: &Judgement, id: &str) -> (Story, Why) {
    let story = batch.stories.iter().find(|story| story.holds(id)).expect("a story");
    let why = batch.why(&[story]).into_iter().next().expect("reasons");
    (story.clone(), why)
}

#[test]
fn the_links_shown_hold_every_article_to_the_others() {
    let articles = day();
    let batch = judge(&articles, &Past::default(), &Options::default());
    let (story, why) = why(&batch, "gazette");
    assert_eq!((story.members.len(), why.pairs, why.links.len()), (3, 3, 2));
    for id in story.ids() {
        assert!(why.links.iter().any(|link| link.a == *id || link.b == *id), "{id} in {:?}", why.links);
    }
    assert!(why.links[0].same_text && !why.links[1].same_text, "the surest comes first: {:?}", why.links);
}

#[test]
fn the_points_of_the_evidence_add_up_to_the_probability() {
    let articles = day();
    let batch = judge(&articles, &Past::default(), &Options { certainty: 0.3 });
    let stories: Vec<&Story> = batch.stories.iter().collect();
    let mut checked = 0;
    for why in batch.why(&stories) {
        let pairs = why.links.iter().chain(why.outsiders.iter().map(|o| &o.closest));
        for pair in pairs.filter(|pair| !pair.same_text) {
            let log_odds: f64 = pair.evidence.iter().map(|clue| clue.points).sum();
            let probability = 1.0 / (1.0 + (-log_odds).exp());
            assert!((probability - pair.probability).abs() < 0.01, "{log_odds} for {pair:?}");
            checked += 1;
        }
    }
    assert!(checked > 0);
}

#[test]
fn what_is_shared_is_spelt_as_printed_and_sorted_by_kind() {
    let articles = day();
    let batch = judge(&articles, &Past::default(), &Options::default());
    let (_, why) = why(&batch, "courier");
    let pair = why.links.iter().find(|link| !link.same_text).expect("a link between two texts");
    assert!(pair.names.iter().any(|name| name.contains("Aurora")), "{:?}", pair.names);
    assert_eq!(pair.numbers, ["214"]);
    assert!(pair.words.iter().any(|word| word.contains("assengers")), "{:?}", pair.words);
}

#[test]
fn a_story_left_apart_is_named_with_what_only_it_tells() {
    let articles = day();
    let batch = judge(&articles, &Past::default(), &Options::default());
    let (_, why) = why(&batch, "gazette");
    let strike = why.outsiders.first().expect("a near story");
    assert_eq!(strike.headline, "Ferry crews strike over night shifts");
    assert_eq!((strike.articles, strike.closest.b.as_str()), (1, "post"));
    assert!(strike.strength < strike.needed);
    assert!(strike.only_there.contains(&"Ida Brask".to_owned()), "{:?}", strike.only_there);
    assert!(strike.only_here.contains(&"214".to_owned()), "{:?}", strike.only_here);
}

#[test]
fn a_story_like_no_other_has_neither_links_nor_outsiders() {
    let articles = day();
    let batch = judge(&articles, &Past::default(), &Options::default());
    let (_, why) = why(&batch, "echo");
    assert_eq!((why.pairs, why.links.len(), why.outsiders.len()), (0, 0, 0));
}

#[test]
fn of_many_links_that_hold_a_story_the_weakest_are_shown() {
    let mut group = super::Group { asked: true, ..Default::default() };
    for place in 0..30_u8 {
        let (a, b) = (u32::from(place), u32::from(place) + 1);
        group.keep(&Link { a, b, score: 1.0 - f32::from(place) / 100.0, names_the_same: true });
    }
    let starts: Vec<u32> = group.holding().iter().map(|link| link.a).collect();
    assert_eq!(starts, (6..30).collect::<Vec<_>>());
}

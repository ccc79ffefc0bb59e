//! What an editor may rely on when an edition is built.

use jiff::{Timestamp, civil::date};

use super::*;
use crate::model::{Member, Passage, Quotation, Slot};

/// The time at which every edition here is composed.
fn now() -> Timestamp {
    "2026-11-20T06:00:00Z".parse().expect("a timestamp")
}

pub(super) fn article(id: &str, outlet: &str, section: &str) -> Article {
    Article {
        id: id.to_owned(),
        outlet: outlet.to_owned(),
        title: format!("Headline of {id}"),
        url: format!("http://{outlet}.example/{id}"),
        text: format!("The first sentence of {id} is here. The second one of {id} is longer than the first."),
        published: Some(now()),
        lang: Some("en".to_owned()),
        section: Some(section.to_owned()),
        weight: 1.0,
        ..Article::default()
    }
}

pub(super) fn story(members: &[&Article]) -> Story {
    Story::apart(members)
}

pub(super) fn brief(article: &Article) -> Brief {
    let lead = vec![Passage { text: article.text.clone(), id: article.id.clone() }];
    Brief { headline: article.title.clone(), lead, quotes: Vec::new() }
}

pub(super) fn issue() -> Issue {
    let masthead = Masthead::default();
    let read = Read { articles: 40, outlets: 6 };
    Issue { date: date(2026, 11, 20), composed_at: now(), masthead, read, corrections: Vec::new() }
}

pub(super) fn by_id(articles: &[Article]) -> Articles<'_> {
    articles.iter().map(|a| (a.id.as_str(), a)).collect()
}

/// Builds an edition of one-article stories, in the order given.
fn edition_of(articles: &[Article], options: &Options) -> Built {
    let stories: Vec<Story> = articles.iter().map(|a| story(&[a])).collect();
    let candidates: Vec<Candidate> =
        stories.iter().zip(articles).map(|(story, a)| Candidate::new(story, brief(a))).collect();
    build(issue(), &candidates, &by_id(articles), options)
}

fn headlines(ranked: &[Ranked], stories: &[Story]) -> Vec<String> {
    ranked.iter().map(|r| stories[r.story].headline.clone()).collect()
}

#[test]
fn more_voices_rank_higher_and_the_home_outlet_and_focus_words_help() {
    let mut articles: Vec<Article> =
        ["lone", "pair", "own", "navy", "old"].iter().map(|id| article(id, id, "World")).collect();
    articles[2].home = true;
    articles[3].title = "Navy opens the dock".to_owned();
    articles[4].published = Some(now() - SignedDuration::from_hours(30));
    let mut stories: Vec<Story> = articles.iter().map(|a| story(&[a])).collect();
    let elsewhere = |at| Member { id: format!("elsewhere {at}"), voice: at, text: at, tie: None };
    stories[1].members.extend((1..6).map(elsewhere));
    let options = Options { focus: vec!["navy".to_owned()], ..Options::default() };
    let ranked = rank(&stories, &by_id(&articles), now(), &options);
    let expected =
        ["Headline of pair", "Headline of own", "Navy opens the dock", "Headline of lone", "Headline of old"];
    assert_eq!(headlines(&ranked, &stories), expected);
}

#[test]
fn the_newer_and_the_weightier_ranks_higher_and_what_is_equal_goes_by_headline() {
    let ranks = |change: &dyn Fn(&mut [Article])| {
        let mut articles = ["c", "a", "b"].map(|id| article(id, id, "World"));
        change(&mut articles);
        let stories: Vec<Story> = articles.iter().map(|a| story(&[a])).collect();
        headlines(&rank(&stories, &by_id(&articles), now(), &Options::default()), &stories).concat()
    };
    let order = |ids: [&str; 3]| ids.map(|id| format!("Headline of {id}")).concat();
    assert_eq!(ranks(&|_| {}), order(["a", "b", "c"]));
    let older = |hours| Some(now() - SignedDuration::from_hours(hours));
    assert_eq!(
        ranks(&|all| (all[1].published, all[2].published) = (older(3), older(1))),
        order(["c", "b", "a"])
    );
    assert_eq!(ranks(&|all| (all[0].weight, all[2].weight) = (2.0, 0.5)), order(["c", "a", "b"]));
}

#[test]
fn opinion_steps_behind_a_report() {
    let mut articles = [article("a", "gazette", "World"), article("b", "herald", "World")];
    articles[0].categories = vec!["Opinion".to_owned()];
    let stories: Vec<Story> = articles.iter().map(|a| story(&[a])).collect();
    let ranked = rank(&stories, &by_id(&articles), now(), &Options::default());
    assert_eq!(headlines(&ranked, &stories), ["Headline of b", "Headline of a"]);
}

#[test]
fn what_no_report_tells_steps_behind_one() {
    let mut articles = [article("a", "gazette", "World"), article("b", "herald", "World")];
    articles[0].column = true;
    let stories: Vec<Story> = articles.iter().map(|a| story(&[a])).collect();
    let ranked = rank(&stories, &by_id(&articles), now(), &Options::default());
    assert_eq!(headlines(&ranked, &stories), ["Headline of b", "Headline of a"]);
}

#[test]
fn five_stories_stand_on_top_and_the_rest_in_the_configured_sections() {
    let sections = ["World", "World", "World", "World", "World", "World", "Fleet", "Other", "World"];
    let articles: Vec<Article> = sections
        .iter()
        .enumerate()
        .map(|(n, s)| article(&format!("a{n}"), &format!("outlet{n}"), s))
        .collect();
    let options = Options { sections: vec!["Fleet".to_owned(), "World".to_owned()], ..Options::default() };
    let built = edition_of(&articles, &options);
    let names: Vec<_> = built.edition.sections.iter().map(|s| (s.name.as_str(), s.stories.len())).collect();
    assert_eq!((built.edition.top.len(), names), (5, vec![("Fleet", 1), ("World", 2), ("Other", 1)]));
    assert_eq!(built.printed, [0, 1, 2, 3, 4, 6, 5, 8, 7]);
}

#[test]
fn the_story_on_top_has_a_picture_and_two_quotations_and_the_others_one() {
    let articles: Vec<Article> = (0..7)
        .map(|n| {
            let picture = Some(crate::model::Picture::default());
            Article { picture, ..article(&format!("a{n}"), &format!("outlet{n}"), "World") }
        })
        .collect();
    let quoted = |a: &Article| {
        let quote =
            |text: &str| Quotation { text: text.to_owned(), id: a.id.clone(), ..Quotation::default() };
        Brief { quotes: ["The first", "sentence of", "is here"].map(quote).to_vec(), ..brief(a) }
    };
    let stories: Vec<Story> = articles.iter().map(|a| story(&[a])).collect();
    let candidates: Vec<Candidate> =
        stories.iter().zip(&articles).map(|(story, a)| Candidate::new(story, quoted(a))).collect();
    let built = build(issue(), &candidates, &by_id(&articles), &Options::default());
    let shown: Vec<_> =
        built.edition.slots().map(|slot| (slot.quotes.len(), slot.picture.is_some())).collect();
    assert_eq!(shown, [(2, true), (1, false), (1, false), (1, false), (1, false), (1, false), (1, false)]);
}

#[test]
fn a_story_of_two_sections_stands_in_the_one_that_is_printed_first() {
    let mut articles: Vec<Article> =
        (0..5).map(|n| article(&format!("a{n}"), &format!("outlet{n}"), "World")).collect();
    articles.extend([article("x", "herald", "Fleet"), article("y", "courier", "World")]);
    let mut stories: Vec<Story> = articles.iter().take(5).map(|a| story(&[a])).collect();
    stories.push(story(&[&articles[5], &articles[6]]));
    let candidates: Vec<Candidate> =
        stories.iter().zip(&articles).map(|(story, a)| Candidate::new(story, brief(a))).collect();
    for (first, second) in [("Fleet", "World"), ("World", "Fleet")] {
        let options = Options { sections: vec![first.to_owned(), second.to_owned()], ..Options::default() };
        let built = build(issue(), &candidates, &by_id(&articles), &options);
        let names: Vec<_> = built.edition.sections.iter().map(|section| section.name.as_str()).collect();
        assert_eq!(names, [first]);
    }
}

#[test]
fn no_outlet_and_no_section_has_more_than_its_share() {
    let articles: Vec<Article> = (0..30).map(|n| article(&format!("a{n}"), "gazette", "World")).collect();
    let options = Options { max_per_outlet: 3, ..Options::default() };
    assert_eq!(edition_of(&articles, &options).edition.slots().count(), 3);
    let articles: Vec<Article> =
        (0..30).map(|n| article(&format!("a{n:02}"), &format!("outlet{n}"), "World")).collect();
    let options = Options { max_per_section: 4, ..Options::default() };
    assert_eq!(
        edition_of(&articles, &options).edition.slots().count(),
        20,
        "one section may hold everything"
    );
    let options = Options { sections: vec!["Fleet".to_owned(), "World".to_owned()], ..options };
    assert_eq!(edition_of(&articles, &options).edition.slots().count(), 5 + 4);
    let options = Options { max_stories: 7, ..Options::default() };
    assert_eq!(edition_of(&articles, &options).edition.slots().count(), 7);
}

#[test]
fn an_edition_over_its_words_loses_its_last_stories_and_never_half_a_sentence() {
    let articles: Vec<Article> =
        (0..20).map(|n| article(&format!("a{n:02}"), &format!("outlet{n}"), "World")).collect();
    let options = Options { max_words: 100, ..Options::default() };
    let built = edition_of(&articles, &options);
    let words: usize = built.edition.slots().map(Slot::words).sum();
    assert!((60..=100).contains(&words), "{words}");
    assert!(built.edition.slots().all(|s| s.lead.iter().all(|e| e.text.ends_with('.'))));
}

#[test]
fn an_edition_of_one_story_prints_it_however_long_it_is() {
    for max_words in [0, 1, 10] {
        let articles = [article("a0", "gazette", "World"), article("a1", "herald", "World")];
        let built = edition_of(&articles, &Options { max_words, ..Options::default() });
        assert_eq!(built.printed, [0], "{max_words}");
        let mut articles = articles;
        articles[0].title = "words without end ".repeat(200);
        let built = edition_of(&articles[..1], &Options { max_words, ..Options::default() });
        assert_eq!(built.printed, [0], "{max_words}, a long one");
    }
}

#[test]
fn an_edition_of_exactly_its_words_loses_nothing() {
    let articles: Vec<Article> =
        (0..4).map(|n| article(&format!("a{n}"), &format!("outlet{n}"), "World")).collect();
    let words: usize = edition_of(&articles, &Options::default()).edition.slots().map(Slot::words).sum();
    let printed =
        |max_words| edition_of(&articles, &Options { max_words, ..Options::default() }).printed.len();
    assert_eq!((printed(words), printed(words - 1)), (4, 3));
}

#[test]
fn a_story_that_would_fill_the_edition_goes_before_any_word_of_another() {
    let mut articles: Vec<Article> =
        (0..6).map(|n| article(&format!("a{n}"), &format!("outlet{n}"), "World")).collect();
    articles[0].title = "words without end ".repeat(200);
    let stories: Vec<Story> = articles.iter().map(|a| story(&[a])).collect();
    let quoted = |a: &Article| {
        let quote = Quotation { text: "The first sentence".into(), id: a.id.clone(), ..Quotation::default() };
        Brief { quotes: vec![quote], ..brief(a) }
    };
    let candidates: Vec<Candidate> =
        stories.iter().zip(&articles).map(|(story, a)| Candidate::new(story, quoted(a))).collect();
    let options = Options { max_words: 400, ..Options::default() };
    let built = build(issue(), &candidates, &by_id(&articles), &options);
    assert_eq!(built.printed, [1, 2, 3, 4, 5]);
    assert_eq!(built.left_out, [(0, Omission::NoWordsLeft { max_words: 400 })]);
    assert!(built.edition.slots().all(|slot| slot.quotes.len() == 1), "{:?}", built.edition);
}

#[test]
fn every_candidate_is_printed_or_has_a_reason() {
    let outlets = ["gazette", "gazette", "gazette", "herald", "courier"];
    let articles: Vec<Article> =
        outlets.iter().enumerate().map(|(n, outlet)| article(&format!("a{n}"), outlet, "World")).collect();
    let options = Options { max_per_outlet: 2, max_stories: 3, ..Options::default() };
    let built = edition_of(&articles, &options);
    let outlet_full = Omission::OutletFull { outlet: "gazette".to_owned(), max_per_outlet: 2 };
    assert_eq!(built.printed, [0, 1, 3]);
    assert_eq!(built.left_out, [(2, outlet_full), (4, Omission::EditionFull { max_stories: 3 })]);
    let built = edition_of(&articles, &Options { max_words: 30, ..Options::default() });
    assert_eq!(built.printed, [0]);
    assert_eq!(built.left_out[0], (1, Omission::NoWordsLeft { max_words: 30 }));
}

#[test]
fn what_other_outlets_add_stands_behind_the_lead_in_whole_sentences_and_goes_when_room_is_short() {
    let told =
        "Seven barges sank below the lower lock. Divers raised four hulls before nightfall and left three."
            .to_owned();
    let herald = Article { text: told, ..article("b", "herald", "World") };
    let articles = [article("a", "gazette", "World"), herald];
    let stories = [story(&[&articles[1]]), story(&[&articles[0], &articles[1]])];
    let added = Passage { text: articles[1].text.clone(), id: "b".to_owned() };
    let mut brief_of_two = brief(&articles[0]);
    brief_of_two.lead.push(added);
    let candidates =
        [Candidate::new(&stories[0], brief(&articles[1])), Candidate::new(&stories[1], brief_of_two)];
    let leads = |max_words: usize| -> Vec<Vec<String>> {
        let options = Options { max_words, ..Options::default() };
        let built = build(issue(), &candidates, &by_id(&articles), &options);
        let outlets = |slot: &Slot| slot.lead.iter().map(|excerpt| excerpt.outlet.clone()).collect();
        built.edition.slots().map(outlets).collect()
    };
    assert_eq!(leads(1300), [vec!["herald"], vec!["gazette", "herald"]]);
    assert_eq!(leads(50), [vec!["herald"], vec!["gazette"]]);
    assert_eq!(leads(30), [vec!["herald"]]);
}

#[test]
fn a_brief_with_a_word_that_its_source_does_not_hold_is_refused_and_reported() {
    let articles = [article("a", "gazette", "World"), article("b", "herald", "World")];
    let stories = [story(&[&articles[0]]), story(&[&articles[1]])];
    let invented =
        Quotation { text: "“I never said this.”".to_owned(), id: "a".to_owned(), ..Quotation::default() };
    let candidates = [
        Candidate::new(&stories[0], Brief { quotes: vec![invented], ..brief(&articles[0]) }),
        Candidate::new(&stories[1], brief(&articles[1])),
    ];
    let built = build(issue(), &candidates, &by_id(&articles), &Options::default());
    assert_eq!(built.printed, [1]);
    assert_eq!((built.refused.len(), built.refused[0].part), (1, "quotation"));
    assert!(built.refused[0].to_string().contains("I never said this"));
}

#[test]
fn nothing_at_all_is_no_slice_of_a_source() {
    for empty in ["", " \n\u{a0}"] {
        let articles = [article("a", "gazette", "World")];
        let stories = [story(&[&articles[0]])];
        let lead = vec![Passage { text: empty.to_owned(), id: "a".to_owned() }];
        let candidates = [Candidate::new(&stories[0], Brief { lead, ..brief(&articles[0]) })];
        let built = build(issue(), &candidates, &by_id(&articles), &Options::default());
        assert_eq!((built.printed.len(), built.refused[0].part), (0, "lead"), "{empty:?}");
    }
}

#[test]
fn a_speaker_whom_the_source_does_not_name_is_refused() {
    let articles = [article("a", "gazette", "World")];
    let stories = [story(&[&articles[0]])];
    let speaker = Some("Somebody Else".to_owned());
    let quote = Quotation { text: "The first sentence".to_owned(), speaker, id: "a".to_owned(), outlets: 1 };
    let brief = Brief { quotes: vec![quote], ..brief(&articles[0]) };
    let built = build(issue(), &[Candidate::new(&stories[0], brief)], &by_id(&articles), &Options::default());
    assert_eq!((built.printed.len(), built.refused[0].part), (0, "speaker"));
}

#[test]
fn other_outlets_are_named_once_each_with_their_links() {
    let articles = [
        article("a", "gazette", "World"),
        article("b", "herald", "World"),
        article("c", "herald", "World"),
        article("d", "gazette", "World"),
    ];
    let stories = [story(&articles.iter().collect::<Vec<_>>())];
    let candidates = [Candidate::new(&stories[0], brief(&articles[0]))];
    let built = build(issue(), &candidates, &by_id(&articles), &Options::default());
    let more: Vec<_> = built.edition.top[0].more.iter().map(|c| c.url.as_str()).collect();
    assert_eq!(more, ["http://herald.example/b"]);
}

#[test]
fn reports_that_outlets_carry_from_an_agency_come_last_and_are_marked() {
    let carrying = |article: Article| Article { agency: Some("AFP".to_owned()), ..article };
    let articles = [
        carrying(article("a", "gazette", "World")),
        carrying(article("b", "herald", "World")),
        article("c", "courier", "World"),
        article("d", "herald", "World"),
        carrying(article("e", "echo", "World")),
        carrying(article("f", "AFP", "World")),
    ];
    let stories = [story(&articles.iter().collect::<Vec<_>>())];
    let candidates = [Candidate::new(&stories[0], brief(&articles[0]))];
    let built = build(issue(), &candidates, &by_id(&articles), &Options::default());
    let slot = &built.edition.top[0];
    let more: Vec<_> = slot.more.iter().map(|c| (c.outlet.as_str(), c.agency.as_deref())).collect();
    assert_eq!(slot.agency.as_deref(), Some("AFP"));
    assert_eq!(more, [("courier", None), ("herald", None), ("AFP", None), ("echo", Some("AFP"))]);
}

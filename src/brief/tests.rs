//! Whole briefs: what is kept, in which order, and that every word comes from its article.

use proptest::prelude::*;

use super::{Options, brief};
use crate::model::{Article, Brief, Story};
use crate::text::space::fold;

fn article(id: &str, title: &str, text: &str) -> Article {
    Article {
        id: id.into(),
        outlet: format!("The {id} Gazette"),
        title: title.into(),
        text: text.into(),
        lang: Some("en".into()),
        ..Article::default()
    }
}

fn brief_of(articles: &[&Article], options: &Options) -> Brief {
    brief(&Story::apart(articles), articles, options)
}

fn made(articles: &[Article]) -> Brief {
    brief_of(&articles.iter().collect::<Vec<_>>(), &Options::default())
}

const HARBOUR: &str = "Subscribe

BRACKWATER (XP) — Harbour Minister Ada Quill told President Lin Daoming on Monday that she hoped for “calm, patient and frank” talks about the frozen pier, the first time in eleven years that anyone had answered the telephone.

Quill’s office said that the minister also spoke of the four boats lost to the ice in the first week of the winter.

“The ministers also agreed that the pier must be opened to the boats of both towns before the month of May,” Quill’s office said. “They agreed to talk again.”

Before the vote Quill had said that a “review” of the pier would “begin before the thaw.”

“We stand ready to share the pier with our neighbours on equal terms, as our grandparents did before the long winter,” Lin said.

Sign Up for the Harbour Letter

Sign up to receive the Harbour Letter, the best of our reporting, every weekday morning before breakfast.

Sign Up Now";

#[test]
fn no_articles_make_an_empty_brief_and_an_empty_article_a_headline_alone() {
    assert_eq!(made(&[]), Brief::default());
    let bare = made(&[article("a", "Pier closed", "")]);
    assert_eq!((bare.headline.as_str(), bare.lead.len(), bare.quotes.len()), ("Pier closed", 1, 0));
    assert_eq!(made(&[Article::default()]).lead, []);
}

#[test]
fn the_lead_is_the_opening_without_furniture_and_dateline() {
    let brief = made(&[article("a", "Towns talk of the pier", HARBOUR)]);
    assert!(brief.lead[0].text.starts_with("Harbour Minister Ada Quill told"), "{:?}", brief.lead);
    let words: usize = brief.lead.iter().map(|p| p.text.split_whitespace().count()).sum();
    assert!(words <= Options::default().max_lead_words);
}

#[test]
fn key_quotations_are_whole_sentences_by_named_speakers_outside_the_lead() {
    let options = Options { max_lead_words: 60, ..Options::default() };
    let brief = brief_of(&[&article("a", "Towns talk of the pier", HARBOUR)], &options);
    let speakers: Vec<_> = brief.quotes.iter().filter_map(|q| q.speaker.as_deref()).collect();
    assert_eq!(brief.quotes.len(), 2, "{:?}", brief.quotes);
    assert!(speakers.contains(&"Lin Daoming") && speakers.contains(&"Quill’s office"), "{speakers:?}");
    assert!(brief.quotes.iter().all(|q| !q.text.contains("review") && !q.text.contains("frank")));
}

#[test]
fn a_quotation_that_the_lead_holds_is_not_printed_again() {
    let said = "“The winter took four boats from us and will take more of them,” said pilot Tom Reed.";
    assert_eq!(made(&[article("a", "Pier frozen", said)]).quotes, []);
    let below = format!("The pier of Brackwater froze over on Monday morning.\n\n{said}");
    let short = Options { max_lead_words: 9, ..Options::default() };
    assert_eq!(brief_of(&[&article("a", "Pier frozen", &below)], &short).quotes.len(), 1);
}

#[test]
fn a_lead_is_as_long_as_it_may_be_to_the_word() {
    let text = "The pier of Brackwater froze over on Monday. Four boats sank at the mole.";
    let told = |max_lead_words: usize| {
        let options = Options { max_lead_words, ..Options::default() };
        brief_of(&[&article("a", "Pier frozen", text)], &options).lead[0].text.clone()
    };
    assert_eq!(text.split_whitespace().count(), 14);
    assert_eq!(
        (told(14).as_str(), told(13).as_str()),
        (text, "The pier of Brackwater froze over on Monday.")
    );
}

#[test]
fn a_summary_is_the_lead_where_there_is_no_text() {
    let teaser =
        Article { summary: "The pier stays closed until May.".into(), ..article("a", "Pier closed", "") };
    assert_eq!(made(&[teaser]).lead[0].text, "The pier stays closed until May.");
}

#[test]
fn what_a_site_adds_to_its_summaries_is_not_printed() {
    let told = "The pier stays closed until May.";
    let foot = "The post Pier closed appeared first on Tamber Herald.";
    for summary in [format!("{told}\n\n{foot}"), format!("{told} {foot}")] {
        let teaser = Article { summary, ..article("a", "Pier closed", "") };
        assert_eq!(made(&[teaser]).lead[0].text, told);
    }
}

#[test]
fn the_home_outlet_speaks_for_the_story_if_its_text_is_complete() {
    let home = Article { home: true, ..article("z", "Pier talks begin", &HARBOUR.replace("frank", "blunt")) };
    let others =
        [article("a", "Towns talk of the pier", HARBOUR), article("b", "Towns talk of the pier", HARBOUR)];
    assert_eq!(made(&[others[0].clone(), others[1].clone(), home.clone()]).headline, "Pier talks begin");
    let stub = Article { text: "The pier talks begin.".into(), ..home };
    assert_eq!(made(&[others[0].clone(), others[1].clone(), stub]).headline, "Towns talk of the pier");
}

#[test]
fn a_quotation_carried_by_several_outlets_comes_first_and_once() {
    let shared = "“The winter took four boats from us and will take more,” said pilot Tom Reed.";
    let one = format!(
        "The pier of Brackwater froze over on Monday morning.\n\n“I have never in my life seen the Brackwater ice come so early,” said Eva Moor.\n\n{shared}"
    );
    let two = format!("The pier of Brackwater froze on Monday morning, pilots said.\n\n{shared}");
    let articles = [article("a", "Pier frozen", &one), article("b", "Pier frozen over", &two)];
    let brief = brief_of(
        &articles.iter().collect::<Vec<_>>(),
        &Options { max_lead_words: 8, max_added_words: 0, ..Options::default() },
    );
    assert_eq!(brief.quotes[0].speaker.as_deref(), Some("Tom Reed"));
    assert_eq!(brief.quotes.iter().filter(|q| q.text.contains("four boats")).count(), 1);
}

#[test]
fn the_order_of_the_articles_does_not_matter() {
    let mut articles: Vec<_> = ["c", "a", "b"].iter().map(|id| article(id, "Pier talks", HARBOUR)).collect();
    let first = made(&articles);
    articles.reverse();
    assert_eq!(made(&articles), first);
}

const SCENE: &str =
    "It is early, and the gulls of the old quay are loud. You could think that nothing had happened.

Nobody in the fish hall wants to talk this morning. They mend their nets.";
const CLOSURE: &str =
    "Harbour Minister Ada Quill closed the frozen pier of Brackwater on Monday after the ice sank four boats.

The pier stays shut until 4 May, Quill told the council.";
const RESCUE: &str = "The frozen pier of Brackwater was closed on Monday after four boats sank, the minister Ada Quill said.

Coastguard helicopters lifted 11 fishermen from the ice; pilot Tom Reed was taken to hospital in Marn with burns.

He is said to be awake.";

fn texts_of(brief: &Brief) -> Vec<(&str, &str)> {
    brief.lead.iter().map(|p| (p.id.as_str(), p.text.as_str())).collect()
}

#[test]
fn the_article_whose_opening_the_others_tell_too_leads_and_not_the_one_that_sets_a_scene() {
    let articles = [
        article("a", "A morning on the ice", SCENE),
        article("b", "Minister closes pier after four boats sink", CLOSURE),
        article("c", "Pier closed, fishermen saved from the ice", RESCUE),
    ];
    assert_eq!(made(&articles).lead[0].id, "b");
}

#[test]
fn another_outlet_adds_what_the_lead_lacks_and_repeats_nothing() {
    let articles =
        [article("b", "Minister closes pier", CLOSURE), article("c", "Pier of Brackwater closed", RESCUE)];
    let brief = made(&articles);
    let (first, second) = CLOSURE.split_once("\n\n").unwrap();
    let added = RESCUE.split("\n\n").nth(1).unwrap();
    let mut lead = texts_of(&brief);
    assert_eq!(lead[0], ("b", first));
    lead.sort_unstable();
    assert_eq!(lead, [("b", first), ("b", second), ("c", added), ("c", "He is said to be awake.")]);
    let alone = Options { max_added_words: 0, ..Options::default() };
    let alone = brief_of(&articles.iter().collect::<Vec<_>>(), &alone);
    assert_eq!(texts_of(&alone), [("b", first), ("b", second)]);
}

#[test]
fn a_sentence_that_leans_on_another_is_never_printed_without_it() {
    let articles =
        [article("b", "Minister closes pier", CLOSURE), article("c", "Pier of Brackwater closed", RESCUE)];
    let added = |max_added_words| {
        let options = Options { max_lead_words: 28, max_added_words, ..Options::default() };
        let brief = brief_of(&articles.iter().collect::<Vec<_>>(), &options);
        brief.lead.into_iter().filter(|p| p.id == "c").map(|p| p.text).collect::<Vec<_>>()
    };
    assert_eq!(added(18), Vec::<String>::new());
    assert_eq!(added(20), [RESCUE.split("\n\n").nth(1).unwrap()]);
    assert_eq!(added(30).last().map(String::as_str), Some("He is said to be awake."));
}

#[test]
fn copies_of_one_wire_text_are_printed_once() {
    let copies: Vec<_> =
        ["a", "b", "c"].iter().map(|id| article(id, "Minister closes pier", CLOSURE)).collect();
    assert!(made(&copies).lead.iter().all(|p| p.id == "a"));
}

#[test]
fn summaries_of_several_feeds_fill_a_thin_lead() {
    let teaser = |id: &str, text: &str| Article { summary: text.into(), ..article(id, "Pier closed", "") };
    let brief = made(&[
        teaser("a", "The pier of Brackwater is closed."),
        teaser("b", "The pier of Brackwater is closed after the ice took four boats, Ada Quill said."),
        teaser("c", "Eleven fishermen were lifted from the pier by helicopters of the coastguard."),
    ]);
    assert_eq!(brief.lead.iter().map(|p| p.id.as_str()).collect::<Vec<_>>(), ["b", "c"]);
}

#[test]
fn of_bare_headlines_one_is_the_lead() {
    let brief = made(&[article("a", "Pier closed", ""), article("b", "Pier of Brackwater closed", "")]);
    assert_eq!(brief.lead.len(), 1);
    assert_eq!(brief.lead[0].text, brief.headline);
}

#[test]
fn a_text_without_a_full_stop_is_quoted_before_a_headline() {
    let cut = "Harbour Minister Ada Quill closed the frozen pier of Brackwater on Monday after the ice";
    assert_eq!(made(&[article("a", "Pier closed", cut)]).lead[0].text, cut);
}

#[test]
fn a_sentence_without_end_is_never_printed() {
    let endless = "the tide ran on and ".repeat(3000);
    let text = format!("{endless}.\n\nThe pier is open again, the harbour said on Monday.");
    assert_eq!(
        texts_of(&made(&[article("a", "Pier opens", &text)])),
        [("a", "The pier is open again, the harbour said on Monday.")]
    );
    let mut endless = article("a", "Pier opens", &endless);
    assert_eq!(texts_of(&made(std::slice::from_ref(&endless))), [("a", "Pier opens")]);
    endless.summary = "The pier is open again.".into();
    assert_eq!(texts_of(&made(&[endless])), [("a", "The pier is open again.")]);
}

#[test]
fn what_leans_on_a_sentence_without_end_is_not_printed_under_another_name() {
    let endless = "tide after tide ".repeat(200);
    let text = format!(
        "The mayor of Tolm resigned on Monday. Ida Holm {endless}came. She denied everything. She left at noon. \
         The council meets on Friday to choose a successor."
    );
    let speech = format!(
        "The mayor of Tolm resigned on Monday. “Tide {endless}came. We will not pay.” \
         The council meets on Friday to choose a successor."
    );
    for text in [text, speech] {
        let printed = made(&[article("a", "Mayor resigns", &text)]);
        let printed: Vec<&str> = texts_of(&printed).into_iter().map(|(_, text)| text).collect();
        assert_eq!(
            printed,
            ["The mayor of Tolm resigned on Monday.", "The council meets on Friday to choose a successor."]
        );
    }
}

#[test]
fn a_german_story_is_led_and_completed_by_the_same_rules() {
    let german =
        |id: &str, title: &str, text: &str| Article { lang: Some("de".into()), ..article(id, title, text) };
    let brief = made(&[
        german("a", "Am Morgen danach", "Es ist früh am Kai. Niemand mag reden."),
        german(
            "b",
            "Hafen gesperrt",
            "Der Hafen von Brackwasser ist nach dem Untergang von vier Booten gesperrt worden.",
        ),
        german(
            "c",
            "Boote gesunken, Hafen gesperrt",
            "Im Eis sind vier Boote gesunken, der Hafen von Brackwasser ist gesperrt. Hubschrauber der Küstenwache retteten elf Fischer aus dem Wasser. Sie sind wohlauf.",
        ),
    ]);
    let lead = texts_of(&brief);
    assert_ne!(lead[0].0, "a");
    assert!(lead.iter().all(|(_, text)| !text.starts_with("Sie sind")), "{lead:?}");
}

/// Texts like those outlets print: prose, quotations, furniture, broken marks, odd white space.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("“The ice came early this year and took four boats,” Ada Quill said. ".to_owned()),
        Just("BRACKWATER (XP) — The pier froze over\u{a0}on  Monday, pilots said. ".to_owned()),
        Just("\n\n".to_owned()),
        Just("“We lost four good boats to it.\n\n".to_owned()),
        Just("« Le port restera fermé », a déclaré M. Reed. ".to_owned()),
        Just("Sign up now".to_owned()),
        "[ a-zA-Z“”\"‘’«».,!?é\u{a0}\n—-]{0,60}",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn every_passage_stands_word_for_word_in_its_article(texts in prop::collection::vec(texts(), 0..4)) {
        let articles: Vec<_> = texts.iter().enumerate().map(|(i, text)| article(&i.to_string(), "Pier", text)).collect();
        let brief = made(&articles);
        let source = |id: &str| articles.iter().find(|a| a.id == id).map(|a| fold(&format!("{} {}", a.text, a.title)));
        let lead = brief.lead.iter().map(|p| (&p.text, &p.id));
        for (text, id) in lead.chain(brief.quotes.iter().map(|q| (&q.text, &q.id))) {
            prop_assert!(source(id).is_some_and(|s| s.contains(text.as_str())), "{text:?} is not in {id}");
        }
        let added: usize = brief.lead.iter().skip(1).map(|p| p.text.split_whitespace().count()).sum();
        let options = Options::default();
        prop_assert!(added <= options.max_lead_words + options.max_added_words);
    }
}

#[test]
fn a_sentence_that_the_feed_cut_off_is_left_out() {
    let teaser =
        "The school of Marn stays shut on Monday. Its headmistress, Ida Lorn, told parents that the ...";
    let cut = Article { summary: teaser.into(), ..article("a", "School stays shut", "") };
    assert_eq!(made(&[cut]).lead[0].text, "The school of Marn stays shut on Monday.");
    let only = Article {
        summary: "Its headmistress told parents that …".into(),
        ..article("a", "School stays shut", "")
    };
    assert_eq!(made(&[only]).lead.len(), 1);
}

#[test]
fn a_key_quotation_may_have_its_comma_behind_the_marks() {
    let text = "Der Hafen von Brackwater ist am Montag zugefroren.\n\n„Wir haben in diesem Winter schon vier gute Boote verloren“, sagte Uwe Brandt.";
    let article = |text| Article { lang: Some("de".into()), ..article("a", "Hafen zugefroren", text) };
    let told = made(&[article("Der Hafen von Brackwater ist am Montag zugefroren.")]);
    assert_eq!(told.quotes, []);
    let options = Options { max_lead_words: 8, ..Options::default() };
    let brief = brief_of(&[&article(text)], &options);
    assert_eq!(brief.quotes[0].speaker.as_deref(), Some("Uwe Brandt"));
}

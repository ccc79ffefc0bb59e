//! Whole briefs: what is kept, in which order, and that every word of it stands in its article.

use proptest::prelude::*;

use super::{Options, brief};
use crate::model::{Article, Brief};
use crate::text::space::fold;

fn article(id: &str, title: &str, text: &str) -> Article {
    Article {
        id: id.into(),
        outlet: format!("The {id} Gazette"),
        title: title.into(),
        text: text.into(),
        ..Article::default()
    }
}

fn made(articles: &[Article]) -> Brief {
    brief(&articles.iter().collect::<Vec<_>>(), &Options::default())
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
    let brief = brief(&[&article("a", "Towns talk of the pier", HARBOUR)], &options);
    let speakers: Vec<_> = brief.quotes.iter().filter_map(|q| q.speaker.as_deref()).collect();
    assert_eq!(brief.quotes.len(), 2, "{:?}", brief.quotes);
    assert!(speakers.contains(&"Lin Daoming") && speakers.contains(&"Quill’s office"), "{speakers:?}");
    assert!(brief.quotes.iter().all(|q| !q.text.contains("review") && !q.text.contains("frank")));
}

#[test]
fn a_summary_is_the_lead_where_there_is_no_text() {
    let teaser =
        Article { summary: "The pier stays closed until May.".into(), ..article("a", "Pier closed", "") };
    assert_eq!(made(&[teaser]).lead[0].text, "The pier stays closed until May.");
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
    let brief =
        brief(&articles.iter().collect::<Vec<_>>(), &Options { max_lead_words: 8, ..Options::default() });
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

/// Texts of the shapes that outlets print: prose, quotations, furniture, broken marks, odd white space.
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
    let told =
        made(&[article("a", "Hafen zugefroren", "Der Hafen von Brackwater ist am Montag zugefroren.")]);
    assert_eq!(told.quotes, []);
    let options = Options { max_lead_words: 8, ..Options::default() };
    let brief = brief(&[&article("a", "Hafen zugefroren", text)], &options);
    assert_eq!(brief.quotes[0].speaker.as_deref(), Some("Uwe Brandt"));
}

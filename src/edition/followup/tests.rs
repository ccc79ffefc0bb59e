//! When a story comes back, with what, and when it does not.

use jiff::{Timestamp, civil::date};
use proptest::prelude::*;

use super::*;
use crate::model::Masthead;

const SINKS: &str = "The ferry Kestrel sank off Sollund in a gale on Wednesday night, and eleven of the forty people \
    aboard were still missing at dawn, the coast guard said. It had left Tarrow at nine with a load of timber. A \
    fishing boat took nineteen passengers from the water, and a helicopter found ten more clinging to a raft.";
const RETOLD: &str = "Eleven people were missing on Thursday after the ferry Kestrel sank in a gale off Sollund with \
    forty aboard. Nineteen passengers were taken from the water by a fishing boat, the coast guard said.";
const ARREST: &str = "Police arrested Captain Ivo Brandt and two engineers of Northern Lines on Friday. Prosecutor Lena \
    Marsh said an inspection in October had found 3 cracked bulkheads and a forged certificate, which the company had \
    hidden from its insurer in Denholt.";
const HARVEST: &str = "Growers in the Aldane valley brought in their smallest crop of pears for thirty years after a \
    frost in May, the union of cooperatives announced. Prices at market stalls have doubled since August.";

fn article(id: &str, outlet: &str, title: &str, text: &str) -> Article {
    Article {
        id: id.to_owned(),
        outlet: outlet.to_owned(),
        title: title.to_owned(),
        url: format!("http://{outlet}.example/{id}"),
        text: text.to_owned(),
        lang: Some("en".to_owned()),
        weight: 1.0,
        ..Article::default()
    }
}

fn story(members: &[&Article]) -> Story {
    Story::apart(members)
}

fn ids(story: &Story) -> Vec<&str> {
    story.ids().map(String::as_str).collect()
}

fn by_id<'a>(articles: &[&'a Article]) -> Articles<'a> {
    articles.iter().map(|a| (a.id.as_str(), *a)).collect()
}

/// The edition of this day in November, with one story made of these articles.
fn edition(day: i8, members: &[&Article], update: Option<Update>) -> Edition {
    let slot = Slot {
        headline: members[0].title.clone(),
        url: members[0].url.clone(),
        outlet: members[0].outlet.clone(),
        voices: members.len(),
        members: members.iter().map(|a| a.id.clone()).collect(),
        update,
        ..Slot::default()
    };
    Edition {
        date: date(2026, 11, day),
        composed_at: Timestamp::UNIX_EPOCH,
        read: crate::model::Read::default(),
        masthead: Masthead::default(),
        top: vec![slot],
        sections: Vec::new(),
        corrections: Vec::new(),
    }
}

/// What readers know after an edition of the 19th with one story made of these articles.
fn after(members: &[&Article]) -> Memory {
    let told = |a: &&Article| Told { edition: date(2026, 11, 19), article: (*a).clone() };
    Memory::new(vec![edition(19, members, None)], members.iter().map(told).collect())
}

fn lead(article: &Article) -> Brief {
    let lead = vec![Passage { text: article.text.clone(), id: article.id.clone() }];
    Brief { headline: article.title.clone(), lead, quotes: Vec::new() }
}

fn followup(memory: &Memory, members: &[&Article]) -> Option<Box<Followup>> {
    match memory.novelty(story(members), &by_id(members)) {
        Novelty::Followup(followup) => Some(followup),
        _ => None,
    }
}

#[test]
fn the_next_day_of_a_column_is_new_under_the_same_title_and_what_only_moved_is_not() {
    let of_day = |id: &str, day: i8, title: &str, text: &str| Article {
        published: date(2026, 11, day).at(5, 0, 0, 0).in_tz("UTC").ok().map(|at| at.timestamp()),
        ..article(id, "gazette", title, text)
    };
    for title in ["Morning briefing", "What the coast guard logged overnight"] {
        for (first, second) in [(SINKS, HARVEST), ("", "")] {
            let (old, new) = (of_day("a", 19, title, first), of_day("b", 20, title, second));
            let memory = after(&[&old]);
            for members in [vec![&old, &new], vec![&new]] {
                let novelty = memory.novelty(story(&members), &by_id(&members));
                assert!(matches!(novelty, Novelty::New(next) if ids(&next) == ["b"]), "{title}");
            }
        }
        let (old, moved) = (of_day("a", 19, title, SINKS), of_day("b", 19, title, RETOLD));
        let novelty = after(&[&old]).novelty(story(&[&old, &moved]), &by_id(&[&old, &moved]));
        assert!(!matches!(novelty, Novelty::New(_)), "it keeps its date");
        let again = of_day("b", 20, title, SINKS);
        let novelty = after(&[&old]).novelty(story(&[&old, &again]), &by_id(&[&old, &again]));
        assert!(!matches!(novelty, Novelty::New(_)), "it keeps its text");
    }
}

#[test]
fn an_explainer_or_a_video_is_no_news_and_a_report_in_the_same_words_is() {
    let old = article("a", "gazette", "Ferry sinks off Sollund", SINKS);
    let memory = after(&[&old]);
    for (title, folder, is_update) in [
        ("Captain of the Kestrel arrested", "news", true),
        ("What we know about the Kestrel and its captain", "news", false),
        ("Captain of the Kestrel arrested", "video", false),
    ] {
        let url = format!("http://courier.example/{folder}/b");
        let new = Article { url, ..article("b", "courier", title, ARREST) };
        assert_eq!(followup(&memory, &[&old, &new]).is_some(), is_update, "{title} in {folder}");
    }
}

#[test]
fn a_story_nobody_told_is_new_and_one_without_a_new_article_is_told() {
    let (old, new) =
        (article("a", "gazette", "Ferry sinks", SINKS), article("b", "gazette", "Pears", HARVEST));
    let memory = after(&[&old]);
    assert!(matches!(memory.novelty(story(&[&new]), &by_id(&[&new])), Novelty::New(_)));
    assert!(matches!(memory.novelty(story(&[&old]), &by_id(&[&old])), Novelty::Repeat(_)));
}

#[test]
fn the_same_facts_in_other_words_are_not_told_again() {
    let old = article("a", "gazette", "Ferry sinks off Sollund", SINKS);
    let new = article("b", "courier", "Eleven missing after ferry sinks", RETOLD);
    let novelty = after(&[&old]).novelty(story(&[&old, &new]), &by_id(&[&old, &new]));
    let Novelty::Repeat(repeat) = novelty else { panic!("it is told again") };
    assert_eq!((repeat.edition, ids(&repeat.story)), (date(2026, 11, 19), vec!["b", "a"]));
}

#[test]
fn new_facts_bring_a_story_back_with_the_new_article_first() {
    let old = article("a", "gazette", "Ferry sinks off Sollund", SINKS);
    let new = article("b", "courier", "Captain of sunken ferry arrested", &format!("{ARREST} {SINKS}"));
    let followup = followup(&after(&[&old]), &[&old, &new]).expect("an update");
    assert_eq!(followup.update.first, date(2026, 11, 19));
    assert_eq!((ids(&followup.whole), followup.whole.representative.as_str()), (vec!["b", "a"], "b"));
    assert_eq!((followup.whole.voices(), followup.fresh.voices()), (2, 1));
}

#[test]
fn of_a_lead_only_what_is_new_is_kept_unless_it_leans_on_what_is_not() {
    let old = article("a", "gazette", "Ferry sinks off Sollund", SINKS);
    let new = article("b", "courier", "Captain arrested", ARREST);
    let articles = by_id(&[&old, &new]);
    let followup = followup(&after(&[&old]), &[&old, &new]).expect("an update");
    let passage = |text: &str| Passage { text: text.to_owned(), id: "b".to_owned() };
    let kept = |passages: &[&str]| -> Vec<String> {
        let lead = passages.iter().map(|text| passage(text)).collect();
        let brief = followup.news(Brief { lead, ..Brief::default() }, &articles).expect("news");
        brief.lead.into_iter().map(|passage| passage.text).collect()
    };
    let sank = "The ferry Kestrel sank off Sollund in a gale.";
    let he = "He denied having forged the certificate of the bulkheads.";
    assert_eq!(kept(&[sank, ARREST]), [ARREST]);
    assert_eq!(kept(&[ARREST, sank]), [ARREST]);
    assert_eq!(kept(&[sank, he]), [sank, he]);
}

#[test]
fn a_new_quotation_by_somebody_named_counts_where_its_article_is_not_the_old_one_in_other_words() {
    let old = article("a", "gazette", "Ferry sinks off Sollund", SINKS);
    let some = "Relatives of the missing gathered in the parish hall of Tarrow on Thursday and accused Northern Lines \
        of greed, hours after the ferry Kestrel sank. “We begged them to stay in port that night,” said Nora Lind.";
    let new = article("b", "courier", "Sollund ferry: relatives accuse greedy owners", some);
    let articles = by_id(&[&old, &new]);
    let memory = after(&[&old]);
    let followup = followup(&memory, &[&old, &new]).expect("an update");
    let quote = |text: &str, speaker: Option<&str>| Quotation {
        text: text.to_owned(),
        speaker: speaker.map(str::to_owned),
        id: "b".to_owned(),
        outlets: 1,
    };
    let begged = quote("“We begged them to stay in port that night,”", Some("Nora Lind"));
    let told = quote("“the coast guard said”", Some("Nora Lind"));
    let brief = Brief { quotes: vec![told, begged.clone()], ..lead(&new) };
    assert_eq!(followup.news(brief, &articles).expect("news").quotes, [begged]);
    let nobodys = quote("“We begged them to stay in port that night,”", None);
    let told_lead = Brief { quotes: vec![nobodys], ..lead(&old) };
    assert!(followup.news(told_lead, &articles).is_none(), "what nobody said is no news");
}

#[test]
fn twice_the_voices_and_three_more_bring_a_story_back_and_fewer_do_not() {
    let old = article("a", "gazette", "Ferry sinks off Sollund", SINKS);
    let retold: Vec<Article> = ["b", "c", "d"]
        .iter()
        .map(|id| article(id, id, "Eleven missing after ferry sinks", RETOLD))
        .collect();
    let all: Vec<&Article> = std::iter::once(&old).chain(&retold).collect();
    assert!(followup(&after(&[&old]), &all).is_some());
    assert!(followup(&after(&[&old]), &all[..3]).is_none());
    let back = followup(&after(&[&old]), &all).expect("an update");
    assert!(back.news(lead(&retold[0]), &by_id(&all)).is_some());
}

#[test]
fn a_title_of_one_word_names_no_article() {
    let old = article("a", "gazette", "Weather", SINKS);
    let new = article("b", "gazette", "Weather", HARVEST);
    let novelty = after(&[&old]).novelty(story(&[&new]), &by_id(&[&new]));
    assert!(matches!(novelty, Novelty::New(_)), "tomorrow's weather is another item");
}

#[test]
fn three_voices_more_are_not_enough_where_many_told_it() {
    let outlets = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let all: Vec<Article> = outlets
        .iter()
        .enumerate()
        .map(|(n, id)| {
            article(id, id, "Eleven missing after ferry sinks", if n < 4 { SINKS } else { RETOLD })
        })
        .collect();
    let all: Vec<&Article> = all.iter().collect();
    assert!(followup(&after(&all[..4]), &all[..7]).is_none(), "seven are not twice four");
    assert!(followup(&after(&all[..4]), &all).is_some());
}

#[test]
fn an_item_that_comes_under_a_new_key_or_as_a_copy_is_not_new() {
    let old = article("a", "gazette", "Ferry sinks off Sollund", SINKS);
    let renamed =
        Article { url: format!("{}#:~:text=ferry", old.url), ..article("b", "gazette", "Tragedy", SINKS) };
    let copy = article("c", "courier", "Ferry disaster", SINKS);
    let mut copied = story(&[&copy, &old]);
    copied.members[1].text = copied.members[0].text;
    let memory = after(&[&old]);
    for (story, articles) in [(story(&[&renamed]), by_id(&[&renamed])), (copied, by_id(&[&copy, &old]))] {
        assert!(matches!(memory.novelty(story, &articles), Novelty::Repeat(_)));
    }
}

#[test]
fn an_item_whose_address_comes_every_day_is_told_when_it_says_something_else() {
    let filler: String = (0..200).map(|n| format!("word{n} ")).collect();
    let old = article("a", "gazette", "The day in short", &format!("{SINKS} {filler}"));
    let new = Article { url: old.url.clone(), ..article("b", "gazette", "The day in short", HARVEST) };
    assert!(matches!(after(&[&old]).novelty(story(&[&new]), &by_id(&[&new])), Novelty::New(_)));
}

#[test]
fn another_event_that_was_merged_by_mistake_runs_as_a_story_of_its_own() {
    let filler: String = (0..200).map(|n| format!("word{n} ")).collect();
    let old = article("a", "gazette", "Ferry sinks off Sollund", &format!("{SINKS} {filler}"));
    let new = article("b", "courier", "Pear harvest fails", HARVEST);
    let novelty = after(&[&old]).novelty(story(&[&old, &new]), &by_id(&[&old, &new]));
    let Novelty::New(own) = novelty else { panic!("it is no story of its own") };
    assert_eq!((ids(&own), own.headline.as_str()), (vec!["b"], "Pear harvest fails"));
}

#[test]
fn an_update_of_an_update_is_measured_by_both_and_still_says_when_it_was_first_told() {
    let first = article("a", "gazette", "Ferry sinks off Sollund", SINKS);
    let second = article("b", "courier", "Captain arrested", ARREST);
    let update = Update { first: date(2026, 11, 17) };
    let told = |article: &Article, day| Told { edition: date(2026, 11, day), article: article.clone() };
    let editions = vec![edition(18, &[&first], None), edition(19, &[&second, &first], Some(update))];
    let memory = Memory::new(editions, vec![told(&first, 18), told(&second, 19)]);
    let repeated = article("c", "herald", "Brandt arrested", ARREST);
    assert!(followup(&memory, &[&first, &second, &repeated]).is_none());
    let more = article("d", "herald", "Ferry raised", HARVEST);
    assert_eq!(followup(&memory, &[&first, &second, &more]).expect("an update").update, update);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_text_is_never_news_to_who_was_told_it(words in proptest::collection::vec("[A-Za-zäß0-9]{1,9}[.,”]?", 1..80)) {
        let text = words.join(" ");
        let told = ToldWords::of_articles([&article("a", "gazette", "", &text)].into_iter(), Lexicon::of("en"));
        let new = article("b", "courier", "", &text);
        prop_assert!(!told.lacks(&new) && !told.nearly_lacks(&new) && !told.is_strange(&new));
        prop_assert!(told.holds(&text));
    }
}

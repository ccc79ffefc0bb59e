//! What an editor may rely on when a story is put into words.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::date};

use super::{Account, evidence, find, list, members};
use crate::model::{Clue, Considered, Member, Omission, Outsider, Pair, Reasons, Source, Story, Tie, Why};

fn source(outlet: &str, owner: Option<&str>, title: &str) -> Source {
    Source {
        outlet: outlet.to_owned(),
        owner: owner.map(str::to_owned),
        title: title.to_owned(),
        url: format!("https://{outlet}.example/{}", title.replace(' ', "-")),
        ..Source::default()
    }
}

/// The account of an edition with one story of these articles (named a, b, c, …).
fn account(sources: &[Source]) -> Account {
    let ids: Vec<String> = ('a'..).take(sources.len()).map(String::from).collect();
    let member = |(at, id): (usize, &String)| Member { id: id.clone(), voice: at, text: at, tie: None };
    let members: Vec<Member> = ids.iter().enumerate().map(member).collect();
    let story = Considered {
        speaker: "a".to_owned(),
        members,
        articles: ids.len(),
        voices: ids.len(),
        ..Considered::default()
    };
    let sources: BTreeMap<String, Source> = ids.into_iter().zip(sources.iter().cloned()).collect();
    let reasons = Reasons {
        date: date(2026, 11, 22),
        composed_at: Timestamp::UNIX_EPOCH,
        printed: vec![story],
        sources,
        ..Reasons::default()
    };
    Account { reasons, edition: None }
}

/// The text on one line, to be searched.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn voices_are_accounted_for_by_texts_owners_and_outlets() {
    let sources = [
        source("Gazette", None, "Ferry aground"),
        source("Gazette", None, "Ferry afloat"),
        source("Herald", Some("Quill Media"), "Ferry runs aground"),
        source("Courier", Some("Quill Media"), "Night on the ferry"),
        source("Echo", None, "Ferry runs aground again"),
    ];
    let mut account = account(&sources);
    let story = &mut account.reasons.printed[0];
    let (by, owned) = (Tie::Outlet("Gazette".into()), Tie::Owner("Quill Media".into()));
    for (at, voice, tie) in [(0, 0, &by), (1, 0, &by), (2, 2, &owned), (3, 2, &owned)] {
        (story.members[at].voice, story.members[at].tie) = (voice, Some(tie.clone()));
    }
    story.members[4].text = story.members[2].text;
    story.voices = Story { members: story.members.clone(), ..Story::default() }.voices();
    let text = unwrapped(&members::articles(&account.reasons.printed[0], None, &account));
    assert!(text.starts_with("REPORTED BY 3 INDEPENDENT VOICES 5 articles;"), "{text}");
    for told in ["2 are copies of one text", "2 are by Gazette", "2 are all Quill Media's: Courier, Herald"] {
        assert!(text.contains(told), "{told} in {text}");
    }
    assert!(text.contains(
        "[5] Echo: Ferry runs aground again https://Echo.example/Ferry-runs-aground-again report; same text as [3]"
    ));
}

#[test]
fn a_story_is_found_by_any_address_of_its_articles_and_by_words_in_any_case() {
    let sources =
        [source("gazette", None, "Ferry aground off Nordholm"), source("herald", None, "Tugs at work")];
    let account = account(&sources);
    for wanted in [
        "1",
        "NORDHOLM ferry",
        "tugs",
        "http://www.herald.example/Tugs-at-work/",
        "https://gazette.example/Ferry-aground-off-Nordholm#x",
    ] {
        assert_eq!(find::story(wanted, &account).map(|found| found.number).ok(), Some(Some(1)), "{wanted}");
    }
    for wanted in ["2", "ferry mayor", "...", "https://herald.example/"] {
        assert!(find::story(wanted, &account).is_err(), "{wanted}");
    }
}

#[test]
fn what_parted_a_near_story_is_said() {
    let sources = [source("Gazette", None, "Ferry aground"), source("Herald", None, "Ferry strike")];
    let mut account = account(&sources);
    account.reasons.printed[0].members.pop();
    let outsider = |strength, probability| Outsider {
        headline: "Ferry strike".to_owned(),
        articles: 2,
        strength,
        needed: 0.5,
        closest: Pair { a: "a".to_owned(), b: "b".to_owned(), probability, ..Pair::default() },
        only_there: vec!["Velsund".to_owned()],
        ..Outsider::default()
    };
    for (strength, probability, verdict) in [
        (0.31, 0.4, "link .31, .50 needed"),
        (0.31, 0.82, "link .31 over all pairs, .50 needed; the closest pair alone has 82 %"),
        (
            0.64,
            0.9,
            "link .64, which would do, but rival names or numbers part them, they are developments of one subject, \
             or one tells several stories",
        ),
        (0.04, 0.05, "None came near."),
    ] {
        let why = Why { certainty: 0.5, outsiders: vec![outsider(strength, probability)], ..Why::default() };
        let text = unwrapped(&evidence::outsiders(&account.reasons.printed[0], &why, &account));
        assert!(text.contains(verdict), "{text}");
        assert_eq!(text.contains("only in that one: Velsund"), strength > 0.1, "{text}");
    }
}

#[test]
fn evidence_without_words_of_its_own_goes_by_its_name() {
    let account = account(&[source("Gazette", None, "Ferry aground"), source("Herald", None, "Aground")]);
    let clue = |name: &str, value, points| Clue { name: name.to_owned(), value, points };
    let evidence = vec![
        clue("bias", 1.0, -0.4),
        clue("length", 3.0, -3.9),
        clue("apart", 1.0986, -1.1),
        clue("tone", 0.5, 2.0),
    ];
    let pair = Pair { a: "a".to_owned(), b: "b".to_owned(), probability: 0.6, evidence, ..Pair::default() };
    let why = Why { pairs: 1, links: vec![pair], ..Why::default() };
    let text = unwrapped(&evidence::links(&account.reasons.printed[0], &why, &account));
    assert!(
        text.ends_with("60 % [1] Gazette + [2] Herald from -4.3: 3 days apart (-1.1), tone .50 (+2.0)"),
        "{text}"
    );
}

#[test]
fn every_omission_names_the_setting_that_changes_it() {
    for (why, setting) in [
        (Omission::EditionFull { max_stories: 3 }, "(max_stories = 3)"),
        (Omission::OutletFull { outlet: "Gazette".to_owned(), max_per_outlet: 2 }, "(max_per_outlet = 2)"),
        (Omission::SectionFull { section: "Home".to_owned(), max_per_section: 9 }, "(max_per_section = 9)"),
        (Omission::TooFewVoices { min_voices: 2 }, "(min_voices = 2)"),
        (Omission::TooFewPoints { min_score: 1.5 }, "(min_score = 1.5)"),
        (Omission::NoWordsLeft { max_words: 800 }, "(max_words = 800)"),
        (Omission::TooFew { min_stories: 4 }, "(min_stories = 4)"),
    ] {
        assert!(list::because(&why).ends_with(setting), "{why:?}");
    }
}

#[test]
fn a_story_is_offered_by_its_number_only_where_stories_are_numbered() {
    let mut account = account(&[source("gazette", None, "Dike breaks")]);
    assert!(list::text(&account).contains("explain 1"));
    account.reasons.left_out = std::mem::take(&mut account.reasons.printed);
    let said = list::text(&account);
    assert!(!said.contains("explain 1") && said.contains("words of a headline"), "{said}");
}

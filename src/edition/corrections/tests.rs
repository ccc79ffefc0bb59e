//! What outlets take back, and what we make of it.

use jiff::{Timestamp, civil::date};

use super::*;
use crate::model::{Edition, Masthead, PulledQuote};

const LEAD: &str = "The ferry Kestrel sank off Sollund on Wednesday with four hundred people aboard.";
const QUOTE: &str = "“We begged them to stay in port,”";
const NOTE: &str = "An earlier version of this article gave the number of passengers as four hundred.";

fn article(id: &str, title: &str, text: &str) -> Article {
    Article {
        id: id.to_owned(),
        outlet: "Gazette".to_owned(),
        title: title.to_owned(),
        url: format!("http://gazette.example/{id}"),
        text: text.to_owned(),
        lang: Some("en".to_owned()),
        ..Article::default()
    }
}

/// The article that was told, more than eighty words long.
fn told() -> Article {
    let rest = "Boats searched the bay until dawn and found nobody else. ".repeat(10);
    article(
        "a",
        "Ferry sinks off Sollund",
        &format!("{LEAD}\n\n{QUOTE} said Nora Lind, whose brother is missing.\n\n{rest}"),
    )
}

fn edition() -> Edition {
    let source = |text: &str| (text.to_owned(), "Gazette".to_owned(), format!("{}#:~:text=x", told().url));
    let ((lead, outlet, url), (quote, ..)) = (source(LEAD), source(QUOTE));
    let slot = Slot {
        headline: told().title,
        url: url.clone(),
        outlet: outlet.clone(),
        lead: vec![Excerpt { text: lead, outlet: outlet.clone(), url: url.clone() }],
        quotes: vec![PulledQuote { text: quote, speaker: None, outlet, url, ..PulledQuote::default() }],
        members: vec!["a".to_owned()],
        ..Slot::default()
    };
    Edition {
        date: date(2026, 11, 19),
        composed_at: Timestamp::UNIX_EPOCH,
        read: crate::model::Read::default(),
        masthead: Masthead::default(),
        top: vec![slot],
        sections: Vec::new(),
        corrections: Vec::new(),
    }
}

fn memory() -> Memory {
    Memory::new(vec![edition()], vec![Told { edition: date(2026, 11, 19), article: told() }])
}

/// The notes due when the told article looks like this today.
fn now(change: impl Fn(Article) -> Article) -> Due {
    let now = change(told());
    due(&memory(), &Articles::from([("a", &now)]), &Articles::new(), &[])
}

/// The notes due when this new article appears, in one story with the told article if `together`.
fn new(article: &Article, together: bool) -> Due {
    let unchanged = told();
    let story = Story::apart(&if together { vec![&unchanged, article] } else { vec![article] });
    due(
        &memory(),
        &Articles::from([("a", &unchanged)]),
        &Articles::from([(article.id.as_str(), article)]),
        &[story],
    )
}

fn with(text: &str) -> Article {
    Article { text: text.to_owned(), ..told() }
}

#[test]
fn an_article_that_stays_as_it_was_or_only_gets_another_title_is_not_mentioned() {
    let due = now(|article| Article { title: "Ferry disaster".to_owned(), ..article });
    assert!(due.notes.is_empty() && due.silent.is_empty());
}

#[test]
fn a_labelled_correction_of_printed_words_is_noted_in_the_outlets_words() {
    let corrected = told().text.replace("four hundred people", "forty people") + "\n\n" + NOTE;
    let due = now(|_| with(&corrected));
    let [note] = due.notes.as_slice() else { panic!("{due:?}") };
    assert_eq!((note.headline.as_str(), note.edition), ("Ferry sinks off Sollund", date(2026, 11, 19)));
    assert_eq!((note.notice.as_str(), note.gone.as_slice()), (NOTE, [LEAD.to_owned()].as_slice()));
}

#[test]
fn a_correction_of_something_that_was_not_printed_is_none_of_ours() {
    let due = now(|article| with(&format!("{}\n\n{NOTE}", article.text)));
    assert!(due.notes.is_empty() && due.silent.is_empty());
}

#[test]
fn a_label_that_was_there_from_the_beginning_corrects_nothing() {
    let labelled = Article { text: format!("{}\n\n{NOTE}", told().text), ..told() };
    let memory =
        Memory::new(vec![edition()], vec![Told { edition: date(2026, 11, 19), article: labelled.clone() }]);
    let now = Article { text: labelled.text.replace(LEAD, "The search goes on."), ..labelled };
    let due = due(&memory, &Articles::from([("a", &now)]), &Articles::new(), &[]);
    assert!(due.notes.is_empty());
    assert_eq!(due.silent, BTreeSet::from([now.url.clone()]));
}

#[test]
fn a_lead_written_anew_without_a_word_is_only_told_to_the_operator() {
    let due = now(|article| with(&article.text.replace(LEAD, "The search goes on off Sollund.")));
    assert!(due.notes.is_empty());
    assert_eq!(due.silent, BTreeSet::from([told().url]));
}

#[test]
fn a_quotation_gone_from_a_full_text_is_noted_and_from_a_shortened_one_it_is_not() {
    let due = now(|article| with(&article.text.replace(QUOTE, "They should have stayed,")));
    let [note] = due.notes.as_slice() else { panic!("{due:?}") };
    assert_eq!((note.notice.as_str(), note.gone.as_slice()), ("", [QUOTE.to_owned()].as_slice()));
    let due = now(|_| with(LEAD));
    assert!(due.notes.is_empty() && due.silent.is_empty());
}

#[test]
fn other_quotation_marks_and_spaces_are_no_change() {
    let due = now(|article| with(&article.text.replace(['“', '”'], "\"").replace(' ', "\u{a0} ")));
    assert!(due.notes.is_empty() && due.silent.is_empty(), "{due:?}");
}

#[test]
fn a_withdrawal_is_noted_even_if_the_words_still_stand() {
    let due = now(|article| Article { title: "WITHDRAWN: Ferry sinks off Sollund".to_owned(), ..article });
    let [note] = due.notes.as_slice() else { panic!("{due:?}") };
    assert_eq!((note.notice.as_str(), note.gone.len()), ("WITHDRAWN: Ferry sinks off Sollund", 0));
}

#[test]
fn a_new_article_that_announces_a_correction_is_a_note_and_no_news() {
    let kill =
        article("k", "KILL: Ferry sinks off Sollund", "Please do not use the report on the ferry Kestrel.");
    let due = new(&kill, true);
    assert_eq!(due.notes.iter().map(|n| n.notice.as_str()).collect::<Vec<_>>(), [kill.title.as_str()]);
    assert_eq!(due.announcements, BTreeSet::from(["k".to_owned()]));
    assert_eq!(due.notes[0].url, kill.url);
}

#[test]
fn it_may_name_the_headline_instead_and_must_be_of_the_same_outlet() {
    let named = "In our report “Ferry sinks off Sollund” the number of passengers was wrong.";
    let correction = article("c", "Correction: Passengers", named);
    assert_eq!(new(&correction, false).notes.len(), 1);
    assert!(
        new(&article("c", "Correction: Passengers", "In another report."), false).announcements.is_empty()
    );
    let elsewhere = Article { outlet: "Courier".to_owned(), ..correction };
    assert!(new(&elsewhere, true).notes.is_empty() && new(&elsewhere, true).announcements.is_empty());
}

#[test]
fn an_edition_has_ten_notes_and_the_others_are_due_on_the_next_day() {
    let ids: Vec<String> = (0..12).map(|n| format!("a{n:02}")).collect();
    let own = |id: &str| Article {
        id: id.to_owned(),
        title: format!("Ferry {id} sinks"),
        url: format!("http://gazette.example/{id}"),
        ..told()
    };
    let mut printed = edition();
    let slot = printed.top.remove(0);
    printed.top.extend(ids.iter().map(|id| {
        let url = own(id).url;
        let lead = slot.lead.iter().map(|excerpt| Excerpt { url: url.clone(), ..excerpt.clone() }).collect();
        Slot {
            headline: own(id).title,
            url: url.clone(),
            lead,
            quotes: Vec::new(),
            members: vec![id.clone()],
            ..slot.clone()
        }
    }));
    let told_then: Vec<Told> =
        ids.iter().map(|id| Told { edition: printed.date, article: own(id) }).collect();
    let changed = |id: &String| {
        let text = told().text.replace("four hundred people", "forty people") + "\n\n" + NOTE;
        Article { text, ..own(id) }
    };
    let changed: Vec<Article> = ids.iter().map(changed).collect();
    let now: Articles = changed.iter().map(|article| (article.id.as_str(), article)).collect();
    let first =
        due(&Memory::new(vec![printed.clone()], told_then.clone()), &now, &Articles::new(), &[]).notes;
    assert_eq!(first.len(), 10);
    let next = Edition { date: date(2026, 11, 20), top: Vec::new(), corrections: first, ..edition() };
    let second = due(&Memory::new(vec![printed, next], told_then), &now, &Articles::new(), &[]).notes;
    assert_eq!(second.len(), 2);
}

#[test]
fn every_note_appears_once() {
    let corrected = with(&(told().text.replace("four hundred people", "forty people") + "\n\n" + NOTE));
    let now = Articles::from([("a", &corrected)]);
    let first = due(&memory(), &now, &Articles::new(), &[]).notes;
    let next = Edition { date: date(2026, 11, 20), top: Vec::new(), corrections: first, ..edition() };
    let told = Told { edition: date(2026, 11, 19), article: told() };
    let memory = Memory::new(vec![edition(), next], vec![told]);
    assert!(due(&memory, &now, &Articles::new(), &[]).notes.is_empty());
}

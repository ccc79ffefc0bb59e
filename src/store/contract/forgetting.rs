//! Promises about what stays and what goes.

use futures_util::future::join_all;
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, date},
    tz::TimeZone,
};

use super::{Backend, FEED, entry};
use crate::{
    model::{
        Answer, Article, DeliveryState, Edition, Ended, Excerpt, Masthead, Outcome, Reader, Reasons, Slot,
        Told,
    },
    store::{Bounces, Miss, RobotsRecord, Store},
};

const FIRST: Date = date(2026, 1, 1);

pub fn day(number: i32) -> Date {
    FIRST.checked_add(number.days()).expect("a date")
}

/// The morning of a day.
pub fn at(number: i32) -> Timestamp {
    day(number).at(6, 0, 0, 0).to_zoned(TimeZone::UTC).expect("a moment").timestamp()
}

pub fn readers(count: usize) -> Vec<Reader> {
    (0..count).map(|n| Reader { email: format!("reader{n:05}@example.net"), ..Reader::default() }).collect()
}

/// An edition as large as a usual one of twenty stories, with different words each day.
fn edition(number: i32, bytes: usize) -> Edition {
    let lead = |story: usize| Excerpt {
        text: format!("Day {number}, story {story}. ").repeat(bytes / 20 / 20),
        ..Excerpt::default()
    };
    let slot = |story: usize| Slot {
        headline: format!("Story {story}"),
        lead: vec![lead(story)],
        ..Slot::default()
    };
    Edition {
        date: day(number),
        composed_at: at(number),
        read: crate::model::Read::default(),
        masthead: Masthead::default(),
        top: (0..20).map(slot).collect(),
        sections: Vec::new(),
        corrections: Vec::new(),
    }
}

/// A day's edition, sealed and sent to everybody.
pub async fn publish(store: &mut Store, number: i32, bytes: usize, readers: &[Reader]) {
    let (edition, now) = (edition(number, bytes), at(number));
    let article =
        |n: usize| Article { id: format!("{number}-{n}"), text: "x".repeat(bytes / 4), ..Article::default() };
    let told: Vec<Told> = (0..4).map(|n| Told { edition: edition.date, article: article(n) }).collect();
    let reasons = Reasons { date: edition.date, composed_at: now, stories: 20, ..Reasons::default() };
    assert!(store.seal(&edition, &reasons, &told, readers, now).await.expect("sealed"));
    let ledger = store.ledger(edition.date).await.expect("the ledger");
    let claimed = join_all(readers.iter().map(|_| ledger.settle_and_claim(None, true, now))).await;
    let sent = |turn| Ended { turn, state: DeliveryState::Sent, outcome: Outcome::Sent };
    let sent = claimed.into_iter().filter_map(|claimed| Some(sent(claimed.expect("claimed")?.turn)));
    join_all(sent.map(|sent| ledger.settle_and_claim(Some(sent), false, now))).await;
}

/// All that a run forgets.
pub async fn forget(store: &Store, number: i32, deliveries: i32, editions: i32) {
    store.prune(at(number - 30)).await.expect("pruned");
    store.forget_deliveries(at(number - deliveries)).await.expect("forgotten");
    store.forget_editions(at(number - editions)).await.expect("forgotten");
    store.give_back_space().await.expect("tidied");
}

pub async fn of_old_deliveries_the_numbers_stay_and_no_address<B: Backend>(place: B) {
    let mut store = place.open().await;
    for number in 0..10 {
        publish(&mut store, number, 400, &readers(3)).await;
    }
    let refused = Ended {
        turn: 2,
        state: DeliveryState::Refused,
        outcome: Outcome::Down("no zenobia here".to_owned()),
    };
    let ledger = store.ledger(day(0)).await.expect("the ledger");
    ledger.settle_and_claim(Some(refused), false, at(0)).await.expect("refused");
    drop(ledger);
    let before = store.past(day(0)).await.expect("a look").expect("an edition");
    assert_eq!((before.totals.tally.sent, before.totals.tally.refused, before.is_forgotten), (2, 1, false));

    store.forget_deliveries(at(1)).await.expect("forgotten");
    let after = store.past(day(0)).await.expect("a look").expect("an edition");
    assert!(after.is_forgotten && after.totals == before.totals && after.stories == 20, "{after:?}");
    assert!(store.deliveries(day(0)).await.expect("the ledger").is_empty());
    assert_eq!(store.deliveries(day(1)).await.expect("the ledger").len(), 3);
}

pub async fn a_clock_far_ahead_leaves_the_newest_editions_and_who_has_them<B: Backend>(place: B) {
    let mut store = place.open().await;
    for number in 0..12 {
        publish(&mut store, number, 400, &readers(2)).await;
    }
    for _ in 0..3 {
        forget(&store, 4000, 60, 400).await;
    }
    let mut history = store.history(100).await.expect("the history");
    assert_eq!(history.len(), 12);
    history.retain(|past| !past.is_forgotten);
    let dates: Vec<Date> = history.iter().map(|past| past.date).collect();
    assert_eq!(dates, (5..12).rev().map(day).collect::<Vec<_>>());
    for past in history {
        let deliveries = store.deliveries(past.date).await.expect("the ledger");
        assert!(store.edition(past.date).await.expect("a look").is_some() && deliveries.len() == 2);
    }
}

pub async fn an_edition_goes_after_its_deliveries_and_leaves_its_numbers<B: Backend>(place: B) {
    let mut store = place.open().await;
    for number in 0..10 {
        publish(&mut store, number, 400, &readers(2)).await;
    }
    store.forget_editions(at(2)).await.expect("nothing to forget");
    assert_eq!(store.history(100).await.expect("the history").len(), 10, "who was sent it is known");
    store.forget_deliveries(at(2)).await.expect("forgotten");
    store.forget_editions(at(1)).await.expect("forgotten");
    assert_eq!(store.edition(day(0)).await.expect("a look"), None);
    let past = store.past(day(0)).await.expect("a look").expect("its numbers");
    assert_eq!((past.number, past.stories, past.totals.tally.sent, past.is_forgotten), (1, 20, 2, true));
    assert!(
        !store.seal(&edition(0, 400), &Reasons::default(), &[], &readers(2), at(0)).await.expect("refused")
    );
    assert_eq!(store.editions(at(0), day(3)).await.expect("editions").len(), 2, "those that are kept");
    assert!(store.edition(day(1)).await.expect("a look").is_some());
    assert_eq!(store.reasons(Some(day(0))).await.expect("a look"), None);
    assert!(store.quiet_days(9).await.expect("a look").is_empty(), "a day that had an edition was not quiet");
    let told = store.told(at(0), day(3)).await.expect("what was told");
    assert!(!told.is_empty() && told.iter().all(|told| told.edition != day(0)));
}

pub async fn feeds_that_are_configured_no_more_go_and_bounces_that_are_forgiven<B: Backend>(place: B) {
    let store = place.open().await;
    for (url, asked) in
        [("http://left.example/", 1), ("http://kept.example/", 1), ("http://new.example/", 40)]
    {
        let miss = Miss { reason: "gone".to_owned(), gone: true, ..Miss::default() };
        store.keep_miss(url, &miss, at(asked)).await.expect("kept");
    }
    store.forget_feeds(&["http://kept.example/".to_owned()], at(31)).await.expect("forgotten");
    let left: Vec<String> = store.feeds().await.expect("the feeds").into_keys().collect();
    assert_eq!(left, ["http://kept.example/", "http://new.example/"]);

    for (reader, noted) in [("old", 1), ("new", 40)] {
        let bounces = Bounces { halves: 2, day: day(noted), of_the_day: 2 };
        store.keep_bounces(reader, bounces).await.expect("kept");
    }
    store.prune(at(31)).await.expect("pruned");
    assert_eq!(store.bounces("old").await.expect("a look"), None);
    assert!(store.bounces("new").await.expect("a look").is_some());
}

pub async fn what_is_old_and_no_longer_in_a_feed_is_forgotten<B: Backend>(place: B) {
    let store = place.open().await;
    let (old, kept) = (
        entry("gone from its feed", Some(super::at(-900))),
        entry("still in its feed", Some(super::at(-900))),
    );
    store.keep_feed(FEED, &Answer::default(), &[old, kept.clone()], super::at(-800)).await.expect("kept");
    store.keep_feed(FEED, &Answer::default(), &[kept], super::at(1)).await.expect("kept");
    store.keep_page("http://ledger.example/old", &1, super::at(-800)).await.expect("kept");
    store.prune(super::at(-720)).await.expect("pruned");
    let left = store.entries(super::at(-1000), super::at(2)).await.expect("entries");
    assert_eq!(left.iter().map(|e| e.entry.key.as_str()).collect::<Vec<_>>(), ["still in its feed"]);
    assert_eq!(store.page::<u8>("http://ledger.example/old").await.expect("a look"), None);
}

pub async fn an_old_robots_txt_is_forgotten_unless_it_cannot_be_read<B: Backend>(place: B) {
    let store = place.open().await;
    for (site, body, hour) in [
        ("http://old.example", Some("User-agent: *"), 1),
        ("http://new.example", Some(""), 3),
        ("http://down.example", Some("User-agent: *"), 1),
        ("http://down.example", None, 2),
        ("http://never.example", None, 1),
    ] {
        store.keep_robots(site, body, super::at(hour)).await.expect("kept");
    }
    store.prune(super::at(3)).await.expect("pruned");
    let left = store.robots().await.expect("the records");
    let sites: Vec<&str> = left.keys().map(String::as_str).collect();
    assert_eq!(sites, ["http://down.example", "http://never.example", "http://new.example"]);
    let down = RobotsRecord {
        fetched_at: super::at(1),
        body: Some("User-agent: *".to_owned()),
        failing_since: Some(super::at(2)),
    };
    assert_eq!(left.get("http://down.example"), Some(&down));
}

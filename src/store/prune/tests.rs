//! What stays and what goes, and how large the file becomes over the years.

use jiff::{ToSpan, civil::date};
use sqlx::Row;

use super::*;
use crate::{
    model::{Article, Edition, Entry, Excerpt, Masthead, Reader, Reasons, Slot, Told},
    store::{Answer, Bounces, Miss, NewEntry},
};

const FIRST: Date = date(2026, 1, 1);

fn day(number: i32) -> Date {
    FIRST.checked_add(number.days()).expect("a date")
}

/// The morning of a day.
fn at(number: i32) -> Timestamp {
    day(number).at(6, 0, 0, 0).to_zoned(TimeZone::UTC).expect("a moment").timestamp()
}

async fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("state.db")).await.expect("a store");
    (folder, store)
}

fn readers(count: usize) -> Vec<Reader> {
    (0..count).map(|n| Reader { email: format!("reader{n:05}@example.net"), ..Reader::default() }).collect()
}

/// An edition of as many bytes as a usual one of twenty stories, each day's of other words.
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
        masthead: Masthead::default(),
        top: (0..20).map(slot).collect(),
        sections: Vec::new(),
        corrections: Vec::new(),
    }
}

/// A day's edition, sealed and sent to everybody.
async fn publish(store: &Store, number: i32, bytes: usize, readers: &[Reader]) {
    let (edition, now) = (edition(number, bytes), at(number));
    let article =
        |n: usize| Article { id: format!("{number}-{n}"), text: "x".repeat(bytes / 4), ..Article::default() };
    let told: Vec<Told> = (0..4).map(|n| Told { edition: edition.date, article: article(n) }).collect();
    let reasons = Reasons { date: edition.date, composed_at: now, stories: 20, ..Reasons::default() };
    assert!(store.seal(&edition, &reasons, &told, readers, now).await.expect("sealed"));
    let sent = "update delivery set state = 'sent', attempts = 1 where edition = $1";
    sqlx::query(sent).bind(edition.date.to_string()).execute(&store.pool).await.expect("sent");
}

/// All that a run forgets.
async fn forget(store: &Store, number: i32, deliveries: i32, editions: i32) {
    store.prune(at(number - 30)).await.expect("pruned");
    store.forget_deliveries(at(number - deliveries)).await.expect("forgotten");
    store.forget_editions(at(number - editions)).await.expect("forgotten");
    store.tidy().await.expect("tidied");
}

/// Bytes of the file once all is written to it.
async fn size(store: &Store) -> i64 {
    let number = async |sql: &'static str| {
        sqlx::query(sql).fetch_one(&store.pool).await.expect("a number").get::<i64, _>(0)
    };
    number("pragma page_count").await * number("pragma page_size").await
}

#[tokio::test]
async fn of_old_deliveries_the_numbers_stay_and_no_address() {
    let (folder, store) = store().await;
    for number in 0..10 {
        publish(&store, number, 400, &readers(3)).await;
    }
    let refused =
        "update delivery set state = 'refused', reason = 'no zenobia here' where edition = $1 and email = $2";
    let refused = sqlx::query(refused).bind(day(0).to_string()).bind("reader00001@example.net");
    refused.execute(&store.pool).await.expect("refused");
    let before = store.past(day(0)).await.expect("a look").expect("an edition");
    assert_eq!((before.outcome.tally.sent, before.outcome.tally.refused, before.is_forgotten), (2, 1, false));

    store.forget_deliveries(at(1)).await.expect("forgotten");
    let after = store.past(day(0)).await.expect("a look").expect("an edition");
    assert!(after.is_forgotten && after.outcome == before.outcome && after.stories == 20, "{after:?}");
    assert!(store.deliveries(day(0)).await.expect("the ledger").is_empty());
    assert_eq!(store.deliveries(day(1)).await.expect("the ledger").len(), 3);
    store.close().await;
    let bytes = std::fs::read(folder.path().join("state.db")).expect("the file");
    assert!(!bytes.windows(7).any(|seven| seven == b"zenobia"), "overwritten");
}

#[tokio::test]
async fn a_clock_far_ahead_leaves_the_newest_editions_and_who_has_them() {
    let (_folder, store) = store().await;
    for number in 0..12 {
        publish(&store, number, 400, &readers(2)).await;
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

#[tokio::test]
async fn an_edition_goes_after_its_deliveries_and_leaves_its_numbers() {
    let (_folder, store) = store().await;
    for number in 0..10 {
        publish(&store, number, 400, &readers(2)).await;
    }
    store.forget_editions(at(2)).await.expect("nothing to forget");
    assert_eq!(store.history(100).await.expect("the history").len(), 10, "who was sent it is known");
    store.forget_deliveries(at(2)).await.expect("forgotten");
    store.forget_editions(at(1)).await.expect("forgotten");
    assert_eq!(store.edition(day(0)).await.expect("a look"), None);
    let past = store.past(day(0)).await.expect("a look").expect("its numbers");
    assert_eq!((past.number, past.stories, past.outcome.tally.sent, past.is_forgotten), (1, 20, 2, true));
    assert!(
        !store.seal(&edition(0, 400), &Reasons::default(), &[], &readers(2), at(0)).await.expect("refused")
    );
    assert_eq!(store.editions(at(0), day(3)).await.expect("editions").len(), 2, "those that are kept");
    assert!(store.edition(day(1)).await.expect("a look").is_some());
    assert_eq!(store.reasons(Some(day(0))).await.expect("a look"), None);
    assert!(store.quiet_days(9).await.expect("a look").is_empty(), "a day that had an edition was not quiet");
    let told = sqlx::query("select count(*) from told where edition = $1").bind(day(0).to_string());
    assert_eq!(told.fetch_one(&store.pool).await.expect("a number").get::<i64, _>(0), 0);
}

#[tokio::test]
async fn feeds_that_are_configured_no_more_go_and_bounces_that_are_forgiven() {
    let (_folder, store) = store().await;
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

#[tokio::test]
async fn the_file_shrinks_when_much_is_forgotten_also_one_of_an_older_version() {
    let (_folder, store) = store().await;
    for older in ["pragma auto_vacuum = none", "vacuum"] {
        sqlx::query(older).execute(&store.pool).await.expect("as it was");
    }
    sqlx::query("pragma auto_vacuum = incremental").execute(&store.pool).await.expect("as connecting asks");
    for number in 0..40 {
        publish(&store, number, 8000, &readers(200)).await;
    }
    let large = size(&store).await;
    forget(&store, 40, 7, 7).await;
    forget(&store, 40, 7, 7).await;
    let small = size(&store).await;
    assert!(small < large / 2, "{large} to {small} bytes");
    let kind = sqlx::query("pragma auto_vacuum").fetch_one(&store.pool).await.expect("a look");
    assert_eq!(kind.get::<i64, _>(0), 2);
}

/// Runs a newsletter for three years and tells its size in bytes after the first and at the end.
async fn years(count: usize, bytes: usize, entries: usize, forgets: bool) -> (i64, i64) {
    let (_folder, store) = store().await;
    sqlx::query("pragma synchronous = off").execute(&store.pool).await.expect("in a hurry");
    let (readers, mut first) = (readers(count), 0);
    for number in 0..1095 {
        let entry = |n: usize| NewEntry {
            entry: Entry { key: format!("{number}-{n}"), ..Entry::default() },
            text: "x".repeat(1500),
        };
        let new: Vec<NewEntry> = (0..entries).map(entry).collect();
        store.keep_feed("http://post.example/", &Answer::default(), &new, at(number)).await.expect("kept");
        publish(&store, number, bytes, &readers).await;
        match forgets {
            true => forget(&store, number, 60, 400).await,
            false => store.prune(at(number - 30)).await.expect("pruned"),
        }
        if number == 450 {
            first = size(&store).await;
        }
    }
    (first, size(&store).await)
}

#[tokio::test]
async fn three_years_of_daily_editions_need_little_more_room_than_one_and_a_half() {
    let (early, late) = years(10, 4000, 4, true).await;
    eprintln!("10 readers, 451 days: {early} bytes; 1,095 days: {late} bytes");
    assert!(
        late <= early + 644 * 1024,
        "more than a kilobyte a day, for the numbers: {early} to {late} bytes"
    );
}

#[tokio::test]
#[ignore = "takes minutes: three years with 1,000 readers, twice"]
async fn long() {
    for forgets in [false, true] {
        let started = std::time::Instant::now();
        let (early, late) = years(1000, 50_000, 300, forgets).await;
        let seconds = started.elapsed().as_secs();
        eprintln!(
            "all is forgotten in time: {forgets}: day 451 {early} bytes, day 1,095 {late} bytes, {seconds} s"
        );
    }
}

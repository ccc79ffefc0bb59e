//! The store's promises, as a user of it sees them.

use jiff::{SignedDuration, Timestamp, civil::date};

use super::{Answer, Bounces, Cause, Ended, Error, FeedRecord, NewEntry, Store, entries::entry_id};
use crate::model::{Article, Delivery, DeliveryState, Edition, Entry, Masthead, Reader, Reasons, Told};

const FEED: &str = "http://ledger.example/feed.xml";

fn at(hour: i64) -> Timestamp {
    "2026-11-20T00:00:00Z".parse::<Timestamp>().expect("a timestamp") + SignedDuration::from_hours(hour)
}

fn entry(key: &str, published: Option<Timestamp>) -> NewEntry {
    let entry = Entry { key: key.to_owned(), title: format!("On {key}"), published, ..Entry::default() };
    NewEntry { text: format!("All about {key}."), entry }
}

fn said(etag: Option<&str>, last_modified: Option<&str>) -> Answer {
    Answer {
        etag: etag.map(str::to_owned),
        last_modified: last_modified.map(str::to_owned),
        ..Answer::default()
    }
}

async fn record(store: &Store) -> FeedRecord {
    store.feeds().await.expect("the feeds").remove(FEED).expect("a record")
}

fn edition() -> Edition {
    Edition {
        date: date(2026, 11, 20),
        composed_at: at(6),
        masthead: Masthead::default(),
        top: Vec::new(),
        sections: Vec::new(),
        corrections: Vec::new(),
    }
}

fn reasons() -> Reasons {
    Reasons { date: date(2026, 11, 20), composed_at: at(6), stories: 7, ..Reasons::default() }
}

fn readers(names: &[&str]) -> Vec<Reader> {
    names.iter().map(|n| Reader { email: format!("{n}@example.net"), ..Reader::default() }).collect()
}

async fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("state.db")).await.expect("a store");
    (folder, store)
}

#[tokio::test]
async fn a_second_process_is_told_who_is_at_work() {
    let (folder, _held) = store().await;
    let second = Store::open(&folder.path().join("state.db")).await;
    assert!(matches!(second, Err(Error::Busy { .. })), "{second:?}");
}

#[tokio::test]
async fn the_state_survives_being_closed_and_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, store) = store().await;
    let path = folder.path().join("state.db");
    store.keep_feed(FEED, &said(Some("\"v1\""), None), &[entry("a", None)], at(1)).await.expect("kept");
    store.close().await;
    let store = Store::open(&path).await.expect("opened again");
    assert_eq!(record(&store).await.answer.etag.as_deref(), Some("\"v1\""));
    assert_eq!(store.entries(at(0), at(2)).await.expect("entries").len(), 1);
    let mode = std::fs::metadata(&path).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn a_file_that_is_no_database_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state.db");
    std::fs::write(&path, "this is not a database, but a shopping list ".repeat(40)).expect("written");
    let error = Store::open(&path).await.expect_err("no database");
    assert!(error.to_string().contains("state.db"), "{error}");
}

#[tokio::test]
async fn an_entry_seen_again_with_another_title_is_still_one_entry() {
    let (_folder, store) = store().await;
    store.keep_feed(FEED, &Answer::default(), &[entry("a", None)], at(1)).await.expect("kept");
    let mut corrected = entry("a", None);
    corrected.entry.title = "Corrected".to_owned();
    corrected.text = "All about a, corrected.".to_owned();
    store.keep_feed(FEED, &Answer::default(), &[entry("b", None), corrected], at(3)).await.expect("kept");
    let entries = store.entries(at(0), at(4)).await.expect("entries");
    let a = entries.iter().find(|e| e.entry.key == "a").expect("a");
    assert_eq!((entries.len(), a.entry.title.as_str(), a.first_seen, a.position), (2, "Corrected", at(1), 1));
    assert_eq!(a.text, "All about a, corrected.");
}

#[tokio::test]
async fn an_entry_is_dated_by_its_outlet_but_never_after_it_was_seen() {
    let (_folder, store) = store().await;
    let found = [entry("old", Some(at(-50))), entry("dated tomorrow", Some(at(30))), entry("undated", None)];
    store.keep_feed(FEED, &Answer::default(), &found, at(5)).await.expect("kept");
    let keys =
        |entries: Vec<super::StoredEntry>| entries.into_iter().map(|e| e.entry.key).collect::<Vec<_>>();
    let mut seen = keys(store.entries(at(0), at(5)).await.expect("entries"));
    seen.sort();
    assert_eq!(seen, ["dated tomorrow", "undated"]);
    assert_eq!(keys(store.entries(at(-60), at(0)).await.expect("entries")), ["old"]);
}

#[tokio::test]
async fn a_day_is_sealed_once_with_its_deliveries_and_its_used_entries() {
    let (_folder, store) = store().await;
    store
        .keep_feed(FEED, &Answer::default(), &[entry("a", None), entry("b", None)], at(1))
        .await
        .expect("kept");
    let article = Article { id: entry_id(FEED, "a"), title: "On a".to_owned(), ..Article::default() };
    let told = [Told { edition: edition().date, article }];
    assert!(
        store.seal(&edition(), &reasons(), &told, &readers(&["ada", "bo"]), at(6)).await.expect("sealed")
    );
    assert!(!store.seal(&edition(), &reasons(), &[], &readers(&["cy"]), at(7)).await.expect("refused"));
    let entries = store.entries(at(0), at(8)).await.expect("entries");
    let dates: Vec<_> = entries.iter().map(|e| (e.entry.key.as_str(), e.used_in)).collect();
    assert!(dates.contains(&("a", Some(date(2026, 11, 20)))) && dates.contains(&("b", None)), "{dates:?}");
    assert_eq!(store.tally(edition().date).await.expect("a tally").pending, 2);
    assert_eq!(store.edition(edition().date).await.expect("a look"), Some(edition()));
    assert_eq!(store.last_composed_before(date(2026, 11, 21)).await.expect("a look"), Some(at(6)));
    assert_eq!(store.told(at(0), date(2026, 11, 21)).await.expect("told"), told);
    assert_eq!(store.editions(at(0), date(2026, 11, 21)).await.expect("editions"), [edition()]);
    assert!(store.told(at(0), edition().date).await.expect("told").is_empty(), "not before its day");
    assert!(store.editions(at(7), date(2026, 11, 21)).await.expect("editions").is_empty());
    assert_eq!(store.last_composed_before(date(2026, 11, 20)).await.expect("a look"), None);
}

fn ended(name: &str, state: DeliveryState) -> Option<Ended> {
    Some(Ended { email: format!("{name}@example.net"), state, reason: Some("the server's words".to_owned()) })
}

/// One look into the ledger, with a wish for another delivery.
async fn turn(store: &Store, ended: Option<Ended>, now: Timestamp) -> Option<Delivery> {
    let ledger = store.ledger(edition().date).await.expect("the ledger");
    ledger.turn(ended, true, now).await.expect("kept")
}

#[tokio::test]
async fn no_delivery_is_claimed_twice_and_none_is_forgotten() {
    let (_folder, store) = store().await;
    let day = edition().date;
    store.seal(&edition(), &reasons(), &[], &readers(&["ada", "bo", "cy"]), at(6)).await.expect("sealed");
    let claim = async |now| turn(&store, None, now).await;
    let claimed =
        [claim(at(6)).await, claim(at(6)).await, claim(at(6)).await].map(|one| one.expect("a claim"));
    let names = claimed.each_ref().map(|one| one.reader.email.as_str());
    assert_eq!(names, ["ada@example.net", "bo@example.net", "cy@example.net"]);
    assert_eq!(claimed[2].state, DeliveryState::Sending);
    assert_eq!(turn(&store, ended("ada", DeliveryState::Sent), at(6)).await, None);
    assert_eq!(turn(&store, ended("bo", DeliveryState::Refused), at(6)).await, None);
    assert_eq!(store.undelivered(at(0)).await.expect("days"), [day]);

    store.reopen(day, DeliveryState::Deferred, at(7)).await.expect("reopened");
    assert_eq!(claim(at(7)).await, None, "nobody was put off");
    store.reopen(day, DeliveryState::Sending, at(7)).await.expect("reopened");
    let again = claim(at(7)).await.expect("cy");
    assert_eq!((again.reader.email.as_str(), again.attempts), ("cy@example.net", 2));
    assert_eq!(claim(at(7)).await, None);
    turn(&store, ended("cy", DeliveryState::Sent), at(7)).await;
    let kept = store.deliveries(day).await.expect("the ledger");
    let kept: Vec<_> = kept.iter().map(|kept| (kept.state, kept.reason.as_deref())).collect();
    let why = Some("the server's words");
    assert_eq!(kept, [(DeliveryState::Sent, why), (DeliveryState::Refused, why), (DeliveryState::Sent, why)]);
    assert!(store.undelivered(at(0)).await.expect("days").is_empty());
}

#[tokio::test]
async fn who_was_tried_less_often_comes_first() {
    let (_folder, store) = store().await;
    store.seal(&edition(), &reasons(), &[], &readers(&["ada", "bo", "cy"]), at(6)).await.expect("sealed");
    let claim = async || turn(&store, None, at(6)).await.expect("a claim").reader.email;
    assert_eq!((claim().await.as_str(), claim().await.as_str()), ("ada@example.net", "bo@example.net"));
    store.reopen(edition().date, DeliveryState::Sending, at(7)).await.expect("reopened");
    assert_eq!((claim().await.as_str(), claim().await.as_str()), ("cy@example.net", "ada@example.net"));
}

#[tokio::test]
async fn connections_that_ask_at_once_get_every_delivery_once() {
    let (_folder, store) = store().await;
    let day = edition().date;
    let names: Vec<String> = (0..100).map(|n| format!("reader{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    store.seal(&edition(), &reasons(), &[], &readers(&names), at(6)).await.expect("sealed");
    let ledger = store.ledger(day).await.expect("the ledger");
    let connection = async || {
        let mut carried = Vec::new();
        let mut in_hand = ledger.turn(None, true, at(6)).await.expect("a claim");
        while let Some(delivery) = in_hand {
            let email = delivery.reader.email;
            carried.push(email.clone());
            let sent = Ended { email, state: DeliveryState::Sent, reason: None };
            in_hand = ledger.turn(Some(sent), true, at(6)).await.expect("settled");
        }
        carried
    };
    let hands = futures_util::future::join_all((0..7).map(|_| connection())).await;
    assert!(hands.iter().all(|carried| carried.len() > 5), "the work was shared: {hands:?}");
    drop(ledger);
    let mut carried = hands.concat();
    carried.sort();
    carried.dedup();
    assert_eq!((carried.len(), store.tally(day).await.expect("a tally").sent), (100, 100));
}

#[tokio::test]
async fn a_page_is_kept_as_it_was_given() {
    let (_folder, store) = store().await;
    assert_eq!(store.page("http://ledger.example/a").await.expect("a look"), None);
    store.keep_page("http://ledger.example/a", "{}", at(1)).await.expect("kept");
    store.keep_page("http://ledger.example/a", "{\"n\":1}", at(2)).await.expect("kept");
    let kept = store.page("http://ledger.example/a").await.expect("a look");
    assert_eq!(kept.as_deref(), Some("{\"n\":1}"));
}

#[tokio::test]
async fn every_store_has_a_secret_of_its_own_and_keeps_it() {
    let ((folder, one), (_, other)) = (store().await, store().await);
    let secret = one.secret().await.expect("a secret");
    assert_eq!(secret.len(), 32);
    assert_ne!(secret, other.secret().await.expect("a secret"));
    one.close().await;
    let again = Store::open(&folder.path().join("state.db")).await.expect("opened again");
    assert_eq!(again.secret().await.expect("a secret"), secret);
}

#[tokio::test]
async fn what_is_old_and_no_longer_in_a_feed_is_forgotten() {
    let (_folder, store) = store().await;
    let (old, kept) =
        (entry("gone from its feed", Some(at(-900))), entry("still in its feed", Some(at(-900))));
    store.keep_feed(FEED, &Answer::default(), &[old, kept.clone()], at(-800)).await.expect("kept");
    store.keep_feed(FEED, &Answer::default(), &[kept], at(1)).await.expect("kept");
    store.keep_page("http://ledger.example/old", "{}", at(-800)).await.expect("kept");
    store.prune(at(-720)).await.expect("pruned");
    let left = store.entries(at(-1000), at(2)).await.expect("entries");
    assert_eq!(left.iter().map(|e| e.entry.key.as_str()).collect::<Vec<_>>(), ["still in its feed"]);
    assert_eq!(store.page("http://ledger.example/old").await.expect("a look"), None);
}

#[tokio::test]
async fn what_is_tried_on_a_scratch_copy_leaves_the_store_alone() {
    let (_folder, store) = store().await;
    store.keep_feed(FEED, &said(Some("\"v1\""), None), &[entry("a", None)], at(1)).await.expect("kept");
    let scratch = store.scratch().await.expect("a copy");
    assert_eq!(scratch.secret().await.expect("a secret"), store.secret().await.expect("a secret"));
    scratch.keep_feed(FEED, &said(Some("\"v2\""), None), &[entry("b", None)], at(1)).await.expect("kept");
    assert_eq!(scratch.entries(at(0), at(2)).await.expect("entries").len(), 2);
    assert_eq!(store.entries(at(0), at(2)).await.expect("entries").len(), 1);
    assert_eq!(record(&store).await.answer.etag.as_deref(), Some("\"v1\""));
}

#[tokio::test]
async fn reasons_are_sealed_with_their_edition_and_forgotten_in_time() {
    let (_folder, store) = store().await;
    assert_eq!(store.reasons(None).await.expect("read"), None);
    store.keep_reasons(&Reasons { stories: 0, ..reasons() }).await.expect("kept before there was an edition");
    store.seal(&edition(), &reasons(), &[], &[], at(6)).await.expect("sealed");
    store.seal(&edition(), &Reasons { stories: 9, ..reasons() }, &[], &[], at(7)).await.expect("refused");
    assert_eq!(store.reasons(None).await.expect("read"), Some(reasons()), "the newest, as sealed");
    assert_eq!(store.reasons(Some(date(2026, 11, 19))).await.expect("read"), None);
    store.prune(at(7)).await.expect("pruned");
    assert_eq!(store.reasons(Some(date(2026, 11, 20))).await.expect("read"), None);
}

#[tokio::test]
async fn a_robots_txt_that_cannot_be_had_leaves_the_one_kept() {
    let (_folder, store) = store().await;
    let site = "https://ledger.example";
    assert_eq!(store.robots().await.expect("a look").get(site), None);
    store.keep_robots(site, Some("User-agent: *"), at(1)).await.expect("kept");
    store.keep_robots(site, None, at(2)).await.expect("noted");
    store.keep_robots(site, None, at(3)).await.expect("noted");
    let kept = store.robots().await.expect("a look").remove(site).expect("a record");
    assert_eq!(
        (kept.body.as_deref(), kept.fetched_at, kept.failing_since),
        (Some("User-agent: *"), at(1), Some(at(2)))
    );
    store.keep_robots(site, Some(""), at(4)).await.expect("kept");
    let kept = store.robots().await.expect("a look").remove(site).expect("a record");
    assert_eq!((kept.body.as_deref(), kept.fetched_at, kept.failing_since), (Some(""), at(4), None));
}

#[tokio::test]
async fn who_leaves_in_the_midst_of_a_run_is_sent_nothing_more_of_it() {
    let (folder, store) = store().await;
    let day = edition().date;
    store.seal(&edition(), &reasons(), &[], &readers(&["ada", "bo", "cy"]), at(6)).await.expect("sealed");
    let ledger = store.ledger(day).await.expect("the ledger");
    let ada = ledger.turn(None, true, at(6)).await.expect("a claim").expect("ada");

    let beside = Store::open_beside(&folder.path().join("state.db")).await.expect("opened beside the run");
    assert!(beside.suppress("b0", "Bo@example.net", Cause::Unsubscribed, at(6)).await.expect("noted"));
    assert!(!beside.suppress("b0", "bo@example.net", Cause::Complained, at(7)).await.expect("noted before"));
    beside.close().await;

    let sent = Ended { email: ada.reader.email, state: DeliveryState::Sent, reason: None };
    let next = ledger.turn(Some(sent), true, at(6)).await.expect("a claim").expect("cy");
    assert_eq!(next.reader.email, "cy@example.net");
    drop(ledger);
    assert_eq!(store.tally(day).await.expect("a tally").withdrawn, 1);
    let list = store.suppressions().await.expect("the list");
    assert_eq!(list.get("b0").map(|s| (s.cause, s.since)), Some((Cause::Unsubscribed, at(6))));
    assert!(store.restore("b0").await.expect("restored") && !store.restore("b0").await.expect("not there"));
    assert!(store.suppressions().await.expect("the list").is_empty());
}

#[tokio::test]
async fn a_reader_who_is_forgotten_leaves_nothing_but_a_pseudonym() {
    let (folder, store) = store().await;
    store.seal(&edition(), &reasons(), &[], &readers(&["ada", "zenobia"]), at(6)).await.expect("sealed");
    let bounces = Bounces { halves: 3, day: date(2026, 11, 20), of_the_day: 1 };
    store.keep_bounces("z0", bounces).await.expect("kept");
    assert_eq!(store.bounces("z0").await.expect("a look"), Some(bounces));
    let erased = store.forget("z0", "Zenobia@example.net", at(7)).await.expect("forgotten");
    assert_eq!((erased.deliveries, erased.traces.is_none()), (1, true));
    assert_eq!(store.bounces("z0").await.expect("a look"), None);
    assert_eq!(store.addressees().await.expect("the addresses"), ["ada@example.net"]);
    let list = store.suppressions().await.expect("the list");
    assert_eq!(list.get("z0").map(|s| s.cause), Some(Cause::Forgotten));
    store.close().await;
    for file in std::fs::read_dir(folder.path()).expect("the folder") {
        let bytes = std::fs::read(file.expect("a file").path()).expect("its bytes");
        assert!(!bytes.windows(7).any(|seven| seven.eq_ignore_ascii_case(b"zenobia")), "overwritten");
    }
}

//! Promises about what is pulled: feeds and their entries, pages, robots.txt, hosts that want to be left alone.

use super::{Backend, FEED, at, entry};
use crate::{
    model::{Answer, Entry, FeedRecord, Found, Moved, Pace},
    store::{Bygone, ClosedHost, Miss, NewEntry, Store, StoredEntry},
};

async fn record(store: &Store) -> FeedRecord {
    store.feeds().await.expect("the feeds").remove(FEED).expect("a record")
}

fn answer() -> Answer {
    Answer {
        etag: Some("W/\"Ä 1\"".to_owned()),
        last_modified: Some("then".to_owned()),
        given_by: Some("http://ledger.example/today".to_owned()),
        document: Some("a hash".to_owned()),
        due: Some(at(5)),
        pace: Pace { every: Some(std::time::Duration::from_secs(600)), ..Pace::default() },
        moved: Some(Moved { to: "http://new.example/".to_owned(), days: 2, seen: at(1) }),
        found: Some(Found { entries: 1, untitled: 1, ..Found::default() }),
    }
}

pub async fn an_entry_seen_again_with_another_title_is_still_one_entry<B: Backend>(place: B) {
    let store = place.open().await;
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

pub async fn what_a_feed_lists_is_known_by_its_fingerprints<B: Backend>(place: B) {
    let store = place.open().await;
    let printed = |key: &str, fingerprint: Option<u128>| {
        let mut new = entry(key, None);
        new.entry.fingerprint = fingerprint;
        new
    };
    let first = [printed("gone", Some(1)), printed("a", Some(2)), printed("bare", None)];
    store.keep_feed(FEED, &Answer::default(), &first, at(1)).await.expect("kept");
    let listed = store.listed(FEED).await.expect("a look");
    assert_eq!((listed.len(), listed.get(&1), listed.get(&2)), (2, Some(&first[0]), Some(&first[1])));
    let marked_up_otherwise = printed("a", Some(u128::MAX));
    store
        .keep_feed(FEED, &Answer::default(), std::slice::from_ref(&marked_up_otherwise), at(2))
        .await
        .expect("kept");
    let listed = store.listed(FEED).await.expect("a look");
    assert_eq!((listed.len(), listed.get(&u128::MAX)), (1, Some(&marked_up_otherwise)));
    assert!(store.listed("http://post.example/").await.expect("a look").is_empty());
}

pub async fn an_article_that_took_the_key_of_another_is_stored_beside_it<B: Backend>(place: B) {
    let store = place.open().await;
    let newest = |title: &str, text: &str, hour| NewEntry {
        entry: Entry {
            key: "newest".to_owned(),
            title: title.to_owned(),
            published: Some(at(hour)),
            ..Entry::default()
        },
        text: text.to_owned(),
    };
    let quay = newest("North quay stays shut", "The storm took its wall away on Sunday.", 1);
    let bus = newest("Denholt approves a bus line", "It runs to the mill from spring on.", 20);
    let longer = NewEntry { text: format!("{} It costs nothing.", bus.text), ..bus.clone() };
    for (hour, found) in [(2, &quay), (20, &bus), (21, &bus), (22, &longer)] {
        store.keep_feed(FEED, &Answer::default(), std::slice::from_ref(found), at(hour)).await.expect("kept");
    }
    let entries = store.entries(at(0), at(30)).await.expect("entries");
    let kept: Vec<_> = entries.iter().map(|e| (e.first_seen, e.text.as_str())).collect();
    assert_eq!(kept, [(at(2), quay.text.as_str()), (at(20), longer.text.as_str())]);
}

pub async fn an_entry_is_dated_by_its_outlet_but_never_after_it_was_seen<B: Backend>(place: B) {
    let store = place.open().await;
    let found = [entry("old", Some(at(-50))), entry("dated tomorrow", Some(at(30))), entry("undated", None)];
    store.keep_feed(FEED, &Answer::default(), &found, at(5)).await.expect("kept");
    let keys = |entries: Vec<StoredEntry>| entries.into_iter().map(|e| e.entry.key).collect::<Vec<_>>();
    let mut seen = keys(store.entries(at(0), at(5)).await.expect("entries"));
    seen.sort();
    assert_eq!(seen, ["dated tomorrow", "undated"]);
    assert_eq!(keys(store.entries(at(-60), at(0)).await.expect("entries")), ["old"]);
}

pub async fn an_answer_is_remembered_as_it_was_given<B: Backend>(place: B) {
    let store = place.open().await;
    assert!(store.feeds().await.expect("the feeds").is_empty());
    store.keep_feed(FEED, &answer(), &[entry("a", None)], at(1)).await.expect("kept");
    let kept = record(&store).await;
    assert_eq!((kept.answer, kept.checked_at, kept.succeeded_at), (answer(), Some(at(1)), Some(at(1))));
    let later = Answer { due: Some(at(9)), moved: None, ..Answer::default() };
    store.keep_unchanged(FEED, &later, at(3)).await.expect("kept");
    let kept = record(&store).await;
    assert_eq!((kept.answer.etag, kept.answer.given_by), (answer().etag, answer().given_by));
    assert_eq!(kept.answer.found, answer().found, "there was no document to say otherwise");
    assert_eq!((kept.answer.due, kept.answer.moved, kept.succeeded_at), (Some(at(9)), None, Some(at(3))));
}

pub async fn validators_without_entries_are_none<B: Backend>(place: B) {
    let store = place.open().await;
    store.keep_feed(FEED, &answer(), &[entry("a", None)], at(1)).await.expect("kept");
    store.prune(at(800)).await.expect("pruned");
    let kept = record(&store).await.answer;
    assert_eq!((kept.etag, kept.last_modified, kept.due), (None, None, answer().due));
}

pub async fn what_a_feed_still_holds_is_not_forgotten_while_it_says_not_modified<B: Backend>(place: B) {
    let store = place.open().await;
    store.keep_feed(FEED, &answer(), &[entry("gone", None), entry("a", None)], at(1)).await.expect("kept");
    store.keep_feed(FEED, &answer(), &[entry("a", None)], at(2)).await.expect("kept");
    store.keep_unchanged(FEED, &answer(), at(900)).await.expect("noted");
    store.prune(at(800)).await.expect("pruned");
    let left = store.entries(at(0), at(900)).await.expect("entries");
    assert_eq!(left.iter().map(|e| e.entry.key.as_str()).collect::<Vec<_>>(), ["a"]);
}

pub async fn a_failure_is_counted_and_leaves_validators_alone<B: Backend>(place: B) {
    let store = place.open().await;
    store.keep_feed(FEED, &answer(), &[entry("a", None)], at(1)).await.expect("kept");
    let miss = Miss { reason: "503".to_owned(), held_until: Some(at(4)), gone: true, ..Miss::default() };
    store.keep_miss(FEED, &miss, at(2)).await.expect("noted");
    store.keep_miss(FEED, &Miss { at_moved: true, ..miss }, at(3)).await.expect("noted");
    let kept = record(&store).await;
    assert_eq!((kept.failures, kept.failing_since, kept.gone_since), (2, Some(at(2)), Some(at(2))));
    assert_eq!((kept.held_until, kept.succeeded_at), (Some(at(4)), Some(at(1))));
    assert_eq!((kept.answer.etag, kept.answer.moved), (answer().etag, None));
    store.keep_unchanged(FEED, &answer(), at(4)).await.expect("noted");
    let kept = record(&store).await;
    assert_eq!((kept.failures, kept.failing_since, kept.gone_since, kept.held_until), (0, None, None, None));
}

pub async fn a_feed_left_alone_has_not_failed<B: Backend>(place: B) {
    let store = place.open().await;
    store.keep_unasked(FEED, at(8), at(2)).await.expect("noted");
    let kept = record(&store).await;
    assert_eq!((kept.failures, kept.held_until, kept.succeeded_at), (0, Some(at(8)), None));
}

pub async fn a_page_is_kept_as_it_was_given<B: Backend>(place: B) {
    let store = place.open().await;
    let url = "http://ledger.example/a";
    assert_eq!(store.page::<u8>(url).await.expect("a look"), None);
    store.keep_page(url, &1, at(1)).await.expect("kept");
    store.keep_page(url, &2, at(2)).await.expect("kept");
    assert_eq!(store.page(url).await.expect("a look"), Some(2));
    let error = store.page::<String>(url).await.expect_err("it is a number");
    assert!(error.to_string().contains("a page (http://ledger.example/a)"), "{error}");
}

pub async fn a_robots_txt_that_cannot_be_had_leaves_the_one_kept<B: Backend>(place: B) {
    let store = place.open().await;
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

pub async fn what_a_host_said_last_counts<B: Backend>(place: B) {
    let store = place.open().await;
    let closed = |host: &str, to_those_sent, since, until| ClosedHost {
        origin: format!("https://{host}.example"),
        to_those_sent,
        since: at(since),
        until: at(until),
    };
    store.keep_closed_host(&closed("busy", false, 6, 9)).await.expect("kept");
    store.keep_closed_host(&closed("busy", false, 7, 8)).await.expect("kept");
    store.keep_closed_host(&closed("busy", true, 5, 8)).await.expect("kept");
    store.keep_closed_host(&closed("later", false, 7, 12)).await.expect("kept");
    let all = [closed("busy", false, 7, 8), closed("busy", true, 5, 8), closed("later", false, 7, 12)];
    assert_eq!(store.closed_hosts().await.expect("the hosts"), all);
    store.prune(at(9)).await.expect("pruned");
    assert_eq!(store.closed_hosts().await.expect("the hosts").len(), 1);
}

pub async fn one_feed_that_holds_too_much_does_not_crowd_out_the_others<B: Backend>(place: B) {
    let store = place.open().await;
    let dated = |n: i64, bytes: usize| NewEntry {
        entry: Entry { key: n.to_string(), published: Some(at(n)), ..Entry::default() },
        text: "x".repeat(bytes),
    };
    let many: Vec<NewEntry> = (1..=1002).map(|n| dated(n, 0)).collect();
    let long: Vec<NewEntry> = (1..=10).map(|n| dated(n, 1 << 20)).collect();
    for (feed, entries) in [("many", &many), ("long", &long), ("honest", &vec![dated(5, 0)])] {
        store.keep_feed(feed, &Answer::default(), entries, at(2000)).await.expect("kept");
    }
    let kept = store.entries(at(0), at(2000)).await.expect("entries");
    let of = |feed: &str| kept.iter().filter(|e| e.feed == feed).map(|e| e.dated).collect::<Vec<_>>();
    assert_eq!(of("many"), (3..=1002).map(at).collect::<Vec<_>>(), "the newest, oldest first");
    assert_eq!((of("long"), of("honest")), ([8, 9, 10].map(at).to_vec(), vec![at(5)]));
    let all = store.count_entries(at(5), at(2000)).await.expect("counts");
    assert_eq!(all.into_iter().collect::<Vec<_>>(), [("long".to_owned(), 5), ("many".to_owned(), 997)]);
}

pub async fn of_a_feed_that_fills_its_room_the_oldest_entries_are_forgotten_and_counted<B: Backend>(
    place: B,
) {
    let store = place.open().await;
    let long = |n: i64| NewEntry {
        entry: Entry { key: n.to_string(), published: Some(at(n)), ..Entry::default() },
        text: "x".repeat(1 << 20),
    };
    let answer = Answer { found: Some(Found::default()), ..Answer::default() };
    store.keep_feed("other", &answer, &[long(1)], at(1)).await.expect("kept");
    for n in 1..=20 {
        store.keep_feed(FEED, &answer, &[long(0), long(n)], at(n)).await.expect("kept");
    }
    let kept = store.held_entries(at(0), at(20)).await.expect("a look");
    assert_eq!(
        kept.iter().map(|held| held.entries).collect::<Vec<_>>(),
        [7, 1],
        "what it lists stays: {kept:?}"
    );
    let found = record(&store).await.answer.found.expect("numbers");
    assert_eq!(found.forgotten, 1);
}

pub async fn pulls_are_remembered_for_a_week<B: Backend>(place: B) {
    let store = place.open().await;
    for hour in [0, 23, 23, 24, 9 * 24] {
        store.note_pull(at(hour)).await.expect("noted");
    }
    assert_eq!(store.pulls(at(-1)).await.expect("the pulls"), [at(9 * 24), at(24)]);
    assert_eq!(store.pulls(at(24)).await.expect("the pulls"), [at(9 * 24)]);
}

pub async fn weeks_gone_by_are_read_with_their_pages<B: Backend>(place: B) {
    let store = place.open().await;
    let linked = |n: i64| {
        let link = Some(format!("http://ledger.example/{n}"));
        let own = entry(&n.to_string(), Some(at(n)));
        NewEntry { entry: Entry { link, summary: "In short.".to_owned(), ..own.entry }, ..own }
    };
    let entries: Vec<NewEntry> = (0..4).map(linked).collect();
    store.keep_feed(FEED, &Answer::default(), &entries, at(9)).await.expect("kept");
    store.keep_page("http://ledger.example/2", &vec!["In full."], at(9)).await.expect("kept");
    let mut read = Vec::new();
    let note = |gone: Bygone<Vec<String>>| read.push((gone.title, gone.summary, gone.text, gone.page));
    store.bygone(at(0), at(2), note).await.expect("read");
    let told = |n: &str, page: Option<&str>| {
        let page = page.map(|line| vec![line.to_owned()]);
        (format!("On {n}"), "In short.".to_owned(), format!("All about {n}."), page)
    };
    assert_eq!(read, [told("2", Some("In full.")), told("1", None)]);
}

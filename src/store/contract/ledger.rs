//! Promises about editions and their deliveries: sealed once, claimed before they are tried, settled after.

use jiff::civil::date;

use super::{Backend, FEED, at, edition, ended, entry, readers, reasons, refused, turn};
use crate::{
    model::{Answer, Article, DeliveryState, Edition, Ended, Outcome, Reader, Reasons, Run, Told},
    store::entries::entry_id,
};

pub async fn a_day_is_sealed_once_with_its_deliveries_and_its_used_entries<B: Backend>(place: B) {
    let store = place.open().await;
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

pub async fn reasons_are_sealed_with_their_edition_and_forgotten_in_time<B: Backend>(place: B) {
    let store = place.open().await;
    assert_eq!(store.reasons(None).await.expect("read"), None);
    store.keep_reasons(&Reasons { stories: 0, ..reasons() }).await.expect("kept before there was an edition");
    let quiet = store.quiet_days(9).await.expect("a look");
    assert_eq!(quiet.iter().map(|day| (day.date, day.stories)).collect::<Vec<_>>(), [(reasons().date, 0)]);
    store.seal(&edition(), &reasons(), &[], &[], at(6)).await.expect("sealed");
    store.seal(&edition(), &Reasons { stories: 9, ..reasons() }, &[], &[], at(7)).await.expect("refused");
    assert_eq!(store.reasons(None).await.expect("read"), Some(reasons()), "the newest, as sealed");
    assert_eq!(store.reasons(Some(date(2026, 11, 19))).await.expect("read"), None);
    store.prune(at(7)).await.expect("pruned");
    assert_eq!(store.reasons(Some(date(2026, 11, 20))).await.expect("read"), None);
}

pub async fn no_delivery_is_claimed_twice_and_none_is_forgotten<B: Backend>(place: B) {
    let mut store = place.open().await;
    let day = edition().date;
    store.seal(&edition(), &reasons(), &[], &readers(&["ada", "bo", "cy"]), at(6)).await.expect("sealed");
    let claimed = [
        turn(&mut store, None, at(6)).await,
        turn(&mut store, None, at(6)).await,
        turn(&mut store, None, at(6)).await,
    ]
    .map(|one| one.expect("a claim"));
    let names = claimed.each_ref().map(|one| one.reader.email.as_str());
    assert_eq!(names, ["ada@example.net", "bo@example.net", "cy@example.net"]);
    assert_eq!(claimed[2].state, DeliveryState::Sending);
    assert_eq!(turn(&mut store, ended(1, DeliveryState::Sent), at(6)).await, None);
    assert_eq!(turn(&mut store, ended(2, DeliveryState::Refused), at(6)).await, None);
    assert_eq!(store.undelivered(at(0)).await.expect("days"), [day]);

    store.reopen(day, DeliveryState::Deferred, at(7)).await.expect("reopened");
    assert_eq!(turn(&mut store, None, at(7)).await, None, "nobody was put off");
    store.reopen(day, DeliveryState::Sending, at(7)).await.expect("reopened");
    let again = turn(&mut store, None, at(7)).await.expect("cy");
    assert_eq!((again.reader.email.as_str(), again.attempts), ("cy@example.net", 2));
    assert_eq!(turn(&mut store, None, at(7)).await, None);
    turn(&mut store, ended(3, DeliveryState::Sent), at(7)).await;
    let kept = store.deliveries(day).await.expect("the ledger");
    let kept: Vec<_> = kept.iter().map(|kept| (kept.state, kept.outcome.clone())).collect();
    let why = || Some(refused());
    assert_eq!(
        kept,
        [(DeliveryState::Sent, why()), (DeliveryState::Refused, why()), (DeliveryState::Sent, why())]
    );
    assert!(store.undelivered(at(0)).await.expect("days").is_empty());
}

pub async fn who_was_tried_less_often_comes_first<B: Backend>(place: B) {
    let mut store = place.open().await;
    store.seal(&edition(), &reasons(), &[], &readers(&["ada", "bo", "cy"]), at(6)).await.expect("sealed");
    for (name, attempts) in [("ada", 1), ("bo", 1)] {
        let claimed = turn(&mut store, None, at(6)).await.expect("a claim");
        assert_eq!((claimed.reader.email, claimed.attempts), (format!("{name}@example.net"), attempts));
    }
    store.reopen(edition().date, DeliveryState::Sending, at(7)).await.expect("reopened");
    for (name, attempts) in [("cy", 1), ("ada", 2)] {
        let claimed = turn(&mut store, None, at(7)).await.expect("a claim");
        assert_eq!((claimed.reader.email, claimed.attempts), (format!("{name}@example.net"), attempts));
    }
}

pub async fn who_took_the_last_edition_comes_first_and_who_did_not_last<B: Backend>(place: B) {
    let mut store = place.open().await;
    let first = Edition { date: date(2026, 11, 19), ..edition() };
    store.seal(&first, &reasons(), &[], &readers(&["ada", "bo"]), at(5)).await.expect("sealed");
    let ledger = store.ledger(first.date).await.expect("the ledger");
    for how in [None, ended(1, DeliveryState::Refused), ended(2, DeliveryState::Sent)] {
        ledger.settle_and_claim(how, true, at(5)).await.expect("kept");
    }
    drop(ledger);
    store.seal(&edition(), &reasons(), &[], &readers(&["ada", "bo", "cy"]), at(6)).await.expect("sealed");
    let turns = store.deliveries(edition().date).await.expect("deliveries");
    let mut turns: Vec<_> =
        turns.into_iter().map(|delivery| (delivery.turn, delivery.reader.email)).collect();
    turns.sort();
    let order: Vec<_> = turns.iter().map(|(_, email)| email.split('@').next().unwrap_or_default()).collect();
    assert_eq!(order, ["bo", "cy", "ada"]);
}

pub async fn connections_that_ask_at_once_get_every_delivery_once<B: Backend>(place: B) {
    let mut store = place.open().await;
    let day = edition().date;
    let names: Vec<String> = (0..100).map(|n| format!("reader{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    store.seal(&edition(), &reasons(), &[], &readers(&names), at(6)).await.expect("sealed");
    let ledger = store.ledger(day).await.expect("the ledger");
    let connection = async || {
        let mut carried = Vec::new();
        let mut in_hand = ledger.settle_and_claim(None, true, at(6)).await.expect("a claim");
        while let Some(delivery) = in_hand {
            let turn = delivery.turn;
            carried.push(turn);
            let sent = Ended { turn, state: DeliveryState::Sent, outcome: Outcome::Sent };
            in_hand = ledger.settle_and_claim(Some(sent), true, at(6)).await.expect("settled");
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

pub async fn a_copy_is_claimed_only_by_who_was_sent_the_edition<B: Backend>(place: B) {
    let store = place.open().await;
    let day = edition().date;
    store.seal(&edition(), &reasons(), &[], &readers(&["ada"]), at(6)).await.expect("sealed");
    let reader = |email: &str| Reader { email: email.to_owned(), ..Reader::default() };
    let claim = async |email: &str, hour| {
        let claim = store.claim(day, &reader(email), at(hour)).await.expect("a claim");
        store.settle(&claim, DeliveryState::Sent, &Outcome::Sent, at(hour)).await.expect("settled");
        claim.copy
    };
    assert_eq!(claim("Ada@example.net", 7).await, None, "the delivery itself");
    assert_eq!(claim("late@example.net", 7).await, None, "a delivery to a reader who came later");
    assert_eq!(claim("ADA@example.net", 8).await, Some(at(8)));
    assert_eq!(claim("ada@example.net", 8).await, Some(at(8) + jiff::SignedDuration::from_secs(1)));
    assert_eq!(store.tally(day).await.expect("a tally").sent, 2);
    let messages = store.dispatches(day).await.expect("the messages");
    let copies = messages.iter().filter(|message| message.asked_at.is_some()).count();
    assert_eq!((messages.len(), copies), (4, 2));
    let filed = store.claim(day, &reader("filed@example.net"), at(8)).await.expect("a claim");
    store
        .settle(&filed, DeliveryState::Filed, &Outcome::Filed("out".to_owned()), at(8))
        .await
        .expect("settled");
    assert!(filed.copy.is_none() && claim("filed@example.net", 9).await.is_some(), "what was filed is done");
    store.forget_reader("f0", "filed@example.net", at(9)).await.expect("forgotten");
    store.forget_reader("a0", "ADA@example.net", at(9)).await.expect("forgotten");
    let left = store.dispatches(day).await.expect("the messages");
    assert_eq!(left.iter().map(|message| message.email.as_str()).collect::<Vec<_>>(), ["late@example.net"]);
}

pub async fn runs_are_remembered_the_newest_first_and_the_oldest_forgotten<B: Backend>(place: B) {
    let store = place.open().await;
    for n in 1..=482 {
        let id = store.begin_run(at(n), 7).await.expect("begun");
        assert_eq!(id, n);
    }
    let failed = Run {
        id: 481,
        pid: 7,
        started: at(481),
        ended: Some(at(1000)),
        status: Some(4),
        error: Some("no feed".to_owned()),
        body: "{\"entries\":3}".to_owned(),
    };
    store.end_run(&failed).await.expect("ended");
    let runs = store.runs().await.expect("runs");
    assert_eq!(runs.len(), 480);
    assert_eq!((runs[0].ended, runs[0].status), (None, None));
    assert_eq!(runs[1], failed);
    assert_eq!(runs.last().map(|run| run.id), Some(3));
}

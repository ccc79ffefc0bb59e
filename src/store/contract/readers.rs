//! Promises about readers: suppressed readers are mailed nothing, forgotten readers leave no address.

use jiff::civil::date;

use super::{Backend, at, edition, readers, reasons};
use crate::{
    model::{DeliveryState, Ended, Identity, Outcome},
    store::{Bounces, Cause},
};

pub async fn every_store_has_an_identity_of_its_own_and_keeps_it<B: Backend>(place: B) {
    let (one, elsewhere) = (place.open().await, B::default());
    let made = one.identity().await.expect("one");
    assert_eq!(made.list_id, None);
    assert_ne!(made.secret, elsewhere.open().await.identity().await.expect("another").secret);
    one.keep_list_id("harbour-post.news.example.com").await.expect("kept");
    one.keep_list_id("valley-post.news.example.com").await.expect("left as it is");
    one.close().await;
    let kept = place.open().await.identity().await.expect("the same");
    assert_eq!(kept, Identity { list_id: Some("harbour-post.news.example.com".to_owned()), ..made });
}

pub async fn who_leaves_in_the_midst_of_a_run_is_sent_nothing_more_of_it<B: Backend>(place: B) {
    let mut store = place.open().await;
    let day = edition().date;
    store.seal(&edition(), &reasons(), &[], &readers(&["ada", "bo", "cy"]), at(6)).await.expect("sealed");
    let ledger = store.ledger(day).await.expect("the ledger");
    let ada = ledger.settle_and_claim(None, true, at(6)).await.expect("a claim").expect("ada");

    let beside = place.open_beside().await;
    assert!(beside.suppress("b0", "Bo@example.net", Cause::Unsubscribed, at(6)).await.expect("noted"));
    assert!(!beside.suppress("b0", "bo@example.net", Cause::Complained, at(7)).await.expect("noted before"));
    beside.close().await;

    let sent = Ended { turn: ada.turn, state: DeliveryState::Sent, outcome: Outcome::Sent };
    let next = ledger.settle_and_claim(Some(sent), true, at(6)).await.expect("a claim").expect("cy");
    assert_eq!(next.reader.email, "cy@example.net");
    drop(ledger);
    assert_eq!(store.tally(day).await.expect("a tally").withdrawn, 1);
    let list = store.suppressions().await.expect("the list");
    assert_eq!(list.get("b0").map(|s| (s.cause, s.since)), Some((Cause::Unsubscribed, at(6))));
    assert!(store.restore("b0").await.expect("restored") && !store.restore("b0").await.expect("not there"));
    assert!(store.suppressions().await.expect("the list").is_empty());
}

pub async fn a_reader_who_is_forgotten_leaves_nothing_but_a_pseudonym<B: Backend>(place: B) {
    let store = place.open().await;
    store.seal(&edition(), &reasons(), &[], &readers(&["ada", "Ünal"]), at(6)).await.expect("sealed");
    let bounces = Bounces { halves: 3, day: date(2026, 11, 20), of_the_day: 1 };
    store.keep_bounces("z0", bounces).await.expect("kept");
    assert_eq!(store.bounces("z0").await.expect("a look"), Some(bounces));
    let erased = store.forget_reader("z0", "ünal@Example.net", at(7)).await.expect("forgotten");
    assert_eq!((erased.deliveries, erased.traces.is_none()), (1, true));
    assert_eq!(store.bounces("z0").await.expect("a look"), None);
    assert_eq!(store.addressees().await.expect("the addresses"), ["ada@example.net"]);
    let list = store.suppressions().await.expect("the list");
    assert_eq!(list.get("z0").map(|s| s.cause), Some(Cause::Forgotten));
}

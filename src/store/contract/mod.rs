//! What every kind of database promises to users of the store: one suite, run on each of them.

pub(super) mod forgetting;
pub(super) mod ledger;
pub(super) mod pulled;
pub(super) mod readers;

use jiff::{SignedDuration, Timestamp, civil::date};

use super::{NewEntry, Store};
use crate::model::{
    Delivery, DeliveryState, Edition, Ended, Entry, Masthead, Outcome, Reader, Reasons, Reply,
};

/// A kind of database under test, in an empty place of its own.
pub(super) trait Backend: Default {
    /// Opens the store in this place, which nobody has open.
    async fn open(&self) -> Store;
    /// Opens it a second time, beside whoever has it open.
    async fn open_beside(&self) -> Store;
}

/// Makes a test of every promise for a kind of database.
macro_rules! promises {
    ($backend:ty) => {
        promises! { $backend:
            pulled: an_entry_seen_again_with_another_title_is_still_one_entry,
                what_a_feed_lists_is_known_by_its_fingerprints,
                an_article_that_took_the_key_of_another_is_stored_beside_it,
                an_entry_is_dated_by_its_outlet_but_never_after_it_was_seen,
                an_answer_is_remembered_as_it_was_given,
                validators_without_entries_are_none,
                what_a_feed_still_holds_is_not_forgotten_while_it_says_not_modified,
                a_failure_is_counted_and_leaves_validators_alone,
                a_feed_left_alone_has_not_failed,
                pulls_are_remembered_for_a_week,
                a_page_is_kept_as_it_was_given,
                weeks_gone_by_are_read_with_their_pages,
                a_robots_txt_that_cannot_be_had_leaves_the_one_kept,
                what_a_host_said_last_counts,
                one_feed_that_holds_too_much_does_not_crowd_out_the_others,
                of_a_feed_that_fills_its_room_the_oldest_entries_are_forgotten_and_counted;
            ledger: a_day_is_sealed_once_with_its_deliveries_and_its_used_entries,
                reasons_are_sealed_with_their_edition_and_forgotten_in_time,
                no_delivery_is_claimed_twice_and_none_is_forgotten,
                who_was_tried_less_often_comes_first,
                who_took_the_last_edition_comes_first_and_who_did_not_last,
                connections_that_ask_at_once_get_every_delivery_once,
                a_copy_is_claimed_only_by_who_was_sent_the_edition,
                runs_are_remembered_the_newest_first_and_the_oldest_forgotten;
            readers: every_store_has_an_identity_of_its_own_and_keeps_it,
                who_leaves_in_the_midst_of_a_run_is_sent_nothing_more_of_it,
                a_reader_who_is_forgotten_leaves_nothing_but_a_pseudonym;
            forgetting: what_is_old_and_no_longer_in_a_feed_is_forgotten,
                of_old_deliveries_the_numbers_stay_and_no_address,
                a_clock_far_ahead_leaves_the_newest_editions_and_who_has_them,
                an_edition_goes_after_its_deliveries_and_leaves_its_numbers,
                feeds_that_are_configured_no_more_go_and_bounces_that_are_forgiven,
                an_old_robots_txt_is_forgotten_unless_it_cannot_be_read;
        }
    };
    ($backend:ty: $($of:ident: $($promise:ident),+;)+) => {
        $($(
            #[tokio::test]
            async fn $promise() {
                $crate::store::contract::$of::$promise(<$backend>::default()).await;
            }
        )+)+
    };
}
pub(super) use promises;

const FEED: &str = "http://ledger.example/feed.xml";

fn at(hour: i64) -> Timestamp {
    "2026-11-20T00:00:00Z".parse::<Timestamp>().expect("a timestamp") + SignedDuration::from_hours(hour)
}

fn entry(key: &str, published: Option<Timestamp>) -> NewEntry {
    let entry = Entry { key: key.to_owned(), title: format!("On {key}"), published, ..Entry::default() };
    NewEntry { text: format!("All about {key}."), entry }
}

fn edition() -> Edition {
    Edition {
        date: date(2026, 11, 20),
        composed_at: at(6),
        read: crate::model::Read::default(),
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

/// One step of the edition's ledger: asks for another delivery.
async fn turn(store: &mut Store, ended: Option<Ended>, now: Timestamp) -> Option<Delivery> {
    let ledger = store.ledger(edition().date).await.expect("the ledger");
    ledger.settle_and_claim(ended, true, now).await.expect("kept")
}

fn ended(turn: u32, state: DeliveryState) -> Option<Ended> {
    Some(Ended { turn, state, outcome: refused() })
}

fn refused() -> Outcome {
    Outcome::Refused(Reply::new(550, "5.1.1 no such user"))
}

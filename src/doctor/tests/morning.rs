//! Findings about what a morning is made of: how often feeds are pulled, and what could not be read.

use jiff::SignedDuration;

use super::*;
use crate::model::Turnover;

#[test]
fn feeds_that_drop_their_entries_between_two_pulls_are_named_unless_they_are_pulled_often() {
    let turnover =
        |name: &str, gone, once| Turnover { feed: format!("https://{name}.example/rss"), gone, once };
    let pulled = |times: i64, turnover: Vec<Turnover>| {
        let pulls = (0..times).map(|n| at(NOW) - SignedDuration::from_mins(30 * n)).collect();
        with(|known| (known.pulls, known.turnover) = (pulls, turnover))
    };
    let fleeting = || vec![turnover("quay", 100, 41), turnover("hill", 100, 12)];
    let seldom = pulled(3, fleeting());
    says(
        &seldom,
        Weight::Warning,
        Class::Feeds,
        &[
            "pulled 3 times since yesterday",
            "41 % of the 100 entries that Quay dropped",
            "seen once only",
            "reveille pull --config",
        ],
    );
    assert!(!format!("{seldom:?}").contains("Hill"), "{seldom:?}");
    assert!(seldom.seen.contains(&("pulls", "3 since yesterday, the last 2026-11-22 08:00".to_owned())));
    assert!(pulled(48, fleeting()).findings.is_empty(), "more often does not help");
    assert!(pulled(3, vec![turnover("quay", 9, 9)]).findings.is_empty(), "too few to tell");
}

#[test]
fn an_edition_that_is_held_is_told_until_a_later_run() {
    let held = |now: &str| {
        let mut known = known();
        known.runs.insert(0, run("2026-11-22T11:30:00Z", 4));
        known.runs[0].error = Some("5 of 6 feeds could not be read".to_owned());
        (known.last, known.held_until) = (None, Some(at("2026-11-22T12:15:00Z")));
        examine(&Facts { now: at(now), state: State::Known(Box::new(known)), ..facts() })
    };
    let waiting = held("2026-11-22T12:00:00Z");
    let words = ["is held for a later run", "5 of 6 feeds", "2026-11-22 07:15", "reveille run", "wait_for"];
    says(&waiting, Weight::Error, Class::Feeds, &words);
    assert!(waiting.today.starts_with("No edition of 2026-11-22: the edition of 2026-11-22 is held"));
    says(&held(NOW), Weight::Error, Class::Feeds, &["none has begun", "10,40 * * * *"]);
}

#[test]
fn a_feed_that_failed_the_last_time_is_no_reason_to_say_that_all_is_well() {
    let failing = with(|known| {
        let record = known.feeds.get_mut("https://hill.example/rss").expect("a record");
        (record.failures, record.failing_since) = (1, Some(at("2026-11-22T11:00:00Z")));
        record.reason = Some("answered 503".to_owned());
    });
    let words =
        ["1 of 2 feeds could not be read the last time", "Hill: https://hill.example/rss: answered 503"];
    says(&failing, Weight::Note, Class::Feeds, &words);
    assert_eq!(failing.error(), None);
}

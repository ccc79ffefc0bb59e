//! How often feeds were pulled and how long they hold their entries in, which of them are looked at too seldom out. Never
//! pulls one.

use super::{
    Class, Facts, Finding, Known, State, Turnover, Weight,
    feeds::{named, outlet},
    words::count,
};

/// Fewer entries than this show nothing.
const SOME: u64 = 10;

/// From this share of entries that only one pull found, in percent, others were found by none.
const MUCH: u64 = 20;

/// Whoever pulls this often since yesterday does what can be done.
const OFTEN: usize = 24;

/// Feeds that drop their entries between two pulls.
pub fn examine(facts: &Facts) -> Vec<Finding> {
    let State::Known(known) = &facts.state else { return Vec::new() };
    too_seldom(facts, known).into_iter().collect()
}

fn too_seldom(facts: &Facts, known: &Known) -> Option<Finding> {
    let mut fleeting: Vec<&Turnover> =
        known.turnover.iter().filter(|feed| feed.gone >= SOME && share(feed) >= MUCH).collect();
    if fleeting.is_empty() || known.pulls.len() >= OFTEN {
        return None;
    }
    fleeting.sort_by_key(|feed| std::cmp::Reverse(share(feed)));
    let lines = fleeting.iter().map(|feed| {
        format!("{} % of the {} entries that {} dropped.", share(feed), feed.gone, outlet(facts, &feed.feed))
    });
    let what = format!("{}: news comes and goes in between.", pulled(known.pulls.len()));
    let finding = Finding::new(Weight::Warning, Class::Feeds, what).why(
        "Of the last week these were seen once only, so others like them were never seen. Pull more often:",
    );
    Some(named(lines).into_iter().fold(finding, Finding::why).pulling(facts).command("crontab -e"))
}

fn share(feed: &Turnover) -> u64 {
    feed.once.saturating_mul(100) / feed.gone.max(1)
}

/// How often, as a sentence without its end.
pub fn pulled(times: usize) -> String {
    match times {
        0 => "Feeds were not pulled since yesterday".to_owned(),
        1 => "Feeds were pulled once since yesterday".to_owned(),
        _ => format!("Feeds were pulled {} since yesterday", count(times as u64, "time")),
    }
}

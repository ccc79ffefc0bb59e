//! What is known of the feeds in, which of them bring nothing and why out. Never fetches one.

use jiff::SignedDuration;

use super::{
    Class, Facts, FeedState, Finding, Health, Known, State, Weight,
    health::about,
    words::{count, count_of, minute, span},
};
use crate::text::shell;

/// If no feed has had anything new for this long, something other than the news is wrong.
const STILL: SignedDuration = SignedDuration::from_hours(48);

/// Up to this many feeds are listed by name.
const NAMED: usize = 5;

/// What is wrong with the feeds.
pub fn examine(facts: &Facts) -> Vec<Finding> {
    let State::Known(known) = &facts.state else { return Vec::new() };
    let all: Vec<Health> = facts.settings.feeds.all(&known.feeds, facts.now).collect();
    let findings = [
        none_left(facts, known, &all),
        worth_a_word(facts, &all),
        failing(facts, &all),
        still(facts, known, &all),
        left_alone(facts, &all),
        dated_ahead(facts, known),
        undated(facts, known),
    ];
    findings.into_iter().flatten().collect()
}

/// The first few lines, and how many more there are.
pub fn named(lines: impl ExactSizeIterator<Item = String>) -> Vec<String> {
    let more = lines.len().saturating_sub(NAMED);
    let rest = (more > 0).then(|| format!("And {more} more."));
    lines.take(NAMED).chain(rest).collect()
}

fn with_lines(finding: Finding, lines: Vec<String>) -> Finding {
    lines.into_iter().fold(finding, Finding::why)
}

/// Why feeds failed the last time they were fetched.
pub fn reasons(facts: &Facts, known: &Known) -> Vec<String> {
    let all: Vec<Health> = facts.settings.feeds.all(&known.feeds, facts.now).collect();
    let failed: Vec<_> = all.iter().filter_map(|feed| Some((feed, feed.reason.as_deref()?))).collect();
    named(failed.iter().map(|(feed, reason)| format!("{}: {}", feed.outlet, about(&feed.url, reason))))
}

/// Every feed fails or is gone.
fn none_left(facts: &Facts, known: &Known, all: &[Health]) -> Option<Finding> {
    let brings_nothing = |feed: &&Health| matches!(feed.state, FeedState::Failing | FeedState::Gone);
    if all.is_empty() || all.iter().filter(brings_nothing).count() < all.len() {
        return None;
    }
    // A run that ended with this status has said so itself.
    if known.runs.first().is_some_and(|run| run.status == Some(4)) {
        return None;
    }
    let finding = Finding::new(Weight::Error, Class::Feeds, "Not one feed can be read.");
    Some(
        with_lines(finding, reasons(facts, known))
            .command(format!("{} check", facts.command))
            .command(format!("{} preview --now", facts.command)),
    )
}

/// Feeds that have been failing for a long time, have moved or are gone.
fn worth_a_word(facts: &Facts, all: &[Health]) -> Option<Finding> {
    let told: Vec<&Health> = all.iter().filter(|feed| feed.notice.is_some()).collect();
    let gone = told.iter().filter(|feed| feed.state == FeedState::Gone);
    let removals: Vec<String> =
        gone.map(|feed| format!("{} feeds remove {}", facts.command, shell::last(&feed.url))).collect();
    let what = match told.len() {
        0 => return None,
        1 => format!("One of {} needs attention.", count_of(all.len(), "feed")),
        some => format!("{some} of {} need attention.", count_of(all.len(), "feed")),
    };
    let lines =
        told.iter().map(|feed| format!("{} {}.", feed.outlet, feed.notice.as_deref().unwrap_or_default()));
    let finding = with_lines(Finding::new(Weight::Warning, Class::Feeds, what), named(lines));
    let finding = finding.command(format!("{} feeds health", facts.command));
    Some(removals.into_iter().take(NAMED).fold(finding, Finding::command))
}

/// Feeds that failed the last time, not for long enough yet to need attention.
fn failing(facts: &Facts, all: &[Health]) -> Option<Finding> {
    let failing: Vec<&Health> =
        all.iter().filter(|feed| feed.state == FeedState::Failing && feed.notice.is_none()).collect();
    if failing.is_empty() || failing.len() == all.len() {
        return None;
    }
    let weight = if failing.len() * 2 > all.len() { Weight::Warning } else { Weight::Note };
    let (some, all) = (failing.len(), count_of(all.len(), "feed"));
    let finding =
        Finding::new(weight, Class::Feeds, format!("{some} of {all} could not be read the last time."));
    let lines = failing.iter().map(|feed| {
        format!(
            "{}: {}",
            feed.outlet,
            about(&feed.url, feed.reason.as_deref().unwrap_or("no reason was kept"))
        )
    });
    let finding = with_lines(finding, named(lines));
    Some(finding.command(format!("{} feeds health", facts.command)))
}

/// The feeds answer, but none has had anything new for days.
fn still(facts: &Facts, known: &Known, all: &[Health]) -> Option<Finding> {
    let answered = all.iter().filter_map(|feed| feed.succeeded_at).max()?;
    let newest = known.held_entries.iter().map(|held| held.newest).max()?;
    let still = answered.duration_since(newest);
    (still > STILL).then(|| {
        Finding::new(Weight::Warning, Class::Feeds, format!("No feed has brought anything new for {}.", span(still)))
            .why(format!(
                "They answer (last {}), but the newest entry was first seen {}: an old copy between here and there, such \
                 as a proxy's, or addresses that nobody fills any more.",
                minute(answered, facts.zone()),
                minute(newest, facts.zone())
            ))
            .command(format!("{} preview --now -v", facts.command))
    })
}

fn left_alone(facts: &Facts, all: &[Health]) -> Option<Finding> {
    let zone = facts.zone();
    let held: Vec<_> = all.iter().filter_map(|feed| Some((feed, feed.held_until?))).collect();
    let lines = held.iter().map(|(feed, until)| format!("{} until {}.", feed.outlet, minute(*until, zone)));
    let what = match held.len() {
        0 => return None,
        1 => "The host of one feed asked to be left alone.".to_owned(),
        some => format!("The hosts of {some} feeds asked to be left alone."),
    };
    let finding = with_lines(Finding::new(Weight::Note, Class::Feeds, what), named(lines));
    Some(
        finding
            .why("They are asked again once that is over, and not before, whatever you type.")
            .command(format!("{} feeds health", facts.command)),
    )
}

fn dated_ahead(facts: &Facts, known: &Known) -> Option<Finding> {
    let ahead: Vec<_> = known.held_entries.iter().filter(|held| held.ahead > 0).collect();
    let lines =
        ahead.iter().map(|held| format!("{}: {}.", outlet(facts, &held.feed), count(held.ahead, "entry")));
    (!ahead.is_empty()).then(|| {
        let finding = Finding::new(Weight::Note, Class::Feeds, "Some entries are dated in the future.");
        with_lines(finding, named(lines))
            .why("They count as published when they were first seen. If most feeds do it, this machine's clock is slow.")
            .command("timedatectl")
    })
}

fn undated(facts: &Facts, known: &Known) -> Option<Finding> {
    let undated: Vec<_> =
        known.held_entries.iter().filter(|held| held.entries > 0 && held.undated == held.entries).collect();
    let lines = undated.iter().map(|held| format!("{}.", outlet(facts, &held.feed)));
    (!undated.is_empty()).then(|| {
        let finding = Finding::new(Weight::Note, Class::Feeds, "Some feeds date none of their entries.");
        with_lines(finding, named(lines)).why(
            "They count as published when they were first seen, so all that such a feed holds looks new the first time.",
        )
    })
}

/// The outlet of the feed with this address.
pub fn outlet<'a>(facts: &'a Facts, url: &'a str) -> &'a str {
    let feed = facts.settings.feeds.feeds.iter().find(|feed| feed.url == url);
    feed.map_or(url, |feed| feed.outlet.as_str())
}

//! Moments, spans and counts in, words for people out; and the list of what was looked at.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::{Facts, Known, Lock, State, crontab::name};
use crate::flow::health::{self, State as Feed};

/// A moment as a person writes it, in this zone.
pub fn minute(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// A span in its largest fitting unit, rounded down.
pub fn span(length: SignedDuration) -> String {
    let seconds = length.as_secs().max(0);
    match seconds {
        0..120 => several(seconds, "second"),
        120..7200 => several(seconds / 60, "minute"),
        7200..172_800 => several(seconds / 3600, "hour"),
        _ => several(seconds / 86_400, "day"),
    }
}

fn several(number: i64, unit: &str) -> String {
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

/// So many of something, whose plural ends in s.
pub fn count(number: u64, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

/// The same of a length.
pub fn count_of(number: usize, one: &str) -> String {
    count(u64::try_from(number).unwrap_or(u64::MAX), one)
}

/// Bytes, by thousands.
pub fn bytes(number: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    let unit = UNITS.into_iter().find(|(size, _)| number >= *size);
    unit.map_or_else(|| format!("{number} bytes"), |(size, unit)| format!("{} {unit}", number / size))
}

/// What was looked at.
pub fn seen(facts: &Facts<'_>) -> Vec<(&'static str, String)> {
    let config = facts.config;
    let zone = &config.newsletter.timezone;
    let now = format!("{} in {}", minute(facts.now, zone), name(zone));
    let mut seen = vec![("now", now), ("configuration", config.path.display().to_string())];
    if let State::Known(known) = &facts.state {
        seen.extend(of_state(facts, known));
    }
    let size = match facts.machine.size {
        0 => String::new(),
        size => format!(", {}", bytes(size)),
    };
    let free = facts.machine.free.map(|free| format!("; {} of disk free", bytes(free))).unwrap_or_default();
    seen.push(("state", format!("{}{size}{free}", config.store.file.display())));
    seen
}

fn of_state(facts: &Facts<'_>, known: &Known) -> Vec<(&'static str, String)> {
    let zone = &facts.config.newsletter.timezone;
    let mut seen = Vec::new();
    if let Some(run) = known.runs.first() {
        let ended = match (run.ended, run.status) {
            (Some(ended), Some(status)) => {
                format!(", exit {status} after {}", span(ended.duration_since(run.started)))
            }
            _ if matches!(facts.machine.lock, Lock::Held(_)) => ", at work".to_owned(),
            _ => ", without an end".to_owned(),
        };
        seen.push(("last run", minute(run.started, zone) + &ended));
    }
    if let Some(last) = &known.last {
        seen.push(("last edition", format!("{}, number {}", last.date, last.number)));
    }
    let suppressed: usize = known.suppressed.values().sum();
    let nothing =
        if suppressed > 0 { format!(", {suppressed} of them mailed nothing") } else { String::new() };
    seen.push(("readers", format!("{}{nothing}", facts.config.readers.len())));
    if known.damage.is_none() {
        seen.push(("feeds", feeds(facts, known)));
    }
    seen
}

/// How many feeds are how, and when the next one is due.
fn feeds(facts: &Facts<'_>, known: &Known) -> String {
    let all: Vec<_> = health::health(facts.config, &known.feeds, facts.now).collect();
    let states = [
        (Feed::Ok, "ok"),
        (Feed::Moved, "moved"),
        (Feed::New, "never asked"),
        (Feed::Failing, "failing"),
        (Feed::Held, "left alone"),
        (Feed::Gone, "gone"),
    ];
    let counts = states.into_iter().filter_map(|(state, word)| {
        let number = all.iter().filter(|feed| feed.state == state).count();
        (number > 0).then(|| format!("{number} {word}"))
    });
    let counts = counts.collect::<Vec<_>>().join(", ");
    let asked = all.iter().filter(|feed| feed.state != Feed::Gone);
    let due = match asked.map(|feed| feed.due).min().flatten() {
        Some(due) => format!("; the next is due {}", minute(due, &facts.config.newsletter.timezone)),
        None => String::new(),
    };
    counts + &due
}

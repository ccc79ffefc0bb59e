//! Facts in, the list of what was checked out. Never judges.

use super::{
    Facts, FeedState, Known, Lock, State,
    crontab::name,
    words::{bytes, minute, span},
};

/// What was checked.
pub fn seen(facts: &Facts) -> Vec<(&'static str, String)> {
    let zone = facts.zone();
    let now = format!("{} in {}", minute(facts.now, zone), name(zone));
    let mut seen = vec![("now", now), ("configuration", facts.settings.path.display().to_string())];
    if let State::Known(known) = &facts.state {
        seen.extend(of_state(facts, known));
    }
    let size = match facts.machine.size {
        0 => String::new(),
        size => format!(", {}", bytes(size)),
    };
    let free = facts.machine.free.map(|free| format!("; {} of disk free", bytes(free))).unwrap_or_default();
    seen.push(("state", format!("{}{size}{free}", facts.settings.state.display())));
    seen
}

fn of_state(facts: &Facts, known: &Known) -> Vec<(&'static str, String)> {
    let zone = facts.zone();
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
    seen.push(("readers", format!("{}{nothing}", facts.settings.readers)));
    if let Some(last) = known.pulls.first() {
        seen.push((
            "pulls",
            format!("{} since yesterday, the last {}", known.pulls.len(), minute(*last, zone)),
        ));
    }
    if known.damage.is_none() {
        seen.push(("feeds", feeds(facts, known)));
    }
    seen
}

/// How many feeds are in which state, and when the next one is due.
fn feeds(facts: &Facts, known: &Known) -> String {
    let all: Vec<_> = facts.settings.feeds.all(&known.feeds, facts.now).collect();
    let states = [
        (FeedState::Ok, "ok"),
        (FeedState::Moved, "moved"),
        (FeedState::New, "never asked"),
        (FeedState::Failing, "failing"),
        (FeedState::Held, "left alone"),
        (FeedState::Gone, "gone"),
    ];
    let counts = states.into_iter().filter_map(|(state, word)| {
        let number = all.iter().filter(|feed| feed.state == state).count();
        (number > 0).then(|| format!("{number} {word}"))
    });
    let counts = counts.collect::<Vec<_>>().join(", ");
    let asked = all.iter().filter(|feed| feed.state != FeedState::Gone);
    let due = match asked.map(|feed| feed.due).min().flatten() {
        Some(due) => format!("; the next is due {}", minute(due, facts.zone())),
        None => String::new(),
    };
    counts + &due
}

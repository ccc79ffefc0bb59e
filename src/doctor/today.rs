//! The recorded runs and the newest edition in, the answer to "why did no mail come?" out. Never asks the mail
//! server.

use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{
    Class, Facts, Finding, Known, Lock, State, Weight, feeds, held,
    words::{count, count_of, day, minute, span},
};
use crate::model::{DeliveryState, Run, Undelivered};

/// A run that has been going for this long is worth a look.
const LONG: SignedDuration = SignedDuration::from_hours(1);

/// A run is missing once it is this much later than usual.
const GRACE: SignedDuration = SignedDuration::from_hours(2);

/// The answer, and what is wrong with the runs.
pub fn today(facts: &Facts) -> (String, Vec<Finding>) {
    match &facts.state {
        State::Missing => (NEVER.to_owned(), vec![never(facts)]),
        State::Unreadable(_) | State::OtherVersion | State::Foreign(_) => (UNKNOWN.to_owned(), Vec::new()),
        State::Known(known) => of(facts, known),
    }
}

const NEVER: &str = "No mail yet: no run was ever started.";
const UNKNOWN: &str = "What happened today cannot be told: the state cannot be used.";

fn of(facts: &Facts, known: &Known) -> (String, Vec<Finding>) {
    let zone = facts.zone();
    let today = day(facts.now, zone);
    let last = known.runs.first();
    if let (Lock::Held(process), Some(run)) = (facts.machine.lock, last.filter(|run| run.ended.is_none())) {
        return at_work(facts, run, process);
    }
    let ended_badly: Vec<Finding> = last
        .and_then(|run| broken_off(facts, run).or_else(|| failed(facts, known, run)))
        .into_iter()
        .collect();
    if known.last.is_some_and(|last| last.date == today) {
        return (delivered(facts, known, today), ended_badly);
    }
    let Some(begun) = last.map(|run| run.started).or(known.last.map(|last| last.composed_at)) else {
        return match known.damage {
            None => (NEVER.to_owned(), vec![never(facts)]),
            Some(_) => (UNKNOWN.to_owned(), Vec::new()),
        };
    };
    if let Some(finding) = ended_badly.first() {
        return (format!("No edition of {today}: {}", lowered(&finding.what)), ended_badly);
    }
    if day(begun, zone) == today {
        let quiet = quiet(facts, known, today);
        return (format!("No edition of {today}: {}", lowered(&quiet.what)), vec![quiet]);
    }
    missing(facts, known, today, begun)
}

fn lowered(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn at_work(facts: &Facts, run: &Run, process: u32) -> (String, Vec<Finding>) {
    let zone = facts.zone();
    let since = minute(run.started, zone);
    let answer = format!("A run has been at work since {since}: what is missing may still come.");
    let length = facts.now.duration_since(run.started);
    let weight = if length < LONG { Weight::Note } else { Weight::Warning };
    let finding = Finding::new(weight, Class::Machine, format!("A run has been at work for {}.", span(length)))
        .why(format!(
            "It is process {process}. Another run finds the lock taken and leaves it the work. The lock goes with the \
             process, however that ends: no file needs to be deleted."
        ))
        .command(format!("ps -fp {process}"));
    (answer, vec![finding])
}

/// A run that began and never recorded how it ended, while nobody holds the lock.
fn broken_off(facts: &Facts, run: &Run) -> Option<Finding> {
    if run.ended.is_some() || facts.machine.lock != Lock::Free {
        return None;
    }
    let began = minute(run.started, facts.zone());
    Some(
        Finding::new(Weight::Error, Class::Machine, "The last run was broken off.")
            .why(format!(
                "It began {began} as process {} and left no word of how it ended, and nobody holds the lock: it was \
                 killed, ran out of memory, or the machine went down.",
                run.pid
            ))
            .why("Nothing is lost: the next run goes on where it stopped, and mails nobody twice who has it for certain.")
            .command(format!("{} run", facts.command))
            .command("journalctl -k --grep 'out of memory|killed process'"),
    )
}

/// A run that ended with an error of its own. Undelivered mail has its own findings.
fn failed(facts: &Facts, known: &Known, run: &Run) -> Option<Finding> {
    let (class, what) = match run.status? {
        0 | 5 => return None,
        4 if known.held_until.is_some() => return held::examine(facts, known, run),
        4 => (Class::Feeds, "The last run could not read a single feed."),
        2 | 3 => (Class::Config, "The last run could not use its settings."),
        _ => (Class::Machine, "The last run failed."),
    };
    let (zone, reasons) = (facts.zone(), feeds::reasons(facts, known));
    let said = run.error.as_deref().unwrap_or("it left no word");
    let finding = Finding::new(Weight::Error, class, what).why(format!(
        "It began {} and ended with status {}: {said}",
        minute(run.started, zone),
        run.status?
    ));
    Some(match class {
        Class::Feeds => reasons
            .into_iter()
            .fold(finding, Finding::why)
            .why("When no feed at all can be read, it is most often this machine's network or its DNS.")
            .command(format!("{} feeds health", facts.command))
            .command(format!("{} check", facts.command)),
        Class::Config => finding.command(format!("{} check --offline", facts.command)),
        _ => finding.command(format!("{} run -v", facts.command)),
    })
}

/// Today's edition is sealed: who has received it.
fn delivered(facts: &Facts, known: &Known, today: Date) -> String {
    let readers = |counts: fn(&Undelivered) -> bool| -> u64 {
        let todays = known.undelivered.iter().filter(|open| open.edition == today);
        todays.filter(|open| counts(open)).map(|open| open.readers).sum()
    };
    let (written, filed) = (
        readers(|open| open.state == DeliveryState::Written),
        readers(|open| open.state == DeliveryState::Filed),
    );
    let without = readers(|_| true) - filed;
    let at = known.last.map(|last| minute(last.composed_at, facts.zone())).unwrap_or_default();
    match without {
        0 if filed > 0 => format!(
            "The edition of {today} was made {at} and written to files for {}, which counts as delivered: no mail server \
             was asked to take it for them.",
            count(filed, "reader")
        ),
        _ if written > 0 && written == without => format!(
            "The edition of {today} was made {at} and written to files for {}, and is not mailed yet.",
            count(written, "reader")
        ),
        0 => format!(
            "The edition of {today} was made {at}, and the mail server took it for every reader. Who has no mail looks \
             into the spam folder; a bounce may be on its way."
        ),
        1 => format!("The edition of {today} was made {at}; one reader is without it."),
        _ => format!("The edition of {today} was made {at}; {without} readers are without it."),
    }
}

/// A run today that made no edition.
fn quiet(facts: &Facts, known: &Known, today: Date) -> Finding {
    let min = facts.settings.min_stories;
    let finding = Finding::new(Weight::Note, Class::Feeds, "There was too little news for one.");
    let Some(day) = known.composed.as_ref().filter(|day| day.date == today) else {
        return finding.command(format!("{} preview", facts.command));
    };
    let told = match day.told_before {
        0 => String::new(),
        told => format!(", {told} of them told before"),
    };
    finding
        .why(format!(
            "{} gave {}{told}; with fewer than {min} worth printing ([newsletter] min_stories) nothing is sent. They wait \
             for the next edition.",
            count_of(day.articles, "new article"),
            if day.stories == 1 { "1 story".to_owned() } else { format!("{} stories", day.stories) },
        ))
        .command(format!("{} explain", facts.command))
        .command(format!("{} preview --now", facts.command))
}

/// No run today: too early to worry, or cron is not starting them.
fn missing(facts: &Facts, known: &Known, today: Date, last: Timestamp) -> (String, Vec<Finding>) {
    let zone = facts.zone();
    let ago = facts.now.duration_since(last);
    let usual = usual(known, facts, today);
    let late = usual.is_none_or(|usual| facts.now >= usual.saturating_add(GRACE).unwrap_or(usual));
    let overdue = late && (usual.is_some() || ago > SignedDuration::from_hours(26));
    let when = usual.map(|usual| usual.to_zoned(zone.clone()).strftime("%H:%M").to_string());
    if !overdue {
        let about =
            when.map(|when| format!("; the first of a day usually begins about {when}")).unwrap_or_default();
        return (format!("No edition of {today} yet: no run has begun today{about}."), Vec::new());
    }
    let answer = format!("No edition of {today}: no run was started today.");
    let about =
        when.map(|when| format!(", and the first of a day usually begins about {when}")).unwrap_or_default();
    let finding = Finding::new(Weight::Error, Class::Mail, "Nothing starts the runs any more.")
        .why(format!("The last one began {}, {} ago{about}.", minute(last, zone), span(ago)))
        .why("Is the machine up at that hour, and does cron or the timer still know it?");
    (answer, vec![scheduled(finding, facts)])
}

/// When today's first run would usually have begun: the median of the first runs of each day of the last two weeks.
fn usual(known: &Known, facts: &Facts, today: Date) -> Option<Timestamp> {
    let zone = facts.zone();
    let mut firsts = std::collections::BTreeMap::new();
    for run in &known.runs {
        let began = run.started.to_zoned(zone.clone());
        if began.date() < today {
            // Newest first, so the first run of each day is the one that stays.
            firsts.insert(began.date(), began.time());
        }
    }
    let mut times: Vec<_> = firsts.into_values().rev().take(14).collect();
    times.sort();
    let middle = times.get(times.len() / 2).filter(|_| times.len() >= 2)?;
    today.to_datetime(*middle).to_zoned(zone.clone()).ok().map(|usual| usual.timestamp())
}

fn never(facts: &Facts) -> Finding {
    Finding::new(Weight::Error, Class::Mail, "It has never been run.")
        .why("Look at the digest first. Then let cron run it, by the line below.")
        .crontab(facts)
        .command(format!("{} preview", facts.command))
        .command("crontab -e")
}

/// How to check whether cron starts anything.
fn scheduled(finding: Finding, facts: &Facts) -> Finding {
    finding
        .crontab(facts)
        .command(format!("{} run", facts.command))
        .command("crontab -l")
        .command("grep CRON /var/log/syslog    # or: journalctl -t CRON -t crond")
        .command("systemctl --user list-timers")
}

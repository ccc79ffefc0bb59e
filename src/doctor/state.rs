//! The state file and its disk in, what stops a run from using them out. Never writes to either.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::{
    Class, Facts, Finding, Known, Lock, State, Weight,
    words::{bytes, minute, span},
};
use crate::text::shell::quoted;

/// With less free space than this, a run is likely to fail; with less than the next, it soon will.
const FULL: u64 = 16_000_000;
const SCARCE: u64 = 200_000_000;

/// Tolerated clock difference.
const DRIFT: SignedDuration = SignedDuration::from_mins(10);

/// What is wrong with the state.
pub fn examine(facts: &Facts) -> Vec<Finding> {
    let (is_there, about_it) = match &facts.state {
        State::Missing => (false, Vec::new()),
        State::Unreadable(why) => (true, vec![unreadable(facts, why)]),
        State::OtherVersion => (true, vec![other_version(facts)]),
        State::Foreign(why) => (true, vec![foreign(why)]),
        State::Known(known) => (true, known_faults(facts, known)),
    };
    let mut findings = about_it;
    findings.extend(forbidden(facts));
    findings.extend(disk(facts));
    findings.extend(open(facts).filter(|_| is_there));
    findings.extend(network(facts));
    findings.extend(held(facts));
    findings
}

fn file(facts: &Facts) -> &Path {
    &facts.settings.state
}

fn shell(path: &Path) -> String {
    quoted(&path.to_string_lossy())
}

/// How to save what is left of a damaged file and replace it.
fn rescued(finding: Finding, facts: &Facts) -> Finding {
    let (file, saved) = (shell(file(facts)), shell(&file(facts).with_extension("saved.db")));
    finding
        .why("Put back a copy if you have one. Otherwise, this saves what can be read, and keeps the damaged file beside it:")
        .command(format!("sqlite3 {file} .recover | sqlite3 {saved}"))
        .command(format!("mv {file} {file}.damaged && rm -f {file}-wal {file}-shm"))
        .command(format!("mv {saved} {file} && chmod 600 {file}"))
}

fn unreadable(facts: &Facts, why: &str) -> Finding {
    let finding = Finding::new(Weight::Error, Class::Machine, "The state cannot be read.").why(why);
    match why.contains("damaged") {
        true => rescued(finding, facts),
        false => finding.command(format!("ls -l {}", shell(file(facts)))),
    }
}

fn other_version(facts: &Facts) -> Finding {
    Finding::new(Weight::Error, Class::Machine, "The state is of another version of reveille.")
        .why("Another version of this program made its tables. Does cron still start an older one?")
        .command(format!("{} --version", shell(&facts.machine.program)))
        .command("which -a reveille")
}

fn foreign(why: &str) -> Finding {
    Finding::new(Weight::Error, Class::Config, "This newsletter has no state of its own.").why(why)
}

fn known_faults(facts: &Facts, known: &Known) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(damage) = &known.damage {
        let finding =
            Finding::new(Weight::Error, Class::Machine, "The state file is damaged.").why(damage.clone());
        findings.push(rescued(finding, facts));
    }
    findings.extend(clock(facts, known));
    findings
}

/// Times in the state that lie in the future: the clock is wrong now, or was then.
fn clock(facts: &Facts, known: &Known) -> Option<Finding> {
    let runs = known.runs.iter().map(|run| run.ended.unwrap_or(run.started));
    let feeds = known.feeds.values().filter_map(|feed| feed.checked_at);
    let latest = runs.chain(feeds).chain(known.last.map(|last| last.composed_at)).max()?;
    let ahead = latest.duration_since(facts.now);
    (ahead > DRIFT).then(|| {
        let zone = facts.zone();
        let days = |at: Timestamp| at.to_zoned(zone.clone()).date();
        let weight = if days(latest) > days(facts.now) { Weight::Error } else { Weight::Warning };
        Finding::new(weight, Class::Machine, "The clock has gone back, or was wrong.")
            .why(format!(
                "The state holds something of {}, which is {} from now ({}).",
                minute(latest, zone),
                span(ahead),
                minute(facts.now, zone)
            ))
            .why("Nothing is told twice, but what feeds and editions hold of that time is not new until it has passed.")
            .command("timedatectl")
    })
}

/// A state this user may not write.
fn forbidden(facts: &Facts) -> Option<Finding> {
    let machine = &facts.machine;
    if machine.may_write {
        return None;
    }
    let path = shell(file(facts));
    let finding =
        Finding::new(Weight::Error, Class::Machine, "You may not write the state, so you cannot run it.");
    Some(match machine.owner.filter(|owner| *owner != machine.user) {
        Some(owner) => finding
            .why(format!(
                "It belongs to user {owner}, and you are user {}. Was it once run by another user, or with sudo?",
                machine.user
            ))
            .command(format!("sudo chown \"$(id -u):$(id -g)\" {path}*")),
        None => {
            let folder = file(facts).parent().unwrap_or(Path::new("/"));
            finding
                .why("File and folder must both be writable: SQLite keeps its log beside the file.")
                .command(format!("ls -ld {} {path}", shell(folder)))
                .command(format!("chmod u+w {} {path}", shell(folder)))
        }
    })
}

fn disk(facts: &Facts) -> Option<Finding> {
    let free = facts.machine.free.filter(|free| *free < SCARCE)?;
    let (weight, what) = match free < FULL {
        true => (Weight::Error, "The disk is full."),
        false => (Weight::Warning, "The disk is nearly full."),
    };
    Some(
        Finding::new(weight, Class::Machine, what)
            .why(format!("{} are free where the state is kept, {}.", bytes(free), file(facts).display()))
            .command(format!("df -h {}", shell(file(facts).parent().unwrap_or(Path::new("/"))))),
    )
}

fn open(facts: &Facts) -> Option<Finding> {
    let mode = facts.machine.mode.filter(|mode| mode & 0o077 != 0)?;
    Some(
        Finding::new(Weight::Warning, Class::Machine, "Other users of this machine can read the state.")
            .why(format!(
                "Its permissions are {:o}; it holds the readers' addresses and a secret key.",
                mode & 0o777
            ))
            .command(format!("chmod 600 {}*", shell(file(facts)))),
    )
}

fn network(facts: &Facts) -> Option<Finding> {
    let kind = facts.machine.network?;
    Some(
        Finding::new(Weight::Warning, Class::Machine, "The state is on a network file system.")
            .why(format!("It is {kind}. SQLite's log needs a local disk, and locks may not hold."))
            .why("Name a file on a local disk in feeds.toml, [store] url, and move the state there."),
    )
}

/// A lock held by something other than a run.
fn held(facts: &Facts) -> Option<Finding> {
    let Lock::Held(process) = facts.machine.lock else { return None };
    let at_work = match &facts.state {
        State::Known(known) => known.runs.first().is_some_and(|run| run.ended.is_none()),
        _ => false,
    };
    (!at_work).then(|| {
        Finding::new(Weight::Note, Class::Machine, "Another reveille is using the state right now.")
            .why("A run that begins now ends at once with status 0 and does nothing.")
            .command(format!("ps -fp {process}"))
    })
}

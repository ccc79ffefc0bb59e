//! Failed and unfinished deliveries in, what the mail server objects to out. Never retries one.

use std::collections::BTreeMap;

use super::{
    Class, Facts, Finding, Lock, State, Weight,
    smtp::Trouble,
    words::{count, minute},
};
use crate::{
    model::{DeliveryState, Undelivered},
    secret::mask_all,
    text::shell,
};

/// How much of a server's reply is shown, in characters.
const SHOWN: usize = 240;

/// One finding for each edition and trouble: first what affects everybody, then what affects the most readers.
pub fn examine(facts: &Facts) -> Vec<Finding> {
    let State::Known(known) = &facts.state else { return Vec::new() };
    if matches!(facts.machine.lock, Lock::Held(_)) {
        return Vec::new();
    }
    let mut groups: BTreeMap<_, Vec<&Undelivered>> = BTreeMap::new();
    let in_files = |open: &&Undelivered| matches!(open.state, DeliveryState::Written | DeliveryState::Filed);
    for open in known.undelivered.iter().filter(|open| !in_files(open)) {
        groups.entry((open.edition, trouble(open))).or_default().push(open);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    let readers = |group: &[&Undelivered]| group.iter().map(|open| open.readers).sum::<u64>();
    groups.sort_by_key(|((edition, trouble), group)| {
        (!trouble.is_everybodys(), std::cmp::Reverse(*edition), std::cmp::Reverse(readers(group)))
    });
    let troubles =
        groups.into_iter().map(|((_, trouble), group)| finding(facts, trouble, readers(&group), &group));
    troubles.chain(known.undelivered.iter().filter_map(|open| only_written(facts, open))).collect()
}

/// An edition that was written to files and mailed to nobody.
fn only_written(facts: &Facts, open: &Undelivered) -> Option<Finding> {
    if open.state != DeliveryState::Written {
        return None;
    }
    let (edition, readers) = (open.edition, count(open.readers, "reader"));
    let written = open.outcome.as_ref().map(ToString::to_string).unwrap_or_default();
    let what = format!("The edition of {edition} is not mailed yet: for {readers} it was only {written}.");
    let finding = Finding::new(Weight::Warning, Class::Mail, what)
        .why("An outbox is for looking at the messages. The next run mails them, up to 48 hours after the edition was made.");
    Some(finding.command(format!("{} run", facts.command)))
}

/// What went wrong with these deliveries.
fn trouble(open: &Undelivered) -> Trouble {
    // Claimed but never settled: whatever the server said before, it may have arrived.
    if open.state == DeliveryState::Sending {
        Trouble::LostAnswer
    } else {
        Trouble::of(open.outcome.as_ref())
    }
}

fn finding(facts: &Facts, trouble: Trouble, readers: u64, group: &[&Undelivered]) -> Finding {
    let Some(most) = group.iter().max_by_key(|open| open.readers) else {
        return Finding::new(Weight::Note, Class::Mail, "No delivery is open.");
    };
    let who = match readers {
        1 => "One reader is".to_owned(),
        _ => format!("{readers} readers are"),
    };
    let for_good = group.iter().all(|open| open.state == DeliveryState::Refused);
    let last = group.iter().map(|open| open.changed_at).max().unwrap_or_default();
    let attempts = group.iter().map(|open| open.attempts).max().unwrap_or(0);
    let finding =
        Finding::new(Weight::Error, Class::Mail, format!("{who} without the edition of {}.", most.edition));
    let finding = match &most.outcome {
        Some(outcome) => finding.why(format!("Reason: {}", shown(&outcome.to_string()))),
        None => finding,
    };
    let finding = finding.why(trouble.means());
    let tried = format!("Tried {}, last {}.", count(attempts, "time"), minute(last, facts.zone()));
    let finding = if attempts > 0 { finding.why(tried) } else { finding };
    let next = match for_good {
        true => "They are not tried again with this edition.",
        false => "The next run tries again, up to 48 hours after the edition was made.",
    };
    commands(facts, trouble, readers, most, finding.why(next), for_good)
}

fn commands(
    facts: &Facts,
    trouble: Trouble,
    readers: u64,
    most: &Undelivered,
    finding: Finding,
    for_good: bool,
) -> Finding {
    let command = &facts.command;
    let mut finding = finding;
    match trouble {
        Trouble::NoSuchReader | Trouble::MailboxFull => {
            let who = if readers == 1 { shell::last(&most.email) } else { "ADDRESS".to_owned() };
            return finding.command(format!("{command} recipients remove {who}"));
        }
        Trouble::Certificate | Trouble::Unreachable => {
            if let Some((host, port)) = &facts.settings.server {
                finding = finding.command(match trouble {
                    Trouble::Certificate => {
                        let server = shell::quoted(&format!("{host}:{port}"));
                        format!("openssl s_client -connect {server} </dev/null")
                    }
                    _ => format!("nc -vz {} {port}", shell::last(host)),
                });
            }
            finding = finding.command(format!("{command} check"));
        }
        Trouble::Login | Trouble::Relay | Trouble::Policy => {
            finding = finding.command(format!("{command} check"))
        }
        _ => {}
    }
    if for_good { finding } else { finding.command(format!("{command} run")) }
}

/// A server's reply without addresses, shortened.
fn shown(reason: &str) -> String {
    let masked = mask_all(reason);
    match masked.chars().count() <= SHOWN {
        true => masked,
        false => masked.chars().take(SHOWN - 1).chain(['…']).collect(),
    }
}

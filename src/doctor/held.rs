//! A run that held its edition in, what is missing and what comes next out. Never decides whether it is held.

use super::{
    Class, Facts, Finding, Known, Weight, feeds,
    words::{day, minute},
};
use crate::model::Run;

/// The finding of an edition that waits for a later run, or waited for one that did not come.
pub fn examine(facts: &Facts, known: &Known, run: &Run) -> Option<Finding> {
    let (until, zone) = (known.held_until?, facts.zone());
    let (date, end) = (day(run.started, zone), minute(until, zone));
    let is_over = until <= facts.now;
    let what = match is_over {
        false => format!("The edition of {date} is held for a later run."),
        true => format!("The edition of {date} was held for a later run, and none has begun."),
    };
    let finding = Finding::new(Weight::Error, Class::Feeds, what).why(format!(
        "Most of what the feeds bring could not be read ({}): {}",
        minute(run.started, zone),
        run.error.as_deref().unwrap_or("it left no word")
    ));
    let finding = feeds::reasons(facts, known).into_iter().fold(finding, Finding::why);
    let finding = finding.why(format!(
        "A run makes it as soon as the feeds are back, or of what there is from {end} on ([newsletter] wait_for)."
    ));
    let finding = finding.command(format!("{} run", facts.command));
    let finding = finding.command(format!("{} feeds health", facts.command));
    Some(if is_over { finding.crontab(facts) } else { finding })
}

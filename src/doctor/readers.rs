//! The readers of a configuration and the suppressed readers in, who will never get a mail out. Never changes either
//! list.

use std::collections::BTreeSet;

use super::{Class, Facts, Finding, State, Weight, words::count_of};

/// What is wrong with the readers.
pub fn examine(facts: &Facts) -> Vec<Finding> {
    [nobody(facts), suppressed(facts), wishes(facts), sections(facts)].into_iter().flatten().collect()
}

fn nobody(facts: &Facts) -> Option<Finding> {
    (facts.settings.readers == 0).then(|| {
        Finding::new(Weight::Error, Class::Config, "No reader is configured.")
            .why("Without one a run ends at once with status 3.")
            .command(format!("{} recipients add you@example.com", facts.command))
    })
}

fn suppressed(facts: &Facts) -> Option<Finding> {
    let State::Known(known) = &facts.state else { return None };
    let (all, some): (usize, usize) = (facts.settings.readers, known.suppressed.values().sum());
    if some == 0 {
        return None;
    }
    let causes: Vec<String> =
        known.suppressed.iter().map(|(cause, number)| format!("{number} {cause}")).collect();
    let (weight, what) = match some == all {
        true => (Weight::Error, "Every reader is suppressed: none is mailed anything.".to_owned()),
        false => (Weight::Note, format!("{} of {} are suppressed.", some, count_of(all, "reader"))),
    };
    Some(
        Finding::new(weight, Class::Mail, what)
            .why(format!(
                "By cause: {}. The suppression list survives every change of feeds.toml; only you take somebody off it.",
                causes.join(", ")
            ))
            .command(format!("{} recipients suppressed", facts.command))
            .command(format!("{} recipients restore ADDRESS", facts.command)),
    )
}

fn wishes(facts: &Facts) -> Option<Finding> {
    let State::Known(known) = &facts.state else { return None };
    let (what, weight) = match known.wishes {
        (0, 0) => return None,
        (0, others) => {
            (format!("{} ask to leave who are no readers.", count_of(others, "sender")), Weight::Note)
        }
        (readers, _) => {
            (format!("{} ask to leave and are still mailed.", count_of(readers, "reader")), Weight::Warning)
        }
    };
    Some(
        Finding::new(weight, Class::Mail, what)
            .why("Their mails hold no token, and nothing proves who wrote them. The list has addresses, words and what to type.")
            .command(format!("{} recipients wishes", facts.command)),
    )
}

/// Sections that readers chose but no feed has: these readers get only what comes before the sections.
fn sections(facts: &Facts) -> Option<Finding> {
    let filled: BTreeSet<&str> =
        facts.settings.feeds.feeds.iter().filter_map(|feed| feed.section.as_deref()).collect();
    let chosen = facts.settings.chosen_sections.iter().map(String::as_str);
    let empty: Vec<&str> = chosen.filter(|chosen| !filled.contains(chosen)).collect();
    if empty.is_empty() {
        return None;
    }
    let names: Vec<String> = empty.into_iter().map(|name| format!("{name:?}")).collect();
    Some(
        Finding::new(Weight::Warning, Class::Config, format!("No feed fills the section {}.", names.join(", ")))
            .why("Readers chose it and find nothing there. Give a feed in feeds.toml that section, or change the readers' sections.")
            .command(format!("{} feeds list", facts.command))
            .command(format!("{} recipients list", facts.command)),
    )
}

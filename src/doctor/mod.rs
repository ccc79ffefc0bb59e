//! Facts in, what is wrong and what to type out. Never asks or changes anything: it knows only what it is given.

mod crontab;
mod deliveries;
mod facts;
mod feeds;
mod found;
mod health;
mod held;
mod pulls;
mod readers;
mod seen;
mod settings;
mod smtp;
mod state;
#[cfg(test)]
mod tests;
mod today;
mod words;

use std::path::Path;

use serde::{Serialize, Serializer};

use crate::model::Turnover;
pub use facts::{ComposedDay, Facts, Faults, Known, Lock, Machine, Settings, State};
pub use found::told;
pub use health::{Feed, FeedState, Feeds, Health, about};

/// The result of a diagnosis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diagnosis {
    /// Whether there is mail today, and if not, why; one or two sentences.
    pub today: String,
    /// Most serious first; among equals, the likeliest to stop the mail first.
    pub findings: Vec<Finding>,
    /// What was checked: a name and what was seen.
    #[serde(serialize_with = "as_object")]
    pub seen: Vec<(&'static str, String)>,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub weight: Weight,
    #[serde(skip)]
    pub class: Class,
    /// One sentence.
    pub what: String,
    /// The evidence, and what it means; one paragraph each.
    pub why: Vec<String>,
    /// Commands to type; one line each.
    #[serde(rename = "type")]
    pub commands: Vec<String>,
    /// The lines to put in the crontab.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crontab: Option<String>,
}

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// Somebody gets no mail, or will get none.
    Error,
    /// It may come to that, or less is printed than could be.
    Warning,
    /// Worth knowing.
    Note,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// The program, its state or the machine.
    Machine,
    Config,
    Feeds,
    Mail,
}

/// Pairs as the keys and values of an object, in order.
fn as_object<S: Serializer>(pairs: &[(&'static str, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(name, what)| (name, what)))
}

impl Finding {
    fn new(weight: Weight, class: Class, what: impl Into<String>) -> Finding {
        Finding { weight, class, what: what.into(), why: Vec::new(), commands: Vec::new(), crontab: None }
    }

    fn why(mut self, why: impl Into<String>) -> Finding {
        self.why.push(why.into());
        self
    }

    fn command(mut self, command: impl Into<String>) -> Finding {
        self.commands.push(command.into());
        self
    }

    /// With the lines for a crontab and the notes on them.
    fn crontab(mut self, facts: &Facts) -> Finding {
        let crontab::Line { text, notes } = crontab::line(facts);
        self.why.extend(notes);
        self.crontab = Some(format!("{}\n{text}", crontab::pulling(facts)));
        self
    }

    /// With the line that pulls.
    fn pulling(mut self, facts: &Facts) -> Finding {
        self.crontab = Some(crontab::pulling(facts));
        self
    }
}

impl Diagnosis {
    /// What the most serious error is about; none if nothing is an error.
    pub fn error(&self) -> Option<Class> {
        self.findings.iter().find(|finding| finding.weight == Weight::Error).map(|finding| finding.class)
    }

    /// The diagnosis if the configuration is not found at `path`.
    pub fn of_missing(path: &Path) -> Diagnosis {
        let what = format!("There is no {}.", path.display());
        Diagnosis::of_unusable(
            Finding::new(Weight::Error, Class::Config, what)
                .why("It is looked for where --config or $REVEILLE_CONFIG says, in this folder, and in ~/.config/reveille.")
                .why("Cron begins in your home folder: name the file in full there, or change the folder first.")
                .command("reveille init")
                .command("reveille doctor --config /where/it/is/feeds.toml"),
        )
    }

    /// The diagnosis if the configuration cannot be used, for this reason.
    pub fn of_broken(reason: &str, command: &str) -> Diagnosis {
        let finding = Finding::new(Weight::Error, Class::Config, "The configuration cannot be used.");
        Diagnosis::of_unusable(finding.why(reason).command(format!("{command} check --offline")))
    }

    fn of_unusable(finding: Finding) -> Diagnosis {
        let today = "No run can begin without a configuration.".to_owned();
        Diagnosis { today, findings: vec![finding], seen: Vec::new() }
    }
}

/// Diagnoses the facts.
pub fn examine(facts: &Facts) -> Diagnosis {
    let (today, of_runs) = today::today(facts);
    // What no run can do without stops the mail whatever else happened.
    let mut findings = settings::examine(facts);
    findings.extend(readers::examine(facts));
    findings.extend(of_runs);
    findings.extend(state::examine(facts));
    findings.extend(deliveries::examine(facts));
    findings.extend(feeds::examine(facts));
    findings.extend(pulls::examine(facts));
    findings.sort_by_key(|finding| finding.weight);
    Diagnosis { today, findings, seen: seen::seen(facts) }
}

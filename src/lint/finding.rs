//! One finding of the linter: how serious it is, what is wrong in plain words, and whose rule says so. Judges nothing
//! itself.

use std::fmt;

use serde::Serialize;

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Some receiver will reject the message, clip it or display it wrongly.
    Error,
    /// A filter counts it against the message, or some readers are worse off.
    Warning,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub severity: Severity,
    /// What is wrong, and what would be right.
    pub text: String,
    /// Where the rule comes from.
    pub rule: &'static str,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{severity}: {} ({})", self.text, self.rule)
    }
}

/// `1 picture has` or `3 pictures have`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The findings so far.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    pub fn error(&mut self, rule: &'static str, text: impl Into<String>) {
        self.0.push(Finding { severity: Severity::Error, text: text.into(), rule });
    }

    pub fn warn(&mut self, rule: &'static str, text: impl Into<String>) {
        self.0.push(Finding { severity: Severity::Warning, text: text.into(), rule });
    }

    /// Errors first, otherwise in the order of the message.
    pub fn sorted(mut self) -> Vec<Finding> {
        self.0.sort_by_key(|finding| finding.severity);
        self.0
    }
}

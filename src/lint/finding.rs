//! One thing found in a message: how bad it is, in words, and whose rule it breaks.

use std::fmt;

use serde::Serialize;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Some receiver will turn it away, cut it off or show it wrong.
    Error,
    /// It counts against the message, or some reader is worse off.
    Warning,
}

/// One thing found.
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

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    pub fn error(&mut self, rule: &'static str, text: impl Into<String>) {
        self.0.push(Finding { severity: Severity::Error, text: text.into(), rule });
    }

    pub fn warn(&mut self, rule: &'static str, text: impl Into<String>) {
        self.0.push(Finding { severity: Severity::Warning, text: text.into(), rule });
    }

    /// Errors first, else in the order of the message.
    pub fn sorted(mut self) -> Vec<Finding> {
        self.0.sort_by_key(|finding| finding.severity);
        self.0
    }
}

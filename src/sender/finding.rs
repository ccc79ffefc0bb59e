//! One finding about a sender's domain: its subject, its status, an explanation, and what to add to the DNS. Never
//! adds it.

use serde::Serialize;

use super::Record;

/// The status of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// As it should be.
    Good,
    /// Receivers will hold it against the mail.
    Bad,
    /// Cannot be determined from here.
    Unknown,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// "SPF", "DKIM", "DMARC", "MX" or "PTR".
    pub about: &'static str,
    pub verdict: Verdict,
    /// What was found and what to do about it.
    pub text: String,
    /// The record that would fix it.
    pub record: Option<Record>,
}

impl Finding {
    pub fn good(about: &'static str, text: impl Into<String>) -> Finding {
        Finding { about, verdict: Verdict::Good, text: text.into(), record: None }
    }

    pub fn bad(about: &'static str, text: impl Into<String>) -> Finding {
        Finding { about, verdict: Verdict::Bad, text: text.into(), record: None }
    }

    pub fn unknown(about: &'static str, text: impl Into<String>) -> Finding {
        Finding { about, verdict: Verdict::Unknown, text: text.into(), record: None }
    }

    /// The same with the record that would fix it.
    pub fn mended_by(mut self, record: Record) -> Finding {
        self.record = Some(record);
        self
    }
}

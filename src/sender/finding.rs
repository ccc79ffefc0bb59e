//! One thing found out about a sender's domain: what it is about, how it stands, in words, with what to add to the DNS.

use serde::Serialize;

use super::Record;

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// As it should be.
    Good,
    /// Receivers will hold it against the mail.
    Bad,
    /// It cannot be told from here.
    Unknown,
}

/// One thing found out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// "SPF", "DKIM", "DMARC" or "MX".
    pub about: &'static str,
    pub verdict: Verdict,
    /// What was found and what to do about it.
    pub text: String,
    /// The record that would mend it.
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

    /// The same with the record that would mend it.
    pub fn mended_by(mut self, record: Record) -> Finding {
        self.record = Some(record);
        self
    }
}

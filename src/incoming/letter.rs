//! A message that is not a report in, whether a machine wrote it out. Never acts on it.

use super::parts::Part;

/// Whether a machine wrote it: it says so by RFC 3834 section 5, or in one of the older ways.
pub fn is_automatic(message: &Part) -> bool {
    let says = |name: &str, answers: &[&str]| {
        let said = message.header(name).unwrap_or_default().to_ascii_lowercase();
        answers.iter().any(|answer| said.starts_with(answer))
    };
    let submitted = message.header("Auto-Submitted").is_some() && !says("Auto-Submitted", &["no"]);
    let marked =
        ["X-Autoreply", "X-Autorespond", "X-Autoresponder"].iter().any(|name| message.header(name).is_some());
    let nobody = message.header("Return-Path").is_some_and(|path| path == "<>");
    let receipt = message.kind() == "multipart/report";
    submitted || marked || nobody || receipt || says("Precedence", &["auto_reply", "bulk", "junk", "list"])
}

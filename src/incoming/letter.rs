//! A message that is not a report in, whether it asks to unsubscribe and whether a machine wrote it out. Never acts
//! on it.

use super::{Sign, head, parts::Part};

/// The signs of an unsubscribe request, if it is one: a token in the subject, or "unsubscribe" as its first word,
/// which proves something only if the message was sent to an address that names the reader.
pub fn unsubscribe(message: &Part, addressed: &[Sign]) -> Option<Vec<Sign>> {
    let tokens = head::tokens(message.subject());
    if !tokens.is_empty() {
        return Some(tokens);
    }
    let mut words = message.subject().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.find(|word| !["re", "aw", "fwd", "fw"].contains(&word.to_lowercase().as_str()));
    let asks = first.is_some_and(|word| word.eq_ignore_ascii_case("unsubscribe")) && !is_automatic(message);
    asks.then(|| addressed.to_vec())
}

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

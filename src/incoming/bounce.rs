//! The parts of a message in, a bounce out: a delivery status notification (RFC 3464), or the free-form kind older
//! servers wrote and some still write, if it holds an SMTP code. Never guesses without one.

use super::{
    Failure, Incoming, Kind, Sign, head,
    parts::{Part, field, fields},
};
use crate::model::Status;

/// How much of a server's reply is kept, in characters.
const LONGEST_WORDS: usize = 200;

/// How many lines of a free-form bounce are read.
const MOST_LINES: usize = 400;

/// Senders of free-form bounces: the local part of `From`.
const DAEMONS: [&str; 4] = ["mailer-daemon", "postmaster", "mdaemon", "mail-daemon"];

/// The bounce, if the parts are a delivery status notification. One that reports success or a delay is automatic
/// mail.
pub fn report(parts: &[Part]) -> Option<Incoming> {
    let kinds = ["message/delivery-status", "message/global-delivery-status"];
    let report = parts.iter().find(|part| kinds.contains(&part.kind().as_str()))?;
    let failed =
        fields(&report.text()).into_iter().filter_map(|group| recipient(&group)).max_by_key(|(f, _)| *f);
    let Some((failure, words)) = failed else {
        return Some(Incoming::of(Kind::Automatic));
    };
    let signs =
        parts.iter().filter_map(Part::returned).flat_map(|returned| head::returned(&returned)).collect();
    Some(Incoming { signs, ..Incoming::of(Kind::Bounce { failure, words }) })
}

/// How delivery to one recipient failed (section 2.3); none if it did not, or not yet.
fn recipient(group: &[(String, String)]) -> Option<(Failure, String)> {
    let action = field(group, "action")?;
    if !action.to_ascii_lowercase().starts_with("failed") {
        return None;
    }
    let words = field(group, "diagnostic-code")
        .map_or("", |code| code.split_once(';').map_or(code, |(_, words)| words));
    let told = field(group, "status").and_then(Status::find);
    let said = Status::find_any(words);
    // "5.0.0" and the like say no more than the action does; the server's words often do.
    let status = match told {
        Some(told) if told.says_something() => Some(told),
        told => said.filter(|said| told.is_none_or(|told| told.class == said.class)).or(told),
    };
    let words = if words.is_empty() { field(group, "status").unwrap_or("no reason given") } else { words };
    Some((status.map_or(Failure::Hard, Failure::from), shortened(words)))
}

/// The bounce, if the message is a free-form one: written by a mail server and containing an SMTP code.
pub fn untyped(message: &Part, parts: &[Part]) -> Option<Incoming> {
    let from = message.header("From").unwrap_or_default().to_ascii_lowercase();
    let is_server = DAEMONS.iter().any(|name| from.contains(&format!("{name}@")));
    if !is_server && message.header("X-Failed-Recipients").is_none() {
        return None;
    }
    let text: String = parts.iter().map(Part::text).collect::<Vec<_>>().join("\n");
    let lines = || text.lines().take(MOST_LINES).map(str::trim);
    let (status, words) = lines().find_map(|line| Some((Status::find_any(line)?, shortened(line))))?;
    let mut signs: Vec<Sign> = Vec::new();
    for line in lines() {
        match line.split_once(':').map(|(name, value)| (name.to_ascii_lowercase(), value)) {
            Some((name, value)) if name == "message-id" => signs.extend(head::message_ids(value)),
            Some((name, value)) if name == "return-path" => signs.extend(head::tags(value)),
            _ => {}
        }
    }
    signs.extend(parts.iter().filter_map(Part::returned).flat_map(|returned| head::returned(&returned)));
    Some(Incoming { signs, ..Incoming::of(Kind::Bounce { failure: status.into(), words }) })
}

fn shortened(words: &str) -> String {
    let words: Vec<&str> =
        words.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    let words: String = words.join(" ").chars().take(LONGEST_WORDS).collect();
    words.trim_end().to_owned()
}

//! The headers of a message in, findings out: which must be there, which only once, and what they may hold. Never
//! changes one.

mod signature;
mod unsubscribe;

use jiff::{SignedDuration, Timestamp};

use super::{finding::Findings, message::Message};

/// Headers without which a message is rejected or readers cannot unsubscribe, with the source of each rule.
const NEEDED: [(&str, &str); 4] = [
    ("From", "RFC 5322 section 3.6"),
    ("Date", "RFC 5322 section 3.6"),
    ("Message-ID", "RFC 5322 section 3.6.4"),
    ("List-Unsubscribe", "RFC 2369 section 3.2; Gmail's and Yahoo's rules for senders"),
];

/// Headers every newsletter should have, with what is lost without them.
const EXPECTED: [(&str, &str, &str); 6] = [
    ("To", "some filters mind", "RFC 5322 section 3.6.3"),
    ("Subject", "nobody opens it", "RFC 5322 section 3.6.5"),
    ("MIME-Version", "its parts may not be read", "RFC 2045 section 4"),
    ("List-Id", "readers cannot sort by it", "RFC 2919"),
    (
        "List-Unsubscribe-Post",
        "no leaving by one click, for which [mail] unsubscribe must be an https address",
        "RFC 8058; Gmail's and Yahoo's rules for senders",
    ),
    ("Auto-Submitted", "holiday notes come back", "RFC 3834 section 5"),
];

/// Headers that may appear only once (RFC 5322 section 3.6, RFC 2045, RFC 2369, RFC 8058).
const ONCE: [&str; 14] = [
    "From",
    "Sender",
    "Reply-To",
    "To",
    "Cc",
    "Bcc",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
];

/// Mail programs on phones show about half of it.
const LONGEST_SUBJECT: usize = 78;

/// Letters a subject in capitals needs before it counts as shouting.
const SHOUTING: usize = 10;

pub(super) fn check(message: &Message, now: Timestamp, findings: &mut Findings) {
    for (name, rule) in NEEDED {
        if message.first(name).is_none() {
            findings.error(rule, format!("there is no {name}"));
        }
    }
    for (name, lost, rule) in EXPECTED {
        if message.first(name).is_none() {
            findings.warn(rule, format!("there is no {name}: {lost}"));
        }
    }
    for name in ONCE {
        let times = message.all(name).count();
        if times > 1 {
            findings.error("RFC 5322 section 3.6", format!("{name} stands {times} times"));
        }
    }
    people(message, findings);
    message_id(message, findings);
    date(message, now, findings);
    subject(message, findings);
    unsubscribe::check(message, findings);
    signature::check(message, findings);
}

fn people(message: &Message, findings: &mut Findings) {
    let senders = message.from.len();
    if message.first("from").is_some() && senders != 1 {
        findings.error("RFC 5322 section 3.6.2", format!("From names {senders} senders; it must name one"));
    }
    let readers = message.to.len();
    if message.first("to").is_some() && readers != 1 {
        let text =
            format!("To names {readers} readers; each gets a message of their own, and is alone in it");
        findings.error("RFC 5322 section 3.6.3", text);
    }
    for name in ["Cc", "Bcc"] {
        if message.first(name).is_some() {
            findings.error(
                "RFC 5322 section 3.6.3",
                format!("there is a {name}: it shows one reader to another"),
            );
        }
    }
    if message.from.iter().chain(&message.to).any(|person| has_overrides(&person.name)) {
        findings
            .warn("Unicode TR 36 section 2.5", "a name holds marks that turn the direction of text around");
    }
}

/// `<unique@domain>`, where the domain is fully qualified (RFC 5322 section 3.6.4) and the sender's own.
fn message_id(message: &Message, findings: &mut Findings) {
    let Some(field) = message.first("message-id") else { return };
    let inner = field.raw.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    let parts = inner.and_then(|inner| inner.split_once('@')).filter(|(left, domain)| {
        let plain = |text: &str| !text.contains(|c: char| "<>@".contains(c) || c.is_whitespace());
        let dot = domain.find('.');
        !left.is_empty()
            && plain(left)
            && plain(domain)
            && dot.is_some_and(|dot| dot > 0 && dot + 1 < domain.len())
    });
    match parts {
        None => {
            let text = format!("Message-ID is not <name@domain.tld>: {}", shown(&field.raw));
            findings.error("RFC 5322 section 3.6.4", text);
        }
        Some((_, domain)) if !message.from.is_empty() && !domain.eq_ignore_ascii_case(&message.domain()) => {
            let text = format!("Message-ID is of {domain}, not of the sender's domain");
            findings.warn("RFC 5322 section 3.6.4", text);
        }
        Some(_) => {}
    }
}

fn date(message: &Message, now: Timestamp, findings: &mut Findings) {
    let Some(field) = message.first("date") else { return };
    let Ok(date) = jiff::fmt::rfc2822::parse(&field.raw) else {
        let text = format!("Date cannot be read: {}", shown(&field.raw));
        return findings.error("RFC 5322 section 3.3", text);
    };
    if date.timestamp().duration_since(now).abs() > SignedDuration::from_hours(24) {
        findings.warn("SpamAssassin DATE_IN_PAST, DATE_IN_FUTURE", "Date is more than a day from now");
    }
}

fn subject(message: &Message, findings: &mut Findings) {
    let Some(field) = message.first("subject") else { return };
    let subject = &field.value;
    let length = subject.chars().count();
    if subject.trim().is_empty() {
        findings.warn("SpamAssassin MISSING_SUBJECT", "Subject is empty");
    }
    if length > LONGEST_SUBJECT {
        let text = format!("Subject has {length} characters; mail programs show {LONGEST_SUBJECT} at most");
        findings.warn("RFC 5322 section 2.1.1", text);
    }
    let letters = subject.chars().filter(|c| c.is_lowercase() || c.is_uppercase()).count();
    let capitals = subject.chars().filter(|c| c.is_uppercase()).count();
    if letters >= SHOUTING && capitals * 4 > letters * 3 {
        findings.warn("SpamAssassin SUBJ_ALL_CAPS", "Subject is mostly in capitals");
    }
    if subject.contains("=?") {
        findings
            .warn("RFC 2047 section 5", "Subject holds \"=?\" after decoding: some programs decode it twice");
    }
    let lower = subject.to_lowercase();
    if ["re:", "fw:", "fwd:"].iter().any(|prefix| lower.starts_with(prefix)) {
        findings.warn("SpamAssassin FAKE_REPLY", "Subject begins like an answer, and it is none");
    }
    if subject.chars().any(char::is_control) {
        findings.error("RFC 5322 section 3.2.5", "Subject holds control characters");
    }
    if has_overrides(subject) {
        let text = "Subject holds marks that turn the direction of text around";
        findings.warn("Unicode TR 36 section 2.5", text);
    }
}

/// Bidirectional embeddings and overrides, which make text read differently from how it is written.
fn has_overrides(text: &str) -> bool {
    text.contains(|c| ('\u{202a}'..='\u{202e}').contains(&c))
}

/// As much of a value as fits on a line.
fn shown(value: &str) -> String {
    value.chars().filter(|c| !c.is_control()).take(80).collect()
}

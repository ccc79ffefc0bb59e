//! DKIM signatures in, findings out, as far as they can be judged without the DNS: what they cover and which domain
//! they sign for.

use super::super::{finding::Findings, message::Message};

/// What a signature must cover: RFC 6376 section 5.4.1, and RFC 8058 section 4 for the last two.
const COVERED: [&str; 7] =
    ["from", "subject", "date", "message-id", "to", "list-unsubscribe", "list-unsubscribe-post"];

pub(super) fn check(message: &Message, findings: &mut Findings) {
    let mut signatures = message.all("dkim-signature").peekable();
    if signatures.peek().is_none() {
        let text = "there is no DKIM-Signature: well if the mail server signs, else see `reveille dkim new`";
        findings.warn("RFC 6376; Gmail's and Yahoo's rules for senders", text);
    }
    for signature in signatures {
        one(&signature.raw, &message.domain(), findings);
    }
}

fn one(signature: &str, sender: &str, findings: &mut Findings) {
    let (Some(covered), Some(domain)) = (tag(signature, "h"), tag(signature, "d")) else {
        return findings.error("RFC 6376 section 3.5", "a DKIM-Signature lacks h= or d=");
    };
    let covered = covered.to_ascii_lowercase();
    for name in COVERED {
        if !covered.split(':').any(|own| own == name) {
            findings.error("RFC 6376 section 5.4.1", format!("the DKIM-Signature does not cover {name}"));
        }
    }
    let domain = domain.to_ascii_lowercase();
    if !sender.is_empty() && sender != domain && !sender.ends_with(&format!(".{domain}")) {
        let text = format!("the DKIM-Signature is of {domain}, which does not speak for {sender}");
        findings.error("RFC 9989 (DMARC), alignment", text);
    }
}

/// The value of a tag (RFC 6376 section 3.2) with white space removed.
fn tag(signature: &str, name: &str) -> Option<String> {
    let tags = signature.split(';').filter_map(|tag| tag.split_once('='));
    let value = tags.into_iter().find(|(own, _)| own.trim() == name).map(|(_, value)| value)?;
    Some(value.chars().filter(|c| !c.is_whitespace()).collect())
}

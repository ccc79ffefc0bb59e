//! The unsubscribe headers mail programs act on in, findings out: `List-Unsubscribe` and its one-click companion.
//! Never follows a link.

use super::super::{finding::Findings, message::Message};

pub(super) fn check(message: &Message, findings: &mut Findings) {
    if let Some(field) = message.first("list-unsubscribe") {
        let raw = &field.raw;
        if raw.contains("=?") {
            findings.error(
                "RFC 2047 section 5",
                "List-Unsubscribe is encoded; programs read it as it is written",
            );
        }
        let ways = message.unsubscribe_links();
        if ways.iter().any(|way| way.contains(char::is_whitespace)) {
            let text = "List-Unsubscribe has white space inside <>, as when a long address was folded";
            findings.error("RFC 2369 section 2", text);
        }
        if ways.is_empty() {
            findings.error("RFC 2369 section 2", "List-Unsubscribe names no address in <>");
        } else if !ways.iter().any(|way| way.starts_with("mailto:")) {
            let text = "List-Unsubscribe has no mailto: for programs that cannot do one-click";
            findings.warn("RFC 2369 section 3.2", text);
        }
        if ways.iter().any(|way| way.starts_with("http://")) {
            findings.warn("RFC 8058 section 3.1", "List-Unsubscribe names a page without https");
        }
    }
    let Some(post) = message.first("list-unsubscribe-post") else { return };
    if post.raw != "List-Unsubscribe=One-Click" {
        let text = "List-Unsubscribe-Post must be \"List-Unsubscribe=One-Click\" and nothing else";
        findings.error("RFC 8058 section 3.1", text);
    }
    if !message.unsubscribe_links().iter().any(|way| way.starts_with("https://")) {
        let text = "List-Unsubscribe-Post is there, but List-Unsubscribe names no https address";
        findings.error("RFC 8058 section 3.1", text);
    }
}

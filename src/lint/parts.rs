//! The parts of a message in, findings out: their types, order, encodings and sizes, and how the text part compares
//! with the HTML.

use super::{BUDGET, CLIPPED, finding::Findings, message::Message};

pub(super) fn check(message: &Message, findings: &mut Findings) {
    let kinds: Vec<&str> = message.parts.iter().map(|part| part.kind.as_str()).collect();
    if message.kind != "multipart/alternative" {
        let text = format!("it is {}; a newsletter is multipart/alternative", message.kind);
        findings.error("RFC 2046 section 5.1.4", text);
    } else if kinds != ["text/plain", "text/html"] {
        let text = format!("its parts are {}; they must be text/plain, then text/html", kinds.join(", "));
        findings.error("RFC 2046 section 5.1.4", text);
    }
    for part in message.parts.iter().filter(|part| part.kind.starts_with("text/")) {
        if part.charset != "utf-8" {
            let charset = if part.charset.is_empty() { "no charset" } else { &part.charset };
            findings.error("RFC 6657 section 3", format!("{} names {charset}; write utf-8", part.kind));
        }
    }
    for (name, part) in [("text", &message.text), ("HTML", &message.html)] {
        characters(name, part.as_deref().unwrap_or_default(), findings);
    }
    size(message.html.as_ref().map_or(0, String::len), findings);
}

fn size(html: usize, findings: &mut Findings) {
    let kilobytes = html.div_ceil(1000);
    if html > CLIPPED {
        findings.error("Gmail's limit of 102 KB", format!("the HTML has {kilobytes} KB: Gmail cuts it off"));
    } else if html > BUDGET {
        let text =
            format!("the HTML has {kilobytes} KB, more than {} KB: near what Gmail cuts off", BUDGET / 1000);
        findings.warn("Gmail's limit of 102 KB", text);
    }
}

fn characters(name: &str, content: &str, findings: &mut Findings) {
    if content.contains(|c| ('\u{80}'..='\u{9f}').contains(&c)) {
        let text = format!(
            "the {name} part holds C1 control characters, as of misread Windows-1252: Gmail clips it"
        );
        findings.error("Unicode section 23.1", text);
    }
    if content.contains(|c: char| c.is_ascii_control() && !"\r\n\t".contains(c)) {
        findings.error("RFC 5322 section 3.5", format!("the {name} part holds control characters"));
    }
}

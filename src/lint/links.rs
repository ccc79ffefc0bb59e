//! The links of both parts in, findings out: whether they agree, lead where they say, and include an unsubscribe
//! link. Never follows one.

use std::collections::BTreeSet;

use url::Url;

use super::{
    finding::{Findings, count},
    message::Message,
    page::{Page, is_web},
};
use crate::text::link;

/// A text part with fewer than one word for every this many of the HTML's is a stub.
const STUB: usize = 2;

/// Endings that make filters take a bare word for a host; after `www.` or `http`, any ending does.
const ENDINGS: [&str; 14] =
    ["com", "org", "net", "gov", "mil", "edu", "uk", "de", "fr", "eu", "au", "ca", "info", "example"];

pub(super) fn check(page: &Page, message: &Message, findings: &mut Findings) {
    let text = message.text.as_deref().unwrap_or_default();
    same_links(page, text, findings);
    stub(page, text, findings);
    way_out(page, text, message, findings);
    for link in &page.links {
        leads_where_it_says(&link.address, &link.text, findings);
    }
}

fn same_links(page: &Page, text: &str, findings: &mut Findings) {
    let html: BTreeSet<String> =
        page.web_addresses().iter().map(|address| link::without_marks(address).to_owned()).collect();
    let text: BTreeSet<String> =
        link::in_words(text).filter_map(|place| text.get(place)).map(str::to_owned).collect();
    const RULE: &str = "RFC 2046 section 5.1.4: alternatives of the same content";
    let missing: Vec<&String> = html.difference(&text).collect();
    if let Some(first) = missing.first() {
        let many = count(missing.len(), "link of the HTML is", "links of the HTML are");
        findings.warn(RULE, format!("{many} not in the text part, such as {first}"));
    }
    let added: Vec<&String> = text.difference(&html).collect();
    if let Some(first) = added.first() {
        let many = count(added.len(), "link of the text part is", "links of the text part are");
        findings.warn(RULE, format!("{many} not in the HTML, such as {first}"));
    }
}

fn stub(page: &Page, text: &str, findings: &mut Findings) {
    let words = text.split_whitespace().filter(|word| !word.contains("://")).count();
    let shown = page.words();
    if words * STUB < shown {
        let text =
            format!("the text part has {words} words where the HTML has {shown}: it must say the same");
        findings.warn("SpamAssassin MPART_ALT_DIFF", text);
    }
}

/// Each part must hold the word "unsubscribe" or the exact address from `List-Unsubscribe`.
fn way_out(page: &Page, text: &str, message: &Message, findings: &mut Findings) {
    const WORD: &str = "unsubscribe";
    let ways = message.unsubscribe_links();
    let linked = ways.iter().any(|way| page.links.iter().any(|link| link.address == *way));
    let written = ways.iter().any(|way| text.contains(way));
    if !(linked || page.says(WORD)) || !(written || text.to_lowercase().contains(WORD)) {
        let text = "one of the parts shows no way to unsubscribe";
        findings.error("CAN-SPAM section 5(a)(3); Gmail's and Yahoo's rules for senders", text);
    }
}

fn leads_where_it_says(address: &str, text: &str, findings: &mut Findings) {
    if address.starts_with('#') {
        return findings
            .warn("caniemail.com", format!("the link \"{text}\" leads within the mail, which few can do"));
    }
    if !is_web(address) {
        if !address.starts_with("mailto:") {
            findings.error(
                "RFC 3986",
                format!("the link \"{text}\" leads to neither a page nor an address: {address}"),
            );
        }
        return;
    }
    let Ok(url) = Url::parse(address) else {
        return findings.error("RFC 3986", format!("the link \"{text}\" has no sound address: {address}"));
    };
    let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
    if let Some(said) = host_in(text).filter(|said| host != *said && !host.ends_with(&format!(".{said}"))) {
        let text = format!("a link says {said} and leads to {host}: filters take that for fraud");
        findings.error("rspamd PHISHING", text);
    }
    if link::canonical(None, address).is_some_and(|bare| bare.len() < url.as_str().len()) {
        findings.warn("EU ePrivacy", format!("a link says where its reader came from: {address}"));
    }
}

/// The host named by a link's text, if that text is nothing but an address.
fn host_in(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let bare = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let marked = bare.is_some() || text.starts_with("www.");
    let host = bare.unwrap_or(&text).split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    let (_, ending) = host.rsplit_once('.')?;
    let is_host = host.split('.').all(|label| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    (is_host && (marked || ENDINGS.contains(&ending))).then(|| host.to_owned())
}

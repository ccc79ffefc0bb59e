//! Headers and addresses in, signs of our own messages out. Never verifies one.

use super::{Sign, parts::Part};

/// Where mail servers record the address a message was sent to; a report's own `To` is the envelope sender it is
/// returned to.
const SENT_TO: [&str; 5] = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To"];

/// The tags in the addresses a message was sent to.
pub fn addressed(message: &Part) -> Vec<Sign> {
    SENT_TO.iter().flat_map(|name| message.headers(name)).flat_map(|text| tags(&text)).collect()
}

/// The Message-IDs of the messages that this one answers.
pub fn answered(message: &Part) -> Vec<Sign> {
    ["In-Reply-To", "References"]
        .iter()
        .flat_map(|name| message.headers(name))
        .flat_map(|text| message_ids(&text))
        .collect()
}

/// The signs in the headers of one of our own messages that was returned.
pub fn returned(head: &Part) -> Vec<Sign> {
    let mut signs: Vec<Sign> = head.headers("Message-ID").iter().flat_map(|text| message_ids(text)).collect();
    signs.extend(head.headers("Return-Path").iter().flat_map(|text| tags(text)));
    signs.extend(head.headers("List-Unsubscribe").iter().flat_map(|text| tokens(text)));
    signs
}

/// What stands between `+` and `@` in the addresses of a text.
pub fn tags(text: &str) -> Vec<Sign> {
    let addresses = text.split([' ', ',', ';', '<', '>', '"', '\'', '(', ')']);
    let locals = addresses.filter_map(|word| word.rsplit_once('@'));
    locals.filter_map(|(local, _)| Some(Sign::Tag(local.rsplit_once('+')?.1.to_owned()))).collect()
}

/// What stands in angle brackets and contains an `@`.
pub fn message_ids(text: &str) -> Vec<Sign> {
    let bracketed = text.split('<').skip(1).filter_map(|rest| rest.split_once('>'));
    bracketed
        .filter(|(id, _)| id.contains('@'))
        .map(|(id, _)| Sign::MessageId(id.trim().to_owned()))
        .collect()
}

/// The words shaped like a token: 28 characters of base64url.
pub fn tokens(text: &str) -> Vec<Sign> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
    // After a percent-encoded space, as in `mailto:…?subject=unsubscribe%20TOKEN`, two digits belong to the space.
    let bare =
        words.map(|word| if word.len() == 30 { word.strip_prefix("20").unwrap_or(word) } else { word });
    bare.filter(|word| word.len() == 28).map(|word| Sign::Token(word.to_owned())).collect()
}

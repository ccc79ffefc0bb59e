//! A JSON Feed with members of odd types in, one out whose members have the types that the specification gives them
//! (jsonfeed.org/version/1.1), for feed-rs refuses any other. Knows which members there are, not what they mean.

use serde_json::{Map, Value, json};

use crate::parse::{limits, tell};

/// Members of an item that are strings.
const TEXTS: [&str; 9] = [
    "id",
    "url",
    "external_url",
    "title",
    "summary",
    "content_html",
    "content_text",
    "date_published",
    "date_modified",
];

/// The document, from the members of the feed and some of its items.
pub fn feed(feed: &Value, items: Vec<Value>) -> Value {
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": text(feed.get("title")),
        "language": limits::language(&text(feed.get("language"))),
        "authors": authors(feed),
        "items": items.into_iter().map(item).collect::<Vec<_>>(),
    })
}

/// The language of an item, which feed-rs has no place for.
pub fn language(item: &Value) -> Option<String> {
    limits::language(&text(item.get("language"))).map(str::to_owned)
}

fn item(item: Value) -> Value {
    let texts = TEXTS.map(|name| (name.to_owned(), text(item.get(name))));
    let mut sound: Map<String, Value> = texts
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| (name, text.into()))
        .collect();
    let tags = list(&item, "tags").iter().filter_map(Value::as_str).take(limits::NAMES);
    sound.insert("tags".to_owned(), tags.collect());
    sound.insert("authors".to_owned(), authors(&item));
    sound.insert("attachments".to_owned(), attachments(&item));
    Value::Object(sound)
}

/// Attachments, and before them the pictures of the item, which feed-rs has no place for but there.
fn attachments(item: &Value) -> Value {
    let pictures = ["image", "banner_image"].map(|name| (text(item.get(name)), "image/*".to_owned()));
    let attached = list(item, "attachments").iter().take(limits::PICTURES);
    let attached = attached.map(|attached| (text(attached.get("url")), text(attached.get("mime_type"))));
    let all = pictures.into_iter().chain(attached).filter(|(url, _)| !url.is_empty());
    all.map(|(url, kind)| json!({"url": url, "mime_type": kind})).collect()
}

/// The names in `author` (1.0) and `authors` (1.1), in order, without addresses: feed-rs looks for them by the byte, and panics within a
/// character.
fn authors(of: &Value) -> Value {
    let people = list(of, "authors").iter().chain(of.get("author")).take(limits::NAMES);
    let names = people.filter_map(|person| tell::author(&text(person.get("name"))));
    names.map(|name| json!({"name": limits::name(name)})).collect()
}

fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A member that should be a string; a number stands for its digits.
fn text(member: Option<&Value>) -> String {
    match member {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

//! The JSON-LD of a page in, the article they describe out (schema.org `Article` and its kinds).

use serde_json::Value;

/// An article as schema.org has it; nothing is cleaned yet.
#[derive(Debug, Default)]
pub struct Described {
    pub headline: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<String>,
    pub lang: Option<String>,
    pub body: Option<String>,
}

/// How deep an article may hide in lists, graphs and pages.
const MAX_DEPTH: usize = 8;

/// The first article described in a page. Scripts that are no JSON are passed over.
pub fn article(scripts: &[String]) -> Option<Described> {
    let read = |text: &str| serde_json::from_str(text.trim().trim_end_matches(';')).ok();
    let values: Vec<Value> =
        scripts.iter().filter_map(|script| read(&script.replace(['\n', '\r', '\t'], " "))).collect();
    let found = values.iter().find_map(|value| find(value, 0))?;
    let mut described = describe(found);
    if described.authors.is_empty() {
        let referred = ids(found.get("author").unwrap_or(&Value::Null));
        let named = |id: &&str| values.iter().find_map(|value| named(value, id, 0));
        described.authors = referred.iter().filter_map(named).collect();
    }
    Some(described)
}

/// The things a value refers to without naming them (`{"@id": "#ada"}`).
fn ids(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(items) => items.iter().flat_map(ids).collect(),
        value => value.get("@id").and_then(Value::as_str).into_iter().collect(),
    }
}

/// The name of the thing with this `@id`, wherever in a script it is described.
fn named(value: &Value, id: &str, depth: usize) -> Option<String> {
    if depth > MAX_DEPTH {
        return None;
    }
    let is_it = value.get("@id").and_then(Value::as_str) == Some(id);
    is_it.then(|| one_text(value)).flatten().or_else(|| match value {
        Value::Array(items) => items.iter().find_map(|item| named(item, id, depth + 1)),
        Value::Object(fields) => fields.values().find_map(|field| named(field, id, depth + 1)),
        _ => None,
    })
}

fn find(value: &Value, depth: usize) -> Option<&Value> {
    if depth > MAX_DEPTH {
        return None;
    }
    match value {
        Value::Array(items) => items.iter().find_map(|item| find(item, depth + 1)),
        Value::Object(_) if is_article(value) => Some(value),
        Value::Object(fields) => {
            let inner = ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"];
            inner.iter().filter_map(|key| fields.get(*key)).find_map(|inner| find(inner, depth + 1))
        }
        _ => None,
    }
}

fn is_article(value: &Value) -> bool {
    let kinds = value.get("@type").map(texts).unwrap_or_default();
    kinds.iter().any(|kind| kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report")
}

fn describe(article: &Value) -> Described {
    let text = |key: &str| article.get(key).and_then(|value| texts(value).into_iter().next());
    let authors = ["author", "creator"].iter().filter_map(|key| article.get(*key)).map(texts);
    Described {
        headline: text("headline").or_else(|| text("name")),
        authors: authors.into_iter().find(|names| !names.is_empty()).unwrap_or_default(),
        published: text("datePublished").or_else(|| text("dateCreated")),
        lang: text("inLanguage"),
        body: text("articleBody"),
    }
}

/// The strings a value stands for: itself, its names, or those of its items.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(one_text).collect(),
        value => one_text(value).into_iter().collect(),
    }
}

fn one_text(value: &Value) -> Option<String> {
    let text = value
        .as_str()
        .or_else(|| ["name", "alternateName"].iter().find_map(|key| value.get(*key)?.as_str()))?;
    (!text.trim().is_empty()).then(|| text.to_owned())
}

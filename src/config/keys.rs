//! Which keys the file may hold, told by the types themselves; an unknown one is refused.

use std::fmt;

use serde::{Deserialize, Deserializer, de, forward_to_deserialize_any};
use toml::de::{DeTable, DeValue};

use super::{
    Dkim, File, OAuth, Report, document::Document, feed::FeedTable, fetch::Fetch, mail::Mail,
    nearest::nearest, newsletter::Newsletter, problem::Problem, reader::RecipientTable, store::StoreTable,
};
use crate::{brief, cluster};

/// Every table of the file with its keys, the top level ("") first.
pub(super) fn tables() -> Vec<(&'static str, &'static [&'static str])> {
    vec![
        ("", keys_of::<File>()),
        ("newsletter", keys_of::<Newsletter>()),
        ("feeds", keys_of::<FeedTable>()),
        ("recipients", keys_of::<RecipientTable>()),
        ("mail", keys_of::<Mail>()),
        ("mail.dkim", keys_of::<Dkim>()),
        ("mail.oauth", keys_of::<OAuth>()),
        ("fetch", keys_of::<Fetch>()),
        ("store", keys_of::<StoreTable>()),
        ("report", keys_of::<Report>()),
        ("cluster", keys_of::<cluster::Options>()),
        ("brief", keys_of::<brief::Options>()),
    ]
}

/// Refuses the first unknown key, with the key that was probably meant.
pub(super) fn check(document: &Document) -> Result<(), Problem> {
    let tables = tables();
    for (name, keys) in &tables {
        if name.is_empty() {
            check_table(document.root(), name, keys, &tables)?;
            continue;
        }
        let mut way = name.split('.');
        let first = way.next().and_then(|key| document.root().get(key));
        let found = way.try_fold(first, |value, key| Some(value?.get_ref().get(key))).flatten();
        match found.map(|value| value.get_ref()) {
            Some(DeValue::Table(_)) if is_list(name) => {
                let problem = Problem::at(document.value(&[name]), format!("there may be many {name}"));
                return Err(problem.help(format!("write {}, with two brackets", title(name))));
            }
            Some(DeValue::Table(table)) => check_table(table, name, keys, &tables)?,
            Some(DeValue::Array(list)) => {
                for value in list.iter() {
                    if let DeValue::Table(table) = value.get_ref() {
                        check_table(table, name, keys, &tables)?;
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn check_table(
    table: &DeTable,
    name: &str,
    known: &[&str],
    tables: &[(&'static str, &'static [&'static str])],
) -> Result<(), Problem> {
    let unknown = table.keys().filter(|key| !known.contains(&key.get_ref().as_ref()));
    let Some(key) = unknown.min_by_key(|key| key.span().start) else { return Ok(()) };
    let text = key.get_ref().as_ref();
    let elsewhere = tables.iter().find(|(_, keys)| keys.contains(&text));
    let help = if let Some(near) = nearest(text, known.iter().copied()) {
        format!("did you mean `{near}`?")
    } else if let Some(("", _)) = elsewhere {
        format!("`{text}` belongs to the top of the file, above the first table")
    } else if let Some((other, _)) = elsewhere {
        format!("`{text}` belongs to {}", title(other))
    } else {
        format!("known here: {}", known.join(", "))
    };
    let place =
        if name.is_empty() { "at the top of the file".to_owned() } else { format!("in {}", title(name)) };
    Err(Problem::at(Some(key.span()), format!("unknown key `{text}` {place}"))
        .label("unknown key")
        .help(help))
}

fn is_list(table: &str) -> bool {
    matches!(table, "feeds" | "recipients")
}

/// A table's name as it is written in the file.
fn title(table: &str) -> String {
    if is_list(table) { format!("[[{table}]]") } else { format!("[{table}]") }
}

/// The keys that a type with a derived `Deserialize` asks for.
fn keys_of<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    match T::deserialize(KeyListener) {
        Err(Heard(keys)) => keys,
        Ok(_) => &[],
    }
}

/// Listens to what a type asks for and gives it nothing.
struct KeyListener;

/// The keys heard, carried out as the error that ends the reading.
#[derive(Debug)]
struct Heard(&'static [&'static str]);

impl<'de> Deserializer<'de> for KeyListener {
    type Error = Heard;

    fn deserialize_any<V: de::Visitor<'de>>(self, _: V) -> Result<V::Value, Heard> {
        Err(Heard(&[]))
    }

    fn deserialize_struct<V: de::Visitor<'de>>(
        self,
        _: &'static str,
        keys: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Heard> {
        Err(Heard(keys))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

impl fmt::Display for Heard {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "keys: {}", self.0.join(", "))
    }
}

impl std::error::Error for Heard {}

impl de::Error for Heard {
    fn custom<T: fmt::Display>(_: T) -> Heard {
        Heard(&[])
    }
}

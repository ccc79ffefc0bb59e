//! JSON of any size in, as much of it as a feed may hold out. Items are kept one by one while they are read, so that of
//! a document cut short those before the cut are there.

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::parse::limits;

/// Values of a document; an object takes as much room as this many others.
const VALUES: usize = 1_000_000;
const OBJECT: usize = 20;

/// What was read of a document.
#[derive(Debug)]
pub struct Read {
    /// The members of the feed, but for its items.
    pub feed: Value,
    /// Nothing when it has no list of items.
    pub items: Option<Vec<Value>>,
    /// There was more than is kept.
    pub is_cut: bool,
    /// Values that may still be kept.
    left: usize,
}

impl Read {
    /// Reads a document; an error is where it is broken. What was read before stays.
    pub fn document(text: &str) -> (Read, Option<serde_json::Error>) {
        let mut read = Read { feed: Value::Object(Map::new()), items: None, is_cut: false, left: VALUES };
        let mut json = serde_json::Deserializer::from_str(text);
        let end = Root(&mut read).deserialize(&mut json).and_then(|()| json.end());
        (read, end.err())
    }

    /// Reads the items of a list whose opening bracket is the beginning of `text`, to where it is broken.
    pub fn items(&mut self, text: &str) {
        // The error is known by now: it is why the document is read so.
        let _ = Items(self).deserialize(&mut serde_json::Deserializer::from_str(text));
    }

    fn takes(&mut self, room: usize) -> bool {
        self.is_cut |= self.left < room;
        self.left = self.left.saturating_sub(room);
        !self.is_cut
    }
}

/// The feed itself.
struct Root<'a>(&'a mut Read);

impl<'de> DeserializeSeed<'de> for Root<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Root<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(name) = members.next_key::<String>()? {
            if name == "items" {
                members.next_value_seed(Items(self.0))?;
                continue;
            }
            let value = members.next_value_seed(Bounded(self.0))?;
            if let Some(feed) = self.0.feed.as_object_mut().filter(|_| self.0.left > 0) {
                feed.insert(name, value);
            }
        }
        Ok(())
    }
}

/// The list of items; of two the last counts.
struct Items<'a>(&'a mut Read);

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.0.items = Some(Vec::new());
        while let Some(item) = list.next_element_seed(Bounded(self.0))? {
            let Some(items) = self.0.items.as_mut().filter(|_| item.is_object()) else { continue };
            items.push(item);
            if items.len() >= limits::ENTRIES {
                self.0.is_cut |= list.next_element::<IgnoredAny>()?.is_some();
                while list.next_element::<IgnoredAny>()?.is_some() {}
                break;
            }
        }
        Ok(())
    }
}

/// A value, without what is too much of it.
struct Bounded<'a>(&'a mut Read);

impl<'de> DeserializeSeed<'de> for Bounded<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Value, D::Error> {
        if self.0.left == 0 {
            return json.deserialize_ignored_any(IgnoredAny).map(|_| Value::Null);
        }
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Bounded<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(Bounded(self.0))? {
            if self.0.takes(1) {
                values.push(value);
            }
        }
        Ok(values.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        self.0.takes(OBJECT);
        while let Some(name) = members.next_key::<String>()? {
            let value = members.next_value_seed(Bounded(self.0))?;
            // What was read in part is kept so.
            if self.0.takes(1) || !value.is_null() {
                object.insert(name, value);
            }
        }
        Ok(object.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &str) -> (usize, bool) {
        let (read, _) = Read::document(text);
        (read.items.map_or(0, |items| items.len()), read.is_cut)
    }

    #[test]
    fn a_document_is_read_to_its_end_or_to_where_it_is_broken() {
        let (read, error) = Read::document(r#"{"title":"T","items":[{"id":1},{"id":-2.5}],"a":[null,true]}"#);
        assert!(error.is_none() && !read.is_cut);
        assert_eq!(read.feed, serde_json::json!({"title": "T", "a": [null, true]}));
        assert_eq!(read.items, Some(vec![serde_json::json!({"id": 1}), serde_json::json!({"id": -2.5})]));
        let (read, error) = Read::document(r#"{"title":"T","items":[{"id":1},{"id""#);
        assert_eq!((read.items.map(|items| items.len()), error.is_some()), (Some(1), true));
    }

    #[test]
    fn of_too_much_the_beginning_is_kept() {
        assert_eq!(items(&format!(r#"{{"items":[{}{{}}]}}"#, "{},".repeat(20_000))), (limits::ENTRIES, true));
        let many = format!(r#"{{"items":[{{"tags":[{}1]}},{{"id":1}}]}}"#, "1,".repeat(2_000_000));
        assert!(items(&many).1);
        let (read, _) = Read::document(&many);
        let first = read.items.expect("items").swap_remove(0);
        assert!(first["tags"].as_array().is_some_and(|tags| tags.len() <= VALUES));
    }

    #[test]
    fn what_is_no_list_of_items_is_none() {
        for text in [r#"{"items":{"a":1}}"#, r#"{"items":null}"#, r#"{"a":[]}"#, "[]", "1", ""] {
            assert_eq!(items(text), (0, false), "{text}");
        }
    }
}

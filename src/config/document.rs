//! TOML text in, its values with the place of each, and what is wrong at a place, out. Never knows a key by
//! name.

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error, ValueDeserializer};

use super::{
    problem::{Problem, Span},
    slip, unclosed,
};

/// The parser's message, in the user's terms.
impl From<Error> for Problem {
    fn from(error: Error) -> Problem {
        Problem::told(error.span(), &plain_types(error.message()))
    }
}

/// Replaces serde's type names by words that an editor of the file knows.
fn plain_types(message: &str) -> String {
    const WORDS: [(&str, &str); 9] = [
        ("missing field", "missing key"),
        ("expected usize", "expected a whole number, 0 or more"),
        ("expected u64", "expected a whole number, 0 or more"),
        ("expected u32", "expected a whole number, 0 or more"),
        ("expected f64", "expected a number"),
        ("expected a boolean", "expected true or false"),
        ("expected a sequence", "expected a list: [\"…\", \"…\"]"),
        ("expected a string", "expected a text in quotes"),
        ("invalid type: map", "invalid type: table"),
    ];
    let text = WORDS.iter().fold(message.to_owned(), |text, (theirs, ours)| text.replace(theirs, ours));
    match text.split_once("expected struct ") {
        Some((before, _)) => format!("{before}expected a table"),
        None => text,
    }
}

/// One step on the way to a value: a key, or a place in a list (from 0).
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    Key(&'a str),
    Place(usize),
}

impl<'a> From<&'a str> for Step<'a> {
    fn from(key: &'a str) -> Step<'a> {
        Step::Key(key)
    }
}

/// A parsed file that can say where each value stands.
#[derive(Debug)]
pub struct Document<'s> {
    root: Spanned<DeTable<'s>>,
}

impl<'s> Document<'s> {
    /// Reads the syntax only.
    pub fn parse(source: &'s str) -> Result<Document<'s>, Problem> {
        if let Some(slip) = slip::windows_path(source) {
            return Err(slip);
        }
        let told = |error: Error| {
            let is_alone = error.span().is_some_and(|span| unclosed::is_alone(source, span.start));
            slip::slip(source, &error).unwrap_or(Problem { ends_reading: !is_alone, ..error.into() })
        };
        Ok(Document { root: DeTable::parse(source).map_err(told)? })
    }

    /// The document as a value of type `T`.
    pub fn read<T: Deserialize<'s>>(&self) -> Result<T, Problem> {
        let root = Spanned::new(self.root.span(), DeValue::Table(self.root.get_ref().clone()));
        Ok(T::deserialize(ValueDeserializer::from(root))?)
    }

    pub fn root(&self) -> &DeTable<'s> {
        self.root.get_ref()
    }

    /// The tables of the list `name`, each with the place of its header.
    pub fn list(&self, name: &str) -> impl Iterator<Item = (Span, &DeTable<'s>)> {
        let list = self.root().get(name).and_then(|value| value.get_ref().as_array());
        list.into_iter().flatten().filter_map(|value| Some((value.span(), value.get_ref().as_table()?)))
    }

    /// The place of the value at the end of a path of keys.
    pub fn value(&self, way: &[&str]) -> Option<Span> {
        self.deep_value(way.iter().map(|key| Step::Key(key)))
    }

    /// Where the value of `key` in the `place`th table (from 0) of the list `list` stands; that table when the
    /// key is not given.
    pub fn in_list(&self, list: &str, place: usize, key: &str) -> Option<Span> {
        let table = [Step::Key(list), Step::Place(place)];
        self.deep_value(table.into_iter().chain([Step::Key(key)])).or_else(|| self.deep_value(table))
    }

    fn deep_value<'a>(&self, way: impl IntoIterator<Item = Step<'a>>) -> Option<Span> {
        let mut way = way.into_iter();
        let Some(Step::Key(first)) = way.next() else { return None };
        let mut value = self.root().get(first)?;
        for step in way {
            value = match step {
                Step::Key(key) => value.get_ref().get(key)?,
                Step::Place(place) => value.get_ref().get(place)?,
            };
        }
        Some(value.span())
    }
}

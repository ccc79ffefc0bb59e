//! A row of the state in, its values out. A value that this program cannot have written is an error that
//! names the row, never taken for something else.

use std::{fmt::Display, str::FromStr};

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{Decode, Row as _, Sqlite, Type, ValueRef, sqlite::SqliteRow};

use super::Error;
use crate::model::{Outcome, Reply};

/// A row of some kind, identified by one of its columns.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    row: &'r SqliteRow,
    kind: &'static str,
    named_by: &'static str,
}

impl<'r> Row<'r> {
    /// `kind` with its article, as "an entry".
    pub fn of(kind: &'static str, named_by: &'static str, row: &'r SqliteRow) -> Row<'r> {
        Row { row, kind, named_by }
    }

    /// The value of a column as it is stored.
    pub fn get<T: Decode<'r, Sqlite> + Type<Sqlite>>(&self, column: &str) -> Result<T, Error> {
        self.row.try_get(column).map_err(|error| self.unreadable(column, &error))
    }

    /// A number, stored as the widest integer.
    pub fn number<N: TryFrom<i64, Error: Display>>(&self, column: &str) -> Result<N, Error> {
        N::try_from(self.get(column)?).map_err(|error| self.unreadable(column, &error))
    }

    /// Bytes of a fixed length.
    pub fn bytes<const LENGTH: usize>(&self, column: &str) -> Result<[u8; LENGTH], Error> {
        self.get::<&[u8]>(column)?.try_into().map_err(|error| self.unreadable(column, &error))
    }

    /// A moment.
    pub fn moment(&self, column: &str) -> Result<Timestamp, Error> {
        Timestamp::from_second(self.get(column)?).map_err(|error| self.unreadable(column, &error))
    }

    /// A value parsed from text: a date, a word of ours.
    pub fn said<T: FromStr<Err: Display>>(&self, column: &str) -> Result<T, Error> {
        self.get::<&str>(column)?.parse().map_err(|error| self.unreadable(column, &error))
    }

    /// A value that is stored as JSON.
    pub fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T, Error> {
        serde_json::from_str(self.get(column)?).map_err(|error| self.unreadable(column, &error))
    }

    /// One of the above, from a column that may be empty.
    pub fn if_any<T>(
        &self,
        column: &str,
        read: impl Fn(&Self, &str) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let value = self.row.try_get_raw(column).map_err(|error| self.unreadable(column, &error))?;
        if value.is_null() { Ok(None) } else { read(self, column).map(Some) }
    }

    /// How the last attempt at a delivery ended, from its four columns.
    pub fn outcome(&self) -> Result<Option<Outcome>, Error> {
        let read = |row: &Row<'_>, column: &str| {
            let word: &str = row.get(column)?;
            let (code, enhanced) = (row.if_any("code", Row::number)?, row.if_any("enhanced", Row::said)?);
            let outcome = Outcome::of(word, code, enhanced, row.get("words")?);
            outcome.ok_or_else(|| row.unreadable(column, &format!("{word:?} with the code {code:?}")))
        };
        self.if_any("outcome", read)
    }

    fn unreadable(&self, column: &str, why: &dyn Display) -> Error {
        let name: String = self.row.try_get_unchecked(self.named_by).unwrap_or_default();
        Error::Value { what: format!("{} ({name})", self.kind), why: format!("its {column}: {why}") }
    }
}

/// A value as it is stored in a body.
pub(super) fn json(what: &str, value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value)
        .map_err(|error| Error::Value { what: what.to_owned(), why: error.to_string() })
}

/// What is stored of an outcome: its word, the server's code, its enhanced code, and its text.
pub(super) fn columns(outcome: &Outcome) -> (&'static str, Option<u16>, Option<String>, &str) {
    let reply = outcome.reply();
    let enhanced = reply.and_then(|reply: &Reply| reply.enhanced).map(|status| status.to_string());
    (outcome.word(), reply.map(|reply| reply.code), enhanced, outcome.words())
}

/// Unix seconds of a moment, as stored.
pub(super) fn seconds(at: Timestamp) -> i64 {
    at.as_second()
}

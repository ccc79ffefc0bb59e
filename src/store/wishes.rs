//! Wishes to leave that nothing proves: who asks by their own word, kept for the operator. Never takes anybody off the
//! list of readers.

use jiff::Timestamp;

use super::{
    Error, Store,
    row::{Row, seconds},
};
use crate::model::Reader;

/// Most wishes kept of people who are no readers: anybody can write one.
const MOST_OF_STRANGERS: i64 = 100;

/// A wish to leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The address it came from, in lower case.
    pub email: String,
    /// Whether that is a reader's.
    pub is_readers: bool,
    pub since: Timestamp,
    /// The beginning of what was written.
    pub words: String,
}

impl Store {
    /// Keeps a wish; the first of an address stays.
    pub async fn keep_wish(&self, wish: &Wish) -> Result<(), Error> {
        let failed = Error::doing("keeping a wish to leave");
        sqlx::query("insert into wish (email, is_readers, since, words) values ($1, $2, $3, $4) on conflict do nothing")
            .bind(Reader::key(&wish.email))
            .bind(wish.is_readers)
            .bind(seconds(wish.since))
            .bind(&wish.words)
            .execute(&self.pool)
            .await
            .map_err(&failed)?;
        sqlx::query(
            "delete from wish where not is_readers and email not in
             (select email from wish where not is_readers order by since desc, email limit $1)",
        )
        .bind(MOST_OF_STRANGERS)
        .execute(&self.pool)
        .await
        .map(drop)
        .map_err(failed)
    }

    /// The wishes, readers' first, then the oldest first.
    pub async fn wishes(&self) -> Result<Vec<Wish>, Error> {
        let all = "select email, is_readers, since, words from wish order by is_readers desc, since, email";
        let rows = sqlx::query(all).fetch_all(&self.pool).await;
        let rows = rows.map_err(Error::doing("reading the wishes to leave"))?;
        let wish = |row| {
            let row = Row::of("a wish to leave", "email", row);
            Ok(Wish {
                email: row.get("email")?,
                is_readers: row.get("is_readers")?,
                since: row.moment("since")?,
                words: row.get("words")?,
            })
        };
        rows.iter().map(wish).collect()
    }

    /// Forgets the wish of an address. Returns whether there was one.
    pub async fn drop_wish(&self, email: &str) -> Result<bool, Error> {
        let dropped = sqlx::query("delete from wish where email = $1").bind(Reader::key(email));
        let dropped =
            dropped.execute(&self.pool).await.map_err(Error::doing("forgetting a wish to leave"))?;
        Ok(dropped.rows_affected() > 0)
    }
}

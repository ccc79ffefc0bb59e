//! Suppressed readers and bounces, by pseudonym, and the erasure of an address. Only an operator takes a
//! reader off the list; a configuration, an import or an edition never does.

use std::{collections::BTreeMap, str::FromStr};

use jiff::{Timestamp, civil::Date};

use super::{
    Error, Store,
    row::{Row, seconds},
};
use crate::model::{Outcome, Reader};

/// Why a reader is suppressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Asked to leave.
    Unsubscribed,
    /// Reported a message as unwanted.
    Complained,
    /// The address does not exist, or refused mail for too long.
    Bounced,
    /// Was erased by the operator.
    Forgotten,
}

/// An entry of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    pub cause: Cause,
    pub since: Timestamp,
    /// The address in lower case; `None` once it is forgotten.
    pub email: Option<String>,
}

/// A reader's bounces so far, added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounces {
    pub halves: u32,
    pub day: Date,
    pub of_the_day: u32,
}

/// An erased reader.
#[derive(Debug)]
pub struct Erased {
    /// How many deliveries there were.
    pub deliveries: u64,
    /// Why unused pages of the file may still hold the address, if they may.
    pub traces: Option<Error>,
}

impl Cause {
    /// The word for it, as stored and as shown.
    pub fn word(self) -> &'static str {
        match self {
            Cause::Unsubscribed => "unsubscribed",
            Cause::Complained => "complained",
            Cause::Bounced => "bounced",
            Cause::Forgotten => "forgotten",
        }
    }
}

impl FromStr for Cause {
    type Err = String;

    fn from_str(word: &str) -> Result<Cause, String> {
        let known = [Cause::Unsubscribed, Cause::Complained, Cause::Bounced, Cause::Forgotten];
        let known = known.into_iter().find(|cause| cause.word() == word);
        known.ok_or_else(|| format!("{word:?} is no reason to mail a reader nothing"))
    }
}

impl Store {
    /// The whole list, by pseudonym.
    pub async fn suppressions(&self) -> Result<BTreeMap<String, Suppression>, Error> {
        let rows =
            sqlx::query("select pseudonym, cause, since, email from suppression").fetch_all(&self.pool).await;
        let rows = rows.map_err(Error::doing("reading who is mailed nothing"))?;
        let suppression = |row| {
            let row = Row::of("somebody who is mailed nothing", "pseudonym", row);
            let (cause, since) = (row.said("cause")?, row.moment("since")?);
            Ok((row.get("pseudonym")?, Suppression { cause, since, email: row.get("email")? }))
        };
        rows.iter().map(suppression).collect()
    }

    /// Puts a reader on the list and withdraws the reader's open deliveries of every edition, in one
    /// transaction; a wish to leave is granted by that. Returns whether the reader is new on the list; the first cause stays.
    pub async fn suppress(
        &self,
        pseudonym: &str,
        email: &str,
        cause: Cause,
        at: Timestamp,
    ) -> Result<bool, Error> {
        let failed = Error::doing("noting who is mailed nothing");
        let outcome = Outcome::Withdrawn(cause.word().to_owned());
        let mut transaction = self.pool.begin_with("begin immediate").await.map_err(&failed)?;
        let insert = sqlx::query(
            "insert into suppression (pseudonym, cause, since, email) values ($1, $2, $3, $4)
             on conflict (pseudonym) do nothing",
        );
        let insert = insert.bind(pseudonym).bind(cause.word()).bind(seconds(at)).bind(Reader::key(email));
        let inserted = insert.execute(&mut *transaction).await;
        let is_new = inserted.map_err(&failed)?.rows_affected() > 0;
        sqlx::query(
            "update delivery set state = 'withdrawn', outcome = $2, code = null, enhanced = null, words = $3, changed_at = $4
             where reader = $1 and state in ('pending', 'deferred')",
        )
        .bind(Reader::key(email))
        .bind(outcome.word())
        .bind(outcome.words())
        .bind(seconds(at))
        .execute(&mut *transaction)
        .await
        .map_err(&failed)?;
        let granted = sqlx::query("delete from wish where email = $1").bind(Reader::key(email));
        granted.execute(&mut *transaction).await.map_err(&failed)?;
        transaction.commit().await.map_err(&failed)?;
        Ok(is_new)
    }

    /// Takes a reader off the list and forgives the bounces. Returns whether the reader was on it.
    pub async fn restore(&self, pseudonym: &str) -> Result<bool, Error> {
        let failed = Error::doing("taking a reader off the list of who is mailed nothing");
        let mut transaction = self.pool.begin_with("begin immediate").await.map_err(&failed)?;
        let mut removed = 0;
        for table in
            ["delete from bounces where pseudonym = $1", "delete from suppression where pseudonym = $1"]
        {
            let done = sqlx::query(table).bind(pseudonym).execute(&mut *transaction).await;
            removed = done.map_err(&failed)?.rows_affected();
        }
        transaction.commit().await.map_err(&failed)?;
        Ok(removed > 0)
    }

    /// A reader's bounces so far.
    pub async fn bounces(&self, pseudonym: &str) -> Result<Option<Bounces>, Error> {
        let query =
            sqlx::query("select pseudonym, halves, day, of_the_day from bounces where pseudonym = $1");
        let row = query.bind(pseudonym).fetch_optional(&self.pool).await;
        let bounces = |row| {
            let row = Row::of("a reader's bounces", "pseudonym", &row);
            Ok(Bounces {
                halves: row.number("halves")?,
                day: row.said("day")?,
                of_the_day: row.number("of_the_day")?,
            })
        };
        row.map_err(Error::doing("reading a reader's bounces"))?.map(bounces).transpose()
    }

    /// Stores a reader's bounces, replacing those so far.
    pub async fn keep_bounces(&self, pseudonym: &str, bounces: Bounces) -> Result<(), Error> {
        sqlx::query(
            "insert into bounces (pseudonym, halves, day, of_the_day) values ($1, $2, $3, $4)
             on conflict (pseudonym) do update set halves = $2, day = $3, of_the_day = $4",
        )
        .bind(pseudonym)
        .bind(i64::from(bounces.halves))
        .bind(bounces.day.to_string())
        .bind(i64::from(bounces.of_the_day))
        .execute(&self.pool)
        .await
        .map(drop)
        .map_err(Error::doing("keeping a reader's bounces"))
    }

    /// How many readers' bounces of `day` add up to at least this many half points, and how many readers the
    /// last edition had.
    pub async fn bounced_with(&self, halves: u32, day: Date) -> Result<(u64, u64), Error> {
        let query = sqlx::query(
            "select $1 as day, (select count(*) from bounces where day = $1 and of_the_day >= $2) as bounced,
                    (select count(*) from delivery where edition = (select max(edition) from delivery)) as readers",
        );
        let row = query.bind(day.to_string()).bind(i64::from(halves)).fetch_one(&self.pool).await;
        let row = row.map_err(Error::doing("counting the bounces of a day"))?;
        let row = Row::of("the bounces of a day", "day", &row);
        Ok((row.number("bounced")?, row.number("readers")?))
    }

    /// Every address in the ledger, in lower case, including those of former readers.
    pub async fn addressees(&self) -> Result<Vec<String>, Error> {
        let rows = sqlx::query("select distinct reader from delivery order by reader").fetch_all(&self.pool);
        let rows = rows.await.map_err(Error::doing("reading the ledger's addresses"))?;
        rows.iter().map(|row| Row::of("a delivery", "reader", row).get("reader")).collect()
    }

    /// The addresses that an edition is still to be sent to, in lower case.
    pub async fn open_addresses(&self, edition: Date) -> Result<Vec<String>, Error> {
        let rows = sqlx::query(
            "select reader from delivery where edition = $1 and state in ('pending', 'deferred')",
        );
        let rows = rows.bind(edition.to_string()).fetch_all(&self.pool).await;
        let rows = rows.map_err(Error::doing("reading the ledger's addresses"))?;
        rows.iter().map(|row| Row::of("a delivery", "reader", row).get("reader")).collect()
    }

    /// Erases an address: its deliveries and bounces go, and the file is rewritten without what its unused
    /// pages may hold. Only the pseudonym stays on the list, and is added if it was not there.
    pub async fn forget_reader(&self, pseudonym: &str, email: &str, at: Timestamp) -> Result<Erased, Error> {
        let failed = Error::doing("forgetting a reader");
        self.suppress(pseudonym, email, Cause::Forgotten, at).await?;
        let erase = async |rows: &'static str, of: &str| {
            sqlx::query(rows).bind(of).execute(&self.pool).await.map(|done| done.rows_affected())
        };
        let key = Reader::key(email);
        let deliveries = erase("delete from delivery where reader = $1", &key).await.map_err(&failed)?;
        erase("delete from copy where reader = $1", &key).await.map_err(&failed)?;
        erase("delete from bounces where pseudonym = $1", pseudonym).await.map_err(&failed)?;
        erase("update suppression set email = null where pseudonym = $1", pseudonym)
            .await
            .map_err(&failed)?;
        // Until then the old pages remain in the file.
        self.empty_log().await.map_err(&failed)?;
        let traces = self.write_anew().await.err().map(Error::doing("being written anew"));
        Ok(Erased { deliveries, traces })
    }
}

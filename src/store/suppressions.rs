//! Who is mailed nothing any more and who has bounced, by pseudonym; and the forgetting of an address. Only an operator
//! takes a reader off the list: no configuration, import or edition does.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use sqlx::Row;

use super::{Error, Store, moment, seconds};

/// Why a reader is mailed nothing any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Asked to leave.
    Unsubscribed,
    /// Called a message unwanted.
    Complained,
    /// The address does not exist, or took nothing for too long.
    Bounced,
    /// Was erased by the operator.
    Forgotten,
}

/// An entry of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suppression {
    pub cause: Cause,
    pub since: Timestamp,
}

/// What has come together of a reader's bounces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounces {
    pub halves: u32,
    pub day: Date,
    pub of_the_day: u32,
}

/// A reader who was erased.
#[derive(Debug)]
pub struct Erased {
    /// How many deliveries there were.
    pub deliveries: u64,
    /// Why the file still holds what older versions left of the address, if so.
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

    /// A word nobody here wrote counts as a wish to leave: the reader stays on the list.
    fn of(word: &str) -> Cause {
        let known = [Cause::Complained, Cause::Bounced, Cause::Forgotten];
        known.into_iter().find(|cause| cause.word() == word).unwrap_or(Cause::Unsubscribed)
    }
}

impl Store {
    /// The whole list, by pseudonym.
    pub async fn suppressions(&self) -> Result<BTreeMap<String, Suppression>, Error> {
        let rows = sqlx::query("select reader, reason, since from suppression").fetch_all(&self.pool).await;
        let rows = rows.map_err(Error::doing("reading who is mailed nothing"))?;
        let suppression = |row: &sqlx::sqlite::SqliteRow| Suppression {
            cause: Cause::of(row.get(1)),
            since: moment(row.get(2)),
        };
        Ok(rows.iter().map(|row| (row.get(0), suppression(row))).collect())
    }

    /// Puts a reader on the list and withdraws what the reader is still to be sent, of every edition, in one transaction.
    /// Returns whether the reader is new on it; who is on it stays there for the first cause.
    pub async fn suppress(
        &self,
        pseudonym: &str,
        email: &str,
        cause: Cause,
        at: Timestamp,
    ) -> Result<bool, Error> {
        let failed = Error::doing("noting who is mailed nothing");
        let mut transaction = self.pool.begin_with("begin immediate").await.map_err(&failed)?;
        let insert = sqlx::query(
            "insert into suppression (reader, reason, since) values ($1, $2, $3) on conflict (reader) do nothing",
        );
        let inserted =
            insert.bind(pseudonym).bind(cause.word()).bind(seconds(at)).execute(&mut *transaction).await;
        let is_new = inserted.map_err(&failed)?.rows_affected() > 0;
        sqlx::query(
            "update delivery set state = 'withdrawn', reason = $2, changed_at = $3
             where email = $1 collate nocase and state in ('pending', 'deferred')",
        )
        .bind(email)
        .bind(format!("{}: nothing sent", cause.word()))
        .bind(seconds(at))
        .execute(&mut *transaction)
        .await
        .map_err(&failed)?;
        transaction.commit().await.map_err(&failed)?;
        Ok(is_new)
    }

    /// Takes a reader off the list, bounces forgiven. Returns whether the reader was on it.
    pub async fn restore(&self, pseudonym: &str) -> Result<bool, Error> {
        let failed = Error::doing("taking a reader off the list of who is mailed nothing");
        let mut transaction = self.pool.begin_with("begin immediate").await.map_err(&failed)?;
        let mut removed = 0;
        for table in ["delete from bounces where reader = $1", "delete from suppression where reader = $1"] {
            let done = sqlx::query(table).bind(pseudonym).execute(&mut *transaction).await;
            removed = done.map_err(&failed)?.rows_affected();
        }
        transaction.commit().await.map_err(&failed)?;
        Ok(removed > 0)
    }

    /// A reader's bounces so far.
    pub async fn bounces(&self, pseudonym: &str) -> Result<Option<Bounces>, Error> {
        let query =
            sqlx::query("select halves, day, of_the_day from bounces where reader = $1").bind(pseudonym);
        let row =
            query.fetch_optional(&self.pool).await.map_err(Error::doing("reading a reader's bounces"))?;
        let number = |number: i64| u32::try_from(number).unwrap_or(0);
        Ok(row.map(|row| Bounces {
            halves: number(row.get(0)),
            day: row.get::<String, _>(1).parse().unwrap_or(Date::ZERO),
            of_the_day: number(row.get(2)),
        }))
    }

    /// Keeps a reader's bounces in place of those so far.
    pub async fn keep_bounces(&self, pseudonym: &str, bounces: Bounces) -> Result<(), Error> {
        sqlx::query(
            "insert into bounces (reader, halves, day, of_the_day) values ($1, $2, $3, $4)
             on conflict (reader) do update set halves = $2, day = $3, of_the_day = $4",
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

    /// How many readers' bounces of `day` came to so many half points at least, and how many readers the last edition had.
    pub async fn bounced_with(&self, halves: u32, day: Date) -> Result<(u64, u64), Error> {
        let query = sqlx::query(
            "select (select count(*) from bounces where day = $1 and of_the_day >= $2),
                    (select count(*) from delivery where edition = (select max(edition) from delivery))",
        );
        let row = query.bind(day.to_string()).bind(i64::from(halves)).fetch_one(&self.pool).await;
        let row = row.map_err(Error::doing("counting the bounces of a day"))?;
        let number = |at: usize| u64::try_from(row.get::<i64, _>(at)).unwrap_or(0);
        Ok((number(0), number(1)))
    }

    /// Every address that the ledger knows, also of those who are readers no more.
    pub async fn addressees(&self) -> Result<Vec<String>, Error> {
        let rows =
            sqlx::query("select distinct email from delivery order by email").fetch_all(&self.pool).await;
        Ok(rows
            .map_err(Error::doing("reading the ledger's addresses"))?
            .iter()
            .map(|row| row.get(0))
            .collect())
    }

    /// The addresses that an edition is still to be sent to.
    pub async fn open_addresses(&self, edition: Date) -> Result<Vec<String>, Error> {
        let rows =
            sqlx::query("select email from delivery where edition = $1 and state in ('pending', 'deferred')")
                .bind(edition.to_string())
                .fetch_all(&self.pool)
                .await;
        Ok(rows
            .map_err(Error::doing("reading the ledger's addresses"))?
            .iter()
            .map(|row| row.get(0))
            .collect())
    }

    /// Erases an address: its deliveries and bounces go, and the file is written anew without what older versions left in
    /// it; of the list only the pseudonym stays, and comes where it was not.
    pub async fn forget(&self, pseudonym: &str, email: &str, at: Timestamp) -> Result<Erased, Error> {
        let failed = Error::doing("forgetting a reader");
        self.suppress(pseudonym, email, Cause::Forgotten, at).await?;
        let run = |sql: &'static str| sqlx::query(sql).execute(&self.pool);
        let deliveries = sqlx::query("delete from delivery where email = $1 collate nocase").bind(email);
        let deliveries = deliveries.execute(&self.pool).await.map_err(&failed)?.rows_affected();
        let copies = sqlx::query("delete from copy where email = $1 collate nocase").bind(email);
        copies.execute(&self.pool).await.map_err(&failed)?;
        let bounces = sqlx::query("delete from bounces where reader = $1").bind(pseudonym);
        bounces.execute(&self.pool).await.map_err(&failed)?;
        // Until then the old pages stay in the file. Writing it anew takes room, which a full disk does not have.
        run("pragma wal_checkpoint(truncate)").await.map_err(&failed)?;
        let anew = run("vacuum").await;
        // What was written anew, or begun to be, stands in the log beside the file.
        let emptied = run("pragma wal_checkpoint(truncate)").await;
        let traces = anew.and(emptied).err().map(Error::doing("being written anew"));
        Ok(Erased { deliveries, traces })
    }
}

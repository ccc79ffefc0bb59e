//! The sealed editions, one a day.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

use super::{
    Error, Store, reasons,
    row::{Row, json, seconds},
};
use crate::model::{Edition, Reader, Reasons, Told};

impl Store {
    /// The edition of `date`, if it is sealed and still kept.
    pub async fn edition(&self, date: Date) -> Result<Option<Edition>, Error> {
        let row = sqlx::query("select edition, body from edition_body where edition = $1")
            .bind(date.to_string())
            .fetch_optional(&self.pool)
            .await
            .map_err(Error::doing("looking up an edition"))?;
        row.as_ref().map(edition).transpose()
    }

    /// The newest edition, if there is one and it is still kept.
    pub async fn last_edition(&self) -> Result<Option<Edition>, Error> {
        let row = sqlx::query(
            "select edition, body from edition_body where edition = (select max(date) from edition)",
        );
        let row = row.fetch_optional(&self.pool).await;
        row.map_err(Error::doing("looking up the last edition"))?.as_ref().map(edition).transpose()
    }

    /// The number of the edition of `date`, from 1; 0 when there is none.
    pub async fn number(&self, date: Date) -> Result<u64, Error> {
        let row = sqlx::query(
            "select $1 as date, count(*) as number from edition
             where date <= $1 and exists (select 1 from edition where date = $1)",
        )
        .bind(date.to_string())
        .fetch_one(&self.pool)
        .await
        .map_err(Error::doing("counting the editions"))?;
        Row::of("the editions", "date", &row).number("number")
    }

    /// When the newest edition before `date` was composed.
    pub async fn last_composed_before(&self, date: Date) -> Result<Option<Timestamp>, Error> {
        let before =
            "select date, composed_at from edition where date < $1 order by composed_at desc limit 1";
        let row = sqlx::query(before).bind(date.to_string()).fetch_optional(&self.pool).await;
        let row = row.map_err(Error::doing("looking up the last edition"))?;
        row.map(|row| Row::of("an edition", "date", &row).moment("composed_at")).transpose()
    }

    /// The editions composed at or after `since` and dated before `date`, oldest first, as far as they are kept.
    pub async fn editions(&self, since: Timestamp, date: Date) -> Result<Vec<Edition>, Error> {
        let rows = sqlx::query(
            "select edition, body from edition_body join edition on date = edition
             where composed_at >= $1 and date < $2 order by date",
        )
        .bind(seconds(since))
        .bind(date.to_string())
        .fetch_all(&self.pool)
        .await
        .map_err(Error::doing("reading earlier editions"))?;
        rows.iter().map(edition).collect()
    }

    /// The articles told by the editions composed at or after `since` and dated before `date`, oldest first.
    pub async fn told(&self, since: Timestamp, date: Date) -> Result<Vec<Told>, Error> {
        let rows = sqlx::query(
            "select t.edition, t.entry, t.body from told t join edition e on e.date = t.edition
             where e.composed_at >= $1 and e.date < $2 order by t.edition, t.entry",
        )
        .bind(seconds(since))
        .bind(date.to_string())
        .fetch_all(&self.pool)
        .await
        .map_err(Error::doing("reading what was told"))?;
        let told = |row| {
            let row = Row::of("an article as it was told", "entry", row);
            Ok(Told { edition: row.said("edition")?, article: row.json("body")? })
        };
        rows.iter().map(told).collect()
    }

    /// Seals an edition: stores it with its reasons and what it told, marks the entries of those articles as
    /// used, and writes one pending delivery per reader: all or nothing. Readers who took the edition before come first, and
    /// those who did not come last: addresses that do not exist hold up nobody's mail twice. Returns whether this call sealed
    /// it: false when the day already has an edition.
    pub async fn seal(
        &self,
        edition: &Edition,
        reasons: &Reasons,
        told: &[Told],
        readers: &[Reader],
        now: Timestamp,
    ) -> Result<bool, Error> {
        let failed = Error::doing("sealing the edition");
        let date = edition.date.to_string();
        let mut transaction = self.pool.begin_with("begin immediate").await.map_err(&failed)?;
        let sealed = sqlx::query(
            "insert into edition (date, composed_at, sealed_at, stories) values ($1, $2, $3, $4)
             on conflict (date) do nothing",
        )
        .bind(&date)
        .bind(seconds(edition.composed_at))
        .bind(seconds(now))
        .bind(i64::try_from(edition.slots().count()).unwrap_or(i64::MAX))
        .execute(&mut *transaction)
        .await
        .map_err(&failed)?
        .rows_affected();
        if sealed == 0 {
            return Ok(false);
        }
        let body = sqlx::query("insert into edition_body (edition, body) values ($1, $2)").bind(&date);
        let body = body.bind(json("an edition", edition)?).execute(&mut *transaction).await;
        body.map_err(&failed)?;
        reasons::keep(&mut transaction, reasons).await?;
        for told in told {
            keep_told(&mut transaction, told).await?;
        }
        let took = took_the_last(&mut transaction, &date).await.map_err(&failed)?;
        let mut readers: Vec<&Reader> = readers.iter().collect();
        readers.sort_by_key(|reader| {
            took.get(&Reader::key(&reader.email)).map_or(1, |took| if *took { 0 } else { 2 })
        });
        for (turn, reader) in (1_i64..).zip(readers) {
            sqlx::query(
                "insert into delivery (edition, turn, reader, body, state, changed_at)
                 values ($1, $2, $3, $4, 'pending', $5) on conflict do nothing",
            )
            .bind(&date)
            .bind(turn)
            .bind(Reader::key(&reader.email))
            .bind(json("a reader", reader)?)
            .bind(seconds(now))
            .execute(&mut *transaction)
            .await
            .map_err(&failed)?;
        }
        transaction.commit().await.map_err(&failed)?;
        Ok(true)
    }
}

/// Every reader of the edition before this date, and whether the mail server took it for them.
async fn took_the_last(
    connection: &mut SqliteConnection,
    date: &str,
) -> sqlx::Result<BTreeMap<String, bool>> {
    let look = sqlx::query_as(
        "select reader, state in ('sent', 'filed') from delivery
         where edition = (select max(date) from edition where date < $1)",
    );
    Ok(look.bind(date).fetch_all(connection).await?.into_iter().collect())
}

fn edition(row: &SqliteRow) -> Result<Edition, Error> {
    Row::of("an edition", "edition", row).json("body")
}

/// Keeps an article as it was told. Its entry counts as used by the first edition that told it.
async fn keep_told(connection: &mut SqliteConnection, told: &Told) -> Result<(), Error> {
    let failed = Error::doing("keeping what was told");
    let (id, date, body) = (&told.article.id, told.edition.to_string(), json("an article", &told.article)?);
    let kept =
        sqlx::query("insert into told (entry, edition, body) values ($1, $2, $3) on conflict do nothing");
    kept.bind(id).bind(&date).bind(body).execute(&mut *connection).await.map_err(&failed)?;
    let used = sqlx::query("update entry set used_in = coalesce(used_in, $2) where id = $1");
    used.bind(id).bind(&date).execute(&mut *connection).await.map(drop).map_err(&failed)
}

//! The sealed editions, one a day.

use jiff::{Timestamp, civil::Date};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use super::{Error, Store, moment, reasons, seconds};
use crate::model::{Edition, Reader, Reasons, Told};

impl Store {
    /// The edition of `date`, if it is sealed and still kept.
    pub async fn edition(&self, date: Date) -> Result<Option<Edition>, Error> {
        let row = sqlx::query("select body from edition where date = $1 and body <> ''")
            .bind(date.to_string())
            .fetch_optional(&self.pool)
            .await
            .map_err(Error::doing("looking up an edition"))?;
        let Some(row) = row else { return Ok(None) };
        serde_json::from_str(row.get(0))
            .map(Some)
            .map_err(|source| Error::Value { what: format!("the edition of {date}"), source })
    }

    /// The newest edition, if there is one.
    pub async fn last_edition(&self) -> Result<Option<Edition>, Error> {
        let row = sqlx::query("select date from edition order by date desc limit 1")
            .fetch_optional(&self.pool)
            .await
            .map_err(Error::doing("looking up the last edition"))?;
        match row.and_then(|row| row.get::<String, _>(0).parse().ok()) {
            Some(date) => self.edition(date).await,
            None => Ok(None),
        }
    }

    /// The how manieth edition that of `date` is, 1 being the first; 0 when there is none.
    pub async fn number(&self, date: Date) -> Result<u64, Error> {
        let row = sqlx::query(
            "select count(*) from edition where date <= $1 and exists (select 1 from edition where date = $1)",
        )
        .bind(date.to_string())
        .fetch_one(&self.pool)
        .await
        .map_err(Error::doing("counting the editions"))?;
        Ok(u64::try_from(row.get::<i64, _>(0)).unwrap_or(0))
    }

    /// When the newest edition before `date` was composed.
    pub async fn last_composed_before(&self, date: Date) -> Result<Option<Timestamp>, Error> {
        let row = sqlx::query("select max(composed_at) from edition where date < $1")
            .bind(date.to_string())
            .fetch_one(&self.pool)
            .await
            .map_err(Error::doing("looking up the last edition"))?;
        Ok(row.get::<Option<i64>, _>(0).map(moment))
    }

    /// The editions composed at or after `since` and dated before `date`, oldest first.
    pub async fn editions(&self, since: Timestamp, date: Date) -> Result<Vec<Edition>, Error> {
        let rows =
            sqlx::query("select date, body from edition where composed_at >= $1 and date < $2 and body <> '' order by date")
                .bind(seconds(since))
                .bind(date.to_string())
                .fetch_all(&self.pool)
                .await
                .map_err(Error::doing("reading earlier editions"))?;
        let read = |row: &SqliteRow| {
            let what = || format!("the edition of {}", row.get::<String, _>(0));
            serde_json::from_str(row.get(1)).map_err(|source| Error::Value { what: what(), source })
        };
        rows.iter().map(read).collect()
    }

    /// What the editions composed at or after `since` and dated before `date` told, oldest first.
    pub async fn told(&self, since: Timestamp, date: Date) -> Result<Vec<Told>, Error> {
        let rows = sqlx::query(
            "select t.edition, t.body from told t join edition e on e.date = t.edition
             where e.composed_at >= $1 and e.date < $2 order by t.edition, t.entry",
        )
        .bind(seconds(since))
        .bind(date.to_string())
        .fetch_all(&self.pool)
        .await
        .map_err(Error::doing("reading what was told"))?;
        let read = |row: &SqliteRow| {
            let edition: String = row.get(0);
            let wrong = |source| Error::Value { what: format!("an article told on {edition}"), source };
            let article = serde_json::from_str(row.get(1)).map_err(wrong)?;
            Ok(Told { edition: edition.parse().unwrap_or(Date::ZERO), article })
        };
        rows.iter().map(read).collect()
    }

    /// Seals an edition: stores it with its reasons and what it told, marks the entries of those articles as used, and
    /// writes one pending delivery per reader; all of it or nothing. Returns whether this call sealed it: false when its day has an edition.
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
        let json = |what: &str, source| Error::Value { what: what.to_owned(), source };
        let body = serde_json::to_string(edition).map_err(|e| json("an edition", e))?;
        let mut transaction = self.pool.begin_with("begin immediate").await.map_err(&failed)?;
        let sealed = sqlx::query(
            "insert into edition (date, composed_at, body, sealed_at) values ($1, $2, $3, $4)
             on conflict (date) do nothing",
        )
        .bind(&date)
        .bind(seconds(edition.composed_at))
        .bind(body)
        .bind(seconds(now))
        .execute(&mut *transaction)
        .await
        .map_err(&failed)?
        .rows_affected();
        if sealed == 0 {
            return Ok(false);
        }
        reasons::keep(&mut transaction, reasons).await?;
        for told in told {
            keep_told(&mut transaction, told).await?;
        }
        for reader in readers {
            let body = serde_json::to_string(reader).map_err(|e| json("a reader", e))?;
            sqlx::query(
                "insert into delivery (edition, email, reader, state, changed_at)
                 values ($1, $2, $3, 'pending', $4) on conflict do nothing",
            )
            .bind(&date)
            .bind(&reader.email)
            .bind(body)
            .bind(seconds(now))
            .execute(&mut *transaction)
            .await
            .map_err(&failed)?;
        }
        transaction.commit().await.map_err(&failed)?;
        Ok(true)
    }
}

/// Keeps an article as it was told. Its entry counts as used by the edition that told it first.
async fn keep_told(connection: &mut SqliteConnection, told: &Told) -> Result<(), Error> {
    let (id, date) = (&told.article.id, told.edition.to_string());
    let body = serde_json::to_string(&told.article)
        .map_err(|source| Error::Value { what: format!("an article ({id})"), source })?;
    let kept =
        sqlx::query("insert into told (entry, edition, body) values ($1, $2, $3) on conflict do nothing");
    let failed = Error::doing("keeping what was told");
    kept.bind(id).bind(&date).bind(&body).execute(&mut *connection).await.map_err(&failed)?;
    let used = sqlx::query("update entry set used_in = coalesce(used_in, $2) where id = $1");
    used.bind(id).bind(&date).execute(&mut *connection).await.map(drop).map_err(&failed)
}

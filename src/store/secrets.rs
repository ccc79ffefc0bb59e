//! State files of before, in which feeds are named by their whole addresses, in; the same without the secrets of those out.

use sqlx::{Row, SqliteConnection, SqlitePool, sqlite::SqliteRow};
use url::Url;

use super::{Error, entries::entry_id};
use crate::{model::Entry, secret};

/// Names every feed by its address as it is shown. Does nothing when none is named otherwise.
pub(super) async fn hide(pool: &SqlitePool) -> Result<(), Error> {
    let failed = Error::doing("hiding the secrets of feeds");
    let columns = "select url, given_by, moved_to, reason from feed";
    let rows = sqlx::query(columns).fetch_all(pool).await.map_err(&failed)?;
    let text = |row: &SqliteRow, place| row.get::<Option<String>, _>(place);
    let open = |row: &&SqliteRow| {
        let [url, given_by, moved_to, reason] = [0, 1, 2, 3].map(|place| text(row, place));
        url.is_some_and(|url| shown(&url) != url)
            || [given_by, moved_to, reason].iter().flatten().any(|text| secret::hidden(text) != *text)
    };
    let open: Vec<&SqliteRow> = rows.iter().filter(open).collect();
    if open.is_empty() {
        return Ok(());
    }
    let mut transaction = pool.begin_with("begin immediate").await.map_err(&failed)?;
    for row in open {
        let url: String = row.get(0);
        let [given_by, moved_to, reason] =
            [1, 2, 3].map(|place| text(row, place).as_deref().map(secret::hidden));
        sqlx::query("update feed set given_by = $2, moved_to = $3, reason = $4 where url = $1")
            .bind(&url)
            .bind(given_by)
            .bind(moved_to)
            .bind(reason)
            .execute(&mut *transaction)
            .await
            .map_err(&failed)?;
        if shown(&url) != url {
            rename(&mut transaction, &url, &shown(&url)).await?;
        }
    }
    transaction.commit().await.map_err(&failed)
}

/// Of two feeds that are shown alike the first keeps what is known of it; the other begins anew. Entries that no edition
/// has told take the ids they are found by from now on.
async fn rename(connection: &mut SqliteConnection, from: &str, to: &str) -> Result<(), Error> {
    let failed = Error::doing("hiding the secrets of feeds");
    let untold = sqlx::query("select id, body from entry where feed = $1 and used_in is null")
        .bind(from)
        .fetch_all(&mut *connection)
        .await
        .map_err(&failed)?;
    for row in untold {
        let (id, body): (String, String) = (row.get(0), row.get(1));
        let Ok(entry) = serde_json::from_str::<Entry>(&body) else { continue };
        sqlx::query("update or replace entry set id = $2 where id = $1")
            .bind(id)
            .bind(entry_id(to, &entry.key))
            .execute(&mut *connection)
            .await
            .map_err(&failed)?;
    }
    for change in [
        "update entry set feed = $2 where feed = $1",
        "update or ignore feed set url = $2 where url = $1",
        "delete from feed where url = $1 and $2 <> $1",
    ] {
        sqlx::query(change).bind(from).bind(to).execute(&mut *connection).await.map_err(&failed)?;
    }
    Ok(())
}

fn shown(url: &str) -> String {
    Url::parse(url).map_or_else(|_| url.to_owned(), |url| secret::shown(&url).into())
}

#[cfg(test)]
mod tests {
    use super::super::{Answer, Miss, NewEntry, Store};
    use super::*;

    const WHOLE: &str = "https://wire.example/rss?token=hunter2";
    const SHOWN: &str = "https://wire.example/rss?token=***";

    #[tokio::test]
    async fn a_state_of_before_keeps_what_it_knows_and_forgets_the_secret() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state.db");
        let at = |hour: i64| jiff::Timestamp::from_second(1_800_000_000 + hour * 3600).expect("a moment");
        let new = NewEntry {
            entry: Entry { key: "tide".to_owned(), title: "Tide".to_owned(), ..Entry::default() },
            ..NewEntry::default()
        };
        let store = Store::open(&path).await.expect("a store");
        let answer =
            Answer { etag: Some("a".to_owned()), given_by: Some(WHOLE.to_owned()), ..Answer::default() };
        store.keep_feed(WHOLE, &answer, std::slice::from_ref(&new), at(0)).await.expect("kept");
        let miss = Miss { reason: format!("{WHOLE} answered 500"), ..Miss::default() };
        store.keep_miss(WHOLE, &miss, at(1)).await.expect("kept");
        store.close().await;

        let store = Store::open(&path).await.expect("the store");
        let feeds = store.feeds().await.expect("the feeds");
        assert_eq!(feeds.keys().collect::<Vec<_>>(), [SHOWN]);
        let record = &feeds[SHOWN];
        assert_eq!((record.answer.given_by.as_deref(), record.failures), (Some(SHOWN), 1));
        assert_eq!(record.reason, Some(format!("{SHOWN} answered 500")));
        store.keep_feed(SHOWN, &answer, &[new], at(2)).await.expect("kept");
        let entries = store.entries(at(-1), at(3)).await.expect("the entries");
        assert_eq!(entries.iter().map(|entry| entry.feed.as_str()).collect::<Vec<_>>(), [SHOWN]);
    }
}

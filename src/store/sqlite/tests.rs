//! SQLite held to the promises of every kind of database, and what only a file promises: its owner's alone, one program at a
//! time, no larger than it need be, without what was deleted.

use std::path::PathBuf;

use super::*;
use crate::{
    model::{Answer, Entry, Reader},
    store::{
        ClosedHost, NewEntry,
        contract::{
            Backend,
            forgetting::{at, day, forget, publish, readers},
            promises,
        },
    },
};

/// A state file in a folder of its own.
struct File(tempfile::TempDir);

impl Default for File {
    fn default() -> File {
        File(tempfile::tempdir().expect("a folder"))
    }
}

impl Backend for File {
    async fn open(&self) -> Store {
        Store::open(&self.path()).await.expect("a store")
    }

    async fn open_beside(&self) -> Store {
        Store::open_beside(&self.path()).await.expect("opened beside")
    }
}

impl File {
    fn path(&self) -> PathBuf {
        self.0.path().join("state.db")
    }

    /// Whether one of the files holds this, in whatever case.
    fn holds(&self, text: &str) -> bool {
        std::fs::read_dir(self.0.path()).expect("the folder").any(|file| {
            let bytes = std::fs::read(file.expect("a file").path()).expect("its bytes");
            bytes.windows(text.len()).any(|part| part.eq_ignore_ascii_case(text.as_bytes()))
        })
    }
}

promises!(File);

const FEED: &str = "http://ledger.example/feed.xml";

fn entry(key: &str) -> NewEntry {
    NewEntry { entry: Entry { key: key.to_owned(), ..Entry::default() }, text: "x".repeat(1500) }
}

async fn sql(store: &Store, statement: &'static str) {
    sqlx::query(statement).execute(&store.pool).await.expect("done");
}

#[tokio::test]
async fn a_second_process_is_told_who_is_at_work() {
    let file = File::default();
    let _held = file.open().await;
    let second = Store::open(&file.path()).await;
    assert!(matches!(second, Err(Error::Busy { .. })), "{second:?}");
}

#[tokio::test]
async fn one_at_a_time_has_the_turn_to_pull_and_it_is_no_bar_to_a_run() {
    let file = File::default();
    let pulling = file.open_beside().await;
    let turn = pulling.turn_to_pull(Duration::ZERO).await.expect("asked").expect("the turn");
    let run = Store::open(&file.path()).await.expect("the lock is free");
    assert!(run.turn_to_pull(Duration::from_millis(60)).await.expect("asked").is_none());
    let given_back = async {
        tokio::time::sleep(Duration::from_millis(60)).await;
        drop(turn);
    };
    let (waited, ()) = tokio::join!(run.turn_to_pull(Duration::from_secs(60)), given_back);
    assert!(waited.expect("asked").is_some());
}

#[tokio::test]
async fn the_state_survives_being_closed_and_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let file = File::default();
    let store = file.open().await;
    store.keep_feed(FEED, &Answer::default(), &[entry("a")], at(1)).await.expect("kept");
    store.close().await;
    let store = file.open().await;
    assert_eq!(store.entries(at(0), at(2)).await.expect("entries").len(), 1);
    let mode = std::fs::metadata(file.path()).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn a_file_that_is_no_database_is_an_error_that_names_it() {
    let file = File::default();
    std::fs::write(file.path(), "this is not a database, but a shopping list ".repeat(40)).expect("written");
    let error = Store::open(&file.path()).await.expect_err("no database");
    assert!(error.to_string().contains("state.db") && error.to_string().contains("it is damaged"), "{error}");
}

#[tokio::test]
async fn a_state_of_another_version_is_an_error_that_names_it() {
    for other in [
        "update _sqlx_migrations set checksum = x'00'",
        "insert into _sqlx_migrations values (99, 'later', 0, true, x'00', 0)",
    ] {
        let file = File::default();
        let store = file.open().await;
        sql(&store, other).await;
        store.close().await;
        let errors = [
            Store::open(&file.path()).await.expect_err("another version"),
            Store::open_beside(&file.path()).await.expect_err("another version"),
            Store::look(&file.path()).await.expect_err("another version"),
            Store::copy_file(&file.path(), &file.0.path().join("copy.db"))
                .await
                .expect_err("another version"),
        ];
        for error in errors {
            assert!(matches!(error, Error::OtherVersion { .. }), "{error}");
            assert!(error.to_string().contains("state.db"), "{error}");
        }
    }
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_an_error_that_names_it() {
    let file = File::default();
    let mut store = file.open().await;
    store.keep_feed(FEED, &Answer::default(), &[entry("a")], at(1)).await.expect("kept");
    publish(&mut store, 0, 400, &readers(2)).await;
    let wrong = async |change: &'static str, name: &str, read: Result<(), Error>| {
        let error = read.expect_err(change).to_string();
        assert!(error.contains(name), "{change}: {error}");
    };
    let change = "update feed set failing_since = 999999999999999999";
    sql(&store, change).await;
    wrong(change, FEED, store.feeds().await.map(drop)).await;
    let change = "update entry set body = '{}'";
    sql(&store, change).await;
    wrong(change, "an entry (", store.entries(at(0), at(2)).await.map(drop)).await;
    let change = "update delivery set state = 'lost' where turn = 2";
    sql(&store, change).await;
    wrong(change, "a delivery, by its turn (2)", store.deliveries(day(0)).await.map(drop)).await;
    let change = "update edition set sealed_at = 'noon'";
    sql(&store, change).await;
    wrong(change, "an edition (2026-01-01)", store.history(9).await.map(drop)).await;
    let change = "insert into suppression values ('p', 'moved', 0, null)";
    sql(&store, change).await;
    wrong(change, "(p)", store.suppressions().await.map(drop)).await;
}

#[tokio::test]
async fn what_is_tried_on_a_scratch_copy_leaves_the_store_alone() {
    let store = File::default().open().await;
    store.keep_feed(FEED, &Answer::default(), &[entry("a")], at(1)).await.expect("kept");
    let scratch = store.scratch().await.expect("a copy");
    assert_eq!(scratch.identity().await.expect("one"), store.identity().await.expect("one"));
    scratch.keep_feed(FEED, &Answer::default(), &[entry("b")], at(1)).await.expect("kept");
    assert_eq!(scratch.entries(at(0), at(2)).await.expect("entries").len(), 2);
    assert_eq!(store.entries(at(0), at(2)).await.expect("entries").len(), 1);
    let origin = "https://busy.example".to_owned();
    let closed = ClosedHost { origin, to_those_sent: false, since: at(1), until: at(3) };
    scratch.keep_closed_host(&closed).await.expect("kept");
    store.keep_closed_hosts_of(&scratch).await.expect("kept");
    let kept = store.closed_hosts().await.expect("the hosts");
    assert_eq!(kept, [closed], "hosts do not know that it was a trial");
}

#[tokio::test]
async fn what_is_forgotten_is_overwritten() {
    let file = File::default();
    let mut store = file.open().await;
    let zenobia = [Reader { email: "zenobia@example.net".to_owned(), ..Reader::default() }];
    publish(&mut store, 0, 400, &zenobia).await;
    store.forget_reader("z0", "Zenobia@example.net", at(1)).await.expect("forgotten");
    let bartholomew = [Reader { email: "bartholomew@example.net".to_owned(), ..Reader::default() }];
    for number in 1..10 {
        publish(&mut store, number, 400, if number == 1 { &bartholomew } else { &[] }).await;
    }
    store.close().await;
    assert!(!file.holds("zenobia") && file.holds("bartholomew"));
    let store = file.open().await;
    store.forget_deliveries(at(2)).await.expect("forgotten");
    store.close().await;
    assert!(!file.holds("bartholomew"));
}

#[tokio::test]
async fn no_delivery_is_looked_for_among_all() {
    let store = File::default().open().await;
    let explain = sqlx::AssertSqlSafe(format!("explain query plan {}", crate::store::ledger::TURN));
    let plan =
        sqlx::query(explain).bind("[]").bind("2026-11-22").bind(1).bind(0).fetch_all(&store.pool).await;
    let plan: Vec<String> = plan.expect("a plan").iter().map(|row| row.get("detail")).collect();
    let lookups = plan.iter().filter(|step| step.contains(" delivery"));
    assert_eq!(lookups.filter(|step| step.starts_with("SEARCH")).count(), 2, "{plan:#?}");
    assert!(
        !plan.iter().any(|step| step.starts_with("SCAN delivery") || step.contains("TEMP B-TREE")),
        "{plan:#?}"
    );
}

/// Bytes of the file once all is written to it.
async fn size(store: &Store) -> i64 {
    let number = async |sql: &'static str| {
        sqlx::query(sql).fetch_one(&store.pool).await.expect("a number").get::<i64, _>(0)
    };
    number("pragma page_count").await * number("pragma page_size").await
}

#[tokio::test]
async fn the_file_shrinks_when_much_is_forgotten() {
    let mut store = File::default().open().await;
    for number in 0..40 {
        publish(&mut store, number, 8000, &readers(200)).await;
    }
    let large = size(&store).await;
    forget(&store, 40, 7, 7).await;
    forget(&store, 40, 7, 7).await;
    let small = size(&store).await;
    assert!(small < large / 2, "{large} to {small} bytes");
}

/// Runs a newsletter for three years and tells its size in bytes after the first and at the end.
async fn years(count: usize, bytes: usize, entries: usize, forgets: bool) -> (i64, i64) {
    let file = File::default();
    let mut store = file.open().await;
    sql(&store, "pragma synchronous = off").await;
    let (readers, mut first) = (readers(count), 0);
    for number in 0..1095 {
        let new: Vec<NewEntry> = (0..entries).map(|n| entry(&format!("{number}-{n}"))).collect();
        store.keep_feed("http://post.example/", &Answer::default(), &new, at(number)).await.expect("kept");
        publish(&mut store, number, bytes, &readers).await;
        match forgets {
            true => forget(&store, number, 60, 400).await,
            false => store.prune(at(number - 30)).await.expect("pruned"),
        }
        if number == 450 {
            first = size(&store).await;
        }
    }
    (first, size(&store).await)
}

#[tokio::test]
async fn three_years_of_daily_editions_need_little_more_room_than_one_and_a_half() {
    let (early, late) = years(10, 4000, 4, true).await;
    eprintln!("10 readers, 451 days: {early} bytes; 1,095 days: {late} bytes");
    assert!(
        late <= early + 644 * 1024,
        "more than a kilobyte a day, for the numbers: {early} to {late} bytes"
    );
}

#[tokio::test]
#[ignore = "takes minutes: three years with 1,000 readers, twice"]
async fn long() {
    for forgets in [false, true] {
        let started = std::time::Instant::now();
        let (early, late) = years(1000, 50_000, 300, forgets).await;
        let seconds = started.elapsed().as_secs();
        eprintln!(
            "all is forgotten in time: {forgets}: day 451 {early} bytes, day 1,095 {late} bytes, {seconds} s"
        );
    }
}

//! A copy of the state made between and during runs, put back, and what the runs after that do.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    time::{Duration, Instant},
};

use mail_parser::MessageParser;

use crate::scene::{
    COMET, Ended, FERRY, MORNING, Scene,
    http::Answer,
    rss,
    smtp::{Act, At, Smtp},
};

const NEXT_MORNING: &str = "2026-11-23T06:00:00Z";

fn town(mail: Smtp) -> Scene {
    Scene::with_mail(mail).outlet("Gazette", &[FERRY]).readers(&["ann", "bob", "cid"])
}

fn run_at(scene: &Scene, at: &str, arguments: &[&str]) -> Ended {
    scene.reveille(&[&["run", "-c", "feeds.toml", "--at", at, "--now"][..], arguments].concat())
}

fn backup(scene: &Scene, arguments: &[&str]) -> Ended {
    scene.reveille(&[&["backup", "-c", "feeds.toml"][..], arguments].concat())
}

/// What the documents say: the old state goes with its log, the copy takes its place.
fn restore(scene: &Scene, name: &str) {
    for old in ["state.db", "state.db-wal", "state.db-shm"] {
        // Not all of them are there.
        let _ = fs::remove_file(scene.path(old));
    }
    fs::copy(scene.path(name), scene.path("state.db")).expect("put back");
}

fn comet_is_found(scene: &Scene) {
    let feed = rss("Gazette", &[COMET]).replace("Sun, 22 Nov", "Mon, 23 Nov");
    scene.web.put("/Gazette.xml", Answer::ok("application/rss+xml", feed));
}

/// Message-IDs and readers of all messages taken, in order.
fn mails(scene: &Scene) -> Vec<(String, String)> {
    let id = |data: &[u8]| {
        MessageParser::default().parse(data).and_then(|message| message.message_id().map(str::to_owned))
    };
    let taken = scene.mail.taken();
    taken.iter().map(|taken| (taken.to.concat(), id(&taken.data).expect("a Message-ID"))).collect()
}

#[test]
fn a_copy_made_between_two_editions_and_put_back_mails_nobody_twice() {
    let scene = town(Smtp::start());
    scene.run().expect(0);
    let said = backup(&scene, &["copy.db"]).expect(0).stdout;
    assert!(said.starts_with("Wrote copy.db, ") && said.contains("it is sound"), "{said}");
    assert!(said.contains("Editions: 1, the newest of 2026-11-22; deliveries: 3; entries: 1;"), "{said}");
    let mode = fs::metadata(scene.path("copy.db")).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    scene.write("state.db", "the disk is gone ".repeat(1000));
    restore(&scene, "copy.db");
    run_at(&scene, MORNING, &[]).expect(0);
    assert_eq!(scene.mailed().len(), 3, "nothing is mailed twice");
    comet_is_found(&scene);
    run_at(&scene, NEXT_MORNING, &[]).expect(0);
    let mut all = mails(&scene);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 6, "two editions to three readers, each once: {all:?}");
    assert_eq!(scene.mailed().len(), 6);
}

#[test]
fn a_copy_made_in_the_midst_of_a_run_is_whole_and_doubles_can_be_told() {
    let scene = town(Smtp::start().when_times(1, At::Dot, "bob@", Act::Stall));
    scene.configure();
    let mut run = scene.start(&["run", "-c", "feeds.toml", "--at", MORNING]);
    let patience = Instant::now();
    while scene.mail.taken().len() < 3 && patience.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let copied = backup(&scene, &["copy.db"]);
    let is_on = run.try_wait().expect("a child of ours").is_none();
    run.kill().expect("ended");
    run.wait().expect("ended");
    copied.expect(0);
    assert!(is_on);
    restore(&scene, "copy.db");
    run_at(&scene, MORNING, &[]).expect(0);
    let mut all = mails(&scene);
    assert!((4..=6).contains(&all.len()), "{all:?}");
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 3, "every reader has it, and a double has the Message-ID of the first: {all:?}");
}

#[test]
fn a_backup_that_is_killed_leaves_no_file_of_that_name_or_a_whole_one() {
    let scene = town(Smtp::start());
    scene.run().expect(0);
    // Some megabytes, so that it takes a while.
    scene.sql(
        "insert into page (url, fetched_at, body) with recursive n(i) as (select 1 union all select i + 1 from n where i < 4000)
         select 'https://ledger.example/' || i, 1795327200, hex(randomblob(2000)) from n",
    );
    let (mut killed, mut whole) = (0, 0);
    for wait in (0..16).map(|n| Duration::from_millis(12 * n)) {
        // It was not there, or was made whole by the one before.
        let _ = fs::remove_file(scene.path("copy.db"));
        let mut backup = scene.start(&["backup", "-c", "feeds.toml", "copy.db"]);
        std::thread::sleep(wait);
        backup.kill().expect("ended");
        let ended = backup.wait().expect("ended");
        killed += usize::from(!ended.success());
        if scene.path("copy.db").exists() {
            whole += 1;
            let copy = fs::read(scene.path("copy.db")).expect("the copy");
            assert!(copy.len() > 8_000_000 && copy.starts_with(b"SQLite format 3"), "{} bytes", copy.len());
            assert_eq!(scene.number_in("copy.db", "select count(*) from page"), 4000);
            assert_eq!(
                scene.number_in(
                    "copy.db",
                    "select count(*) from pragma_integrity_check where integrity_check = 'ok'"
                ),
                1
            );
        }
    }
    assert!(killed > 0, "{whole} were done before");
    backup(&scene, &["copy.db", "--force"]).expect(0);
    assert_eq!(scene.number_in("copy.db", "select count(*) from page"), 4000, "nothing stands in the way");
}

#[test]
fn an_older_copy_forgets_what_was_mailed_since_unless_an_outbox_takes_it() {
    let scene = town(Smtp::start());
    scene.run().expect(0);
    backup(&scene, &["copy.db"]).expect(0);
    comet_is_found(&scene);
    run_at(&scene, NEXT_MORNING, &[]).expect(0);
    let before = mails(&scene);
    restore(&scene, "copy.db");
    run_at(&scene, NEXT_MORNING, &["--outbox", "out", "--counts"]).expect(0);
    run_at(&scene, NEXT_MORNING, &[]).expect(0);
    assert_eq!(mails(&scene), before, "written to the outbox, so nobody is mailed");

    restore(&scene, "copy.db");
    run_at(&scene, NEXT_MORNING, &[]).expect(0);
    let again: Vec<_> = mails(&scene).split_off(before.len());
    let mut again_and_before = [again.clone(), before[3..].to_vec()];
    again_and_before.iter_mut().for_each(|mails| mails.sort());
    assert_eq!(again_and_before[0], again_and_before[1], "mailed again, under the same Message-IDs");
}

#[test]
fn who_left_since_the_copy_was_made_leaves_again_by_the_same_mail() {
    let scene = town(Smtp::start());
    scene.run().expect(0);
    backup(&scene, &["copy.db"]).expect(0);
    let first = String::from_utf8_lossy(&scene.mail.taken()[0].data).into_owned();
    let token: String =
        first.split("subject=unsubscribe%20").nth(1).expect("a way out").chars().take(28).collect();
    for folder in ["box/new", "box/cur"] {
        fs::create_dir_all(scene.path(folder)).expect("a folder");
    }
    scene.write("box/new/1", format!("From: a@example.net\nSubject: unsubscribe {token}\n\n"));
    let receive = || {
        scene.reveille(&["receive", "--maildir", "box", "-c", "feeds.toml", "--at", MORNING]).expect(0).stdout
    };
    assert!(receive().contains("unsubscribed"));
    restore(&scene, "copy.db");
    assert_eq!(receive(), "");
    for file in fs::read_dir(scene.path("box/cur")).expect("a folder") {
        let file = file.expect("a file");
        fs::rename(file.path(), scene.path("box/new").join(file.file_name())).expect("moved back");
    }
    assert!(receive().contains("unsubscribed"));
    comet_is_found(&scene);
    run_at(&scene, NEXT_MORNING, &[]).expect(0);
    assert_eq!(scene.mailed().len(), 3 + 2);
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_told_and_the_state_never() {
    let scene = town(Smtp::start());
    scene.configure();
    let nothing = backup(&scene, &["copy.db"]).expect(2).stderr;
    assert!(nothing.contains("there is no state yet"), "{nothing}");
    assert!(!scene.path("state.db").exists() && !scene.path("copy.db").exists());
    scene.run().expect(0);
    scene.write("copy.db", "a letter");
    let there = backup(&scene, &["copy.db"]).expect(2).stderr;
    assert!(there.contains("--force") && scene.read("copy.db") == "a letter", "{there}");
    assert_eq!(backup(&scene, &["copy.db", "--force", "--quiet"]).expect(0).stdout, "");
    assert_ne!(fs::read(scene.path("copy.db")).expect("a file"), b"a letter");
    let state = fs::read(scene.path("state.db")).expect("the state");
    let itself = backup(&scene, &["./state.db", "--force"]).expect(2).stderr;
    assert!(itself.contains("the state itself"), "{itself}");
    assert_eq!(fs::read(scene.path("state.db")).expect("the state"), state);
    backup(&scene, &["nowhere/copy.db"]).expect(2);
    let left: Vec<String> = fs::read_dir(scene.path("."))
        .expect("a folder")
        .map(|file| file.expect("a file").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".reveille"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

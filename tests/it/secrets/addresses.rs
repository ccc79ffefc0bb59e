//! The addresses of readers: masked in every log, however the mail server repeats them, and gone from the disk when a
//! reader is forgotten.

use std::{fs, process::Command};

use sqlx::Connection;

use crate::scene::{
    Ended, MORNING, Scene,
    smtp::{Act, At, Smtp},
};

const NEWS: [(&str, &str); 1] = [("Ferry sails again", "<p>The ferry to Kestrel Island sails again.</p>")];
const READERS: [&str; 5] = ["ann", "bob", "cid", "dot", "eve"];

#[test]
fn no_log_names_a_reader_in_full() {
    let mail = Smtp::start()
        .when(At::Rcpt, "bob@", Act::Say("550 5.1.1 <Bob@Example.net>: no such user bob@example.net"))
        .when(At::Rcpt, "cid@", Act::Say("451 4.2.0 cid@example.net: later"))
        .when(At::Dot, "dot@", Act::Say("554 5.6.0 'dot@example.net' does not want this"))
        .when(At::Rcpt, "eve@", Act::Say("421 4.3.2 eve@example.net come back"));
    let scene = Scene::with_mail(mail).outlet("Gazette", &NEWS).readers(&READERS);
    scene.configure();
    for arguments in [
        &["run", "-vv", "--json", "--at", MORNING][..],
        &["run", "-v", "--at", MORNING],
        &["run", "--at", "2026-11-22T08:00:00Z"],
        &["check", "-vv"],
        &["check", "--json"],
        &["explain", "-vv"],
        &["explain", "--json"],
        &["feeds", "health", "--json"],
        &["preview", "-vv", "--json"],
        &["recipients", "remove", "no-such-token"],
    ] {
        let ended = scene.reveille(&[arguments, &["-c", "feeds.toml"]].concat());
        for said in [&ended.stdout, &ended.stderr] {
            let said = said.to_lowercase();
            for name in READERS {
                assert!(!said.contains(&format!("{name}@example.net")), "{arguments:?}: {said}");
            }
            assert!(!said.contains("no-such-token"), "{said}");
        }
        if arguments == ["run", "-vv", "--json", "--at", MORNING] {
            assert!(
                ended.stderr.contains("b…@example.net") || ended.stderr.contains("c…@example.net"),
                "{}",
                ended.stderr
            );
        }
    }
    let refused = scene.reveille(&["test-email", "bob@example.net", "-c", "feeds.toml"]).expect(5).stderr;
    assert!(!refused.to_lowercase().contains("bob@example.net"), "{refused}");
}

/// Whether an address stands in one of the files of the state, at any place of any page.
fn is_on_disk(scene: &Scene, address: &str) -> bool {
    ["state.db", "state.db-wal", "state.db-shm"].into_iter().any(|file| {
        let bytes = fs::read(scene.path(file)).unwrap_or_default().to_ascii_lowercase();
        bytes.windows(address.len()).any(|piece| piece == address.as_bytes())
    })
}

#[test]
fn of_a_reader_who_is_forgotten_no_byte_stays_on_the_disk() {
    let scene = Scene::new().outlet("Gazette", &NEWS).readers(&READERS);
    scene.run().expect(0);
    // What an earlier version left: pages with rows deleted, and not overwritten.
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        let url = format!("sqlite:{}", scene.path("state.db").display());
        let mut state = sqlx::SqliteConnection::connect(&url).await.expect("the state");
        for change in [
            "pragma secure_delete = off",
            "create table old as with recursive n(i) as (select 1 union all select i + 1 from n where i < 500)
             select 'bob@example.net' || i as email from n",
            "drop table old",
        ] {
            sqlx::query(change).execute(&mut state).await.expect("changed");
        }
        state.close().await.expect("closed");
    });
    assert!(is_on_disk(&scene, "bob@example.net") && is_on_disk(&scene, "ann@example.net"));
    scene.reveille(&["recipients", "forget", "Bob@example.net", "-c", "feeds.toml"]).expect(0);
    assert!(!is_on_disk(&scene, "bob@example.net"), "an address is left");
    assert!(!scene.read("feeds.toml").contains("bob@example.net"));
    assert!(is_on_disk(&scene, "ann@example.net"), "the others stay");
    let listed = scene.reveille(&["recipients", "suppressed", "-c", "feeds.toml"]).expect(0).stdout;
    assert!(listed.contains("forgotten") && !listed.contains("example.net"), "{listed}");
}

#[test]
fn who_is_forgotten_on_a_full_disk_is_erased_and_what_may_be_left_is_said() {
    let scene = Scene::new().outlet("Gazette", &NEWS).readers(&READERS);
    scene.run().expect(0);
    scene.sql(
        "create table bulk as with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000)
         select randomblob(4000) as bytes from n",
    );
    // Less than the file has: there is no room to write it a second time.
    let blocks = scene.read_bytes("state.db").len() / 512 - 2000;
    let forget = ["recipients", "forget", "bob@example.net", "-c", "feeds.toml"];
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f $0; exec \"$@\"", &blocks.to_string()]);
    shell.arg(scene.command(&[]).get_program()).args(forget).current_dir(scene.path("."));
    let ended: Ended = shell.output().expect("a shell").into();
    assert!(!is_on_disk(&scene, "bob@example.net"), "an address is left");
    let said = ended.expect(1).stderr;
    for part in ["Forgot bob@example.net", "deliveries erased", "type the same again", "disk is full"] {
        assert!(said.contains(part), "{said}");
    }
    scene.reveille(&forget).expect(0);
}

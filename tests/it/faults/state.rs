//! A state that cannot be written, read or trusted, and a world that changes between crash and resume: a clear word, the
//! right exit status, and in the end nobody without the mail.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    },
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use sqlx::Connection;

use super::press::{copies, enroll, kept, leaflet, message_id, next_day, reader};
use crate::scene::{
    Ended, MORNING, Scene,
    smtp::{Act, At, Heard, Smtp},
    watch::{End, Moment, Sight, Watch},
};

const READERS: usize = 30;
const CONNECTIONS: usize = 3;

fn run(scene: &Scene) -> Ended {
    run_at(scene, MORNING)
}

fn run_at(scene: &Scene, at: &str) -> Ended {
    scene.reveille(&["run", "--quiet", "--config", "feeds.toml", "--at", at])
}

/// Everybody has the mail, and whoever has it more than once has it under one Message-ID. Returns how many copies are
/// too many.
fn served(scene: &Scene) -> usize {
    let taken = scene.mail.taken();
    let copies = copies(&taken);
    let readers: Vec<String> = copies.keys().cloned().collect();
    assert_eq!(readers, (0..READERS).map(reader).collect::<Vec<_>>());
    for copies in copies.values() {
        assert!(copies.iter().all(|(_, copy)| message_id(copy) == message_id(copies[0].1)));
    }
    taken.len() - READERS
}

/// Kills a run as its n-th message is accepted.
fn killed_at(scene: &Scene, message: usize) {
    let watch = Watch::default();
    scene.mail.watched_by(&watch);
    let start = || {
        let mut run = scene.command(&["run", "--quiet", "--config", "feeds.toml", "--at", MORNING]);
        run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
    };
    assert!(matches!(watch.over(start, Moment::Nth(Sight::Accepted, message)), End::Killed));
    let patience = Instant::now();
    while scene.mail.open() > 0 && patience.elapsed() < Duration::from_secs(20) {
        thread::sleep(Duration::from_millis(1));
    }
    scene.mail.watched_by(&Watch::default());
}

#[test]
fn a_full_disk_is_said_and_nobody_is_mailed_over_and_over() {
    // A limit on the size of files, which is what a full disk looks like to a program that ignores the signal.
    let limited = |scene: &Scene, blocks: usize| -> Ended {
        let reveille = scene.command(&[]).get_program().to_owned();
        let mut shell = Command::new("sh");
        let script = "trap '' XFSZ; ulimit -f $0; exec \"$@\"";
        shell.args(["-c", script, &blocks.to_string()]).arg(reveille);
        shell
            .args(["run", "--quiet", "--config", "feeds.toml", "--at", MORNING])
            .current_dir(scene.path("."));
        shell.output().expect("a shell").into()
    };
    let mut failed = 0;
    for blocks in [8, 160, 200, 240, 280, 320, 400] {
        let scene = leaflet(Smtp::start(), READERS, CONNECTIONS);
        let runs: Vec<Ended> = (0..3).map(|_| limited(&scene, blocks)).collect();
        for ended in runs.iter().filter(|ended| ended.status != 0) {
            assert_eq!(ended.status, 1, "{blocks}: {}", ended.stderr);
            assert!(ended.stderr.contains("disk is full"), "{blocks}: {}", ended.stderr);
            failed += 1;
        }
        run(&scene).expect(0);
        let doubled = served(&scene);
        let failures = runs.iter().filter(|ended| ended.status != 0).count();
        assert!(doubled <= failures * CONNECTIONS, "{blocks}: {doubled}");
    }
    assert!(failed >= 6, "the limits are too high: {failed}");
}

#[test]
fn a_state_folder_that_cannot_be_written_is_said_before_anybody_is_mailed() {
    let scene = leaflet(Smtp::start(), READERS, CONNECTIONS);
    let folder = scene.path("state");
    fs::create_dir(&folder).expect("a folder");
    scene.write("feeds.toml", scene.read("feeds.toml").replace("sqlite:state.db", "sqlite:state/state.db"));
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).expect("read-only");
    // To root nothing is read-only, and where the program stands another user may not be able to run it.
    let program = scene.path("reveille");
    fs::copy(env!("CARGO_BIN_EXE_reveille"), &program).expect("a copy of the program");
    fs::set_permissions(scene.path("."), fs::Permissions::from_mode(0o755)).expect("open to all");
    let mut command = Command::new(program);
    command.args(["run", "--config", "feeds.toml", "--at", MORNING]).current_dir(scene.path("."));
    if fs::metadata(&folder).expect("the folder").uid() == 0 {
        command.uid(65534).gid(65534);
    }
    let ended = Ended::from(command.output().expect("the program starts")).expect(1);
    assert!(ended.stderr.contains("cannot use the state folder"), "{}", ended.stderr);
    assert!(ended.stderr.contains("may it be written to?"), "{}", ended.stderr);
    assert!(scene.mailed().is_empty());
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("writable");
    run(&scene).expect(0);
    assert_eq!(served(&scene), 0);
}

#[test]
fn two_runs_at_once_mail_everybody_once() {
    let scene = leaflet(Smtp::start(), READERS, CONNECTIONS);
    let start = || scene.start(&["run", "--quiet", "--config", "feeds.toml", "--at", MORNING]);
    let runs = [start(), start(), start()];
    for run in runs {
        Ended::from(run.wait_with_output().expect("it ended")).expect(0);
    }
    assert_eq!(served(&scene), 0);
}

#[test]
fn a_state_that_another_program_has_locked_is_said_and_left_as_it_is() {
    let scene = leaflet(Smtp::start(), READERS, CONNECTIONS);
    scene.without_chance();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let locked = runtime.block_on(async {
        let url = format!("sqlite:{}", scene.path("state.db").display());
        let mut other = sqlx::SqliteConnection::connect(&url).await.expect("the state");
        sqlx::query("begin immediate").execute(&mut other).await.expect("locked");
        other
    });
    let ended = run(&scene).expect(1);
    assert!(ended.stderr.contains("another program has locked it"), "{}", ended.stderr);
    assert!(scene.mailed().is_empty());
    runtime.block_on(locked.close()).expect("given free");
    run(&scene).expect(0);
    assert_eq!(served(&scene), 0);
}

#[test]
fn a_damaged_state_file_is_said_and_nobody_is_left_out_once_it_is_whole_again() {
    let scene = leaflet(Smtp::start(), READERS, CONNECTIONS);
    scene.mail.clone().when(At::Rcpt, "reader0029", Act::Say("450 4.2.1 mailbox busy"));
    run(&scene).expect(5);
    scene.mail.recover();
    let path = scene.path("state.db");
    let whole = fs::read(&path).expect("the state");
    let damage = |file: &mut File, at: u64, bytes: &[u8]| {
        file.seek(SeekFrom::Start(at)).and_then(|_| file.write_all(bytes)).expect("damaged");
    };
    let pages = whole.len() as u64 / 4096;
    let mut said = 0;
    for page in 0..=pages {
        let mails = scene.mail.taken().len();
        fs::write(&path, &whole).expect("the whole state");
        let mut file = OpenOptions::new().write(true).open(&path).expect("the state");
        match page.checked_sub(1) {
            None => damage(&mut file, 0, b"no database at all"),
            Some(page) if page % 2 == 0 => damage(&mut file, page * 4096 + 100, &[0xa5; 3900]),
            Some(page) => file.set_len(page * 4096).expect("cut short"),
        }
        drop(file);
        let ended = run(&scene);
        let new = scene.mail.taken().split_off(mails);
        if ended.status == 0 {
            assert!(new.iter().all(|taken| taken.to == ["reader0029@example.net"]), "page {page}: {new:?}");
            continue;
        }
        assert_eq!(ended.status, 1, "page {page}: {}", ended.stderr);
        assert!(
            ended.stderr.contains("state.db") || ended.stderr.contains("state file"),
            "page {page}: {}",
            ended.stderr
        );
        assert!(ended.stderr.contains("damaged"), "page {page}: {}", ended.stderr);
        said += 1;
    }
    assert!(said >= 4, "{said} of {pages} pages");
    for name in ["state.db-wal", "state.db-shm"] {
        let _ = fs::remove_file(scene.path(name));
    }
    fs::write(&path, &whole).expect("the whole state");
    run(&scene).expect(0);
    served(&scene);
}

#[test]
fn a_log_of_changes_that_is_lost_or_damaged_costs_nobody_the_mail() {
    for damage in ["missing", "damaged", "cut short"] {
        let scene = leaflet(Smtp::start(), READERS, CONNECTIONS);
        scene.without_chance();
        killed_at(&scene, 10);
        let path = scene.path("state.db-wal");
        let mut log = Vec::new();
        File::open(&path).expect("the log").read_to_end(&mut log).expect("read");
        match damage {
            "missing" => fs::remove_file(&path).expect("removed"),
            "damaged" => {
                let middle = log.len() / 2;
                log[middle..].fill(0xa5);
                fs::write(&path, &log).expect("damaged");
            }
            _ => fs::write(&path, &log[..log.len() / 3]).expect("cut short"),
        }
        run(&scene).expect(0);
        assert!(served(&scene) <= 10 + CONNECTIONS, "{damage}");
    }
}

#[test]
fn a_clock_that_jumps_tells_nothing_twice_and_loses_nothing() {
    let scene = leaflet(Smtp::start(), 1, 1);
    let mails = |at: &str| {
        run_at(&scene, at).expect(0);
        scene.mail.taken().len()
    };
    assert_eq!(mails("2026-11-23T01:00:00Z"), 1);
    assert_eq!(mails("2026-11-23T00:30:00Z"), 1, "half an hour back");
    assert_eq!(mails("2026-11-22T06:00:00Z"), 1, "a day back, where all of it is told");
    assert_eq!(mails("1970-01-01T00:00:10Z"), 1, "a clock without a battery");
    assert_eq!(mails("2031-01-01T06:00:00Z"), 1, "years ahead");
    next_day(&scene);
    assert_eq!(mails("2026-11-24T01:00:00Z"), 2, "the next day brings what is new");
    assert_eq!(mails("2026-11-24T01:30:00Z"), 2);
}

#[test]
fn what_is_changed_between_crash_and_resume_counts_for_who_is_not_mailed_yet() {
    let scene = leaflet(Smtp::start(), READERS, CONNECTIONS);
    killed_at(&scene, 10);
    let had: Vec<String> = scene.mail.taken().into_iter().map(|taken| taken.to.concat()).collect();
    let is_free = |n: &usize| !had.contains(&reader(*n));
    let leaving = (0..READERS).rev().find(is_free).expect("somebody without");
    let mut readers: Vec<String> = (0..READERS).filter(|n| *n != leaving).map(reader).collect();
    readers.push("new@example.net".to_owned());
    enroll(&scene, &readers);
    let config = scene.read("feeds.toml").replace("post@news", "desk@news");
    scene.write(
        "feeds.toml",
        config.replace("[newsletter]\n", "[newsletter]\nsections = [\"Sea\", \"Land\"]\n"),
    );
    run(&scene).expect(0);
    let taken = scene.mail.taken();
    let copies = copies(&taken);
    assert!(!copies.contains_key(&reader(leaving)), "who left gets nothing more");
    assert!((0..READERS).filter(|n| *n != leaving).all(|n| copies.contains_key(&reader(n))));
    assert!(
        !copies.contains_key("new@example.net"),
        "who came after the edition was sealed gets the next one"
    );
    let in_doubt = taken.iter().filter(|taken| taken.heard < Heard::FollowedUp).count();
    assert!(taken.len() - copies.len() <= in_doubt.min(CONNECTIONS), "{in_doubt}");
    assert!(kept(&scene).edition.is_some());
}

#[test]
fn who_unsubscribes_while_a_run_is_at_work_does_not_disturb_it() {
    // A table stands before the file: the one who leaves is the first to be served but for this.
    let mail = Smtp::start().when_times(1, At::Rcpt, "reader0020", Act::Say("450 4.2.1 mailbox busy"));
    let scene = leaflet(mail.when_times(1, At::Dot, "reader0005", Act::Stall), READERS, 1);
    let others: Vec<String> = (0..READERS).filter(|n| *n != 20).map(reader).collect();
    enroll(&scene, &others);
    scene.reveille(&["recipients", "add", &reader(20), "--config", "feeds.toml"]).expect(0);
    let mut run_one = scene.start(&["run", "--quiet", "--config", "feeds.toml", "--at", MORNING]);
    let patience = Instant::now();
    while scene.mail.taken().len() < 5 && patience.elapsed() < Duration::from_secs(20) {
        thread::sleep(Duration::from_millis(2));
    }
    scene.reveille(&["recipients", "remove", &reader(20), "--config", "feeds.toml"]).expect(0);
    run_one.kill().expect("kill -9");
    run_one.wait().expect("it ended");
    run(&scene).expect(0);
    let mailed = scene.mailed();
    assert!(!mailed.contains(&reader(20)), "{mailed:?}");
    assert!(others.iter().all(|reader| mailed.contains(reader)), "{mailed:?}");
}

//! `reveille doctor`: what it says of newsletters in trouble, and that it leaves them as they are.

use std::{fs, thread, time::Duration};

use serde_json::Value;

use crate::scene::{
    Ended, MORNING, Scene,
    smtp::{Act, At, Smtp},
};

const MILL: &str =
    "<p>The mill of Aldersund, idle since the flood, grinds again from Tuesday, its keeper says.</p>";

fn gazette(mail: Smtp) -> Scene {
    Scene::with_mail(mail).outlet("Gazette", &[("Aldersund mill grinds again", MILL)]).readers(&["ann", "bo"])
}

/// What the doctor says two hours after the morning's run, and that every line fits that is not to be typed.
fn doctor(scene: &Scene, status: i32) -> String {
    at(scene, "2026-11-22T08:00:00Z", status)
}

fn at(scene: &Scene, at: &str, status: i32) -> String {
    let said = scene.reveille(&["doctor", "--at", at]).expect(status).stdout;
    let folder = scene.path(".").display().to_string();
    for line in
        said.lines().filter(|line| !line.contains("$ ") && !line.contains(folder.trim_end_matches('.')))
    {
        assert!(line.chars().count() <= 80, "{line}");
    }
    said
}

#[test]
fn what_is_not_mailed_yet_is_named_for_forty_eight_hours() {
    let scene = gazette(Smtp::start());
    scene.configure();
    scene.reveille(&["run", "--at", MORNING, "--outbox", "out"]).expect(0);
    for (at, named) in [("2026-11-24T06:00:00Z", true), ("2026-11-24T06:00:01Z", false)] {
        let said = scene.reveille(&["doctor", "--at", at]).stdout;
        assert_eq!(said.contains("The edition of 2026-11-22 is not mailed yet"), named, "{at}: {said}");
    }
}

/// Every file of the scene with its bytes and the moment it was changed.
fn files(scene: &Scene) -> Vec<(String, Vec<u8>, std::time::SystemTime)> {
    let mut files: Vec<_> = fs::read_dir(scene.path("."))
        .expect("the folder")
        .flatten()
        .filter(|file| file.path().is_file())
        .map(|file| {
            let changed = file.metadata().and_then(|about| about.modified()).expect("a time");
            let name = file.file_name().to_string_lossy().into_owned();
            (name, fs::read(file.path()).expect("bytes"), changed)
        })
        .collect();
    files.sort();
    files
}

#[test]
fn from_nothing_to_mail_the_doctor_says_what_is_next() {
    let scene = gazette(Smtp::start());
    assert!(doctor(&scene, 3).contains("reveille init"));
    scene.configure();
    let never = doctor(&scene, 5);
    assert!(never.contains("never been run") && never.contains(" run --config /"), "{never}");
    assert!(!scene.path("state.db").exists() && !scene.path("state.db.lock").exists());
    scene.run().expect(0);
    let before = files(&scene);
    let well = doctor(&scene, 0);
    assert!(well.contains("took it\nfor every reader") && well.contains("All is well."), "{well}");
    assert_eq!(files(&scene), before, "a look leaves everything as it was");
    let late = at(&scene, "2026-11-24T08:00:00Z", 5);
    assert!(late.contains("Nothing starts the runs any more") && late.contains("$ crontab -l"), "{late}");
}

#[test]
fn a_mail_server_that_refuses_is_explained() {
    let scene =
        gazette(Smtp::start().when(At::Mail, "", Act::Say("550 5.7.1 SPF check failed for ann@example.net")));
    scene.run().expect(5);
    let said = doctor(&scene, 5);
    for word in
        ["2 readers are without", "550 5.7.1", "SPF, DKIM or DMARC", "$ reveille check", "a…@example.net"]
    {
        assert!(said.contains(word), "{word} in {said}");
    }
    assert!(!said.contains("ann@example.net"), "{said}");
}

#[test]
fn a_run_that_found_no_feed_is_explained() {
    let scene = Scene::new().feed("Herald", "missing.xml").readers(&["ann"]);
    scene.run().expect(4);
    let said = doctor(&scene, 4);
    assert!(
        said.starts_with("No edition of 2026-11-22: the last run could not read a single feed."),
        "{said}"
    );
    assert!(said.contains("Herald:") && said.contains("$ reveille feeds health"), "{said}");
}

#[test]
fn a_quiet_day_is_explained() {
    let keys = "title = \"Morning Post\"\nmin_stories = 2\n";
    let scene = gazette(Smtp::start()).newsletter(keys);
    scene.run().expect(0);
    let said = doctor(&scene, 0);
    assert!(said.contains("too little news") && said.contains("fewer than 2"), "{said}");
}

#[test]
fn a_run_at_work_is_not_disturbed_and_one_that_was_killed_is_told_from_it() {
    let scene = gazette(Smtp::start().when_times(2, At::Dot, "", Act::Stall));
    scene.configure();
    let mut run = scene.start(&["run", "--quiet", "--at", MORNING]);
    for _ in 0..500 {
        if scene.mail.taken().len() == 2 {
            break;
        }
        thread::sleep(Duration::from_millis(20));
    }
    let at_work = at(&scene, "2026-11-22T06:10:00Z", 0);
    assert!(at_work.contains("at work since 2026-11-22 06:00"), "{at_work}");
    assert!(at_work.contains(&format!("process {}", run.id())), "{at_work}");
    run.kill().expect("kill -9");
    run.wait().expect("it ended");
    let before = scene.read_bytes("state.db");
    let broken_off = doctor(&scene, 1);
    assert!(broken_off.contains("The last run was broken off."), "{broken_off}");
    assert!(broken_off.contains("nobody knows whether it"), "{broken_off}");
    assert_eq!(scene.read_bytes("state.db"), before);
    scene.run().expect(0);
    assert!(doctor(&scene, 0).contains("All is well."));
}

#[test]
fn a_damaged_state_is_explained_as_far_as_it_can_be_read() {
    let scene = gazette(Smtp::start());
    scene.run().expect(0);
    let whole = scene.read_bytes("state.db");
    let mut told = 0;
    for page in 1..whole.len() / 4096 {
        let mut bytes = whole.clone();
        bytes[page * 4096..(page + 1) * 4096].fill(0xa5);
        scene.write("state.db", bytes);
        let ended = scene.reveille(&["doctor", "--at", "2026-11-22T08:00:00Z"]);
        assert!(
            [0, 1, 3, 4, 5].contains(&ended.status) && !ended.stderr.contains("panicked"),
            "{}",
            ended.stderr
        );
        told += usize::from(ended.stdout.contains("damaged") && ended.stdout.contains(".recover"));
    }
    assert!(told > 10, "{told} of {} pages", whole.len() / 4096);
    scene.write("state.db", "no database at all");
    assert!(doctor(&scene, 1).contains("cannot be read"));
}

#[test]
fn a_state_of_another_version_is_told_by_all_who_would_use_it() {
    let scene = gazette(Smtp::start());
    scene.run().expect(0);
    scene.sql("insert into _sqlx_migrations values (9999, 'later', 0, true, x'00', 0)");
    assert!(doctor(&scene, 1).contains("another version of reveille"));
    for command in [&["run"][..], &["history"], &["recipients", "suppressed"], &["backup", "copy.db"]] {
        let said = scene.reveille(command).expect(1).stderr;
        assert!(said.contains("state.db is of another version of reveille"), "{command:?}: {said}");
    }
}

#[test]
fn the_doctor_speaks_json() {
    let account = |ended: Ended| -> Value { serde_json::from_str(&ended.stdout).expect("one object") };
    let scene = gazette(Smtp::start().when(At::Rcpt, "bo@", Act::Say("550 5.1.1 unknown")));
    assert_eq!(account(scene.reveille(&["doctor", "--json"]).expect(3))["exit"], 3);
    scene.run().expect(5);
    let said = account(scene.reveille(&["doctor", "--json", "--at", "2026-11-22T08:00:00Z"]).expect(5));
    assert_eq!((&said["exit"], &said["findings"][0]["weight"]), (&5.into(), &"error".into()));
    assert_eq!(said["findings"][0]["type"][0], "reveille recipients remove bo@example.net");
    assert!(said["today"].is_string() && said["seen"]["readers"] == "2, 1 of them mailed nothing", "{said}");
    let wrong = account(scene.reveille(&["doctor", "--json", "--at", "noon"]).expect(2));
    assert!(wrong["error"].to_string().contains("is not a time"));
}

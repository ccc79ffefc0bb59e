//! Commands typed while a run is at work, held in hand by a mail server that does not answer: they work beside it or wait
//! for its end.

use std::{
    process::Child,
    thread,
    time::{Duration, Instant},
};

use crate::scene::{
    MORNING, Scene,
    smtp::{Act, At, Smtp},
};

/// A newsletter with a run at work on it: ann's message is never answered.
fn at_work() -> (Scene, Child) {
    let scene = Scene::with_mail(Smtp::start().when_times(1, At::Dot, "ann@", Act::Stall))
        .outlet(
            "Gazette",
            &[("Mill grinds again", "<p>The mill of Aldersund grinds again from Tuesday.</p>")],
        )
        .readers(&["ann"]);
    scene.configure();
    let run = scene.start(&["run", "-c", "feeds.toml", "--at", MORNING]);
    let begun = Instant::now();
    while scene.mail.taken().is_empty() && begun.elapsed() < Duration::from_secs(60) {
        thread::sleep(Duration::from_millis(20));
    }
    (scene, run)
}

fn end(mut run: Child) {
    assert!(run.try_wait().expect("a run").is_none(), "the run was still at work");
    run.kill().expect("the run ends");
    run.wait().expect("the run ended");
}

#[test]
fn what_only_reads_or_tries_works_beside_a_run() {
    let (scene, run) = at_work();
    for line in [
        "preview --output now.html",
        "preview --at 2026-11-22T06:10:00Z --output then.html",
        "explain",
        "history",
        "history 2026-11-22",
        "feeds health",
        "recipients list",
        "recipients suppressed",
        "check --offline",
        "backup copy.db",
        "test-email you@example.net --at 2026-11-22T06:10:00Z",
    ] {
        let ended = scene.reveille(&line.split(' ').collect::<Vec<_>>());
        assert_eq!(ended.status, 0, "{line}\n{}\n{}", ended.stdout, ended.stderr);
    }
    assert!(scene.mailed().contains(&"you@example.net".to_owned()), "{:?}", scene.mailed());
    end(run);
}

#[test]
fn a_second_run_leaves_the_work_to_the_first_and_gives_cron_nothing_to_mail() {
    let (scene, run) = at_work();
    let second = scene.reveille(&["run", "--at", MORNING]).expect(0);
    assert_eq!((second.stdout.as_str(), second.stderr.as_str()), ("", ""));
    assert!(scene.reveille(&["run", "--at", MORNING, "-v"]).expect(0).stderr.contains("leaves it the work"));
    end(run);
}

#[test]
fn a_reader_is_forgotten_wholly_or_not_at_all() {
    let (scene, run) = at_work();
    let mut forget = scene.start(&["recipients", "forget", "ann@example.net", "-c", "feeds.toml"]);
    thread::sleep(Duration::from_secs(1));
    assert!(forget.try_wait().expect("a command").is_none(), "it waits");
    assert!(scene.read("feeds.toml").contains("ann@example.net"), "nothing is done by halves");
    end(run);
    assert!(forget.wait().expect("it ends").success());
    assert!(!scene.read("feeds.toml").contains("ann@example.net"));
    assert!(scene.reveille(&["recipients", "suppressed"]).expect(0).stdout.contains("forgotten"));
}

//! SIGTERM and SIGINT at many moments of a run: it ends within seconds, what was under way is finished, nobody gets two
//! mails and after the next run everybody has one. The other commands that ask or mail end in order, too.
//!
//! The short form runs with all tests, the long one has 50 moments:
//!
//!     cargo test --test it faults::stop::long -- --ignored --nocapture

use std::{
    net::TcpListener,
    process::Child,
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

use super::press::{enroll, forget, kept, leaflet, reader};
use crate::scene::{
    Ended, MORNING, Scene,
    smtp::{Act, At, Smtp},
};

const READERS: usize = 24;
const RUN: [&str; 5] = ["run", "--config", "feeds.toml", "--at", MORNING];

/// How long the server takes over each message.
const SLOW: Duration = Duration::from_millis(60);

#[test]
fn a_run_told_to_stop_finishes_the_messages_in_hand_and_no_other() {
    at_moments(6);
}

#[test]
#[ignore = "takes a minute: 50 moments"]
fn long() {
    at_moments(50);
}

fn at_moments(moments: usize) {
    let scene = leaflet(Smtp::start().when(At::Dot, "", Act::Late(SLOW)), READERS, 3);
    for n in 0..moments {
        forget(&scene);
        scene.mail.forget();
        let run = scene.start(&RUN);
        wait(|| scene.mail.taken().len() > n % 8);
        thread::sleep(SLOW.mul_f64((n * 7 % 10) as f64 / 10.0));
        let ended = told(run, &[if n % 2 == 0 { Signal::TERM } else { Signal::INT }], Duration::from_secs(5));
        let served = scene.mailed().len();
        assert!(ended.status == 5 && served < READERS, "{n}: {served} served, {}", ended.stderr);
        let said = format!("stopped as asked: {served} reader");
        assert!(ended.stderr.contains(&said), "{n}: {}", ended.stderr);
        assert_eq!(scene.mail.commands().last().map(String::as_str), Some("QUIT"), "{n}: it takes its leave");
        assert_eq!(scene.mail.open(), 0, "{n}");
        scene.reveille(&RUN).expect(0);
        assert_eq!(scene.mailed(), (0..READERS).map(reader).collect::<Vec<_>>(), "{n}");
    }
}

#[test]
fn a_pause_before_the_second_try_is_not_sat_out() {
    let mail = Smtp::start().when(At::Rcpt, "reader0000", Act::Say("450 4.2.0 later"));
    let scene = leaflet(mail, 3, 1);
    let config = scene.read("feeds.toml").replace("retry_after = \"10ms\"", "retry_after = \"60s\"");
    scene.write("feeds.toml", config);
    let run = scene.start(&RUN);
    wait(|| scene.mail.taken().len() == 2);
    let ended = told(run, &[Signal::TERM], Duration::from_secs(5)).expect(5);
    assert!(ended.stderr.contains("2 readers have"), "{}", ended.stderr);
}

#[test]
fn a_run_that_has_not_sealed_anything_ends_and_the_next_one_does_it_all() {
    let scene = leaflet(Smtp::start(), 2, 1);
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let feed = format!("[[feeds]]\nurl = \"http://{}/f\"\n", silent.local_addr().expect("its address"));
    let config = scene.read("feeds.toml");
    scene.write("feeds.toml", format!("{config}\n{feed}"));
    let run = scene.start(&RUN);
    // The feed is asked, and does not answer.
    let asked = silent.accept().expect("a request");
    let ended = told(run, &[Signal::TERM], Duration::from_secs(5)).expect(5);
    assert!(ended.stderr.contains("nobody was mailed anything"), "{}", ended.stderr);
    drop(asked);
    scene.write("feeds.toml", config);
    scene.reveille(&RUN).expect(0);
    assert_eq!(scene.mailed(), [reader(0), reader(1)]);
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let scene = leaflet(Smtp::start().when(At::Dot, "", Act::Stall), 2, 1);
    let run = scene.start(&RUN);
    wait(|| scene.mail.taken().len() == 1);
    let ended = told(run, &[Signal::TERM, Signal::INT], Duration::from_secs(2));
    assert_eq!(ended.status, 128 + Signal::INT.as_raw(), "{}", ended.stderr);
}

/// A newsletter of so many feeds, the last of which never answers.
fn slow_town(feeds: usize) -> (Scene, TcpListener) {
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let mut scene = Scene::new().readers(&["ann"]);
    for n in 0..feeds - 1 {
        scene = scene
            .outlet(&format!("Gazette{n}"), &[(&format!("Mill number {n} grinds again"), "<p>It does.</p>")]);
    }
    let url = format!("http://{}/f", silent.local_addr().expect("its address"));
    let scene = scene.feed("Silence", &url);
    scene.configure();
    (scene, silent)
}

fn stored(scene: &Scene) -> usize {
    kept(scene).entries.len()
}

#[test]
fn a_pull_told_to_stop_keeps_what_was_answered_and_the_next_one_asks_the_rest() {
    for signal in [Signal::TERM, Signal::INT] {
        let (scene, silent) = slow_town(6);
        let pull = scene.start(&["pull", "--json", "--at", MORNING]);
        // It is asked, and does not answer.
        let asked = silent.accept().expect("a request");
        wait(|| scene.web.asked().len() >= 5);
        let ended = told(pull, &[signal], Duration::from_secs(6)).expect(4);
        assert!(ended.stderr.contains("stopped as asked: 1 feed was not read"), "{}", ended.stderr);
        let report: serde_json::Value = serde_json::from_str(&ended.stdout).expect("JSON");
        assert_eq!(
            (&report["feeds"]["read"], &report["feeds"]["unasked"]),
            (&5.into(), &1.into()),
            "{report}"
        );
        assert_eq!(report["feeds"]["failed"], 0, "nobody is blamed: {report}");
        assert_eq!(stored(&scene), 5);
        drop(asked);
    }
}

#[test]
fn a_pull_at_work_on_slow_feeds_ends_soon_and_loses_none_that_answered() {
    let mut scene = Scene::new();
    for n in 0..40 {
        scene = scene
            .outlet(&format!("Gazette{n}"), &[(&format!("Mill number {n} grinds again"), "<p>It does.</p>")]);
    }
    scene.web.slow_down(Duration::from_millis(100));
    scene.configure();
    let pull = scene.start(&["pull", "--json", "--at", MORNING]);
    wait(|| scene.web.asked().len() > 5);
    let ended = told(pull, &[Signal::TERM], Duration::from_secs(6)).expect(4);
    let report: serde_json::Value = serde_json::from_str(&ended.stdout).expect("JSON");
    let [read, unasked] =
        ["read", "unasked"].map(|key| report["feeds"][key].as_u64().expect("a number") as usize);
    assert!(read > 4 && unasked > 0 && read + unasked == 40, "{report}");
    let asked = scene.web.asked().iter().filter(|asked| asked.path.ends_with(".xml")).count();
    assert_eq!(stored(&scene), read, "what was read is kept");
    // On a machine that stands still for seconds the one in hand may be given up.
    assert!((read..=read + 1).contains(&asked), "{asked} were asked, {read} are kept");
    scene.web.slow_down(Duration::ZERO);
    scene.reveille(&["pull", "--at", MORNING]).expect(0);
    assert_eq!(stored(&scene), 40);
}

#[test]
fn what_makes_a_digest_to_look_at_ends_in_order_and_leaves_nothing_behind() {
    for command in [
        &["preview", "-o", "p.html"][..],
        &["preview", "--serve", "--port", "0"],
        &["test-email", "eve@example.com"],
    ] {
        let (scene, silent) = slow_town(2);
        let at_work = scene.start(&[command, &["--at", MORNING]].concat());
        let asked = silent.accept().expect("a request");
        let ended = told(at_work, &[Signal::TERM], Duration::from_secs(6)).expect(5);
        assert!(ended.stderr.contains("nothing is written or sent"), "{command:?}: {}", ended.stderr);
        assert!(scene.mail.taken().is_empty() && !scene.path("p.html").exists());
        drop(asked);
        // The state is free and whole.
        let config = scene
            .read("feeds.toml")
            .replace(&format!("{}", silent.local_addr().expect("one")), "127.0.0.1:1");
        scene.write("feeds.toml", config);
        scene.reveille(&["run", "--at", MORNING]).expect(0);
        assert_eq!(scene.mailed(), ["ann@example.net"]);
    }
}

#[test]
fn a_trial_message_in_hand_is_finished() {
    let scene = Scene::with_mail(Smtp::start().when(At::Dot, "", Act::Late(Duration::from_millis(700))))
        .outlet("Gazette", &[("Mill grinds again", "<p>It does.</p>")]);
    scene.configure();
    let at_work = scene.start(&["test-email", "eve@example.com", "--at", MORNING]);
    wait(|| !scene.mail.taken().is_empty());
    let ended = told(at_work, &[Signal::TERM], Duration::from_secs(5)).expect(0);
    assert!(ended.stdout.contains("Sent to eve@example.com"), "{}", ended.stdout);
    assert_eq!(scene.mail.commands().last().map(String::as_str), Some("QUIT"));
}

#[test]
fn what_is_sent_again_by_hand_stops_after_the_messages_in_hand() {
    for which in ["--failed", "--all", "--new"] {
        let scene = leaflet(Smtp::start().when(At::Dot, "", Act::Late(SLOW)), READERS, 2);
        let everybody: Vec<String> = (0..READERS).map(reader).collect();
        // Nobody has it but one, and most are new.
        enroll(&scene, &everybody[..1]);
        scene.reveille(&RUN).expect(0);
        enroll(&scene, &everybody);
        if which == "--failed" {
            scene.reveille(&["resend", "--new", "--at", MORNING, "--outbox", "outbox"]).expect(0);
        }
        scene.mail.forget();
        let at_work = scene.start(&["resend", which, "--at", MORNING]);
        wait(|| scene.mail.taken().len() > 3);
        let ended = told(at_work, &[Signal::INT], Duration::from_secs(5)).expect(5);
        let sent = scene.mailed();
        assert!(sent.len() < READERS - 1, "{which}: {sent:?}");
        assert_eq!(scene.mail.commands().last().map(String::as_str), Some("QUIT"), "{which}");
        assert_eq!(scene.mail.open(), 0, "{which}: {}", ended.stderr);
        if which != "--all" {
            scene.reveille(&["resend", "--failed", "--at", MORNING]).expect(0);
            assert_eq!(scene.mailed(), &everybody[1..], "{which}: each once");
        }
    }
}

#[test]
fn a_demo_told_to_stop_ends_soon() {
    let scene = Scene::new();
    for pause in [0, 300, 900] {
        let _ = std::fs::remove_dir_all(scene.path("out"));
        let demo = scene.start(&["demo"]);
        wait(|| scene.path("out/demo.toml").exists());
        thread::sleep(Duration::from_millis(pause));
        let ended = told(demo, &[Signal::TERM], Duration::from_secs(9));
        assert!([0, 5].contains(&ended.status), "{}: {}", ended.status, ended.stderr);
    }
    scene.reveille(&["demo"]).expect(0);
}

fn wait(until: impl Fn() -> bool) {
    let begun = Instant::now();
    while !until() {
        assert!(begun.elapsed() < Duration::from_secs(60), "it does not come to that");
        thread::sleep(Duration::from_millis(1));
    }
}

/// How the program ended after these signals, a tenth of a second apart, within `time`.
fn told(mut program: Child, signals: &[Signal], time: Duration) -> Ended {
    for &signal in signals {
        kill_process(Pid::from_child(&program), signal).expect("it runs");
        thread::sleep(Duration::from_millis(100));
    }
    let asked = Instant::now();
    while program.try_wait().expect("a child of ours").is_none() {
        if asked.elapsed() > time {
            program.kill().expect("it runs");
            panic!("it goes on");
        }
        thread::sleep(Duration::from_millis(2));
    }
    program.wait_with_output().expect("it ended").into()
}

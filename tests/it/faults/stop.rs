//! SIGTERM and SIGINT at many moments of a run: it ends within seconds, what was under way is finished, nobody gets two
//! mails and after the next run everybody has one.
//!
//! The short form runs with all tests, the long one has 50 moments:
//!
//!     cargo test --test it faults::stop::long -- --ignored --nocapture

use std::{
    process::Child,
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

use super::press::{forget, leaflet, reader};
use crate::scene::{
    Ended, MORNING,
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
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
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

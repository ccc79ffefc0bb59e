//! `kill -9` at many moments of a run, then on to the end: nobody without the mail, nobody with two but where the answer
//! was under way, one edition, every entry.
//!
//! In half of the plays a pull is at work beside every run, and is killed with it, or alone at another moment.
//!
//! The short form runs with all tests. The long one, in some minutes, prints its figures:
//!
//!     cargo test --test it faults::kill::long -- --ignored --nocapture
//!
//! `KILL_POINTS` and `KILL_READERS` in the environment make it longer or shorter.

use std::{
    fs::File,
    process::{Child, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use super::press::{Dice, Kept, copies, forget, kept, message_id, press, reader};
use crate::scene::{
    MORNING, Scene,
    smtp::{Heard, Smtp},
    watch::{End, Moment, Sight, Watch},
};

/// How a server and a run before it are set up.
#[derive(Debug, Clone, Copy)]
struct Line {
    connections: usize,
    pipelining: bool,
    /// Whether a pull is at work beside every run.
    pulling: bool,
}

/// What many kills cost.
#[derive(Debug, Default)]
struct Account {
    editions: usize,
    /// Kills before an entry was stored, before the edition was sealed, before the first command to the mail server, after.
    killed: [usize; 4],
    /// Runs that were done before their moment came.
    missed: usize,
    /// Readers without a mail.
    without: usize,
    /// Entries lost.
    lost: usize,
    /// Messages accepted whose sender was gone before it had told anybody so: their answer was not given, not read, or
    /// read and followed by nothing.
    in_doubt: [usize; 3],
    /// Those of them that came a second time.
    doubled: [usize; 3],
    /// Most of those after one kill.
    most_doubled: usize,
}

#[test]
fn a_run_killed_at_many_moments_loses_nothing_and_doubles_only_what_was_in_doubt() {
    let mut account = Account::default();
    play(Line { connections: 4, pipelining: true, pulling: false }, 40, 10, &mut account);
    assert!(account.killed.iter().sum::<usize>() >= 10, "{account:?}");
}

#[test]
fn with_a_pull_beside_it_a_run_loses_nothing_either() {
    let mut account = Account::default();
    play(Line { connections: 4, pipelining: true, pulling: true }, 20, 8, &mut account);
    assert!(account.killed.iter().sum::<usize>() >= 8, "{account:?}");
}

#[test]
#[ignore = "takes minutes: 400 kills over runs with 1,000 readers"]
fn long() {
    let number = |name: &str, usual| {
        std::env::var(name).map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name}: {text:?}")))
    };
    let (points, readers) = (number("KILL_POINTS", 400), number("KILL_READERS", 1000));
    let lines = [
        (4, false, false),
        (4, true, false),
        (10, true, false),
        (1, false, false),
        (4, true, true),
        (10, true, true),
        (4, false, true),
        (1, true, true),
    ];
    let mut total = 0;
    for (connections, pipelining, pulling) in lines {
        let (line, mut account) = (Line { connections, pipelining, pulling }, Account::default());
        let started = Instant::now();
        play(line, readers, points / lines.len(), &mut account);
        total += account.killed.iter().sum::<usize>();
        eprintln!("{readers} readers, {line:?}, {:.0} s: {account:#?}", started.elapsed().as_secs_f64());
    }
    eprintln!("killed {total} times");
    assert!(total >= points / lines.len() * lines.len());
}

/// One edition after the other, each killed again and again until it is done, until so many kills have been made.
fn play(line: Line, readers: usize, kills: usize, account: &mut Account) {
    let mail = if line.pipelining { Smtp::start().with_pipelining() } else { Smtp::start() };
    let scene = press(mail, readers, line.connections);
    let watch = Watch::default();
    scene.web.watched_by(&watch);
    scene.mail.watched_by(&watch);
    let whole = Whole::of(&scene, &watch, readers);
    let mut dice = Dice(line.connections as u64 * 2 + u64::from(line.pipelining));
    let before = account.killed.iter().sum::<usize>();
    while account.killed.iter().sum::<usize>() - before < kills {
        assert!(
            account.editions < 1000 && account.missed < 20 + 3 * kills,
            "the moments do not come: {account:?}"
        );
        forget(&scene);
        scene.mail.forget();
        edition(&scene, &watch, &whole, line, &mut dice, account);
    }
}

/// A run that nobody disturbs: what the others must come to.
struct Whole {
    kept: Kept,
    /// How often each was seen.
    requests: usize,
    commands: usize,
    bytes: usize,
    messages: usize,
    /// From its start to its end, and from the last request to the first word to the mail server.
    time: Duration,
    composing: Duration,
}

impl Whole {
    fn of(scene: &Scene, watch: &Watch, readers: usize) -> Whole {
        let started = Instant::now();
        assert!(matches!(run(scene, watch, Moment::Never), End::Itself(status) if status.success()));
        let time = started.elapsed();
        let kept = kept(scene);
        assert!(kept.edition.is_some() && kept.entries.len() == 18, "{kept:?}");
        assert_eq!(scene.mailed(), (0..readers).map(reader).collect::<Vec<_>>());
        Whole {
            kept,
            requests: watch.seen(Sight::Asked),
            commands: watch.seen(Sight::Command),
            bytes: watch.seen(Sight::Byte),
            messages: readers,
            time,
            composing: watch.between(Sight::Answered, Sight::Command),
        }
    }

    /// A moment of a run that has some share of the way still before it.
    fn moment(&self, leg: usize, line: Line, dice: &mut Dice) -> Moment {
        // So that there are several to the requests of an edition, and to its messages.
        let share = |all: usize| all / 8 + 1;
        let part = |time: Duration, dice: &mut Dice| time.mul_f64(dice.below(100) as f64 / 100.0);
        match (leg, dice.below(6)) {
            (0, 0) => Moment::Elapsed(part(self.time / 4, dice)),
            (0, 1 | 2) => Moment::Nth(Sight::Asked, 1 + dice.below(self.requests / 3)),
            (0, 3) => Moment::Nth(Sight::Answering, 1 + dice.below(self.requests / 3)),
            (0, _) => Moment::Nth(Sight::Answered, 1 + dice.below(self.requests / 3)),
            (1, _) => Moment::After(Sight::Answered, part(self.composing, dice)),
            // The feeds and most pages are kept by now.
            (2, _) => Moment::Elapsed(part(self.composing, dice)),
            (3, _) => Moment::Nth(Sight::Connected, 1 + dice.below(line.connections)),
            (4, 0 | 1) => Moment::Nth(Sight::Command, 1 + dice.below(12)),
            (_, 0) => Moment::Nth(Sight::Command, 1 + dice.below(share(self.commands))),
            (_, 1) => Moment::Nth(Sight::Byte, 1 + dice.below(share(self.bytes))),
            (_, 2) => Moment::Nth(Sight::Dot, 1 + dice.below(share(self.messages))),
            (_, 3) => Moment::Nth(Sight::Accepted, 1 + dice.below(share(self.messages))),
            (_, 4) => Moment::Nth(Sight::Replied, 1 + dice.below(share(self.messages))),
            (_, _) => Moment::Elapsed(self.time.mul_f64((5 + dice.below(30)) as f64 / 100.0)),
        }
    }
}

/// One edition: killed at up to ten moments, then done, then asked for once more.
fn edition(scene: &Scene, watch: &Watch, whole: &Whole, line: Line, dice: &mut Dice, account: &mut Account) {
    account.editions += 1;
    let mut doubts = Vec::new();
    for leg in 0..10 {
        let (before, moment) = (scene.mail.taken().len(), whole.moment(leg, line, dice));
        // Every other one ends before the run does, be it by itself.
        let lives = [5, 20, 40, 80, 60_000, 60_000, 60_000, 60_000].map(Duration::from_millis);
        let pull = line.pulling.then(|| lives[dice.below(lives.len())]);
        match run_beside(scene, watch, moment, pull) {
            End::Itself(status) => {
                assert!(status.success(), "{moment:?}: {status}: {}", scene.read("err"));
                account.missed += 1;
                break;
            }
            End::Killed => {
                let now = kept(scene);
                let stage = match &now.edition {
                    None if now.entries.is_empty() => 0,
                    None => 1,
                    Some(edition) => {
                        assert_eq!(Some(edition), whole.kept.edition.as_ref(), "{moment:?}");
                        2 + usize::from(watch.seen(Sight::Command) > 0)
                    }
                };
                account.killed[stage] += 1;
                let in_doubt = in_doubt(scene, before, account);
                assert!(in_doubt.len() <= line.connections, "{moment:?}: {in_doubt:?}");
                doubts.push(in_doubt);
            }
        }
    }
    let End::Itself(status) = run(scene, watch, Moment::Never) else { panic!("nobody kills it") };
    assert!(status.success(), "{}", scene.read("err"));
    settle(scene, whole, &doubts, account);
    let mails = scene.mail.taken().len();
    run(scene, watch, Moment::Never);
    assert_eq!(scene.mail.taken().len(), mails, "what is done is not done again");
}

/// A run to its end or to that moment, maybe with a pull beside it. What the mail server was told before is with it when
/// this returns.
fn run_beside(scene: &Scene, watch: &Watch, moment: Moment, pull: Option<Duration>) -> End {
    let mut beside = None;
    let start = || -> Child {
        beside = pull.map(|life| Beside::start(scene, life));
        let into = |name: &str| Stdio::from(File::create(scene.path(name)).expect("a file"));
        let mut command = scene.command(&["run", "--quiet", "--config", "feeds.toml", "--at", MORNING]);
        command.stdout(into("out")).stderr(into("err")).spawn().expect("the program starts")
    };
    let end = watch.over(start, moment);
    if let Some(beside) = beside {
        beside.end(matches!(end, End::Killed));
    }
    let patience = Instant::now();
    while scene.mail.open() > 0 {
        assert!(patience.elapsed() < Duration::from_secs(60), "connections that nobody has stay open");
        thread::sleep(Duration::from_millis(1));
    }
    end
}

fn run(scene: &Scene, watch: &Watch, moment: Moment) -> End {
    run_beside(scene, watch, moment, None)
}

/// A pull at work.
struct Beside {
    kill: mpsc::Sender<bool>,
    ended: thread::JoinHandle<ExitStatus>,
}

impl Beside {
    /// Starts one that is killed once its life is over.
    fn start(scene: &Scene, life: Duration) -> Beside {
        let arguments = ["pull", "--quiet", "--config", "feeds.toml", "--at", MORNING];
        let mut pull = scene.command(&arguments).stderr(Stdio::null()).spawn().expect("the program starts");
        let (kill, told) = mpsc::channel();
        let watching = move || {
            if told.recv_timeout(life).unwrap_or(true) {
                pull.kill().expect("kill -9");
            }
            pull.wait().expect("it ended")
        };
        Beside { kill, ended: thread::spawn(watching) }
    }

    /// Ends it, by `kill -9` or by waiting for it.
    fn end(self, by_kill: bool) {
        // One whose life is over does not listen.
        let _ = self.kill.send(by_kill);
        let status = self.ended.join().expect("no panic");
        assert!(status.success() || status.code().is_none(), "a pull beside a run: {status}");
    }
}

/// The messages taken since `before` after which their connection was silent: places and how far the answer came.
fn in_doubt(scene: &Scene, before: usize, account: &mut Account) -> Vec<(usize, Heard)> {
    let taken = scene.mail.taken();
    let new = taken.iter().enumerate().skip(before);
    let silent: Vec<(usize, Heard)> =
        new.filter(|(_, t)| t.heard != Heard::FollowedUp).map(|(place, t)| (place, t.heard)).collect();
    for (_, heard) in &silent {
        account.in_doubt[*heard as usize] += 1;
    }
    silent
}

/// Holds what an edition came to against what it should, and counts.
fn settle(scene: &Scene, whole: &Whole, doubts: &[Vec<(usize, Heard)>], account: &mut Account) {
    let now = kept(scene);
    assert_eq!((&now.edition, now.newest), (&whole.kept.edition, whole.kept.newest), "one edition, the same");
    let lost: Vec<_> = whole.kept.entries.difference(&now.entries).collect();
    account.lost += lost.len();
    assert!(lost.is_empty(), "entries lost: {lost:?}");
    let taken = scene.mail.taken();
    let copies = copies(&taken);
    let without: Vec<String> = (0..whole.messages).map(reader).filter(|r| !copies.contains_key(r)).collect();
    account.without += without.len();
    assert!(without.is_empty(), "without a mail: {without:?}");
    let mut after = vec![0; doubts.len()];
    for copies in copies.values() {
        let (&(_, last), earlier) = copies.split_last().expect("a copy");
        for &(place, copy) in earlier {
            assert_eq!(message_id(copy), message_id(last), "{:?}", copy.to);
            assert!(copy.data == last.data, "two messages under one Message-ID: {:?}", copy.to);
            let leg = doubts.iter().position(|leg| leg.iter().any(|(doubt, _)| *doubt == place));
            after
                [leg.unwrap_or_else(|| panic!("{:?} has two, though the first was in no doubt", copy.to))] +=
                1;
            account.doubled[copy.heard as usize] += 1;
        }
    }
    account.most_doubled = account.most_doubled.max(after.into_iter().max().unwrap_or_default());
}

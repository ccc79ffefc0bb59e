//! The watch over a run: what the servers of a scene see of the program in, `kill -9` at the moment asked for out.

use std::{
    collections::BTreeMap,
    process::{Child, ExitStatus},
    sync::{Arc, Mutex, MutexGuard},
    thread,
    time::{Duration, Instant},
};

/// What a server can see of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// A request for a feed or a page is here, not answered yet.
    Asked,
    /// Half of the answer's body is out.
    Answering,
    /// The whole answer is out.
    Answered,
    /// A connection to the mail server is made, not greeted yet.
    Connected,
    /// A command of SMTP is here, not answered yet.
    Command,
    /// A byte of a message is here.
    Byte,
    /// A whole message is here, and not accepted yet.
    Dot,
    /// A message is accepted, but not answered yet.
    Accepted,
    /// The acceptance of a message has been answered.
    Replied,
}

/// When to end the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// When this is seen for the n-th time, 1 first.
    Nth(Sight, usize),
    /// This long after its start.
    Elapsed(Duration),
    /// This long after this was last seen, if nothing else was seen since.
    After(Sight, Duration),
    Never,
}

/// How a run under watch ended.
#[derive(Debug)]
pub enum End {
    Killed,
    Itself(ExitStatus),
}

/// A watch over one run at a time; its clones keep it together.
#[derive(Clone, Default)]
pub struct Watch(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    moment: Option<Moment>,
    child: Option<Child>,
    seen: BTreeMap<Sight, usize>,
    last: Option<(Sight, Instant)>,
    /// When each was seen first and last.
    times: BTreeMap<Sight, (Instant, Instant)>,
    killed: bool,
}

impl Watch {
    /// Starts a program, watches it to its end and ends it at this moment.
    pub fn over(&self, start: impl FnOnce() -> Child, moment: Moment) -> End {
        let started = Instant::now();
        {
            // Before the program can be seen anywhere.
            let mut state = self.state();
            *state = State::default();
            (state.moment, state.child) = (Some(moment), Some(start()));
        }
        loop {
            let mut state = self.state();
            if state.killed {
                return End::Killed;
            }
            let ended = state.child.as_mut().and_then(|child| child.try_wait().expect("a child of ours"));
            if let Some(status) = ended {
                return End::Itself(status);
            }
            let due = match moment {
                Moment::Elapsed(time) => started.elapsed() >= time,
                Moment::After(sight, time) => {
                    state.last.is_some_and(|(last, at)| last == sight && at.elapsed() >= time)
                }
                Moment::Nth(..) | Moment::Never => false,
            };
            assert!(started.elapsed() < Duration::from_secs(300), "the program hangs");
            if due {
                state.kill();
            }
            drop(state);
            thread::sleep(Duration::from_micros(500));
        }
    }

    /// Counts further sightings. Returns whether the program was killed, now or before.
    pub fn saw(&self, sight: Sight, times: usize) -> bool {
        let mut state = self.state();
        let seen = state.seen.entry(sight).or_default();
        *seen += times;
        let due = matches!(state.moment, Some(Moment::Nth(at, n)) if at == sight && state.seen[&sight] >= n);
        let now = Instant::now();
        state.last = Some((sight, now));
        state.times.entry(sight).or_insert((now, now)).1 = now;
        if due {
            state.kill();
        }
        state.killed
    }

    /// How often this was seen in the last run.
    pub fn seen(&self, sight: Sight) -> usize {
        self.state().seen.get(&sight).copied().unwrap_or_default()
    }

    /// From when the one was seen last to when the other was seen first.
    pub fn between(&self, last: Sight, first: Sight) -> Duration {
        let state = self.state();
        match (state.times.get(&last), state.times.get(&first)) {
            (Some((_, from)), Some((to, _))) => to.saturating_duration_since(*from),
            _ => Duration::ZERO,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("no test panicked inside the watch")
    }
}

impl State {
    fn kill(&mut self) {
        if let Some(child) = self.child.as_mut().filter(|_| !self.killed) {
            // One that has just ended by itself cannot be killed.
            self.killed = matches!(child.try_wait(), Ok(None)) && child.kill().is_ok();
            child.wait().expect("a child of ours");
        }
    }
}

/// A program that is still running when a test fails is ended with it.
impl Drop for State {
    fn drop(&mut self) {
        self.kill();
    }
}

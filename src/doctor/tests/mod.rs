//! Each finding from the facts that cause it, and none from facts that are as they should be: the runs here, what
//! runs need in `means`, how often feeds are pulled and what is missing of them in `morning`.

mod means;
mod morning;

use jiff::{SignedDuration, Timestamp, civil::date, tz::TimeZone};

use super::*;
use crate::model::{DeliveryState, FeedRecord, HeldEntries, Outcome, Reply, Run, Sealed, Undelivered};

fn settings() -> Settings {
    let feed = |outlet: &str, section: Option<&str>| Feed {
        outlet: outlet.to_owned(),
        url: format!("https://{}.example/rss", outlet.to_lowercase()),
        section: section.map(str::to_owned),
    };
    Settings {
        path: "/news/feeds.toml".into(),
        state: "/news/state.db".into(),
        feeds: Feeds {
            feeds: vec![feed("Quay", Some("Sea")), feed("Hill", None)],
            zone: zone("America/New_York"),
            warn_after: 3,
        },
        min_stories: 3,
        readers: 2,
        chosen_sections: [].into(),
        server: Some(("mail.example.com".to_owned(), 465)),
        has_sender: true,
        lacks_password: false,
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("a bundled zone")
}

/// Eight in the morning for the newsletter, two hours after a successful run.
const NOW: &str = "2026-11-22T13:00:00Z";

fn run(started: &str, status: u8) -> Run {
    let started = at(started);
    let ended = Some(started + SignedDuration::from_secs(12));
    Run { id: 1, pid: 4711, started, ended, status: Some(status), ..Run::default() }
}

fn known() -> Known {
    let composed_at = at("2026-11-22T11:00:00Z");
    let record = FeedRecord {
        checked_at: Some(composed_at),
        succeeded_at: Some(composed_at),
        ..FeedRecord::default()
    };
    let urls = ["https://quay.example/rss", "https://hill.example/rss"];
    let held =
        |feed: &str| HeldEntries { feed: feed.into(), entries: 9, undated: 0, ahead: 0, newest: composed_at };
    Known {
        runs: vec![
            run("2026-11-22T11:00:00Z", 0),
            run("2026-11-21T11:00:00Z", 0),
            run("2026-11-20T11:00:00Z", 0),
        ],
        feeds: urls.map(|url| (url.to_owned(), record.clone())).into(),
        last: Some(Sealed { date: date(2026, 11, 22), composed_at, number: 12 }),
        held_entries: urls.map(held).into(),
        ..Known::default()
    }
}

fn machine() -> Machine {
    Machine {
        program: "/usr/bin/reveille".into(),
        zone: zone("America/New_York"),
        environment: Vec::new(),
        password_in_environment: false,
        lock: Lock::Free,
        may_write: true,
        user: 1000,
        owner: Some(1000),
        mode: Some(0o100_600),
        size: 131_072,
        free: Some(9_000_000_000),
        network: None,
    }
}

fn facts() -> Facts {
    Facts {
        now: at(NOW),
        settings: settings(),
        command: "reveille".to_owned(),
        state: State::Known(Box::new(known())),
        machine: machine(),
        faults: Faults::default(),
    }
}

/// The diagnosis with the state changed.
fn with(change: impl FnOnce(&mut Known)) -> Diagnosis {
    let mut known = known();
    change(&mut known);
    examine(&Facts { state: State::Known(Box::new(known)), ..facts() })
}

/// The diagnosis with the machine changed.
fn on(change: impl FnOnce(&mut Machine)) -> Diagnosis {
    let mut machine = machine();
    change(&mut machine);
    examine(&Facts { machine, ..facts() })
}

/// The only finding, complete.
#[track_caller]
fn only(diagnosis: &Diagnosis) -> &Finding {
    assert_eq!(diagnosis.findings.len(), 1, "{diagnosis:#?}");
    &diagnosis.findings[0]
}

#[track_caller]
fn says(diagnosis: &Diagnosis, weight: Weight, class: Class, words: &[&str]) {
    let finding = only(diagnosis);
    let text = format!("{finding:?}");
    assert_eq!((finding.weight, finding.class), (weight, class), "{text}");
    for word in words {
        assert!(text.contains(word), "{word} in {text}");
    }
}

fn undelivered(state: DeliveryState, outcome: Option<Outcome>, readers: u64) -> Undelivered {
    Undelivered {
        edition: date(2026, 11, 22),
        state,
        outcome,
        readers,
        email: "ann@example.net".into(),
        attempts: 2,
        changed_at: at("2026-11-22T11:01:00Z"),
    }
}

#[test]
fn nothing_is_found_when_all_is_well() {
    let diagnosis = with(|_| {});
    assert_eq!((diagnosis.findings.as_slice(), diagnosis.error()), ([].as_slice(), None));
    assert!(diagnosis.today.contains("took it for every reader"), "{}", diagnosis.today);
    assert!(
        diagnosis.seen.iter().any(|(name, seen)| *name == "last edition" && seen == "2026-11-22, number 12")
    );
}

#[test]
fn a_newsletter_that_was_never_run_is_given_its_line_for_crontab() {
    let mut facts = Facts { state: State::Missing, ..facts() };
    let never = examine(&facts);
    says(&never, Weight::Error, Class::Mail, &["never been run", "crontab -e"]);
    let line = |facts: &Facts| only(&examine(facts)).crontab.clone().expect("a line");
    assert_eq!(
        line(&facts),
        "10,40 * * * *    /usr/bin/reveille pull --config /news/feeds.toml\n\
         */20 6,7 * * *    /usr/bin/reveille run --config /news/feeds.toml"
    );
    facts.machine.zone = zone("Asia/Kolkata");
    facts.machine.program = "/home/ann's/50% off/reveille".into();
    facts.machine.environment = vec![("SMTP_HOST".into(), "mail.example.com".into())];
    facts.machine.password_in_environment = true;
    assert_eq!(
        line(&facts),
        r"10,40 * * * *    '/home/ann'\''s/50\% off/reveille' pull --config /news/feeds.toml
30 16,17,18 * * *    SMTP_HOST=mail.example.com SMTP_PASSWORD_FILE=$HOME/.smtp-password '/home/ann'\''s/50\% off/reveille' run --config /news/feeds.toml"
    );
    let why = format!("{:?}", only(&examine(&facts)).why);
    assert!(why.contains("6:00 of America/New_York is 16:30 now, and an hour off"), "{why}");
    assert!(why.contains("Cron does not know this shell's SMTP_PASSWORD"), "{why}");
}

#[test]
fn a_run_that_is_missing_is_missed_only_once_it_is_late() {
    let stopped = |now: &str| {
        let mut known = known();
        known.runs.remove(0);
        known.last =
            Some(Sealed { date: date(2026, 11, 21), composed_at: known.runs[0].started, number: 11 });
        examine(&Facts { now: at(now), state: State::Known(Box::new(known)), ..facts() })
    };
    let early = stopped("2026-11-22T12:30:00Z");
    assert!(early.findings.is_empty() && early.today.contains("usually begins about 06:00"), "{early:#?}");
    let late = stopped(NOW);
    says(
        &late,
        Weight::Error,
        Class::Mail,
        &["Nothing starts the runs", "26 hours ago", "crontab -l", "grep CRON"],
    );
    assert!(late.today.contains("no run was started today"), "{}", late.today);
}

#[test]
fn a_run_without_an_end_is_at_work_or_was_broken_off() {
    let open = |known: &mut Known| {
        known.runs[0].ended = None;
        known.runs[0].status = None;
        known.last = None;
    };
    says(&with(open), Weight::Error, Class::Machine, &["broken off", "process 4711", "reveille run"]);
    let mut known = known();
    open(&mut known);
    let mut facts = Facts { state: State::Known(Box::new(known)), ..facts() };
    facts.machine.lock = Lock::Held(4711);
    let at_work = examine(&facts);
    says(
        &at_work,
        Weight::Warning,
        Class::Machine,
        &["at work for 2 hours", "ps -fp 4711", "no file needs to be deleted"],
    );
    assert!(at_work.today.contains("may still come"), "{}", at_work.today);
    facts.machine.lock = Lock::Unknown;
    assert!(examine(&facts).findings.iter().all(|finding| !finding.what.contains("broken off")));
}

#[test]
fn a_run_that_failed_says_why() {
    let failed = |status: u8| {
        with(|known| {
            known.runs[0].status = Some(status);
            known.runs[0].error = Some("the reason".to_owned());
            known.last = None;
        })
    };
    says(
        &failed(4),
        Weight::Error,
        Class::Feeds,
        &["could not read a single feed", "the reason", "reveille check"],
    );
    says(&failed(3), Weight::Error, Class::Config, &["could not use its settings", "check --offline"]);
    says(&failed(1), Weight::Error, Class::Machine, &["failed", "reveille run -v"]);
    assert!(failed(1).today.contains("No edition of 2026-11-22: the last run failed."));
}

#[test]
fn a_quiet_day_is_no_fault() {
    let quiet = with(|known| {
        known.last = None;
        let day = date(2026, 11, 22);
        known.composed = Some(ComposedDay { date: day, articles: 4, stories: 2, printed: 0, told_before: 1 });
    });
    says(
        &quiet,
        Weight::Note,
        Class::Feeds,
        &["4 new articles gave 2 stories, 1 of them told before", "fewer than 3"],
    );
    assert!(quiet.today.contains("too little news") && quiet.error().is_none(), "{}", quiet.today);
}

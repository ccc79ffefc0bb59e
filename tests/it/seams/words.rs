//! What servers know and say again, in any spelling: the readers' addresses, a feed's token. Neither is told in full by any
//! command, and no live token of a reader by any.

use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};

use super::spelling::{Draw, of_address, of_secret, undone};
use crate::scene::{
    MORNING, Scene,
    http::Answer,
    smtp::{Act, At, Smtp},
};

const READERS: [&str; 3] = ["annabel.quayside", "bertram.lockkeeper", "cid"];
const TOKEN: &str = "Zebra/77+Quay";

/// Commands that tell what happened, and never whom in full.
const TELLING: [&[&str]; 14] = [
    &["run", "-vv", "--json", "--now", "--at", MORNING],
    &["run", "-vv", "--now", "--at", "2026-11-22T07:00:00Z"],
    &["pull", "-vv", "--now", "--at", "2026-11-22T08:00:00Z"],
    &["history"],
    &["history", "2026-11-22"],
    &["history", "2026-11-22", "--json"],
    &["resend", "2026-11-22", "--failed", "-vv", "--at", "2026-11-22T07:30:00Z"],
    &["explain"],
    &["explain", "1", "--json"],
    &["feeds", "list"],
    &["feeds", "health"],
    &["feeds", "health", "--json"],
    &["doctor", "--at", "2026-11-22T09:00:00Z"],
    &["doctor", "--json", "-vv", "--at", "2026-11-22T09:00:00Z"],
];

/// Towns of the long form, and how many at once.
const SEEDS: u64 = 60;
const WORKERS: u64 = 10;

fn leaked(draw: &mut Draw) -> &'static str {
    let mut word = |name: &str| of_address(&format!("{name}@example.net"), draw);
    let (own, other) = (word(READERS[0]), word(READERS[1]));
    Box::leak(format!("550 5.1.1 no mailbox {own}, nor {other}, sorry").into_boxed_str())
}

/// A newsletter whose mail server and whose feed's server say again what they were told, in spellings drawn from `seed`.
fn town(seed: u64) -> Scene {
    let mut draw = Draw::new(seed);
    let (first, second) = (leaked(&mut draw), leaked(&mut draw));
    let mail = Smtp::start().when(At::Rcpt, READERS[0], Act::Say(first)).when(
        At::Rcpt,
        READERS[1],
        Act::Say(second),
    );
    let mut scene =
        Scene::with_mail(mail).outlet("Gazette", &[("Ferry sails again", "<p>The ferry sails again.</p>")]);
    let mut spelled = || of_secret(TOKEN, &mut draw);
    let (query, path, words, hash) = (spelled(), spelled(), spelled(), spelled());
    let entry = format!(
        "<rss version=\"2.0\"><channel><title>Wire</title><item><title>Locks of {words} open again on Monday</title>\
         <link>https://wire.example/{path}/a?session={query}#{hash}</link><guid>{path}</guid>\
         <description>The lock keepers of {words} open the locks on Monday, they said.</description></item></channel></rss>"
    );
    scene.web.put("/wire.xml?token=Zebra%2F77%2BQuay", Answer::ok("application/rss+xml", entry));
    let url = scene.web.url("/wire.xml?token=Zebra%2F77%2BQuay");
    scene = scene.feed("Wire", &url);
    let to = format!("http://127.0.0.1:1/{}?x={}", of_secret(TOKEN, &mut draw), of_secret(TOKEN, &mut draw));
    scene.web.put("/moved.xml?token=Zebra%2F77%2BQuay", Answer::redirect(301, &to));
    let url = scene.web.url("/moved.xml?token=Zebra%2F77%2BQuay");
    scene.feed("Moved", &url).readers(&READERS)
}

fn holds_nothing(what: &str, text: &str, live: &[String], addresses: bool) {
    let plain = undone(text);
    let secret = TOKEN.to_lowercase();
    let base64 = BASE64_STANDARD_NO_PAD.encode(TOKEN);
    assert!(!plain.contains(&secret) && !text.contains(&base64), "{what} tells the feed's token: {text}");
    for token in live {
        assert!(!text.contains(token), "{what} tells a token of a reader: {text}");
    }
    for name in READERS.iter().filter(|name| addresses && name.len() > 3) {
        assert!(!plain.contains(name), "{what} names {name}: {text}");
    }
}

fn nothing_is_told(seed: u64) {
    let scene = town(seed);
    scene.configure();
    let mut seen = Vec::new();
    for arguments in TELLING {
        let ended = scene.reveille(&[arguments, &["-c", "feeds.toml"]].concat());
        seen.push((format!("seed {seed}: {arguments:?}"), ended.stdout + &ended.stderr));
    }
    let live: Vec<String> = READERS.iter().map(|name| scene.token(&format!("{name}@example.net"))).collect();
    for (what, text) in &seen {
        holds_nothing(what, text, &live, true);
    }
    assert!(seen.iter().any(|(_, text)| text.contains("a…@")), "the servers' words were told: {seen:?}");
    // What is printed, mailed and kept holds no token of the feed, and copies to look at none of a reader.
    for name in ["a.txt", "a.html", "a.md", "a.eml"] {
        let copy = ["preview", "-c", "feeds.toml", "--at", MORNING, "--as", "cid@example.net", "-o", name];
        scene.reveille(&copy).expect(0);
        let copy = scene.read(name).replace("=\r\n", "");
        assert!(copy.contains("Ferry sails again"), "{copy}");
        holds_nothing(&format!("seed {seed}: {name}"), &copy, &live, false);
    }
    let mailed = scene.mail.taken();
    assert_eq!(mailed.len(), 1, "the third reader has the edition");
    let mailed = String::from_utf8_lossy(&mailed[0].data).replace("=\r\n", "");
    holds_nothing(&format!("seed {seed}: the mail"), &mailed, &live[..2], false);
    assert!(mailed.contains(&live[2]), "the reader's own way out");
    let state: Vec<u8> = ["state.db", "state.db-wal"]
        .iter()
        .flat_map(|name| std::fs::read(scene.path(name)).unwrap_or_default())
        .collect();
    let state = String::from_utf8_lossy(&state).into_owned();
    assert!(!undone(&state).contains(&TOKEN.to_lowercase()), "seed {seed}: the state keeps the feed's token");
}

#[test]
fn no_command_tells_a_token_or_a_reader_however_servers_spell_them() {
    for seed in 1..=2 {
        nothing_is_told(seed);
    }
}

#[test]
#[ignore = "the long form"]
fn long_no_command_tells_a_token_or_a_reader_however_servers_spell_them() {
    let first = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1000);
    // What a seed takes is mostly waiting for servers.
    std::thread::scope(|scope| {
        for worker in 0..WORKERS {
            scope.spawn(move || {
                (first + worker..first + SEEDS).step_by(WORKERS as usize).for_each(nothing_is_told)
            });
        }
    });
}

//! What is held against the messages: by this program's own lint, and by SpamAssassin, asked without a network.

use std::{fs, process::Command};

use jiff::{Timestamp, fmt::rfc2822};
use reveille::messages::examine;

use crate::{demo, messages::MESSAGES, scene::tools};

/// SpamAssassin's score of each message and the rules that made it. None where it is not installed at home.
fn scores(messages: &[Vec<u8>]) -> Option<Vec<(f64, String)>> {
    if !tools::installed(&["spamassassin"]) {
        return None;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let files: Vec<_> = (0..messages.len()).map(|n| folder.path().join(format!("{n}.eml"))).collect();
    for (file, message) in files.iter().zip(messages) {
        fs::write(file, message).expect("written");
    }
    // Without the network, without what this machine has learnt, and without leaving anything behind.
    let mut spamassassin = Command::new("spamassassin");
    spamassassin.args(["--local", "--nocreate-prefs", "--cf=use_bayes 0"]).args(files);
    let said = spamassassin.env("HOME", folder.path()).output().expect("it starts");
    let scores = String::from_utf8_lossy(&said.stdout)
        .replace("\n\t", " ")
        .lines()
        .filter_map(|line| line.strip_prefix("X-Spam-Status: ").map(score))
        .collect::<Vec<_>>();
    assert_eq!(scores.len(), messages.len(), "{}", String::from_utf8_lossy(&said.stderr));
    Some(scores)
}

fn score(status: &str) -> (f64, String) {
    let number = status.split("score=").nth(1).and_then(|rest| rest.split(' ').next()).expect("a score");
    (number.parse().expect("a number"), status.to_owned())
}

/// The same message of a newsletter whose domains could exist, about outlets whose could: invented ones might be
/// scored otherwise.
fn at_real_domains(message: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(message).replace(".example", ".com").into_bytes()
}

#[test]
fn spamassassin_finds_nothing_against_any_message_but_a_shouted_one() {
    let elsewhere = at_real_domains(&MESSAGES["wired"]);
    let shouted =
        String::from_utf8_lossy(&MESSAGES["told again"]).replace("Ferry sinks", "FREE VIAGRA, ACT NOW!!!");
    let all: Vec<Vec<u8>> =
        demo::messages().chain(MESSAGES.values().cloned()).chain([elsewhere, shouted.into_bytes()]).collect();
    let Some(mut scores) = scores(&all) else { return };
    let (shouted, _) = scores.pop().expect("a score");
    assert!(shouted > 0.0, "{shouted}");
    for (score, status) in scores {
        assert!(score <= 0.0, "{status}");
    }
}

/// What the lint says of a message on the day it is dated.
fn findings(message: &[u8]) -> Vec<String> {
    let undated = examine(message, Timestamp::UNIX_EPOCH);
    let date = rfc2822::parse(undated.header("Date")).expect("a date").timestamp();
    examine(message, date).findings.iter().map(ToString::to_string).collect()
}

#[test]
fn the_lint_finds_nothing_against_a_signed_message_that_is_left_by_one_click() {
    for message in demo::messages().chain([MESSAGES["wired"].clone()]) {
        assert_eq!(findings(&message), [""; 0]);
    }
}

#[test]
fn the_lint_misses_only_the_signature_and_the_click_where_there_is_no_key_and_no_page() {
    for name in ["ordinary", "one section", "other scripts", "told again"] {
        let found = findings(&MESSAGES[name]);
        assert_eq!(found.len(), 2, "{name}: {found:?}");
        assert!(found[0].contains("no List-Unsubscribe-Post") && found[1].contains("no DKIM-Signature"));
    }
}

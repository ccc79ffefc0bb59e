//! What `--json` prints: one object with the same keys, however the command ends.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::scene::{
    Ended, MORNING, Scene,
    smtp::{Act, At, Smtp},
};

const MILL: &str =
    "<p>The mill of Aldersund, idle since the flood, grinds again from Tuesday, its keeper says.</p>";

fn gazette() -> Scene {
    on(Smtp::start())
}

fn on(mail: Smtp) -> Scene {
    Scene::with_mail(mail).outlet("Gazette", &[("Aldersund mill grinds again", MILL)]).readers(&["ann", "bo"])
}

/// The one object on standard output, which says how the command ended.
#[track_caller]
fn account(ended: &Ended) -> Value {
    let account: Value = serde_json::from_str(&ended.stdout)
        .unwrap_or_else(|e| panic!("{e}\nstdout:\n{}\nstderr:\n{}", ended.stdout, ended.stderr));
    assert_eq!(account["exit"], ended.status, "{account}");
    assert_eq!(account["error"].is_null(), ended.status == 0, "{account}");
    account
}

/// The ways to every value; dates that are keys are all alike.
fn keys(value: &Value, way: &str) -> BTreeSet<String> {
    let child = |name: &str| format!("{way}.{}", if name.starts_with("20") { "DATE" } else { name });
    let below = match value {
        Value::Object(object) => object.iter().flat_map(|(name, value)| keys(value, &child(name))).collect(),
        Value::Array(list) => list.iter().flat_map(|value| keys(value, &format!("{way}[]"))).collect(),
        _ => BTreeSet::new(),
    };
    if below.is_empty() { BTreeSet::from([way.to_owned()]) } else { below }
}

fn run(scene: &Scene, more: &[&str]) -> Ended {
    scene.reveille(&[&["run", "-c", "feeds.toml", "--at", MORNING, "--json"], more].concat())
}

#[test]
fn the_account_is_the_documented_one() {
    let mail = Smtp::start().when(At::Rcpt, "bo@", Act::Say("451 4.7.1 greylisted"));
    let scene = on(mail).feed("Herald", "missing.xml");
    scene.configure();
    scene.write("feeds.toml", scene.read("feeds.toml").replace("[mail]\n", "[mail]\nretry_after = \"0s\"\n"));
    let account = account(&run(&scene, &[]).expect(5));
    let page = include_str!("../../docs/report.md");
    let example = page.split("```").nth(1).and_then(|block| block.strip_prefix("json")).expect("an example");
    let example: Value = serde_json::from_str(example).expect("JSON");
    assert_eq!(keys(&account, ""), keys(&example, ""));
    for figures in
        ["exit", "error", "edition", "number", "sealed", "resumed", "entries", "articles", "briefs"]
    {
        assert_eq!(account[figures], example[figures], "{figures}");
    }
    assert_eq!(account["deliveries"], example["deliveries"]);
    for figures in ["tried", "retries", "sent"] {
        assert_eq!(account["messages"][figures], example["messages"][figures], "{account}");
    }
    assert!(account["messages"]["bytes"].as_u64() > Some(1000), "{account}");
    for key in account.as_object().expect("an object").keys() {
        assert!(page.contains(&format!("| `{key}` | ")), "{key} is not explained");
    }
}

#[test]
fn a_second_run_says_that_it_resumed() {
    let scene = gazette();
    scene.run().expect(0);
    let second = account(&run(&scene, &[]).expect(0));
    assert_eq!((&second["resumed"], &second["sealed"]), (&Value::Bool(true), &Value::Bool(false)));
    assert_eq!((&second["number"], &second["messages"]["tried"]), (&1.into(), &0.into()));
    assert_eq!(second["deliveries"]["2026-11-22"]["sent"], 2);
}

#[test]
fn every_failure_prints_the_same_keys() {
    let scene = gazette();
    scene.configure();
    let usual: BTreeSet<String> = {
        let quiet = scene.reveille(&["preview", "-c", "feeds.toml", "--at", MORNING, "--json"]).expect(0);
        account(&quiet).as_object().expect("an object").keys().cloned().collect()
    };
    let holds = |ended: Ended| {
        let account = account(&ended);
        let keys: BTreeSet<String> = account.as_object().expect("an object").keys().cloned().collect();
        assert!(keys.is_superset(&usual), "{account}");
        account
    };
    let good = scene.read("feeds.toml");
    for command in [&["run"][..], &["preview"], &["check", "--offline"]] {
        let json = |more: &[&str]| scene.reveille(&[command, &["--json", "-c", "feeds.toml"], more].concat());
        scene.write("feeds.toml", "[newsletter]\ntitel = \"x\"\n");
        assert!(holds(json(&[]).expect(3))["error"].to_string().contains("did you mean `title`"));
        scene.write("feeds.toml", &good);
    }
    for command in ["run", "preview", "check"] {
        let json = |more: &[&str]| scene.reveille(&[&[command, "--json", "-c", "feeds.toml"], more].concat());
        // What one asked in vain, the next does not ask again at once.
        scene.write("feeds.toml", good.replace("Gazette.xml", &format!("{command}.xml")));
        let said = holds(json(&[]).expect(4));
        assert_eq!((&said["feeds"]["failed"], &said["feeds"]["read"]), (&1.into(), &0.into()), "{said}");
        assert!(said["feeds"]["errors"][0]["reason"].to_string().contains("404"), "{said}");
        scene.write("feeds.toml", &good);
    }
    for command in ["run", "preview"] {
        let ended = scene.reveille(&[command, "--json", "-c", "feeds.toml", "--at", "yesterday"]);
        assert!(holds(ended.expect(2))["error"].to_string().contains("is not a time"));
    }
    std::fs::remove_file(scene.path("state.db")).expect("removed");
    scene.write("state.db", "no database at all, but a text of some length".repeat(100));
    for command in ["run", "preview", "check"] {
        let damaged = scene.reveille(&[command, "--json", "-c", "feeds.toml"]).expect(1);
        assert!(holds(damaged)["error"].to_string().contains("damaged"));
    }
}

#[test]
fn a_command_line_that_is_not_understood_is_said_in_json_too() {
    let scene = gazette();
    let said = account(&scene.reveille(&["run", "--json", "--nonsense"]).expect(2));
    assert!(said["error"].to_string().contains("--nonsense"), "{said}");
    assert_eq!(scene.reveille(&["run", "--nonsense"]).expect(2).stdout, "");
    assert!(scene.reveille(&["run", "--json", "--help"]).expect(0).stdout.contains("Usage:"));
}

#[test]
fn a_check_counts_feeds_as_a_run_does() {
    let scene = gazette().feed("Herald", "missing.xml");
    scene.configure();
    let dns = crate::scene::dns::Dns::start();
    let checked = scene.reveille(&["check", "-c", "feeds.toml", "--json", "--dns", &dns.address()]).expect(4);
    let checked = account(&checked);
    assert_eq!((&checked["feeds"]["read"], &checked["feeds"]["failed"]), (&1.into(), &1.into()));
    assert_eq!((&checked["entries"], &checked["checked"][1]["outlet"]), (&1.into(), &"Herald".into()));
    assert_eq!(checked["feeds"]["errors"][0]["outlet"], "Herald");
    assert!(checked["mail_problem"].is_null() && checked["sender"].is_array(), "{checked}");
}

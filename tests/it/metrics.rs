//! The figures for Prometheus: a page that its rules allow, replaced whole after every run, whatever became of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::fs::PermissionsExt,
};

use crate::scene::{
    MORNING, Scene,
    http::Answer,
    smtp::{Act, At, Smtp},
};

const MILL: &str =
    "<p>The mill of Aldersund, idle since the flood, grinds again from Tuesday, its keeper says.</p>";

const FIVE: &str = "2026-11-22T06:00:05Z";

/// A newsletter that leaves its figures beside it.
fn gazette(mail: Smtp) -> Scene {
    Scene::with_mail(mail)
        .outlet("Gazette", &[("Aldersund mill grinds again", MILL)])
        .readers(&["ann", "bo"])
        .settings("[report]\nmetrics = \"reveille.prom\"\n")
}

/// The page, read as strictly as the format is written down: every metric has HELP, TYPE and then its values, none comes
/// twice, and every value is a number.
/// <https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details>
fn page(scene: &Scene) -> BTreeMap<String, f64> {
    let text = scene.read("reveille.prom");
    assert!(text.ends_with('\n'), "{text}");
    let (mut values, mut metrics, mut current) = (BTreeMap::new(), BTreeSet::new(), String::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(help) = line.strip_prefix("# HELP ") {
            current = help.split(' ').next().expect("a name").to_owned();
            assert!(metrics.insert(current.clone()), "{current} comes twice");
            assert!(
                current.starts_with("reveille_")
                    && current.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
            );
            assert_eq!(lines.next(), Some(format!("# TYPE {current} gauge").as_str()));
            continue;
        }
        let (series, value) = line.rsplit_once(' ').expect("a value");
        let labels = series.strip_prefix(&current).unwrap_or_else(|| panic!("{line} is not of {current}"));
        if !labels.is_empty() {
            let label = labels.strip_prefix('{').and_then(|rest| rest.strip_suffix("\"}")).expect("braces");
            let (name, value) = label.split_once("=\"").expect("a label");
            assert!(name.bytes().all(|b| b.is_ascii_lowercase()), "{line}");
            assert!(!value.replace("\\\\", "").replace("\\\"", "").contains(['"', '\\']), "{line}");
        }
        let value = value.parse().unwrap_or_else(|_| panic!("{line} has no number"));
        assert_eq!(values.insert(series.to_owned(), value), None, "{series} comes twice");
    }
    values
}

#[test]
fn every_run_leaves_its_figures_also_one_that_fails() {
    let scene = gazette(Smtp::start());
    scene.run().expect(0);
    let well = page(&scene);
    let value = |page: &BTreeMap<String, f64>, name: &str| {
        *page.get(name).unwrap_or_else(|| panic!("{name} in {page:?}"))
    };
    assert_eq!(value(&well, "reveille_run_exit_status"), 0.0);
    assert_eq!(value(&well, "reveille_feeds{state=\"read\"}"), 1.0);
    assert_eq!(value(&well, "reveille_deliveries{outcome=\"sent\"}"), 2.0);
    assert_eq!(value(&well, "reveille_outlet_failures{outlet=\"Gazette\"}"), 0.0);
    assert_eq!((value(&well, "reveille_entries"), value(&well, "reveille_stories")), (1.0, 1.0));
    let morning = MORNING.parse::<jiff::Timestamp>().expect("a moment").as_second() as f64;
    let success = value(&well, "reveille_run_last_success_timestamp_seconds");
    assert!((morning..morning + 60.0).contains(&success), "{success}");
    assert_eq!(value(&well, "reveille_edition_last_timestamp_seconds"), morning);
    let about = fs::metadata(scene.path("reveille.prom")).expect("the file");
    assert_eq!(about.permissions().mode() & 0o777, 0o644, "whoever exports it must read it");

    scene.run_at("2026-11-22T06:20:00Z").expect(0);
    let again = page(&scene);
    assert_eq!(
        value(&again, "reveille_feeds{state=\"read\"}"),
        1.0,
        "a run that asks no feed keeps what was"
    );
    assert_eq!((value(&again, "reveille_stories"), value(&again, "reveille_messages_sent")), (1.0, 0.0));
    let success = value(&again, "reveille_run_last_success_timestamp_seconds");

    scene.web.put("/Gazette.xml", Answer::error(500));
    scene.run_at("2026-11-23T06:00:00Z").expect(4);
    let failed = page(&scene);
    assert_eq!(value(&failed, "reveille_run_exit_status"), 4.0);
    assert_eq!(value(&failed, "reveille_feeds{state=\"failed\"}"), 1.0);
    assert_eq!(value(&failed, "reveille_outlet_failures{outlet=\"Gazette\"}"), 1.0);
    assert_eq!(value(&failed, "reveille_run_last_success_timestamp_seconds"), success, "it is kept");
    assert_eq!(value(&failed, "reveille_edition_last_timestamp_seconds"), morning);

    scene.write("state.db", "no database at all");
    scene.run_at("2026-11-23T06:20:00Z").expect(1);
    let damaged = page(&scene);
    assert_eq!(value(&damaged, "reveille_run_exit_status"), 1.0);
    assert_eq!(
        value(&damaged, "reveille_run_last_success_timestamp_seconds"),
        success,
        "without a state, too"
    );
    let left: Vec<_> =
        fs::read_dir(scene.path(".")).expect("the folder").flatten().map(|file| file.file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().ends_with(".new")), "{left:?}");
}

#[test]
fn names_of_outlets_are_escaped_and_readers_without_mail_counted() {
    let mail = Smtp::start().when(At::Rcpt, "bo@", Act::Say("451 4.7.1 greylisted"));
    let scene = gazette(mail).feed("The \\\"Quay\\\" \\\\ Post", "missing.xml");
    scene.run_at(FIVE).expect(5);
    let page = page(&scene);
    assert_eq!(page[r#"reveille_outlet_failures{outlet="The \"Quay\" \\ Post"}"#], 1.0);
    assert_eq!(
        (page["reveille_run_exit_status"], page["reveille_deliveries{outcome=\"deferred\"}"]),
        (5.0, 1.0)
    );
    assert!(!page.contains_key("reveille_run_last_success_timestamp_seconds"), "there was none yet");
}

#[test]
fn figures_that_cannot_be_written_are_told_and_fail_no_run() {
    let scene = gazette(Smtp::start()).settings("[report]\nmetrics = \"nowhere/reveille.prom\"\n");
    let ended = scene.run().expect(0);
    assert!(
        ended.stderr.contains("cannot write the metrics") && ended.stderr.contains("nowhere"),
        "{}",
        ended.stderr
    );
    assert_eq!(scene.mailed().len(), 2);
}

#[test]
fn the_documents_name_every_metric_and_no_other() {
    let scene = gazette(Smtp::start());
    scene.run().expect(0);
    let printed: BTreeSet<String> =
        page(&scene).keys().map(|series| series.split('{').next().expect("a name").to_owned()).collect();
    let document = include_str!("../../docs/report.md");
    let named: BTreeSet<String> = document
        .split(|c: char| !c.is_ascii_lowercase() && c != '_')
        .filter(|word| word.starts_with("reveille_"))
        .map(str::to_owned)
        .collect();
    assert_eq!(printed, named);
}

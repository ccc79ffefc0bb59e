//! What once broke a promise to strangers' bytes, found by the fuzz targets or the mutants, or was made up to try one: none
//! of it does any more.

use std::{fs, path::Path};

use crate::promises::{config, feed, lint, mail, page, quotes, subject};

/// Checks every file in the folder of a target.
fn replay(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/finds").join(target);
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let files: Vec<_> = files.map(|entry| entry.expect("an entry").path()).collect();
    assert!(!files.is_empty(), "{} is empty, and so is this test", folder.display());
    for path in files {
        let bytes = fs::read(&path).expect("a find");
        let kept = std::panic::catch_unwind(|| check(&bytes));
        assert!(kept.is_ok(), "{} breaks its promise again: see above", path.display());
    }
}

#[test]
fn finds_of_feeds() {
    replay("feed", feed::check);
}

#[test]
fn finds_of_pages() {
    replay("page", page::check);
}

#[test]
fn finds_of_quotations_and_briefs() {
    replay("quotes", quotes::check);
}

#[test]
fn finds_of_mail() {
    replay("mail", mail::check);
}

#[test]
fn finds_of_settings() {
    replay("config", config::check);
}

#[test]
fn finds_of_examined_messages() {
    replay("lint", lint::check);
}

#[test]
fn finds_of_subjects() {
    replay("subject", subject::check);
}

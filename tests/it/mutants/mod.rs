//! Feeds of every format, damaged in every way: no panic, no entry that is not in the document, and every entry that is
//! whole before the damage is read as if there were none.
//!
//! The short form runs with all tests. The long one takes a folder of feeds and prints its figures:
//!
//!     MUTANTS_FEEDS=FOLDER MUTANTS_EACH=20 cargo test --test it mutants::long -- --ignored --nocapture

mod damage;
mod long;
mod original;

use std::{
    fs,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
};

use crate::{faults::press::Dice, promises::feed};
use damage::{Kind, Mutant, WAYS, cut_at};
use original::Original;

/// Mutants of each of our feeds in each way.
const EACH: usize = 2;
/// A cut at every so many bytes.
const STEP: usize = 211;

/// Panics where the mutant is read as it must not be.
fn check(original: &Original, mutant: &Mutant) -> usize {
    let read = feed::checked(&mutant.bytes, mutant.content_type);
    let is_utf8 = |bytes: &[u8]| std::str::from_utf8(bytes).is_ok();
    let same_encoding = mutant.kind == Kind::CutShort || is_utf8(&original.bytes) == is_utf8(&mutant.bytes);
    let whole = if same_encoding { original.whole_before(mutant.sound_before) } else { 0 };
    match read {
        Ok(_) if mutant.kind == Kind::NoFeed => panic!("entries of what is no feed"),
        Ok(feed) => {
            let kept = feed.entries.get(..whole).unwrap_or(&feed.entries);
            assert_eq!(kept, &original.feed.entries[..whole], "whole entries before the damage");
            if mutant.kind == Kind::CutShort && !original.bytes.is_empty() {
                assert!(!feed.notices.is_empty(), "cut short, and does not say so");
            }
            feed.entries.len()
        }
        Err(error) => {
            assert!(whole == 0, "{whole} whole entries before the damage, and: {error}");
            0
        }
    }
}

/// The feeds of this repository: those written for tests, and those of the demonstration.
fn feeds() -> Vec<(PathBuf, Original)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("tests/fixtures/feeds"), root.join("src/cli/demo/newsletter")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "xml" || ending == "json") {
                files.push(path);
            }
        }
    }
    files.sort();
    let read = |path: PathBuf| {
        let original = Original::read(fs::read(&path).expect("a feed")).expect("a feed of ours");
        assert!(original.feed.entries.len() >= 2, "{}", path.display());
        (path, original)
    };
    files.into_iter().map(read).collect()
}

/// What the check made of a mutant; none, and its name is noted, when it broke a promise.
fn tried(broken: &mut Vec<String>, name: String, check: impl FnOnce() -> usize) -> Option<usize> {
    let read = panic::catch_unwind(AssertUnwindSafe(check)).ok();
    if read.is_none() {
        broken.push(name);
    }
    read
}

#[test]
fn damaged_feeds_keep_their_whole_entries_and_make_up_none() {
    let (mut broken, mut entries) = (Vec::new(), 0);
    for (path, original) in feeds() {
        for (way, damage) in WAYS {
            let mut dice = Dice(original.bytes.len() as u64);
            for number in 0..EACH {
                let Some(mutant) = damage(&original, &mut dice) else { continue };
                let name = format!("{}, {way}, number {number}", path.display());
                entries += tried(&mut broken, name, || check(&original, &mutant)).unwrap_or_default();
            }
        }
    }
    assert_eq!(broken, [""; 0], "for the reasons above");
    assert!(entries > 1000, "{entries} entries were read of all of them");
}

#[test]
fn a_feed_cut_anywhere_keeps_exactly_its_whole_entries_and_says_so() {
    let mut broken = Vec::new();
    for (path, original) in feeds() {
        for place in (0..original.last_bracket()).step_by(STEP) {
            let cut = || {
                let read = check(&original, &cut_at(&original, place));
                assert_eq!(read, original.whole_before(place), "entries");
                read
            };
            tried(&mut broken, format!("{} cut at {place}", path.display()), cut);
        }
    }
    assert_eq!(broken, [""; 0], "for the reasons above");
}

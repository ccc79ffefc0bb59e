//! A folder of anybody's feeds in, the figures of thousands of mutants out.

use std::{
    fs,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    process,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use super::{check, damage::WAYS, original::Original};
use crate::faults::press::Dice;

/// A mutant that takes longer hangs.
const LIMIT: Duration = Duration::from_secs(20);

#[derive(Debug, Default)]
struct Account {
    feeds: usize,
    /// Files of the folder that are no feeds.
    no_feeds: usize,
    tried: usize,
    entries: usize,
    /// Broken promises; each is written to a file.
    broken: usize,
    slowest: (Duration, String),
    /// The most memory the process held while it read one, in KiB.
    largest: (u64, String),
}

#[test]
#[ignore = "takes minutes, and a folder of feeds: MUTANTS_FEEDS=FOLDER"]
fn long() {
    let folder = std::env::var_os("MUTANTS_FEEDS").expect("MUTANTS_FEEDS names a folder of feeds");
    let each = std::env::var("MUTANTS_EACH").map_or(1, |text| text.parse().expect("a number"));
    let kept = std::env::temp_dir().join("reveille-mutants");
    fs::create_dir_all(&kept).expect("a folder for what breaks a promise");
    let (begun, name) = watched(&kept);
    let mut account = Account::default();
    for path in files(Path::new(&folder)) {
        let Some(original) =
            panic::catch_unwind(|| Original::read(fs::read(&path).expect("a file"))).unwrap_or_default()
        else {
            account.no_feeds += 1;
            continue;
        };
        account.feeds += 1;
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for (way, damage) in WAYS {
            let mut dice = Dice(original.bytes.len() as u64);
            for number in 0..each {
                let Some(mutant) = damage(&original, &mut dice) else { continue };
                let label = format!("{file}, {way}, number {number}");
                name.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&label);
                forget_peak();
                let started = Instant::now();
                begun.store(1 + since_start(started), Ordering::SeqCst);
                let read = panic::catch_unwind(AssertUnwindSafe(|| check(&original, &mutant)));
                begun.store(0, Ordering::SeqCst);
                account.slowest = account.slowest.max((started.elapsed(), label.clone()));
                account.largest = account.largest.max((peak(), label.clone()));
                account.tried += 1;
                match read {
                    Ok(entries) => account.entries += entries,
                    Err(_) => {
                        account.broken += 1;
                        let saved = kept.join(format!("{}-{file}", way.replace(' ', "-")));
                        fs::write(&saved, &mutant.bytes).expect("saved");
                        eprintln!("{label}: a promise is broken by {}", saved.display());
                    }
                }
            }
        }
    }
    eprintln!("{account:#?}");
    assert_eq!(account.broken, 0);
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// Milliseconds on a clock that only goes on.
fn since_start(now: Instant) -> u64 {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    u64::try_from(now.duration_since(*START.get_or_init(|| now)).as_millis()).unwrap_or(u64::MAX)
}

/// When the mutant at hand was begun (0: none is) and its name; a watch ends the process when it hangs.
fn watched(kept: &Path) -> (Arc<AtomicU64>, Arc<Mutex<String>>) {
    let (begun, name) = (Arc::new(AtomicU64::new(0)), Arc::new(Mutex::new(String::new())));
    let (seen, named, kept) = (begun.clone(), name.clone(), kept.to_owned());
    thread::spawn(move || {
        loop {
            thread::sleep(Duration::from_millis(500));
            let begun = seen.load(Ordering::SeqCst);
            let limit = u64::try_from(LIMIT.as_millis()).unwrap_or(u64::MAX);
            if begun > 0 && since_start(Instant::now()) > begun + limit {
                let label = named.lock().unwrap_or_else(PoisonError::into_inner).clone();
                eprintln!("{label} hangs (others: {})", kept.display());
                process::abort();
            }
        }
    });
    (begun, name)
}

/// Lets the kernel begin to measure the peak anew (proc(5), `clear_refs`); elsewhere than on Linux there is none.
fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// KiB.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or_default()
}

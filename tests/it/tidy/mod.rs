//! The house rules of `docs/architecture.md`, held: ranks, circles, the purity of the steps, the clock, file sizes, first
//! sentences, and what lies at the top of the repository.

mod graph;
mod names;

use std::{
    fs,
    path::{Path, PathBuf},
};

use graph::{Graph, circles};

/// Modules by rank, in tens; a module uses only those of lower ranks, and never one of its own. Those of rank 1 stand one
/// on another.
const RANKS: &[(&str, u32)] = &[
    ("model", 0),
    ("secret", 10),
    ("text", 11),
    ("language", 12),
    ("html", 13),
    ("prose", 14),
    ("agency", 15),
    ("doctor", 20),
    ("parse", 20),
    ("extract", 20),
    ("cluster", 20),
    ("brief", 20),
    ("edition", 20),
    ("incoming", 20),
    ("lint", 20),
    ("render", 20),
    ("schedule", 20),
    ("sender", 20),
    ("token", 20),
    ("verdict", 20),
    ("clock", 30),
    ("dns", 30),
    ("fetch", 30),
    ("oauth", 30),
    ("store", 30),
    ("mailer", 30),
    ("config", 40),
    ("flow", 50),
    ("web", 60),
    ("cli", 70),
    ("main", 80),
];

/// What pure steps (ranks 0 to 2) never name: waiting, network, disk, processes, clock, chance. The maps and sets of the
/// standard library are chance: they are in another order in every process.
const IMPURE_PATHS: &[&str] = &[
    "tokio",
    "reqwest",
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::io::stdin",
    "std::hash::RandomState",
    "rand",
    "getrandom",
    "tempfile",
    "ring",
    "uuid",
];
const IMPURE_WORDS: &[&str] =
    &["async", "await", "SystemTime", "Instant", "RandomState", "HashMap", "HashSet", "thread_rng", "rayon"];

/// What lies at the top of the repository.
const ROOT: &[&str] = &[
    ".cargo",
    ".ci",
    ".git",
    ".github",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "SECURITY.md",
    "benches",
    "clippy.toml",
    "deny.toml",
    "docs",
    "examples",
    "feeds.toml",
    "fuzz",
    "justfile",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "src",
    "templates",
    "tests",
];

const LONGEST_FILE: usize = 350;

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `src`, by its path there.
fn sources() -> Vec<(PathBuf, String)> {
    let root = repository().join("src");
    let (mut folders, mut files) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for path in
            fs::read_dir(&folder).expect("a folder of sources").map(|entry| entry.expect("an entry").path())
        {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).expect("a source file");
                files.push((path.strip_prefix(&root).expect("below src").to_owned(), text));
            }
        }
    }
    files.sort();
    assert!(files.len() > 50, "the sources were not found");
    files
}

fn graph(sources: &[(PathBuf, String)]) -> Graph {
    Graph::of(sources.iter().map(|(path, text)| (path.to_str().expect("a path in UTF-8"), text.as_str())))
}

fn rank(module: &str) -> u32 {
    let found = RANKS.iter().find(|(name, _)| *name == module);
    found
        .unwrap_or_else(|| {
            panic!("the module `{module}` has no rank: add it to docs/architecture.md and here")
        })
        .1
}

#[test]
fn imports_point_down_only() {
    for (one, other) in graph(&sources()).uses() {
        let (Some(own), Some(used)) = (one.first(), other.first()) else { continue };
        assert!(
            own == used || rank(used) < rank(own),
            "{} uses {}, which is not below it",
            one.join("/"),
            other.join("/")
        );
    }
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let circles = circles(&graph(&sources()).uses());
    assert!(circles.is_empty(), "move what both need into a file of its own: {circles:#?}");
}

/// What pure steps in these files name of the world outside.
fn impurities(graph: &Graph) -> Vec<String> {
    let mut found = Vec::new();
    for (module, names) in graph.files() {
        if module.first().is_none_or(|top| rank(top) >= 30) {
            continue;
        }
        let is_below = |path: &str, outer: &str| format!("{path}::").starts_with(&format!("{outer}::"));
        // `std::thread` may be named by way of `use std` and `thread` alone.
        let by_import = |path: &[String]| {
            let import = names.imports.iter().find(|import| Some(&import.name) == path.first());
            import.map(|import| [&import.path, path.get(1..).unwrap_or_default()].concat())
        };
        for path in names.all_paths() {
            let whole = by_import(path).unwrap_or_else(|| path.to_vec()).join("::");
            if [path.join("::"), whole]
                .iter()
                .any(|path| IMPURE_PATHS.iter().any(|outer| is_below(path, outer)))
            {
                found.push(format!("{} names {}", module.join("/"), path.join("::")));
            }
        }
        let words = names.words.iter().chain(names.all_paths().flatten());
        let impure = words.filter(|word| IMPURE_WORDS.contains(&word.as_str()));
        found.extend(impure.map(|word| format!("{} names {word}", module.join("/"))));
    }
    found
}

#[test]
fn pure_steps_touch_nothing_outside() {
    let found = impurities(&graph(&sources()));
    assert!(found.is_empty(), "these are steps: {found:#?}");
}

#[test]
fn chance_processes_and_long_ways_are_seen_in_a_step() {
    let of_brief = |code: &str| {
        let files = [
            ("lib.rs", "pub mod brief; pub mod store;"),
            ("store.rs", "pub fn keep() {}"),
            ("brief.rs", code),
        ];
        impurities(&Graph::of(files)).len()
    };
    for code in [
        "fn f() { std::thread::spawn(f); }",
        "use std::thread; fn f() { thread::spawn(f); }",
        "use std::{thread as other}; fn f() { other::spawn(f); }",
        "use std::process::Command;",
        "fn f() { std::process::id(); }",
        "use std::collections::HashMap;",
        "use std::collections::hash_map::RandomState;",
        "fn f() { let all = std::collections::HashSet::new(); }",
        "fn f() { rand::random() }",
        "use std::time::Instant;",
    ] {
        assert!(of_brief(code) > 0, "{code}");
    }
    for code in [
        "use std::collections::BTreeMap;",
        "use rustc_hash::FxHashMap;",
        "/// As a HashMap does.",
        "fn random() {}",
    ] {
        assert_eq!(of_brief(code), 0, "{code}");
    }
    let uses = |code: &str| {
        let files = [("lib.rs", "pub mod a; pub mod b;"), ("a/mod.rs", "mod c; mod d;"), ("a/c.rs", code)];
        let others = [("a/d.rs", "pub fn e() {}"), ("b.rs", "pub fn e() {}")];
        Graph::of(files.into_iter().chain(others)).uses()
    };
    let way = |to: &[&str]| {
        (["a", "c"].map(str::to_owned).to_vec(), to.iter().map(|&name| name.to_owned()).collect())
    };
    for (code, to) in [
        ("fn f() { super::super::b::e() }", &["b"][..]),
        ("use super::super::b; fn f() { b::e() }", &["b"]),
        ("fn f() { self::super::super::b::e() }", &["b"]),
        ("fn f() { super::d::e() }", &["a", "d"]),
    ] {
        assert!(uses(code).contains(&way(to)), "{code}: {:?}", uses(code));
    }
}

#[test]
fn only_the_clock_reads_the_clock() {
    for (path, text) in sources().into_iter().filter(|(path, _)| !path.starts_with("clock.rs")) {
        for word in ["SystemTime::now", "Timestamp::now", "Zoned::now", "Utc::now"] {
            assert!(!text.contains(word), "{} reads the clock: take the time as an argument", path.display());
        }
    }
}

#[test]
fn files_invite_reading() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines", path.display());
        assert!(text.starts_with("//! "), "{} does not open by saying what it is", path.display());
    }
}

#[test]
fn nothing_is_left_over() {
    for (path, text) in sources() {
        for word in ["TODO", "FIXME", "XXX", "todo!(", "unimplemented!(", "dbg!("] {
            assert!(!text.contains(word), "{} holds `{word}`", path.display());
        }
    }
}

#[test]
fn the_top_of_the_repository_holds_only_what_belongs_there() {
    let ignored = fs::read_to_string(repository().join(".gitignore")).expect("the ignored files");
    let is_ignored = |name: &str| ignored.lines().any(|line| line.trim_start_matches('/') == name);
    for entry in fs::read_dir(repository()).expect("the repository") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        let belongs = ROOT.contains(&name.as_str()) || is_ignored(&name);
        assert!(belongs, "{name} lies at the top of the repository and is not in the list here");
    }
}

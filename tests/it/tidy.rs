//! The house rules of `docs/architecture.md`, held: ranks, the clock, file sizes, first sentences.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Modules by rank, in tens; a module imports only from lower ranks, and never from its own. Those of text stand one on another.
const RANKS: [(&str, u32); 24] = [
    ("model", 0),
    ("text", 10),
    ("html", 13),
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
    ("clock", 30),
    ("dns", 30),
    ("fetch", 30),
    ("store", 30),
    ("mailer", 30),
    ("config", 40),
    ("flow", 50),
    ("cli", 60),
    ("lib", 70),
    ("main", 70),
];

/// What pure steps (ranks 0 to 2) never name: waiting, network, disk, clock, chance.
const IMPURE: [&str; 9] = [
    "async fn",
    "tokio::",
    "reqwest::",
    "std::fs",
    "std::net",
    "std::env",
    "SystemTime",
    "Instant::now",
    "thread::sleep",
];

const LONGEST_FILE: usize = 350;

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
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

/// The top-level module a file belongs to.
fn module(path: &Path) -> String {
    let first = path.iter().next().expect("a name").to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

fn rank(module: &str) -> u32 {
    let found = RANKS.iter().find(|(name, _)| *name == module);
    found
        .unwrap_or_else(|| {
            panic!("the module `{module}` has no rank: add it to docs/architecture.md and here")
        })
        .1
}

/// Modules named after `crate::` in code, in plain or braced imports.
fn imports(text: &str) -> Vec<String> {
    let code: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => found.push(name(rest)),
            Some(braced) => found.extend(top_level(braced)),
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

fn name(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// First names of a braced import's own items, not of those nested in them.
fn top_level(braced: &str) -> Vec<String> {
    let (mut depth, mut found, mut fresh) = (0, Vec::new(), true);
    for (at, c) in braced.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if fresh && depth == 0 && c.is_alphabetic() => {
                found.push(name(&braced[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    found
}

#[test]
fn imports_point_down_only() {
    for (path, text) in sources() {
        let own = module(&path);
        for import in imports(&text).into_iter().filter(|import| *import != own) {
            assert!(
                rank(&import) < rank(&own),
                "{} imports `{import}`, which is not below it",
                path.display()
            );
        }
    }
}

#[test]
fn the_import_reader_sees_what_it_should() {
    let text = "use crate::{a::{x, y}, b, c::d};\n// crate::not_this\nlet z = crate::e::f();";
    assert_eq!(imports(text), ["a", "b", "c", "e"]);
}

#[test]
fn pure_steps_touch_nothing_outside() {
    for (path, text) in sources().into_iter().filter(|(path, _)| rank(&module(path)) <= 20) {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for word in IMPURE {
            assert!(!code.contains(word) || path.ends_with("tests.rs"), "{} names `{word}`", path.display());
        }
    }
}

#[test]
fn only_the_clock_reads_the_clock() {
    for (path, text) in sources().into_iter().filter(|(path, _)| module(path) != "clock") {
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

//! What is in the tree of dependencies, held to `deny.toml` and `Cargo.toml`, with cargo alone.

use std::{fs, path::Path, process::Command};

use serde_json::Value;

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn table(name: &str) -> toml::Table {
    file(name).parse().unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// The packages that are built for this machine, as `cargo metadata` tells of them.
fn packages() -> Vec<Value> {
    let rustc = Command::new("rustc").arg("-vV").output().expect("rustc");
    let said = String::from_utf8(rustc.stdout).expect("text");
    let host = said.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    cargo.args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host]);
    let told = cargo.output().expect("cargo");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let told: Value = serde_json::from_slice(&told.stdout).expect("JSON");
    let built: Vec<&Value> =
        told["resolve"]["nodes"].as_array().expect("nodes").iter().map(|n| &n["id"]).collect();
    let packages = told["packages"].as_array().expect("packages").iter();
    let packages: Vec<Value> = packages.filter(|package| built.contains(&&package["id"])).cloned().collect();
    assert!(packages.len() > 100, "{} packages", packages.len());
    packages
}

/// Whether an SPDX expression, such as "(MIT OR Apache-2.0) AND Unicode-3.0", is met by the licences allowed.
fn allowed(expression: &str, allow: &[&str]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any(&mut rest, allow) && rest.is_empty()
}

fn any(words: &mut &[&str], allow: &[&str]) -> bool {
    let mut met = all(words, allow);
    while let Some((&"OR", rest)) = words.split_first() {
        *words = rest;
        met |= all(words, allow);
    }
    met
}

fn all(words: &mut &[&str], allow: &[&str]) -> bool {
    let mut met = one(words, allow);
    while let Some((&"AND", rest)) = words.split_first() {
        *words = rest;
        met &= one(words, allow);
    }
    met
}

fn one(words: &mut &[&str], allow: &[&str]) -> bool {
    let Some((&first, rest)) = words.split_first() else { return false };
    *words = rest;
    if first == "(" {
        let met = any(words, allow);
        *words = words.split_first().map_or(&[], |(_, rest)| rest);
        return met;
    }
    // An exception is a licence of its own: "Apache-2.0 WITH LLVM-exception" is not "Apache-2.0".
    match **words {
        ["WITH", _, ref rest @ ..] => {
            *words = rest;
            false
        }
        _ => allow.contains(&first),
    }
}

#[test]
fn every_licence_is_on_the_list() {
    let deny = table("deny.toml");
    let allow: Vec<&str> = deny["licenses"]["allow"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(toml::Value::as_str)
        .collect();
    for package in packages() {
        let licence = package["license"].as_str().unwrap_or("none");
        assert!(allowed(licence, &allow), "{} is under {licence}: see deny.toml", package["name"]);
    }
}

#[test]
fn licences_are_read_as_they_are_meant() {
    let allow = ["MIT", "Apache-2.0"];
    for met in
        ["MIT", "GPL-3.0 OR MIT", "GPL-3.0/MIT", "(GPL-3.0 OR MIT) AND Apache-2.0", "MIT AND Apache-2.0"]
    {
        assert!(allowed(met, &allow), "{met}");
    }
    for unmet in ["none", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Apache-2.0) AND GPL-3.0", "MIT WITH x", ""] {
        assert!(!allowed(unmet, &allow), "{unmet}");
    }
}

#[test]
fn the_oldest_rust_is_no_older_than_a_dependency_needs_and_is_what_ci_tries() {
    let version =
        |text: &str| text.split('.').map(|part| part.parse().expect("a number")).collect::<Vec<u32>>();
    let cargo = table("Cargo.toml");
    let oldest = cargo["package"]["rust-version"].as_str().expect("a version");
    for package in packages() {
        let needs = package["rust_version"].as_str().unwrap_or("1.0");
        let enough = version(&format!("{oldest}.0")) >= version(needs);
        assert!(enough, "{} needs Rust {needs}: raise `rust-version`, or take an older one", package["name"]);
    }
    let ci = file(".github/workflows/ci.yml");
    assert!(ci.contains(&format!("cargo +{oldest} check --locked")), "CI tries another Rust than {oldest}");
    let ours = table("rust-toolchain.toml");
    let ours = ours["toolchain"]["channel"].as_str().expect("a version");
    assert!(ci.contains(&format!("container: rust:{ours}-")), "CI checks with another Rust than {ours}");
}

#[test]
fn every_dependency_is_named_in_the_code() {
    let cargo = table("Cargo.toml");
    let told = |key| cargo[key].as_table().expect("a table").keys();
    // Never named: its floor is the one that matters.
    for name in told("dependencies").filter(|name| *name != "libsqlite3-sys") {
        assert!(names(&["src"], name), "nothing of src names {name}");
    }
    for name in told("dev-dependencies") {
        assert!(names(&["src", "tests", "benches"], name), "no test names {name}");
    }
}

/// Whether a file of these folders names a crate.
fn names(folders: &[&str], name: &str) -> bool {
    let (path, attribute) =
        (format!("{}::", name.replace('-', "_")), format!("use {};", name.replace('-', "_")));
    let mut folders: Vec<_> =
        folders.iter().map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).collect();
    while let Some(folder) = folders.pop() {
        for path_of in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            let is_source = path_of.extension().is_some_and(|ending| ending == "rs");
            if path_of.is_dir() {
                folders.push(path_of);
            } else if is_source {
                let text = fs::read_to_string(&path_of).expect("a source");
                if text.contains(&path) || text.contains(&attribute) {
                    return true;
                }
            }
        }
    }
    false
}

#[test]
fn what_ci_runs_of_others_is_named_by_what_it_is_and_not_by_a_name_that_moves() {
    let is_hex = |text: &str, length: usize| {
        text.len() == length
            && text.bytes().all(|byte| byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase())
    };
    let mut named = 0;
    for workflow in ["ci", "fuzz"] {
        for line in file(&format!(".github/workflows/{workflow}.yml")).lines().map(str::trim) {
            let line = line.trim_start_matches("- ");
            if let Some(action) = line.strip_prefix("uses: ") {
                let commit = action.split(['@', ' ']).nth(1).unwrap_or_default();
                assert!(is_hex(commit, 40), "{workflow}: {line}: name a commit");
            } else if let Some(image) =
                line.strip_prefix("container: ").or_else(|| line.strip_prefix("image: "))
            {
                let digest = image.split("@sha256:").nth(1).unwrap_or_default();
                assert!(is_hex(digest, 64), "{workflow}: {line}: name a digest");
            } else if let Some(tool) = line.strip_prefix("run: cargo install ") {
                assert!(tool.contains("--version ") && tool.contains("--locked"), "{workflow}: {line}");
            } else {
                continue;
            }
            named += 1;
        }
    }
    assert!(named > 8, "{named} lines are looked at");
    let ci = file(".github/workflows/ci.yml");
    assert!(
        ci.contains("cargo deny check advisories bans sources licenses") && ci.contains("cargo cyclonedx")
    );
}

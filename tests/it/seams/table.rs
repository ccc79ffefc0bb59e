//! SECURITY.md held against the tests: each test that it names is there.

use std::{collections::BTreeSet, fs, path::Path};

fn sources(folder: &Path, all: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("below").display().to_string();
            all.push((name, fs::read_to_string(&path).expect("a source")));
        }
    }
}

#[test]
fn every_test_and_file_that_the_table_of_threats_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("SECURITY.md")).expect("SECURITY.md");
    let mut all = Vec::new();
    sources(&root.join("src"), &mut all);
    sources(&root.join("tests"), &mut all);
    let tests: BTreeSet<&str> = all
        .iter()
        .flat_map(|(_, text)| text.split("\n").map(str::trim_start))
        .filter_map(|line| line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ")?.split('(').next())
        .collect();
    let rows = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| who"));
    let mut named = 0;
    for row in rows.filter(|row| row.matches(" | ").count() >= 3) {
        let last = row.trim_end_matches(" |").rsplit(" | ").next().unwrap_or_default();
        let names: Vec<&str> = last.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "no test holds: {row}");
        for name in names {
            named += 1;
            match name.ends_with(".rs") {
                true => assert!(all.iter().any(|(file, _)| file == name), "{name} is not there: {row}"),
                false => assert!(tests.contains(name), "no test is called {name}: {row}"),
            }
        }
    }
    assert!(named > 15, "{named} tests are named");
}

//! What the documents say, held against the program.

use std::{fs, path::Path};

use crate::scene::Scene;

fn document(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name))
        .unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Every `reveille …` command of a text, without comments.
fn commands(text: &str) -> Vec<Vec<String>> {
    let typed = text.lines().map(str::trim).filter_map(|line| line.strip_prefix("reveille "));
    let words = |line: &str| {
        line.split(" #").next().unwrap_or_default().split_whitespace().map(str::to_owned).collect()
    };
    typed.map(words).collect()
}

#[test]
fn every_command_of_the_readme_exists_with_its_options() {
    let commands = commands(&document("README.md"));
    assert!(commands.len() >= 6, "{commands:?}");
    for command in commands {
        let names: Vec<&str> =
            command.iter().map(String::as_str).take_while(|w| !w.starts_with('-')).collect();
        let verbs: Vec<&str> =
            names.into_iter().filter(|w| w.chars().all(|c| c.is_ascii_lowercase())).collect();
        let mut arguments: Vec<&str> = verbs.into_iter().take(2).collect();
        arguments.push("--help");
        let help = Scene::new().reveille(&arguments).expect(0).stdout;
        for option in command.iter().filter(|word| word.starts_with("--")) {
            assert!(help.contains(option.as_str()), "{option} of {command:?} in {help}");
        }
    }
}

#[test]
fn the_readmes_two_commands_are_what_ci_runs() {
    let (readme, ci) = (document("README.md"), document(".ci/run"));
    assert!(readme.contains("\ncargo run --release -- demo --output out\n"));
    assert!(readme.contains("\ncargo test\n") && ci.contains("cargo test"));
    assert!(document(".github/workflows/ci.yml").contains("bash .ci/run"));
}

#[test]
fn the_architecture_page_names_every_module() {
    let page = document("docs/architecture.md");
    for line in document("src/lib.rs").lines() {
        if let Some(module) = line.strip_prefix("mod ") {
            let module = module.trim_end_matches(';');
            assert!(page.contains(&format!("`{module}`")), "{module} is not on the page");
        }
    }
}

/// The cells of a document's table rows that begin with a code span or a word, without the marks around code.
fn rows(text: &str) -> Vec<Vec<String>> {
    let rows = text.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    rows.map(|row| row.split(" | ").map(|cell| cell.trim_matches('`').to_owned()).collect()).collect()
}

#[test]
fn every_setting_of_the_editorial_page_exists_with_its_default() {
    let feeds = document("feeds.toml");
    let page = document("docs/editorial.md");
    let rows = rows(&page);
    let settings: Vec<_> = rows.iter().filter(|row| row[0].starts_with('[')).collect();
    assert!(settings.len() > 15, "{settings:?}");
    for row in settings {
        let (section, key) = row[0].rsplit_once(' ').expect("a section and a key");
        let (_, rest) = feeds.split_once(&format!("\n{section}\n")).expect("a section of feeds.toml");
        let end = rest.find("\n[").unwrap_or(rest.len());
        let lines: Vec<&str> = rest[..end].lines().collect();
        let is_key = |line: &&str| line.trim_start_matches('#').split(" = ").next() == Some(key);
        let at = lines.iter().position(is_key).unwrap_or_else(|| panic!("{section} has no `{key}`"));
        let is_example = at > 0 && lines[at - 1].to_lowercase().ends_with("for example:");
        let default = lines[at].strip_prefix('#').and_then(|line| line.split_once(" = "));
        if let Some((_, default)) = default.filter(|_| !is_example) {
            assert_eq!(row[1], default, "{section} {key}");
        }
    }
}

#[test]
fn the_editorial_page_names_what_each_part_of_a_rank_weighs() {
    let one = reveille::inside::edition::Ranked {
        story: 0,
        score: 0.0,
        voices: 1.0,
        home: 1.0,
        focus: 1.0,
        focus_word: None,
        fresh: 1.0,
        place: 1.0,
        aside: 1.0,
        weight: 1.0,
    };
    let page = document("docs/editorial.md");
    for (name, _, points) in one.parts() {
        let row = format!("| {name} | {points} | ");
        assert!(page.contains(&row), "{row} is not on the page");
    }
}

#[test]
fn files_the_documents_link_to_exist() {
    for name in pages() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(&name);
        let folder = folder.parent().expect("a folder");
        for link in document(&name).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let local = !link.starts_with("http") && !link.starts_with('#');
            assert!(!local || folder.join(link).exists(), "{name} links to {link}, which is not there");
        }
    }
}

#[test]
fn the_modules_that_are_mutated_exist_and_are_named_on_the_page() {
    let (root, page) = (Path::new(env!("CARGO_MANIFEST_DIR")), document("docs/mutants.md"));
    let settings: toml::Table = document(".cargo/mutants.toml").parse().expect("TOML");
    let globs = settings["examine_globs"].as_array().expect("a list");
    assert!(globs.len() > 15);
    for glob in globs.iter().map(|glob| glob.as_str().expect("a path").trim_end_matches("/**")) {
        assert!(root.join(glob).exists(), "{glob} is not there");
        assert!(
            page.contains(&format!("`{}`", glob.trim_start_matches("src/"))),
            "docs/mutants.md does not name {glob}"
        );
    }
}

/// Every page of documentation.
fn pages() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = Vec::new();
    for folder in ["", "docs/", "docs/how-to/", "fuzz/", ".github/", ".github/ISSUE_TEMPLATE/"] {
        for entry in fs::read_dir(root.join(folder)).expect("a folder") {
            let name = entry.expect("an entry").file_name().into_string().expect("a name");
            if name.ends_with(".md") {
                pages.push(format!("{folder}{name}"));
            }
        }
    }
    assert!(pages.len() > 12, "{pages:?}");
    pages
}

/// Recipes of the justfile.
fn recipes() -> Vec<String> {
    let justfile = document("justfile");
    let heads = justfile.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    heads.filter_map(|line| Some(line.split_once(':')?.0.split(' ').next()?.to_owned())).collect()
}

#[test]
fn recipes_that_documents_name_exist_and_contributing_lists_them_all() {
    let recipes = recipes();
    for page in pages() {
        for said in document(&page).split("`just ").skip(1) {
            let name: String = said.chars().take_while(char::is_ascii_alphanumeric).collect();
            assert!(recipes.contains(&name), "{page} names `just {name}`: there are {recipes:?}");
        }
    }
    let table = document("CONTRIBUTING.md");
    for recipe in recipes {
        assert!(table.contains(&format!("| `just {recipe}")), "CONTRIBUTING.md does not list {recipe}");
    }
}

#[test]
fn ci_checks_what_just_checks() {
    let (justfile, ci) = (document("justfile"), document(".ci/run"));
    let (_, check) = justfile.split_once("\ncheck:\n").expect("a recipe");
    let lines: Vec<&str> = check.lines().map_while(|line| line.strip_prefix("    ")).collect();
    assert!(lines.len() > 2, "{lines:?}");
    for line in lines {
        assert!(ci.contains(line) || line.starts_with("cargo test "), "CI does not run {line}");
    }
    assert!(justfile.contains("\nci:\n    .ci/run\n"));
}

#[test]
fn files_and_tests_that_guides_for_contributors_name_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // What a guide has its reader write.
    let examples = [
        "src/cli/outlets.rs",
        "tests/it/outlets.rs",
        "templates/themes/evening.toml",
        "src/store/sqlite/2_note.sql",
    ];
    for page in pages().into_iter().filter(|page| page.starts_with("CONTRIBUTING") || page.contains("how-to"))
    {
        let text = document(&page);
        let prose: String = text.split("```").step_by(2).collect();
        let spans = prose.split('`').skip(1).step_by(2);
        let is_file = |span: &&str| {
            ["src/", "tests/", "docs/", "templates/", "benches/", "fuzz/", ".ci/"]
                .iter()
                .any(|at| span.starts_with(at))
        };
        for file in spans.filter(is_file).filter(|file| !examples.contains(file) && !file.contains("TAG")) {
            assert!(root.join(file).exists(), "{page} names {file}, which is not there");
        }
    }
    let page = document("CONTRIBUTING.md");
    let (_, needs) = page.split_once("| tests | need |\n").expect("a table");
    for row in rows(needs).into_iter().filter(|row| row.len() == 2 && !row[0].contains('-')) {
        for name in row[0].split('`').map(|name| name.split("::").next().unwrap_or(name)) {
            let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            let places = [
                format!("tests/it/{name}.rs"),
                format!("tests/it/{name}"),
                format!("tests/it/{name}/mod.rs"),
            ];
            let there = places.iter().any(|place| root.join(place).exists());
            assert!(!is_name || there, "CONTRIBUTING.md names tests `{name}`, which are not there");
        }
    }
}

#[test]
fn what_the_security_page_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = document("SECURITY.md");
    let spans: Vec<&str> = page.split('`').skip(1).step_by(2).collect();
    let (files, names): (Vec<&str>, Vec<&str>) = spans
        .into_iter()
        .filter(|span| span.contains('/') || span.contains('_'))
        .partition(|span| span.contains('/'));
    let files: Vec<&str> =
        files.into_iter().filter(|file| file.starts_with("src/") || file.starts_with("tests/")).collect();
    assert!(files.len() > 25, "{files:?}");
    for file in files {
        assert!(root.join(file).exists(), "SECURITY.md names {file}, which is not there");
    }
    let code = sources(&root.join("src")) + &sources(&root.join("tests"));
    let tests: Vec<&str> = names.into_iter().filter(|name| name.matches('_').count() > 3).collect();
    assert!(tests.len() > 4, "{tests:?}");
    for test in tests {
        assert!(code.contains(&format!("fn {test}(")), "SECURITY.md names {test}, which is not there");
    }
}

/// The text of every source file below a folder.
fn sources(folder: &Path) -> String {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let text = |path: std::path::PathBuf| match path.is_dir() {
        true => sources(&path),
        false if path.extension().is_some_and(|ending| ending == "rs") => {
            fs::read_to_string(path).expect("a source")
        }
        false => String::new(),
    };
    entries.map(text).collect()
}

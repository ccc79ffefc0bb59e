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
        if let Some(module) = line.strip_prefix("pub mod ") {
            let module = module.trim_end_matches(';');
            assert!(page.contains(&format!("`{module}`")), "{module} is not on the page");
        }
    }
}

#[test]
fn files_the_documents_link_to_exist() {
    for name in ["README.md", "docs/architecture.md", "CHANGELOG.md"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let folder = folder.parent().expect("a folder");
        for link in document(name).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let local = !link.starts_with("http") && !link.starts_with('#');
            assert!(!local || folder.join(link).exists(), "{name} links to {link}, which is not there");
        }
    }
}

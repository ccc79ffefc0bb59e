//! The files of a crate in, who uses what of whom out, also through names that are handed on.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Import, Names};

/// A module by its way from the root of the crate.
pub type Module = Vec<String>;

/// Names are followed so many times: one that leads to itself ends there.
const STEPS: usize = 16;

/// The modules of a crate, but for those that only tests are built with.
pub struct Graph {
    files: BTreeMap<Module, Names>,
}

/// Where a path leads.
#[derive(Debug, PartialEq, Eq)]
struct Target {
    module: Module,
    /// To something in that module, and not to the module itself.
    is_item: bool,
}

impl Graph {
    /// The graph of files, each by its path below `src` and with its text.
    pub fn of<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Graph {
        let files = files.into_iter().map(|(path, text)| (module(path), Names::of(text)));
        let mut graph = Graph { files: files.collect() };
        let all: Vec<Module> = graph.files.keys().cloned().collect();
        for module in all {
            let is_declared = |depth: usize| {
                let (above, own) = (&module[..depth], &module[depth]);
                graph.files.get(above).is_some_and(|above| above.modules.contains(own))
            };
            if module.first().is_some_and(|first| first != "main") && !(0..module.len()).all(is_declared) {
                graph.files.remove(&module);
            }
        }
        graph
    }

    pub fn files(&self) -> impl Iterator<Item = (&Module, &Names)> {
        self.files.iter()
    }

    /// Who uses something of whom. To hand a name on is no use of it.
    pub fn uses(&self) -> BTreeSet<(Module, Module)> {
        let mut uses = BTreeSet::new();
        for (module, names) in &self.files {
            let is_used = |import: &&Import| !import.is_public || names.words.contains(&import.name);
            let imported = names.imports.iter().filter(is_used).map(|import| &import.path);
            for path in imported.chain(&names.paths) {
                if let Some(Target { module: other, is_item: true }) = self.target(module, path, STEPS)
                    && other != *module
                {
                    uses.insert((module.clone(), other));
                }
            }
        }
        uses
    }

    fn target(&self, from: &[String], path: &[String], steps: usize) -> Option<Target> {
        let steps = steps.checked_sub(1)?;
        let (first, behind) = path.split_first()?;
        match first.as_str() {
            "crate" | "reveille" => self.below(Module::new(), behind, steps),
            "self" if behind.first().is_some_and(|next| next == "super") => self.target(from, behind, steps),
            "self" => self.below(from.to_vec(), behind, steps),
            "super" => match behind.first().is_some_and(|next| next == "super") {
                true => self.target(from.split_last()?.1, behind, steps),
                false => self.below(from.split_last()?.1.to_vec(), behind, steps),
            },
            own if self.files.contains_key(&child(from, own)) => self.below(from.to_vec(), path, steps),
            name => {
                let import = self.files.get(from)?.imports.iter().find(|import| import.name == name)?;
                let known = self.target(from, &import.path, steps).filter(|known| !known.is_item)?;
                self.below(known.module, behind, steps)
            }
        }
    }

    /// Where `path` leads from within `module`.
    fn below(&self, module: Module, path: &[String], steps: usize) -> Option<Target> {
        let Some((first, behind)) = path.split_first() else {
            return Some(Target { module, is_item: false });
        };
        if self.files.contains_key(&child(&module, first)) {
            return self.below(child(&module, first), behind, steps);
        }
        let names = self.files.get(&module)?;
        match names.imports.iter().find(|import| import.name == *first && first != "*") {
            Some(handed_on) => {
                let target = self.target(&module, &handed_on.path, steps)?;
                if target.is_item { Some(target) } else { self.below(target.module, behind, steps) }
            }
            None => Some(Target { module, is_item: true }),
        }
    }
}

/// The module that the file at `path` holds.
fn module(path: &str) -> Module {
    let way = path.trim_end_matches(".rs").trim_end_matches("/mod");
    if way == "lib" { Module::new() } else { way.split('/').map(str::to_owned).collect() }
}

fn child(module: &[String], name: &str) -> Module {
    [module, &[name.to_owned()]].concat()
}

/// The circles among the files and folders of each folder: `below flow: pull > run > pull`. What a file or folder and the
/// one it is in use of each other is no circle: they are one thing seen from outside.
pub fn circles(uses: &BTreeSet<(Module, Module)>) -> Vec<String> {
    let mut folders: BTreeMap<&[String], BTreeSet<(&str, &str)>> = BTreeMap::new();
    for (one, other) in uses {
        let shared = one.iter().zip(other).take_while(|(a, b)| a == b).count();
        if let (Some(one), Some(user)) = (other.get(shared), one.get(shared)) {
            folders.entry(&other[..shared]).or_default().insert((user, one));
        }
    }
    let mut circles = Vec::new();
    for (folder, mut uses) in folders {
        loop {
            let users: BTreeSet<&str> = uses.iter().map(|(user, _)| *user).collect();
            let count = uses.len();
            uses.retain(|(_, used)| users.contains(used));
            if uses.len() == count {
                break;
            }
        }
        if let Some((first, _)) = uses.first() {
            let next = |from: &str| uses.iter().find(|(user, _)| *user == from).map(|(_, used)| *used);
            let way: Vec<&str> =
                std::iter::successors(Some(*first), |from| next(from)).take(uses.len() + 1).collect();
            circles.push(format!("below {}: {}", folder.join("/"), way.join(" > ")));
        }
    }
    circles
}

#[test]
fn what_is_handed_on_is_found_where_it_is() {
    let graph = Graph::of([
        ("lib.rs", "pub mod a; pub mod b;"),
        ("a/mod.rs", "mod c; mod d; pub use c::C; #[cfg(test)] mod tests;"),
        ("a/c.rs", "use super::d; fn f() -> d::D { crate::b::e() }"),
        ("a/d.rs", "use super::C; struct D(C);"),
        ("a/tests.rs", "use crate::b::e;"),
        ("b.rs", "pub fn e() {} use super::super::nothing;"),
        ("main.rs", "fn main() { reveille::a::C }"),
    ]);
    let uses: Vec<String> =
        graph.uses().iter().map(|(one, other)| format!("{} {}", one.join("/"), other.join("/"))).collect();
    assert_eq!(uses, ["a/c a/d", "a/c b", "a/d a/c", "main a/c"]);
    assert_eq!(circles(&graph.uses()), ["below a: c > d > c"]);
}

#[test]
fn circles_of_folders_are_seen_and_a_folder_is_none_with_what_is_in_it() {
    let use_of = |one: &str, other: &str| (module(one), module(other));
    let uses = [("a/b/c.rs", "a/d/e.rs"), ("a/d/f.rs", "a/g.rs"), ("a/g.rs", "a/b/h.rs"), ("x.rs", "a/g.rs")];
    let uses: BTreeSet<_> = uses.into_iter().map(|(one, other)| use_of(one, other)).collect();
    assert_eq!(circles(&uses), ["below a: b > d > g > b"]);
    let uses = [("a/b.rs", "a/mod.rs"), ("a/mod.rs", "a/b.rs"), ("a/c.rs", "a/b.rs")];
    let uses: BTreeSet<_> = uses.into_iter().map(|(one, other)| use_of(one, other)).collect();
    assert!(circles(&uses).is_empty());
}

//! The text of a Rust file in, the paths named in its code out: imports, and what stands inline. Knows no more of the
//! language than that takes.

/// One import: `use a::b as c` is `c`, by way of `a::b`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    pub path: Vec<String>,
    pub name: String,
    /// Handed on to others.
    pub is_public: bool,
}

/// What a file names.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Names {
    pub imports: Vec<Import>,
    /// Paths of two names or more, outside imports.
    pub paths: Vec<Vec<String>>,
    /// All other names.
    pub words: Vec<String>,
}

impl Names {
    /// What the code of `text` names; comments, texts and what is built for tests alone left out.
    pub fn of(text: &str) -> Names {
        let tokens = without_tests(&tokens(text));
        let (mut names, mut rest) = (Names::default(), tokens.as_slice());
        let mut is_public = false;
        while let Some((first, behind)) = rest.split_first() {
            rest = behind;
            match first.as_str() {
                "use" => {
                    let mut found = Vec::new();
                    rest = tree(rest, &[], &mut found);
                    names.imports.extend(
                        found.into_iter().map(|(path, name)| Import { path, name, is_public }),
                    );
                    is_public = false;
                }
                "pub" => is_public = true,
                "(" | ")" | "crate" | "super" if is_public && rest.first().is_none_or(|next| next != "::") => {}
                word if is_name(word) => {
                    is_public = false;
                    let mut found = Vec::new();
                    let behind = tree(std::slice::from_ref(first), &[], &mut found);
                    debug_assert!(behind.is_empty());
                    rest = path_behind(word, rest, &mut names);
                }
                _ => is_public = false,
            }
        }
        names
    }
}

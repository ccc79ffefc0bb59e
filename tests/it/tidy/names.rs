//! The text of a Rust file in, what its code names out: modules it declares, imports, paths and single words. Knows no
//! more of the language than that takes.

/// One import: `use a::b as c` makes `a::b` known as `c`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    pub path: Vec<String>,
    pub name: String,
    /// Others may import it from here.
    pub is_public: bool,
}

/// What a file names, but for comments, texts and what is built for tests alone.
#[derive(Debug, Default)]
pub struct Names {
    /// The modules it declares and does not hold.
    pub modules: Vec<String>,
    pub imports: Vec<Import>,
    /// Paths of two names or more, outside imports.
    pub paths: Vec<Vec<String>>,
    pub words: Vec<String>,
}

impl Names {
    pub fn of(text: &str) -> Names {
        let tokens = without_tests(tokens(text));
        let token = |at: usize| tokens.get(at).map_or("", String::as_str);
        let (mut names, mut at) = (Names::default(), 0);
        while at < tokens.len() {
            match token(at) {
                "use" => {
                    let is_public = at > 0 && matches!(token(at - 1), "pub" | ")");
                    at += 1;
                    let from = names.imports.len();
                    import(&tokens, &mut at, &[], &mut names.imports);
                    names.imports[from..].iter_mut().for_each(|import| import.is_public = is_public);
                }
                "mod" if token(at + 2) == ";" => {
                    names.modules.push(token(at + 1).to_owned());
                    at += 2;
                }
                word if is_word(word) => {
                    let mut path = vec![word.to_owned()];
                    while token(at + 1) == "::" && is_word(token(at + 2)) {
                        path.push(token(at + 2).to_owned());
                        at += 2;
                    }
                    names.words.push(word.to_owned());
                    if path.len() > 1 {
                        names.paths.push(path);
                    }
                    at += 1;
                }
                _ => at += 1,
            }
        }
        names
    }

    /// Every path, in imports and elsewhere.
    pub fn all_paths(&self) -> impl Iterator<Item = &[String]> {
        self.imports.iter().map(|import| &import.path).chain(&self.paths).map(Vec::as_slice)
    }
}

/// Reads an import from behind `use`, or a part of one from behind `before`, up to what ends it.
fn import(tokens: &[String], at: &mut usize, before: &[String], found: &mut Vec<Import>) {
    let mut path = before.to_vec();
    let mut name = None;
    while let Some(token) = tokens.get(*at) {
        *at += 1;
        match token.as_str() {
            "{" => {
                while tokens.get(*at).is_some_and(|token| token != "}") {
                    import(tokens, at, &path, found);
                    *at += usize::from(tokens.get(*at).is_some_and(|token| token == ","));
                }
                *at += 1;
                return;
            }
            "as" => {
                name = tokens.get(*at).cloned();
                *at += 1;
            }
            "," | "}" | ";" => {
                *at -= 1;
                break;
            }
            "::" => {}
            word => path.push(word.to_owned()),
        }
    }
    if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
        path.pop();
    }
    if let Some(last) = path.last() {
        let name = name.unwrap_or_else(|| last.clone());
        found.push(Import { path, name, is_public: false });
    }
}

fn is_word(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// Words, `::` and single signs.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = quoted(rest) {
            length
        } else if is_part(first) {
            rest.find(|c| !is_part(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        let (token, behind) = rest.split_at(length);
        let is_text = token.contains(['"', '\'']) || token.starts_with("//") || token.starts_with("/*");
        if !is_text && !first.is_whitespace() {
            tokens.push(token.to_owned());
        }
        rest = behind;
    }
    tokens
}

/// How long the text, or the character, is that `code` begins with; the mark alone of a lifetime.
fn quoted(code: &str) -> Option<usize> {
    let bare = code.trim_start_matches(['b', 'c', 'r']);
    let prefix = code.len() - bare.len();
    let hashes = bare.len() - bare.trim_start_matches('#').len();
    let inner = bare.get(hashes..).and_then(|text| text.strip_prefix('"'));
    if let Some(inner) = inner.filter(|_| hashes == 0 || prefix > 0) {
        let raw = code[..prefix].contains('r');
        let end = format!("\"{}", "#".repeat(hashes));
        let mut from = 0;
        loop {
            let at = from + inner.get(from..)?.find(['"', '\\'])?;
            match inner[at..].starts_with('\\') {
                true => from = at + if raw { 1 } else { 1 + inner[at + 1..].chars().next()?.len_utf8() },
                false if inner[at..].starts_with(&end) => return Some(prefix + hashes + 1 + at + end.len()),
                false => from = at + 1,
            }
        }
    }
    let inner = bare.strip_prefix('\'').filter(|_| prefix == 0 || code.starts_with("b'"))?;
    let mut letters = inner.char_indices();
    let (_, first) = letters.next()?;
    if first == '\\' {
        return inner[2..].find('\'').map(|end| prefix + 1 + 2 + end + 1);
    }
    match letters.next() {
        Some((at, '\'')) => Some(prefix + 1 + at + 1),
        _ => Some(prefix + 1),
    }
}

/// The same without the items that only tests are built with.
fn without_tests(tokens: Vec<String>) -> Vec<String> {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut rest = tokens.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        if rest.len() > MARK.len() && rest.iter().zip(MARK).all(|(token, mark)| token == mark) {
            rest = behind_item(&rest[MARK.len()..]);
        } else {
            kept.push(first.clone());
            rest = behind;
        }
    }
    kept
}

/// What follows an item: its semicolon, or the brace that closes it.
fn behind_item(tokens: &[String]) -> &[String] {
    let is_import = tokens.first().is_some_and(|first| first == "use");
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        let closes = token == "}" && !is_import;
        if depth == 0 && (token == ";" || closes) {
            return &tokens[at + 1..];
        }
    }
    &[]
}

#[test]
fn what_a_file_names_is_read() {
    let names = Names::of(
        "//! use crate::not_this;\npub mod a;\n#[cfg(test)]\nmod tests;\nuse crate::{b::{self, c as d}, e};\n\
         pub(super) use super::super::f::*;\n/* crate::nor::this */ let x = \"crate::nor::this\\\"\" + r#\"or::\"this\"#;\n\
         fn g<'l>(h: &'l crate::i::J) -> char { if self::k() { '\"' } else { '\\'' } }\n\
         #[cfg(test)]\nmod more { use crate::neither; }\nfn end() { l::m::n() }",
    );
    let imports: Vec<String> = names
        .imports
        .iter()
        .map(|import| {
            format!("{}{} {}", import.path.join("::"), if import.is_public { "!" } else { "" }, import.name)
        })
        .collect();
    assert_eq!(names.modules, ["a"]);
    assert_eq!(imports, ["crate::b b", "crate::b::c d", "crate::e e", "super::super::f::*! *"]);
    let paths: Vec<String> = names.paths.iter().map(|path| path.join("::")).collect();
    assert_eq!(paths, ["crate::i::J", "self::k", "l::m::n"]);
}

//! Every file of a language, read and checked; the table of what each has; a language that one file adds.

use std::{collections::BTreeSet, fmt::Write, fs, path::Path};

use toml::{Table, Value};

use super::{
    Class, Classes, Line, date,
    lexicon::{EVERYWHERE, Lexicon, NEUTRAL, SHELF},
    page::{Byline, Page},
};
use crate::{model::Article, text::words::plain};

/// Rewrites the table: `WRITE_LANGUAGES=1 cargo test --lib language`.
const WRITE: &str = "WRITE_LANGUAGES";

/// The lists of a file, each by its key.
type Lists = Vec<(String, Vec<String>)>;

/// The tables of a file and the lists in them, as `words.stop`, with their entries.
fn lists(file: &str) -> Lists {
    let entries = |value: Value| match value {
        Value::String(text) => text.split_whitespace().map(str::to_owned).collect(),
        Value::Array(entries) => {
            entries.iter().filter_map(|entry| entry.as_str().map(str::to_owned)).collect()
        }
        other => vec![other.to_string()],
    };
    let table: Table = toml::from_str(file).expect("TOML");
    let tables = table.into_iter().filter_map(|(name, value)| match value {
        Value::Table(table) => Some((name, table)),
        _ => None,
    });
    tables
        .flat_map(|(name, table)| {
            table.into_iter().map(move |(key, value)| (format!("{name}.{key}"), entries(value)))
        })
        .collect()
}

fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    [(NEUTRAL, EVERYWHERE.file)].into_iter().chain(SHELF.iter().map(|kept| (kept.tag, kept.file)))
}

/// What is wrong with a file, each by its key.
fn faults(tag: &str, file: &str) -> Vec<String> {
    let own: Result<Lexicon, _> = toml::from_str(file);
    if let Err(error) = own {
        return vec![format!("{tag}.toml: {error}")];
    }
    let mut faults = Vec::new();
    let mut fault = |key: &str, what: &str| faults.push(format!("{tag}.toml: `{key}` {what}"));
    for (key, entries) in lists(file) {
        let mut seen = BTreeSet::new();
        let is_pattern = file.lines().any(|line| line == format!("{} = [", last(&key))) && is_patterns(&key);
        for entry in &entries {
            if !seen.insert(entry) {
                fault(&key, &format!("holds {entry:?} twice"));
            }
            if entry.trim() != entry || entry.is_empty() {
                fault(
                    &key,
                    &format!("holds {entry:?}: no white space around an entry, and none without a word"),
                );
            }
            if !is_pattern && entry.chars().any(char::is_uppercase) {
                fault(&key, &format!("holds {entry:?}: write it in lower case"));
            }
            if key == "words.stop" && plain(entry) != *entry {
                fault(&key, &format!("holds {entry:?}: write it as {:?}", plain(entry)));
            }
        }
        if key.starts_with("calendar.months") && entries.len() != 12 {
            fault(&key, &format!("has {} months", entries.len()));
        }
    }
    let lines: Vec<&str> = file.lines().collect();
    for (line, above) in lines.iter().skip(1).zip(&lines) {
        let is_list = line.split_once(" = ").is_some_and(|(key, value)| {
            key.chars().all(|c| c.is_ascii_lowercase() || c == '_') && value.starts_with(['"', '\'', '['])
        });
        if is_list && !above.starts_with("# ") && !line.starts_with("name = ") {
            let key = line.split(' ').next().unwrap_or_default();
            fault(key, "has no comment above it that says where it comes from");
        }
    }
    faults
}

fn last(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}

/// Whether a list is one of patterns, which may hold capitals ("\W").
fn is_patterns(key: &str) -> bool {
    ["page.", "byline.", "labels."].iter().any(|table| key.starts_with(table))
}

#[test]
fn every_file_is_in_order() {
    let faults: Vec<String> = files().flat_map(|(tag, file)| faults(tag, file)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_fault_is_named_by_file_and_key() {
    let of = |file: &str| faults("xx", file).join("; ");
    assert!(
        of("[words]\nstopp = \"a\"").contains("xx.toml") && of("[words]\nstopp = \"a\"").contains("stopp")
    );
    assert!(of("# Us.\nstemmer = \"martian\"").contains("martian"));
    assert!(of("[words]\n# Us.\nstop = \"a b a\"").contains("`words.stop` holds \"a\" twice"));
    assert!(of("[words]\nstop = \"a\"").contains("`stop` has no comment"));
    assert!(of("[calendar]\n# Us.\nmonths = [\"a\"]").contains("`calendar.months` has 1 months"));
}

#[test]
fn a_tag_finds_its_language() {
    let stops = |tag: &str, word: &str| Lexicon::of(tag).key(word).is_none();
    assert!(stops("de-AT", "die") && stops("DE", "die") && stops("de_CH", "die"));
    assert!(!stops("en", "die") && stops("en-GB", "the"));
    assert_eq!(Lexicon::of("no").name, Lexicon::of("nb").name);
    for unknown in ["", "zz", "und", "x-klingon"] {
        assert!(!stops(unknown, "the") && !stops(unknown, "die"), "{unknown}");
        assert!(std::ptr::eq(Lexicon::of(unknown), Lexicon::neutral()));
    }
}

#[test]
fn forms_of_one_word_share_a_key() {
    let english = Lexicon::of("en-GB");
    assert_eq!(english.key("Ferries"), english.key("ferry"));
    assert_eq!(english.key("mayor’s"), english.key("Mayors"));
    let german = Lexicon::of("de");
    assert_eq!(german.key("Brücken"), german.key("Brücke"));
    assert_eq!(Lexicon::of("zz").key("Ferries").as_deref(), Some("ferries"));
}

#[test]
fn an_article_is_asked_in_its_own_language() {
    let of = |lang: Option<&str>| {
        Lexicon::of_article(&Article { lang: lang.map(str::to_owned), ..Article::default() }).name.as_str()
    };
    assert_eq!(of(Some("fr-CH")), "French");
    assert_eq!(of(None), Lexicon::neutral().name);
}

#[test]
fn every_month_is_read_in_its_own_language() {
    for (tag, file) in files() {
        for (key, names) in lists(file).into_iter().filter(|(key, _)| key.starts_with("calendar.months")) {
            let each = names
                .iter()
                .zip(1..)
                .flat_map(|(names, month)| names.split('|').map(move |name| (name, month)));
            for (name, month) in each {
                let read = date::parse_in(&format!("22 {name} 2026"), Some(tag));
                let month = format!("2026-{month:02}-22T00:00:00Z");
                assert_eq!(read.map(|read| read.to_string()), Some(month), "{tag}.toml: `{key}`: {name}");
            }
        }
    }
}

#[test]
fn the_table_of_languages_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/languages.md");
    let table = table();
    if std::env::var_os(WRITE).is_some() {
        fs::write(&path, &table).expect("docs/languages.md is written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == table, "docs/languages.md is out of date: {WRITE}=1 cargo test --lib language");
}

/// `docs/languages.md`.
fn table() -> String {
    let all: Vec<(&str, Lists)> = SHELF.iter().map(|kept| (kept.tag, lists(kept.file))).collect();
    let (listed, bare): (Vec<_>, Vec<_>) = all.iter().partition(|(_, lists)| !lists.is_empty());
    let mut keys: Vec<&String> = Vec::new();
    let neutral = lists(EVERYWHERE.file);
    for (key, _) in listed.iter().flat_map(|(_, lists)| lists).chain(&neutral) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys.sort_by_key(|key| key.split('.').next().map(str::to_owned));
    let mut page = String::from(
        "# Languages\n\nMade of `src/language/data/` by a test, which also says how to make it anew. A number is how many \
         entries a list has, – that it has none; `und` holds in every language and is added to each. \
         [How to add a language](how-to/add-a-language.md) says what each list is for.\n\n",
    );
    let row = |page: &mut String, first: &str, cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<String> = cells.collect();
        writeln!(page, "| {first} | {} |", cells.join(" | ")).expect("a string");
    };
    let count = |lists: &[(String, Vec<String>)], key: &str| {
        let found = lists.iter().find(|(own, _)| own == key);
        found.map_or_else(|| "–".to_owned(), |(_, entries)| entries.len().to_string())
    };
    row(&mut page, "", &mut listed.iter().map(|(tag, _)| (*tag).to_owned()).chain(["und".to_owned()]));
    row(&mut page, "---", &mut listed.iter().map(|_| "--:".to_owned()).chain(["--:".to_owned()]));
    for key in &keys {
        let cells = listed.iter().map(|(_, lists)| lists).chain([&neutral]).map(|lists| count(lists, key));
        row(&mut page, &format!("`{key}`"), &mut cells.into_iter());
    }
    page.push_str("\n## What is missing\n\n");
    for (tag, lists) in &listed {
        let lacks = keys.iter().filter(|key| !lists.iter().chain(&neutral).any(|(own, _)| own == **key));
        let lacks: Vec<String> = lacks.map(|key| format!("`{key}`")).collect();
        let lacks = if lacks.is_empty() { "nothing".to_owned() } else { lacks.join(", ") };
        writeln!(page, "- {}: {lacks}", Lexicon::of(tag).name).expect("a string");
    }
    let names: Vec<&str> = bare.iter().map(|(tag, _)| Lexicon::of(tag).name.as_str()).collect();
    writeln!(page, "- All but stems: {}", names.join(", ")).expect("a string");
    page
}

/// A language nobody speaks, in one file: all that a language can have.
const INVENTED: &str = include_str!("tests/invented.toml");

#[test]
fn one_file_adds_a_language() {
    assert_eq!(faults("invented", INVENTED), Vec::<String>::new());
    let lexicon = Lexicon::read(EVERYWHERE.file, INVENTED).expect("a language");
    assert_eq!(lexicon.key("Ana"), None);
    assert_eq!(lexicon.key("unember"), None, "a month is a stop word");
    assert!(lexicon.words.leaning.has("Ozu") && lexicon.words.small.has("ana"));
    for (key, words) in lists(INVENTED) {
        for word in words {
            match key.split_once('.').expect("a table and a key") {
                ("grammar", _) => assert!(lexicon.classes(&word) != Classes::default(), "{key}: {word}"),
                ("endings", "title" | "feminine") => {
                    let classes = lexicon.classes(&format!("Abc{word}"));
                    assert!(classes.has(Class::Title) || classes.has(Class::Feminine), "{key}");
                }
                ("endings", _) => {
                    assert!(lexicon.classes(&format!("abc{word}")) != Classes::default(), "{key}")
                }
                ("words", "personal") => assert!(lexicon.words.personal.has(&word)),
                ("words", "toll") => assert!(lexicon.words.toll.has(&word)),
                ("words", "unit") => assert!(lexicon.words.unit.has(&word)),
                ("labels", "kind") => assert!(lexicon.labels.kind.has(&word)),
                ("labels", "opinion") => assert!(lexicon.labels.opinion.has(&word)),
                ("labels", "format") => assert!(lexicon.labels.format.has(&word)),
                _ => {}
            }
        }
    }
    assert_eq!(lexicon.speech.according(["Zo", "na", "Quill"].into_iter()), 2);
    assert_eq!(lexicon.speech.without_pronoun("kera-zi"), "kera");
    assert!(lexicon.speech.tag_inside && lexicon.labels.corrected.is_match(&Line::of("(Zu errata) kera")));
    let Page { label, heading, titled, pointer, credit, .. } = &lexicon.page;
    assert!(label.open("zutu éna") && heading.open("zuli") && titled.is_match(&Line::of("Zuvo: Kera")));
    assert!(pointer.is_match(&Line::of("kera zupé.")) && credit.is_match(&Line::of("Kera (zufo)")));
    let Page { request, offer, signature, introduction, follow, .. } = &lexicon.page;
    assert!(request.open("zuma kera") && offer.are_in("kera zuba"));
    assert!(signature.open("zusi kera") && introduction.open("zuin kera") && follow.open("zufe kera"));
    assert!(
        lexicon.is_of_a_date("zuda") && lexicon.is_of_a_date("unember") && lexicon.page.photo.has("ZUPH")
    );
    assert!(lexicon.page.handover.open("zuha kera") && lexicon.page.discussion.open("zudi kera"));
    assert!(lexicon.labels.aside.is_match(&Line::of("Zuas kera")));
    let Byline { opens, with, inside, at, role, desk, agencies, source, .. } = &lexicon.byline;
    assert!(opens.has("Zo bi") && agencies.has("zu agi") && source.has("zu sorsi"));
    for (words, word) in [(with, "zuwi"), (inside, "zuns"), (at, "zuat"), (role, "zuro"), (desk, "zude")] {
        assert!(words.has(word), "{word}");
    }
    assert!(lexicon.byline.report.open("zure kera") && lexicon.byline.syndicated.open("zusy kera"));
    assert_eq!(lexicon.labels.correction.split("ERR ATA: kera"), Some(("ERR ATA", ": kera")));
}

#[test]
fn the_invented_language_has_every_list() {
    let own: BTreeSet<String> = lists(INVENTED).into_iter().map(|(key, _)| key).collect();
    let all = files().flat_map(|(_, file)| lists(file)).map(|(key, _)| key);
    for key in all {
        assert!(
            own.contains(&key),
            "`{key}` is missing in tests/invented.toml, by which every list is asked"
        );
    }
}

#[test]
fn the_guide_explains_every_list() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/how-to/add-a-language.md");
    let guide = fs::read_to_string(guide).expect("the guide");
    for (key, _) in files().flat_map(|(_, file)| lists(file)) {
        assert!(guide.contains(&format!("`{}`", last(&key))), "{key} is not explained");
    }
}

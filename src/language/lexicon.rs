//! The files of the languages in, a lexicon of each out, read when it is first asked for.

use std::sync::{LazyLock, OnceLock};

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use super::{
    grammar::{Class, Classes, Endings, Grammar},
    leave::Leave,
    list::{Entries, Patterns, Phrases, Words},
    page::{Byline, Page},
    stem::Stem,
};
use crate::{model::Article, text::words::plain};

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/language/data");

/// The tag of what is undetermined (ISO 639-2), under which stands what holds in every language.
pub(super) const NEUTRAL: &str = "und";

/// Tags that are other names of a language (CLDR, `languageAlias`; Norwegian is written as Bokmål more often).
const ALIASES: [(&str, &str); 6] =
    [("no", "nb"), ("nn", "nb"), ("iw", "he"), ("in", "id"), ("sh", "sr"), ("mo", "ro")];

/// What is known of one language. Every list may be empty.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lexicon {
    /// Its name in English.
    pub(super) name: String,
    #[serde(rename = "stemmer")]
    stem: Stem,
    pub words: Vocabulary,
    pub(super) calendar: Calendar,
    grammar: Grammar,
    endings: Endings,
    pub speech: Speech,
    pub labels: Labels,
    pub(super) leave: Leave,
    pub page: Page,
    pub byline: Byline,
    #[serde(skip)]
    tag: &'static str,
}

/// Words that are told from others wherever they stand.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Vocabulary {
    /// Articles, pronouns, auxiliaries: what tells no event apart. Spelt as [`plain`] spells them.
    pub(super) stop: Words,
    /// First words of a sentence that speaks of somebody or something named before it.
    pub leaning: Words,
    /// Words of somebody speaking for himself.
    pub personal: Words,
    /// Words that titles of works leave in lower case.
    pub small: Words,
    /// What makes a toll of a figure beside it, and what stands behind a figure that counts something else. Spelt as [`plain`]
    /// spells them.
    pub toll: Words,
    pub unit: Words,
}

/// How what was said is written.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Speech {
    /// Words for "according to", directly before whoever it is; the longest first.
    according: Entries,
    /// Pronouns that hang on their verb ("-t-il"), the longest first.
    hanging: Entries,
    /// Whether papers set the tag inside the marks, between commas.
    pub tag_inside: bool,
    /// Whether papers quote parts of a sentence, set into their own, as often as whole ones.
    pub in_parts: bool,
    /// Whether nouns are written with a capital, as names are.
    pub capital_nouns: bool,
}

impl Speech {
    /// How many of the words that lie ahead are one for "according to".
    pub fn according<'a>(&self, ahead: impl Iterator<Item = &'a str> + Clone) -> usize {
        let begins = |phrase: &&String| {
            let mut ahead = ahead.clone();
            phrase.split(' ').all(|word| ahead.next().is_some_and(|own| own.eq_ignore_ascii_case(word)))
        };
        self.according.0.iter().find(begins).map_or(0, |phrase| phrase.split(' ').count())
    }

    /// A verb without the pronoun that hangs on it: "dit" of "dit-il", "a" of "a-t-elle".
    pub fn without_pronoun<'w>(&self, word: &'w str) -> &'w str {
        let mut endings = self.hanging.0.iter();
        endings.find_map(|pronoun| word.strip_suffix(pronoun.as_str())).unwrap_or(word)
    }
}

/// What outlets label their pieces with.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Labels {
    /// Words for kinds of pieces, which tell nothing of the event: a part of a title made of them alone is a label.
    pub kind: Words,
    /// Labels of opinion, in titles, categories and addresses.
    pub opinion: Words,
    /// What addresses and categories call pieces that are no reports: live pages, videos, galleries, newsletters.
    pub format: Words,
    /// Titles of pieces that are no reports: explainers, live pages, round-ups, videos.
    pub aside: Patterns,
    /// Labels of corrections and withdrawals before a title.
    pub correction: Phrases,
    /// Sentences that tell of a correction.
    pub corrected: Patterns,
    /// What agencies put before the title of a newer version, with its number and a hyphen.
    pub version: Words,
}

/// Names of months and days, in lower case.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Calendar {
    /// Twelve, January first; those of a month that has several names apart by `|`.
    pub(super) months: Vec<String>,
    /// The same, cut short, without points.
    pub(super) months_short: Vec<String>,
    weekdays: Entries,
}

impl Calendar {
    /// Whether a weekday is called so, or its name begins so.
    pub(super) fn has_weekday(&self, letters: &str) -> bool {
        self.weekdays.0.iter().any(|name| name.starts_with(letters))
    }

    /// The names of its months, full and short, each with its month.
    pub(super) fn months(&self) -> impl Iterator<Item = (&str, i8)> {
        let lists = [&self.months, &self.months_short].into_iter();
        lists
            .flat_map(|list| list.iter().zip(1..))
            .flat_map(|(names, month)| names.split('|').map(move |name| (name, month)))
    }

    /// All its names, full and short.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.months().map(|(name, _)| name).chain(self.weekdays.0.iter().map(String::as_str))
    }

    /// Whether a word in small letters names a month or a day, in full or cut short.
    pub(super) fn has(&self, word: &str) -> bool {
        self.words().any(|name| name == word)
    }

    fn full_names(&self) -> impl Iterator<Item = &str> {
        let months = self.months.iter().flat_map(|names| names.split('|'));
        months.chain(self.weekdays.0.iter().map(String::as_str))
    }
}

impl Lexicon {
    /// What is known of the language of this tag; of one without a file, what holds in every language.
    pub fn of(tag: &str) -> &'static Lexicon {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let alias = ALIASES.iter().find(|(other, _)| other.eq_ignore_ascii_case(primary));
        let primary = alias.map_or(primary, |(_, own)| own);
        let kept = SHELF.iter().find(|kept| kept.tag.eq_ignore_ascii_case(primary));
        kept.unwrap_or(&EVERYWHERE).lexicon()
    }

    /// What is known of the language of this article, as it was settled.
    pub fn of_article(article: &Article) -> &'static Lexicon {
        Lexicon::of(article.lang.as_deref().unwrap_or_default())
    }

    /// Those of all languages that have a file.
    pub fn all() -> impl Iterator<Item = &'static Lexicon> {
        SHELF.iter().map(Kept::lexicon)
    }

    /// What holds in every language.
    pub fn neutral() -> &'static Lexicon {
        EVERYWHERE.lexicon()
    }

    /// Of the file of one language, laid over what holds in all of them.
    pub(super) fn read(neutral: &str, own: &str) -> Result<Lexicon, toml::de::Error> {
        let mut table: toml::Table = toml::from_str(neutral)?;
        lay_over(&mut table, toml::from_str(own)?);
        let mut lexicon: Lexicon = table.try_into()?;
        let calendar: Vec<&str> = lexicon.calendar.full_names().collect();
        lexicon.words.stop.extend(calendar.iter().copied());
        lexicon.grammar.add(Class::Breaks, &calendar);
        Ok(lexicon)
    }

    /// This language and English, whose words stand on pages of every language.
    pub fn and_english(&'static self) -> impl Iterator<Item = &'static Lexicon> {
        let english = Lexicon::of("en");
        std::iter::once(self).chain((!std::ptr::eq(self, english)).then_some(english))
    }

    /// Whether a word in small letters is one that lines of dates are made of.
    pub fn is_of_a_date(&self, word: &str) -> bool {
        self.page.date.has(word) || self.calendar.has(word)
    }

    /// Whether a word in small letters, with or without its point, names a month.
    pub fn is_month(&self, word: &str) -> bool {
        self.calendar.months().any(|(name, _)| name == word.trim_end_matches('.'))
    }

    /// Whether a word in small letters, with or without its point, names a month or a day.
    pub fn is_of_the_calendar(&self, word: &str) -> bool {
        self.calendar.has(word.trim_end_matches('.'))
    }

    /// Its tag; `und` of what holds in every language.
    pub fn tag(&self) -> &'static str {
        self.tag
    }

    /// The key under which forms of one word meet; `None` for a stop word and for what holds no letter or digit.
    /// A single Latin letter is no word either (what is left of an initial or an elision).
    pub fn key(&self, word: &str) -> Option<String> {
        let plain = plain(word);
        let lone = plain.len() == 1 && plain.starts_with(|c: char| c.is_ascii_alphabetic());
        if plain.is_empty() || lone || self.words.stop.has(&plain) {
            return None;
        }
        Some(self.stem.of(plain))
    }

    /// Stop words and those of closed classes, some of them twice: what tells the language of a short text.
    pub(super) fn small_words(&self) -> impl Iterator<Item = &str> {
        self.words.stop.each().chain(self.grammar.words())
    }

    /// The classes a word of a sentence belongs to, whatever its case.
    pub fn classes(&self, word: &str) -> Classes {
        self.grammar.classes(word).or(self.endings.of(word))
    }
}

/// The tag of the language that is called so in English, of those that have a file.
pub fn tag_of(name: &str) -> Option<&'static str> {
    SHELF.iter().find(|kept| kept.lexicon().name.eq_ignore_ascii_case(name)).map(|kept| kept.tag)
}

/// Adds the lists of one file to those of another; what is no list is its own.
fn lay_over(under: &mut toml::Table, over: toml::Table) {
    use toml::Value::{Array, String, Table};
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(Table(under)), Table(over)) => lay_over(under, over),
            (Some(Array(under)), Array(over)) => under.extend(over),
            (Some(Array(under)), String(over)) => {
                under.extend(over.split_whitespace().map(|word| String(word.to_owned())));
            }
            (Some(String(under)), String(over)) => {
                under.push(' ');
                under.push_str(&over);
            }
            (_, value) => drop(under.insert(key, value)),
        }
    }
}

/// A file and what was read of it.
pub(super) struct Kept {
    pub(super) tag: &'static str,
    pub(super) file: &'static str,
    lexicon: OnceLock<Lexicon>,
}

impl Kept {
    pub(super) fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| {
            let lexicon = Lexicon::read(EVERYWHERE.file, self.file).expect("a test reads every file");
            Lexicon { tag: self.tag, ..lexicon }
        })
    }

    /// Its calendar alone, without the patterns that make a lexicon slow to read.
    pub(super) fn calendar(&self) -> Calendar {
        let table: toml::Table = toml::from_str(self.file).expect("a test reads every file");
        table.get("calendar").and_then(|calendar| calendar.clone().try_into().ok()).unwrap_or_default()
    }
}

pub(super) static EVERYWHERE: LazyLock<Kept> = LazyLock::new(|| {
    let file = FILES.get_file("und.toml").and_then(|file| file.contents_utf8()).unwrap_or_default();
    Kept { tag: NEUTRAL, file, lexicon: OnceLock::new() }
});

/// The files of single languages, by tag.
pub(super) static SHELF: LazyLock<Vec<Kept>> = LazyLock::new(|| {
    let kept = FILES.files().filter_map(|file| {
        let tag = file.path().file_stem()?.to_str().filter(|tag| *tag != NEUTRAL)?;
        Some(Kept { tag, file: file.contents_utf8()?, lexicon: OnceLock::new() })
    });
    let mut kept: Vec<Kept> = kept.collect();
    kept.sort_by_key(|kept| kept.tag);
    kept
});

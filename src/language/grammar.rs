//! A word in, the closed classes it belongs to out: what the step that finds speakers knows of a sentence's words.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Deserializer};

use super::list::{Entries, is_small};

/// A class of words, as the `[grammar]` table of a language's file names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Finite verbs of saying, and participles that stand for them ("hat … gesagt").
    Says,
    /// Verbs of saying that are nouns at least as often: only after a name or a pronoun.
    SaysOrNames,
    /// Verb forms that take their subject from the sentence they hang on ("adding").
    Saying,
    /// Auxiliaries that stand between a quotation and whoever said it ("hat Quill gesagt").
    Helps,
    /// What stands between a reflexive verb and its subject ("sich").
    Oneself,
    /// What may stand between a subject and its verb.
    Between,
    /// Verbs that name who is quoted behind them ("zitiert"), and those of what is read ("heißt es in").
    Quotes,
    Reads,
    /// Words no noun phrase runs across: prepositions, conjunctions, auxiliaries. Days and months are added.
    Breaks,
    /// Prepositions behind which no subject stands; they break phrases, too.
    Preposition,
    /// What puts the subject behind the verb when a sentence opens with it ("ebenso").
    Inverts,
    /// Articles that begin no subject ("dem"), and those that begin none with a feminine noun ("der").
    Oblique,
    ObliqueShe,
    /// Prepositions that bind a further noun to a described speaker ("the mayor of").
    Binds,
    /// Those of them that follow a name, too ("Quill of Brackwater").
    BindsName,
    /// Those of them that make one phrase of what stands on both sides.
    BindsTightly,
    /// Articles in the genitive, which bind as prepositions do ("die Sprecherin der Stadt").
    BindsGenitive,
    /// What a description of a speaker begins with.
    Determines,
    /// Those of them that are no speaker alone.
    Article,
    /// Articles that tell a man, a woman.
    ArticleHe,
    ArticleShe,
    /// Descriptions that do without an article.
    Role,
    /// Pronouns that can be the subject of a verb of saying.
    Subject,
    /// Pronouns for a man, for a woman.
    He,
    She,
    /// Pronouns for a woman or for several.
    SheOrThey,
    /// Relative pronouns.
    Relative,
    /// What joins two names.
    And,
    /// Conjunctions a sentence may open with.
    Opens,
    /// Forms of address and offices that stand before a name without being part of it.
    Title,
    /// Those of them that are cut short, without their point: they are titles with it, too.
    Rank,
    /// Words that stand between a rank and the name.
    Grade,
    /// Titles that tell a man, a woman.
    TitleHe,
    TitleShe,
    /// Words that make a capitalised name something other than a person's.
    Body,
    /// Words inside a name that are written small.
    Particle,
    /// Words behind a surname that are not it.
    Suffix,
    /// Prepositions a place rather than a person stands behind.
    Where,
    /// Words that keep their dot inside a sentence.
    Abbreviation,
    /// Regions that keep it, written with a capital.
    Region,
    /// Words cut short before the one they belong to, without their point: they end no sentence.
    Cut,
    /// Verbs that need another one, which open a sentence only as a question.
    Auxiliary,
    /// What stands before the speaker, behind a quotation and a comma ("…, so Quill").
    Thus,
    /// Feminine nouns, adjectives before a noun that is written with a capital: told by their endings alone.
    Feminine,
    Adjective,
    /// Words for what people are ("pilot"), verbs in the past: told by their endings alone.
    Person,
    Past,
}

/// The classes one word belongs to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Classes(u64);

impl Classes {
    pub fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u64) != 0
    }

    /// These and one more.
    fn and(self, class: Class) -> Classes {
        Classes(self.0 | 1 << class as u64)
    }

    /// Those of both.
    pub(super) fn or(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }

    /// Whether it is a verb of saying and nothing else.
    pub fn says(self) -> bool {
        self.has(Class::Says) && !self.has(Class::SaysOrNames)
    }
}

/// Letters a word has before an ending that tells its class, at least.
const STEM: usize = 3;

/// The classes of a language's words, by word in lower case.
#[derive(Debug, Default)]
pub(super) struct Grammar(FxHashMap<Box<str>, Classes>);

/// Endings that tell a class, by class.
#[derive(Debug, Default)]
pub(super) struct Endings(Vec<(Box<str>, Class)>);

impl Endings {
    /// The classes of a word by its ending; an office is written as a name is.
    pub(super) fn of(&self, word: &str) -> Classes {
        let is_name = word.starts_with(char::is_uppercase);
        let ends = |ending: &str| word.len() >= ending.len() + STEM && word.ends_with(ending);
        let found = self.0.iter().filter(|(ending, class)| {
            (matches!(class, Class::Title | Class::Feminine)) == is_name && ends(ending)
        });
        found.fold(Classes::default(), |known, (_, class)| known.and(*class))
    }
}

impl Grammar {
    pub(super) fn classes(&self, word: &str) -> Classes {
        let found = if is_small(word) { self.0.get(word) } else { self.0.get(word.to_lowercase().as_str()) };
        found.copied().unwrap_or_default()
    }

    /// Its words, in no order.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(|word| &**word)
    }

    pub(super) fn add(&mut self, class: Class, words: &[impl AsRef<str>]) {
        for word in words {
            let known = self.0.entry(word.as_ref().into()).or_default();
            *known = known.and(class);
        }
    }
}

impl<'de> Deserialize<'de> for Endings {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let classes = BTreeMap::<Class, Entries>::deserialize(from)?;
        let endings = classes.into_iter().flat_map(|(class, endings)| {
            endings.0.into_iter().map(move |ending| (ending.into_boxed_str(), class))
        });
        Ok(Endings(endings.collect()))
    }
}

impl<'de> Deserialize<'de> for Grammar {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut grammar = Grammar::default();
        for (class, entries) in BTreeMap::<Class, Entries>::deserialize(from)? {
            grammar.add(class, &entries.0);
            if class == Class::Preposition {
                grammar.add(Class::Breaks, &entries.0);
            }
            if class == Class::Rank {
                grammar.add(Class::Title, &entries.0);
                let written: Vec<String> = entries.0.iter().map(|rank| format!("{rank}.")).collect();
                grammar.add(Class::Title, &written);
            }
        }
        Ok(grammar)
    }
}

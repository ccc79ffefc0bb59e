//! Articles in, bags of weighted words out, by which pairs are compared. Numbers its words per batch; never keeps
//! them for the next.

use std::collections::BTreeMap;

use super::{
    texts::{Fields, Texts},
    vocabulary::Vocabulary,
};
use crate::{language::Lexicon, model::Article};

/// How much a word in the title counts, compared with one in the text.
const TITLE_COUNT: f32 = 2.0;
/// Words of a teaser, or of the text where there is none, that are its opening.
const OPENING: usize = 40;
const SECONDS_PER_DAY: f64 = 86_400.0;

/// One word of a document.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Term {
    /// Its number in the batch.
    pub(super) word: u32,
    /// Dampened count (1 + ln n) over title, teaser and text.
    pub(super) anywhere: f32,
    /// Dampened count in the title and the address; 0 if absent.
    pub(super) title: f32,
    /// Whether the batch usually writes it as a name.
    pub(super) name: bool,
    /// Whether the batch gives it a capital where other words have none.
    pub(super) proper: bool,
    pub(super) number: bool,
    /// Whether it stands in the title or the opening.
    pub(super) foremost: bool,
}

/// An article as a bag of words.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Document {
    /// Sorted by word number.
    pub(super) terms: Vec<Term>,
    /// Days since 1970, in UTC.
    pub(super) day: Option<f64>,
    /// Its index among the languages of the batch.
    pub(super) language: usize,
    /// Words besides its title, repetitions counted.
    pub(super) body: usize,
}

/// The documents of a batch, and how many different words they contain.
pub(super) struct Documents {
    pub(super) all: Vec<Document>,
    pub(super) vocabulary: usize,
    /// The words themselves.
    pub(super) words: Vocabulary,
    /// The texts the documents were made from; taken out when no longer needed.
    pub(super) texts: Texts,
}

/// Reads a batch. A word's number depends only on the order of `articles`.
pub(super) fn read(articles: &[&Article]) -> Documents {
    let lexicons: BTreeMap<&str, &'static Lexicon> = articles
        .iter()
        .map(|article| Lexicon::of_article(article))
        .map(|known| (known.tag(), known))
        .collect();
    let places: BTreeMap<&str, usize> = lexicons.keys().copied().zip(0..).collect();
    let mut vocabulary = Vocabulary::new(lexicons.into_values());
    let texts = Texts::read(articles, &mut vocabulary);
    let mut all = Vec::with_capacity(articles.len());
    let mut met = Vec::new();
    for (article, fields) in articles.iter().zip(texts.each()) {
        let language = places.get(Lexicon::of_article(article).tag()).copied().unwrap_or(0);
        let terms = terms(&fields, language, &mut vocabulary, &mut met);
        let day = article.published.map(|at| at.as_second() as f64 / SECONDS_PER_DAY);
        all.push(Document { terms, day, language, body: fields.teaser.len() + fields.text.len() });
    }
    for term in all.iter_mut().flat_map(|document: &mut Document| &mut document.terms) {
        term.name = vocabulary.is_name(term.word);
        term.proper = vocabulary.is_proper(term.word);
    }
    Documents { all, vocabulary: vocabulary.len(), words: vocabulary, texts }
}

/// A word met, and what it adds to the counts.
struct Count {
    word: u32,
    anywhere: f32,
    title: f32,
    number: bool,
    foremost: bool,
}

/// The counted words of an article. `met` is scratch space for them.
fn terms(fields: &Fields, language: usize, vocabulary: &mut Vocabulary, met: &mut Vec<Count>) -> Vec<Term> {
    met.clear();
    let opening = if fields.teaser.is_empty() { OPENING } else { 0 };
    for ((text, anywhere, title, is_running_text, foremost), telling) in [
        (fields.title, TITLE_COUNT, 1.0, true, usize::MAX),
        (fields.address, 1.0, 1.0, false, 0),
        (fields.teaser, 1.0, 0.0, true, OPENING),
        (fields.text, 1.0, 0.0, true, opening),
    ]
    .into_iter()
    .zip(fields.telling)
    {
        for (place, &spelling) in text.iter().enumerate() {
            let Some(word) = vocabulary.number(spelling, language) else { continue };
            if is_running_text {
                vocabulary.note(word, spelling, telling.get(place) == Some(&true));
            }
            let number = vocabulary.is_number(spelling);
            met.push(Count { word, anywhere, title, number, foremost: place < foremost });
        }
    }
    let dampened = |n: f32| if n >= 1.0 { 1.0 + n.ln() } else { n };
    met.sort_unstable_by_key(|count| count.word);
    let same = |x: &Count, y: &Count| x.word == y.word;
    let mut terms = Vec::with_capacity(met.chunk_by(same).count());
    terms.extend(met.chunk_by(same).map(|counts| Term {
        word: counts.first().map_or(0, |count| count.word),
        anywhere: dampened(counts.iter().map(|count| count.anywhere).sum()),
        title: dampened(counts.iter().map(|count| count.title).sum()),
        name: false,
        proper: false,
        number: counts.iter().any(|count| count.number),
        foremost: counts.iter().any(|count| count.foremost),
    }));
    terms
}

//! Articles in, their words as numbered spellings out. Never splits a text twice, however many steps look at it.

use super::{
    title::{Furniture, address_words},
    vocabulary::Vocabulary,
};
use crate::{language::Lexicon, model::Article, text::words::words};

/// Words of a text that are read: news reports its event first.
const WORDS_READ: usize = 600;

/// The words of a batch, article by article.
#[derive(Default)]
pub(super) struct Texts {
    words: Vec<u32>,
    /// Where in `words` each article's title, address, teaser and text end.
    ends: Vec<[usize; 4]>,
}

/// The words of one article.
pub(super) struct Fields<'t> {
    /// Without the publisher's furniture.
    pub(super) title: &'t [u32],
    /// Words of the address that repeat the title.
    pub(super) address: &'t [u32],
    pub(super) teaser: &'t [u32],
    pub(super) text: &'t [u32],
}

impl Texts {
    /// Reads a batch and numbers its spellings.
    pub(super) fn read(articles: &[&Article], vocabulary: &mut Vocabulary) -> Self {
        let furniture = Furniture::learn(articles);
        let mut all = Texts { words: Vec::new(), ends: Vec::with_capacity(articles.len()) };
        for article in articles {
            let address = address_words(&article.url);
            let title = furniture.strip(article, Lexicon::of_article(article));
            let fields = [title, &address, &article.summary, &article.text];
            let ends = fields.map(|text| {
                all.words.extend(words(text).take(WORDS_READ).map(|word| vocabulary.spelling(word)));
                all.words.len()
            });
            all.ends.push(ends);
        }
        all
    }

    /// The articles in order.
    pub(super) fn each(&self) -> impl Iterator<Item = Fields<'_>> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|ends| ends[3]));
        let words = |from, to| self.words.get(from..to).unwrap_or_default();
        starts.zip(&self.ends).map(move |(start, &[title, address, teaser, text])| Fields {
            title: words(start, title),
            address: words(title, address),
            teaser: words(address, teaser),
            text: words(teaser, text),
        })
    }
}

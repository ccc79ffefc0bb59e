//! An article in, its prose out: the sentences a lead may be made of, in runs that can each be printed without the one
//! before. Furniture and dateline are left out; nothing is ever rewritten.

use std::collections::BTreeSet;
use std::ops::Range;

use super::furniture::{is_furniture, is_unended, without_dateline};
use super::leaning::leans;
use crate::model::Article;
use crate::text::words::{Language, words};
use crate::text::{sentence, space};

/// Characters of the longest sentence that is printed: some 150 words. What is longer is no prose, or meant to fill the paper.
const LONGEST: usize = 1000;

/// A sentence of an article.
pub struct Sentence<'a> {
    /// The paragraph it stands in, without its dateline.
    pub body: &'a str,
    /// Where in it.
    pub span: Range<usize>,
    /// Its number among the article's sentences.
    pub place: usize,
    /// What it tells: the keys of its words, without stop words.
    pub keys: BTreeSet<String>,
    /// Words as a reader counts them.
    pub words: usize,
}

impl<'a> Sentence<'a> {
    pub fn text(&self) -> &'a str {
        self.body.get(self.span.clone()).unwrap_or_default()
    }
}

/// The top of an article, read for a lead.
pub struct Prose<'a> {
    pub article: &'a Article,
    /// Sentences that stand on their own, each with those behind it that lean on it.
    pub runs: Vec<Vec<Sentence<'a>>>,
    /// Keys of the headline's words.
    pub title: BTreeSet<String>,
    language: Language,
}

impl<'a> Prose<'a> {
    /// Reads whole paragraphs from the top until `most` words were read.
    pub fn of(article: &'a Article, most: usize) -> Self {
        let tag = article.lang.as_deref().unwrap_or("en");
        let language = Language::of(tag);
        let title = keys(&article.title, &language);
        let mut runs: Vec<Vec<Sentence>> = Vec::new();
        let (mut place, mut read, mut before) = (0, 0, "");
        for body in bodies(article) {
            for span in whole_sentences(body, tag) {
                let text = body.get(span.clone()).unwrap_or_default();
                if text.chars().nth(LONGEST).is_some() {
                    (place, before) = (place + 1, "");
                    continue;
                }
                let words = text.split_whitespace().count();
                let sentence = Sentence { body, span, place, keys: keys(text, &language), words };
                match runs.last_mut() {
                    Some(run) if leans(text, before) => run.push(sentence),
                    _ => runs.push(vec![sentence]),
                }
                (place, read, before) = (place + 1, read + words, text);
            }
            if read >= most {
                break;
            }
        }
        Prose { article, runs, title, language }
    }

    pub fn sentences(&self) -> impl Iterator<Item = &Sentence<'a>> {
        self.runs.iter().flatten()
    }

    /// The first `most` words as written, each with its key and whether it opens a sentence.
    pub fn opening(&self, most: usize) -> impl Iterator<Item = (&'a str, Option<String>, bool)> {
        let numbered = |s: &Sentence<'a>| words(s.text()).enumerate().map(|(i, word)| (word, i == 0));
        self.sentences()
            .flat_map(numbered)
            .take(most)
            .map(|(word, first)| (word, self.language.key(word), first))
    }
}

fn keys(text: &str, language: &Language) -> BTreeSet<String> {
    words(text).filter_map(|word| language.key(word)).collect()
}

/// The paragraphs an article is quoted from, without datelines: those of its text; if it has none, its summary; without
/// that, what stands for its text though it is not ended like a sentence.
fn bodies(article: &Article) -> Vec<&str> {
    let title = space::fold(&article.title);
    let own = |p: &&str| space::fold(p) != title;
    let mut found: Vec<&str> = article.paragraphs().filter(own).filter(|p| !is_furniture(p)).collect();
    if found.is_empty() {
        found.extend(Some(article.summary.trim()).filter(|summary| !summary.is_empty()));
    }
    if found.is_empty() {
        found.extend(article.paragraphs().filter(own).filter(|p| is_unended(p)));
    }
    found.into_iter().map(without_dateline).collect()
}

/// The sentences of a paragraph; without its last if it was cut off ("The minister ...") and others are left.
fn whole_sentences(paragraph: &str, language: &str) -> Vec<Range<usize>> {
    let mut spans = sentence::spans(paragraph, language);
    let cut_off = |text: &str| {
        let end = text.trim_end_matches([']', ')', ' ']);
        end.ends_with("...") || end.ends_with('…')
    };
    if spans.len() > 1 && spans.last().and_then(|last| paragraph.get(last.clone())).is_some_and(cut_off) {
        spans.pop();
    }
    spans
}

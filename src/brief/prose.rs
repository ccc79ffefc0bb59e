//! An article in, its prose out: sentences a lead may be made of, in runs that can each be printed without the one
//! before. Furniture and dateline are left out; never rewrites anything.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::language::{self, Lexicon};
use crate::model::Article;
use crate::prose::{
    context::leans,
    sentence,
    shape::{is_furniture, is_unended, without_dateline},
};
use crate::text::{space, words::words};

/// Characters of the longest sentence printed: some 250 words. Anything longer is not prose, or is meant to fill the
/// page.
const LONGEST: usize = 1500;

/// A sentence of an article.
pub struct Sentence<'a> {
    /// Its paragraph, without the dateline.
    pub body: &'a str,
    /// Its position in that paragraph.
    pub span: Range<usize>,
    /// Its number among the article's sentences.
    pub place: usize,
    /// Its content: the keys of its words, without stop words.
    pub keys: BTreeSet<String>,
    /// Words as a reader counts them.
    pub words: usize,
}

impl<'a> Sentence<'a> {
    pub fn text(&self) -> &'a str {
        self.body.get(self.span.clone()).unwrap_or_default()
    }
}

/// The top of an article, prepared for a lead.
pub struct Prose<'a> {
    pub article: &'a Article,
    /// Sentences that stand on their own, each with the following ones that refer back to it.
    pub runs: Vec<Vec<Sentence<'a>>>,
    /// Keys of the headline's words.
    pub title: BTreeSet<String>,
    pub lexicon: &'static Lexicon,
}

impl<'a> Prose<'a> {
    /// Reads whole paragraphs from the top until `most` words have been read.
    pub fn of(article: &'a Article, most: usize) -> Self {
        let lexicon = language::of_article(article);
        let title = keys(&article.title, lexicon);
        let runs = sources(article).into_iter().map(|bodies| runs(&bodies, lexicon, most));
        let runs = runs.into_iter().find(|runs| !runs.is_empty()).unwrap_or_default();
        Prose { article, runs, title, lexicon }
    }

    pub fn sentences(&self) -> impl Iterator<Item = &Sentence<'a>> {
        self.runs.iter().flatten()
    }

    /// The first `most` words as written, each with its key and whether it begins a sentence.
    pub fn opening(&self, most: usize) -> impl Iterator<Item = (&'a str, Option<String>, bool)> {
        let numbered = |s: &Sentence<'a>| words(s.text()).enumerate().map(|(i, word)| (word, i == 0));
        self.sentences()
            .flat_map(numbered)
            .take(most)
            .map(|(word, first)| (word, self.lexicon.key(word), first))
    }
}

fn keys(text: &str, lexicon: &Lexicon) -> BTreeSet<String> {
    words(text).filter_map(|word| lexicon.key(word)).collect()
}

/// What an article is quoted from, without datelines, best first: the paragraphs of its text, its summary, and what
/// serves as its text although it does not end like a sentence.
fn sources(article: &Article) -> [Vec<&str>; 3] {
    let title = space::fold(&article.title);
    let own = || article.paragraphs().filter(|p| space::fold(p) != title);
    let text = own().filter(|p| !is_furniture(p)).map(without_dateline).collect();
    let summary = article.summary.split("\n\n").map(str::trim).filter(|summary| !summary.is_empty());
    let unended = own().filter(|p| is_unended(p)).map(without_dateline).collect();
    [text, summary.map(without_dateline).collect(), unended]
}

/// The sentences of whole paragraphs, from the top until `most` words have been read.
fn runs<'a>(bodies: &[&'a str], lexicon: &Lexicon, most: usize) -> Vec<Vec<Sentence<'a>>> {
    let mut runs: Vec<Vec<Sentence>> = Vec::new();
    let (mut place, mut read, mut before) = (0, 0, "");
    let mut is_parted = false;
    for &body in bodies {
        for span in whole_sentences(body, lexicon.tag()) {
            place += 1;
            let text = body.get(span.clone()).unwrap_or_default();
            // What refers back to an unprinted sentence is not printed either.
            is_parted = text.chars().nth(LONGEST).is_some() || (is_parted && leans(text, before, lexicon));
            if is_parted {
                before = text;
                continue;
            }
            let words = text.split_whitespace().count();
            let sentence = Sentence { body, span, place, keys: keys(text, lexicon), words };
            match runs.last_mut() {
                Some(run) if leans(text, before, lexicon) => run.push(sentence),
                _ => runs.push(vec![sentence]),
            }
            (read, before) = (read + words, text);
        }
        if read >= most {
            break;
        }
    }
    runs
}

/// The sentences of a paragraph, without the last one if it was cut off ("The minister ...") and others remain.
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

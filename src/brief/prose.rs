//! An article in, its prose out: sentences a lead may be made of, in runs that can each be printed without the one
//! before. Furniture and dateline are left out; never rewrites anything.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::language::Lexicon;
use crate::model::Article;
use crate::prose::{
    caption,
    context::leans,
    credit, dateline,
    furniture::{is_filler, is_furniture},
    sentence::{self, ends_like_one},
};
use crate::text::{space, words::words};

/// Characters of the longest sentence printed: some 250 words. Anything longer is not prose, or is meant to fill the
/// page.
const LONGEST: usize = 1500;

/// Shortest paragraph taken for prose, and shortest that may be although it is not ended like a sentence, in words.
const FEWEST_WORDS: usize = 5;
const FEWEST_UNENDED_WORDS: usize = 8;

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
        let lexicon = Lexicon::of_article(article);
        let title = keys(&article.title, lexicon);
        let headline = space::fold(&article.title);
        let own = || article.paragraphs().filter(|paragraph| space::fold(paragraph) != headline);
        let summary =
            || article.summary.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
        // The text, else the summary, else what serves as text although it does not end like a sentence.
        let runs = |paragraphs: &mut dyn Iterator<Item = &'a str>| runs(paragraphs, article, lexicon, most);
        let mut read = runs(&mut own().filter(|paragraph| is_prose(paragraph, lexicon)));
        if read.is_empty() {
            read = runs(&mut summary().filter(|paragraph| !is_furniture(paragraph, lexicon)));
        }
        if read.is_empty() {
            read = runs(&mut own().filter(|paragraph| is_unended(paragraph, lexicon)));
        }
        Prose { article, runs: read, title, lexicon }
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

/// Whether a paragraph of an article is prose: long enough, ended like a sentence, no furniture.
fn is_prose(paragraph: &str, lexicon: &'static Lexicon) -> bool {
    paragraph.split_whitespace().nth(FEWEST_WORDS - 1).is_some()
        && ends_like_one(paragraph)
        && !is_furniture(paragraph, lexicon)
}

/// Whether it would be if only it were ended like a sentence: what a feed cut off, or a standfirst.
fn is_unended(paragraph: &str, lexicon: &'static Lexicon) -> bool {
    paragraph.split_whitespace().nth(FEWEST_UNENDED_WORDS - 1).is_some()
        && !ends_like_one(paragraph)
        && !is_furniture(paragraph, lexicon)
}

/// The sentences of whole paragraphs without their datelines, from the top until `most` words have been read.
fn runs<'a>(
    paragraphs: &mut dyn Iterator<Item = &'a str>,
    article: &Article,
    lexicon: &'static Lexicon,
    most: usize,
) -> Vec<Vec<Sentence<'a>>> {
    let mut runs: Vec<Vec<Sentence>> = Vec::new();
    let (mut place, mut read, mut before) = (0, 0, "");
    let mut is_parted = false;
    for body in paragraphs.map(dateline::without) {
        for mut span in whole_sentences(body, lexicon) {
            place += 1;
            let whole = body.get(span.clone()).unwrap_or_default();
            let text = credit::without(whole, lexicon);
            if text.len() < whole.len() {
                // What stands behind a credit does not follow what stood before it.
                (span.start, place) = (span.end - text.len(), place + 1);
            }
            // What refers back to an unprinted sentence is not printed either.
            is_parted = text.chars().nth(LONGEST).is_some()
                || is_filler(text, lexicon)
                || caption::ends_with_its_day(text, article.published, lexicon)
                || (is_parted && leans(text, before, lexicon));
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

/// The sentences of a paragraph, without the last one if it was cut off ("The minister ...") or is furniture ("The post … appeared
/// first on …") and others remain.
fn whole_sentences(paragraph: &str, lexicon: &'static Lexicon) -> Vec<Range<usize>> {
    let mut spans = sentence::spans(paragraph, lexicon.tag());
    let cut_off = |text: &str| {
        let end = text.trim_end_matches([']', ')', ' ']);
        end.ends_with("...") || end.ends_with('…')
    };
    let is_left_out = |text: &str| cut_off(text) || is_furniture(text, lexicon);
    if spans.len() > 1 && spans.last().and_then(|last| paragraph.get(last.clone())).is_some_and(is_left_out) {
        spans.pop();
    }
    spans
}

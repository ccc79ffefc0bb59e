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
    /// By word: whether the way it is written there tells a name: it opens no sentence, and not all words of the title
    /// have capitals.
    telling: Vec<bool>,
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
    /// Whether the case of each word of these four tells a name.
    pub(super) telling: [&'t [bool]; 4],
}

impl Texts {
    /// Reads a batch and numbers its spellings.
    pub(super) fn read(articles: &[&Article], vocabulary: &mut Vocabulary) -> Self {
        let furniture = Furniture::learn(articles);
        let mut all = Texts { ends: Vec::with_capacity(articles.len()), ..Texts::default() };
        for article in articles {
            let address = address_words(&article.url);
            let title = furniture.strip(article, Lexicon::of_article(article));
            let fields = [title, &address, &article.summary, &article.text];
            let plain = !is_headline_case(title);
            let cased = [plain, false, true, true];
            let mut ends = [0; 4];
            for ((text, end), cased) in fields.into_iter().zip(&mut ends).zip(cased) {
                for word in words(text).take(WORDS_READ) {
                    all.words.push(vocabulary.spelling(word));
                    let at = word.as_ptr() as usize - text.as_ptr() as usize;
                    let before = || text.get(..at).unwrap_or_default();
                    all.telling.push(cased && (!is_large(word) || !opens_sentence(before())));
                }
                *end = all.words.len();
            }
            all.ends.push(ends);
        }
        all
    }

    /// The articles in order.
    pub(super) fn each(&self) -> impl Iterator<Item = Fields<'_>> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|ends| ends[3]));
        let words = |from, to| self.words.get(from..to).unwrap_or_default();
        let telling = |from, to| self.telling.get(from..to).unwrap_or_default();
        starts.zip(&self.ends).map(move |(start, &[title, address, teaser, text])| Fields {
            title: words(start, title),
            address: words(title, address),
            teaser: words(address, teaser),
            text: words(teaser, text),
            telling: [
                telling(start, title),
                telling(title, address),
                telling(address, teaser),
                telling(teaser, text),
            ],
        })
    }
}

fn is_large(word: &str) -> bool {
    match word.as_bytes().first() {
        Some(first) if first.is_ascii() => first.is_ascii_uppercase(),
        _ => word.starts_with(char::is_uppercase),
    }
}

/// Whether a word behind this text opens a sentence or what is said or stands for one.
fn opens_sentence(before: &str) -> bool {
    let marks = |c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '«' | '»' | '(')
    };
    let before = before.trim_end_matches(marks);
    before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '–', '—', '…', '|'])
}

/// Whether a headline gives its words capitals whatever they are: hardly a longer one goes without.
fn is_headline_case(title: &str) -> bool {
    let long = title.split_ascii_whitespace().skip(1).filter(|word| word.len() > 3);
    let (small, large) =
        long.fold(
            (0, 0),
            |(small, large), word| {
                if is_large(word) { (small, large + 1) } else { (small + 1, large) }
            },
        );
    3 * small < large || small == 0
}

#[cfg(test)]
mod tests {
    use super::{Texts, Vocabulary};
    use crate::{language::Lexicon, model::Article};

    /// The words of title and teaser whose case tells a name.
    fn telling(title: &str, summary: &str) -> Vec<String> {
        let article = Article { title: title.into(), summary: summary.into(), ..Article::default() };
        let mut vocabulary = Vocabulary::new([Lexicon::of("en")]);
        let texts = Texts::read(&[&article], &mut vocabulary);
        let fields = texts.each().next().expect("an article");
        let all =
            fields.title.iter().zip(fields.telling[0]).chain(fields.teaser.iter().zip(fields.telling[2]));
        let told = all.filter(|(_, telling)| **telling).map(|(word, _)| *word as usize);
        told.map(|word| vocabulary.spellings()[word].word.to_string()).collect()
    }

    #[test]
    fn the_first_word_of_a_sentence_tells_no_name() {
        assert_eq!(
            telling("Ferry aground off Sollund", "Tugs came. “Nobody slept,”"),
            ["aground", "off", "Sollund", "came", "slept"]
        );
    }

    #[test]
    fn a_headline_all_in_capitals_tells_none() {
        assert_eq!(telling("Ferry Runs Aground Off the Sollund Light", "It sank"), ["sank"]);
    }
}

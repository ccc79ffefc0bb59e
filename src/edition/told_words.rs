//! The articles already told in, what readers know from them out: whether a text tells more, and how much of it is
//! new. Never takes another report of the same facts for news just because its words differ.
//!
//! Newness is measured in content words: stop words aside, forms of a word counted as one, names and numbers worth
//! twice as much as other words. Another report of the same facts also has new words, fewer the more was told: over
//! the events of ECB+, BASIL and a day of feeds sorted by hand, with one to five articles told, the new share falls
//! with the logarithm of the content words told ([`Usual`]). An article whose opening or title is newer than usual
//! tells news. By this measure so does a third of the reports that only repeat the facts (nearly half where only
//! summaries were told), but also seven in eight on a look-alike event: losing one of those would be worse.

use std::collections::BTreeSet;

use crate::{language::Lexicon, model::Article, prose::sentence, text::words};

/// The opening words of an article, which contain its news.
const OPENING_WORDS: usize = 60;
/// Fewer new content words than this (a name or number counts twice) are no news, whatever their share of an opening
/// or title.
const FEWEST: usize = 6;
const FEWEST_IN_TITLE: usize = 3;
/// If more than this share of an opening is new, although at least `MUCH` words were told, almost nothing of it was
/// told: another event. With so much told, only one in twenty reports of the same event is newer than 0.66.
const STRANGE: f64 = 0.8;
const MUCH: usize = 150;

/// How new another report of the same facts may be.
struct Usual {
    /// After twenty content words were told.
    beside_little: f64,
    /// How much less it may be each time e times as many were told.
    fall: f64,
}

/// As new as half of such reports are, and as a quarter of them.
const OPENING: [Usual; 2] =
    [Usual { beside_little: 0.69, fall: 0.147 }, Usual { beside_little: 0.81, fall: 0.147 }];
/// The same for titles; stricter when little was told, since only their titles tell look-alikes apart.
const TITLE: [Usual; 2] =
    [Usual { beside_little: 0.44, fall: 0.1 }, Usual { beside_little: 0.5, fall: 0.08 }];

/// What was told.
pub(super) struct ToldWords {
    pub lexicon: &'static Lexicon,
    keys: BTreeSet<String>,
    /// All words, spelt as by [`words::spoken`].
    spoken: String,
}

/// How new a text is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Newness {
    /// New content words, names and numbers counted twice.
    pub new: usize,
    /// All content words.
    pub all: usize,
    /// Names and numbers among the new ones.
    pub names: usize,
}

impl Newness {
    fn share(self) -> f64 {
        self.new as f64 / self.all.max(1) as f64
    }
}

impl ToldWords {
    pub fn of(lexicon: &'static Lexicon) -> ToldWords {
        ToldWords { lexicon, keys: BTreeSet::new(), spoken: String::new() }
    }

    /// Those of all that these articles say.
    pub fn of_articles<'a>(told: impl Iterator<Item = &'a Article>, lexicon: &'static Lexicon) -> ToldWords {
        let mut words = ToldWords::of(lexicon);
        told.flat_map(|article| [&article.title, &article.summary, &article.text])
            .for_each(|text| words.add(text));
        words
    }

    pub fn add(&mut self, text: &str) {
        self.keys.extend(words::words(text).filter_map(|word| self.lexicon.key(word)));
        self.spoken.push_str(&words::spoken(text));
    }

    /// Whether half of the telling words of a passage, or more, were not told.
    pub fn lacks_half(&self, passage: &str) -> bool {
        let keys: BTreeSet<String> =
            words::words(passage).filter_map(|word| self.lexicon.key(word)).collect();
        2 * keys.difference(&self.keys).count() >= keys.len()
    }

    /// Whether an article tells facts that were not told before.
    pub fn lacks(&self, article: &Article) -> bool {
        let [_, beyond_most] = self.beyond_usual(article);
        beyond_most
    }

    /// Whether an article may tell more than its feed shows, or has enough new for a quotation in it to be more than
    /// a different selection from earlier words: its opening or title is newer than in half of all reports.
    pub fn nearly_lacks(&self, article: &Article) -> bool {
        let [beyond_half, _] = self.beyond_usual(article);
        beyond_half
    }

    /// Whether an article has almost nothing to do with what was told.
    pub fn is_strange(&self, article: &Article) -> bool {
        let newness = self.newness(&opening(article));
        newness.share() > STRANGE && newness.new >= FEWEST && self.keys.len() >= MUCH
    }

    /// Whether a passage adds something, as part of an article that tells news.
    pub fn adds(&self, passage: &str) -> bool {
        let newness = self.newness(passage);
        newness.share() >= self.usual(&OPENING[0]) || newness.names > 1
    }

    /// Whether the opening or the title is newer than in half of such reports, and newer than the threshold for news.
    fn beyond_usual(&self, article: &Article) -> [bool; 2] {
        // In a title every word may be capitalised.
        let (opening, title) = (self.newness(&opening(article)), self.newness(&article.title.to_lowercase()));
        [0, 1].map(|place| {
            (opening.new >= FEWEST && opening.share() >= self.usual(&OPENING[place]))
                || (title.new >= FEWEST_IN_TITLE && title.share() >= self.usual(&TITLE[place]))
        })
    }

    fn usual(&self, usual: &Usual) -> f64 {
        let told = self.keys.len().max(20) as f64;
        usual.beside_little - usual.fall * (told / 20.0).ln()
    }

    /// Whether these exact words were told, ignoring punctuation and case.
    pub fn holds(&self, words: &str) -> bool {
        self.spoken.contains(&words::spoken(words))
    }

    /// How new a text is.
    fn newness(&self, text: &str) -> Newness {
        let (mut seen, mut found) = (BTreeSet::new(), Newness::default());
        for span in sentence::spans(text, self.lexicon.tag()) {
            let sentence = text.get(span).unwrap_or_default();
            for (place, word) in words::words(sentence).enumerate() {
                let Some(key) = self.lexicon.key(word).filter(|key| seen.insert(key.clone())) else {
                    continue;
                };
                let name = words::is_number(word) || (place > 0 && words::is_capitalised(word));
                let weight = 1 + usize::from(name);
                found.all += weight;
                if !self.keys.contains(&key) {
                    found.new += weight;
                    found.names += usize::from(name);
                }
            }
        }
        found
    }
}

/// The first words of an article's text, otherwise of its summary.
fn opening(article: &Article) -> String {
    let text = if article.text.trim().is_empty() { &article.summary } else { &article.text };
    text.split_whitespace().take(OPENING_WORDS).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told() -> ToldWords {
        let mut told = ToldWords::of(Lexicon::of("en"));
        told.add("The ferry Kestrel sank off Sollund on Wednesday with four hundred people aboard, the coast guard said.");
        told
    }

    fn reports(text: &str) -> Article {
        let lang = Some("en".to_owned());
        Article { title: "Ferry Kestrel sank".to_owned(), text: text.to_owned(), lang, ..Article::default() }
    }

    #[test]
    fn a_few_new_words_are_no_news_however_few_the_others_are() {
        assert!(!told().lacks(&reports("Divers searched wreckage yesterday.")));
        assert!(
            told()
                .lacks(&reports("Divers searched wreckage yesterday, finding passports, anchors, lanterns."))
        );
    }

    #[test]
    fn one_new_name_adds_nothing_to_a_passage_and_two_do() {
        let passage = |names: &str| {
            format!("The ferry Kestrel sank off Sollund on Wednesday, the coast guard{names} said.")
        };
        assert!(!told().adds(&passage("")) && !told().adds(&passage(" at Tarrow")));
        assert!(told().adds(&passage(" at Tarrow and Marn")));
    }
}

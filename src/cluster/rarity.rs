//! Documents in, the worth of each word out: words that are rare, today and on earlier days, distinguish events. Never
//! looks at the order of words. Sparck Jones, "A statistical interpretation of term specificity and its application in
//! retrieval" (1972), counted over events.

use super::{
    document::{Document, Documents},
    past::Before,
};

/// Imagined further documents without any word of the batch, so that in a batch of three a word shared by two still
/// counts.
const UNSEEN: f64 = 300.0;

/// The worth of each word of the batch, by number: ln of the inverse share of events that have it; never negative.
#[derive(Debug, Clone)]
pub(super) struct Rarity(Vec<f64>);

impl Rarity {
    /// Counts every document as an event of its own.
    pub(super) fn by_document(documents: &Documents, before: &Before) -> Self {
        let each: Vec<usize> = (0..documents.all.len()).collect();
        Self::by_story(documents, &each, before)
    }

    /// Counts over stories, so that a word shared by many articles of one story stays rare. `story` is each
    /// document's story. The number of stories with a word is the effective number (Σn)²/Σn², where n is the number
    /// of articles with the word in each story (Laakso and Taagepera, 1979): one stray article hardly adds to it. Of
    /// earlier days every article counts as a story.
    pub(super) fn by_story(documents: &Documents, story: &[usize], before: &Before) -> Self {
        let mut by_story: Vec<usize> = (0..documents.all.len()).collect();
        by_story.sort_by_key(|&d| story.get(d));
        let mut tallies = vec![Tally::default(); documents.vocabulary];
        let mut stories = 0;
        let mut last = None;
        for d in by_story {
            if last != Some(story.get(d)) {
                last = Some(story.get(d));
                stories += 1;
            }
            let terms = documents.all.get(d).map_or(&[][..], |document: &Document| &document.terms);
            for term in terms {
                if let Some(tally) = tallies.get_mut(term.word as usize) {
                    tally.count(stories);
                }
            }
        }
        let known = stories as f64 + before.articles + UNSEEN + 1.0;
        let with = |(word, tally): (usize, &Tally)| tally.effective() + before.with(word);
        let with = tallies.iter().enumerate().map(with);
        Rarity(with.map(|stories| (known / (stories + 0.5)).ln().max(0.0)).collect())
    }

    /// The worth of a word.
    pub(super) fn of(&self, word: u32) -> f64 {
        self.0.get(word as usize).copied().unwrap_or(0.0)
    }
}

/// Articles with a word, by story.
#[derive(Debug, Clone, Default)]
struct Tally {
    story: usize,
    here: f64,
    sum: f64,
    squares: f64,
}

impl Tally {
    fn count(&mut self, story: usize) {
        if self.story != story {
            self.squares += self.here * self.here;
            self.here = 0.0;
            self.story = story;
        }
        self.here += 1.0;
        self.sum += 1.0;
    }

    fn effective(&self) -> f64 {
        self.sum * self.sum / (self.squares + self.here * self.here).max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Before, Rarity};
    use crate::{cluster::document, model::Article};

    #[test]
    fn a_word_of_one_big_story_is_rarer_than_one_of_many_stories() {
        let titles = [
            "ferry aground",
            "ferry stranded",
            "ferry salvaged",
            "mayor elected",
            "mayor quits",
            "mayor sings",
        ];
        let articles = titles.map(|t| Article { title: t.into(), ..Article::default() });
        let documents = document::read(&articles.iter().collect::<Vec<_>>());
        let worth = |rarity: &Rarity, article: usize| rarity.of(documents.all[article].terms[0].word);
        let alone = Rarity::by_document(&documents, &Before::default());
        assert_eq!(worth(&alone, 0), worth(&alone, 3));
        let told = Rarity::by_story(&documents, &[0, 0, 0, 3, 4, 5], &Before::default());
        assert!(worth(&told, 0) > worth(&told, 3));
    }
}

//! A story's articles in, how many of its voices carry a wording out. Counts only what stands in quotation marks;
//! never decides which articles share a voice: the story says so.

use std::collections::BTreeSet;

use super::Quote;
use super::wording::Wording;
use crate::model::{Article, Story};

/// Limit on the quotations of an article that are compared, and on the words of a run of them that is still too
/// short.
const COMPARED: usize = 200;
const RUN_WORDS: usize = 100;

/// What an article quotes.
pub struct Carrier<'a> {
    id: &'a str,
    said: Vec<Wording>,
}

impl<'a> Carrier<'a> {
    /// `quotes` are those found in the article's text, in order.
    pub fn new(article: &'a Article, quotes: &[Quote]) -> Self {
        Self { id: &article.id, said: said(&article.text, quotes) }
    }

    /// Whether it quotes the wording, or at least half of it.
    fn carries(&self, wording: &Wording) -> bool {
        self.said.iter().any(|said| 2 * said.len() >= wording.len() && said.is_like(wording))
    }
}

/// The number of independent voices in `story` that carry a wording; at least that of its own article.
pub fn voices(carriers: &[Carrier], wording: &Wording, story: &Story) -> usize {
    let carrying = carriers.iter().filter(|carrier| carrier.carries(wording)).map(|carrier| carrier.id);
    story.voices_of(&carrying.collect::<BTreeSet<&str>>()).max(1)
}

/// Each quotation, and each run of quotations by one speaker in a paragraph as a whole: what one outlet interrupts
/// with "she said", another prints in one piece.
fn said(text: &str, quotes: &[Quote]) -> Vec<Wording> {
    let mut found: Vec<Wording> = Vec::new();
    let mut run: Option<(Wording, &Quote)> = None;
    for quote in quotes.iter().take(COMPARED) {
        let own = Wording::of(&quote.text);
        let goes_on = |last: &Quote| {
            let between = text.get(last.end..quote.start).unwrap_or_default();
            last.speaker == quote.speaker && !between.contains('\n')
        };
        let before = run.take().filter(|(before, last)| before.len() < RUN_WORDS && goes_on(last));
        let joined = before.map(|(before, _)| before.followed_by(&own));
        found.extend(joined.clone());
        run = Some((joined.unwrap_or_else(|| own.clone()), quote));
        found.push(own);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::quotes;
    use super::*;
    use crate::model::Member;

    #[test]
    fn an_article_that_quotes_one_person_all_day_is_read_in_no_time() {
        let text = "“We go on from here now,” Ann Lee said. ".repeat(5_000);
        let quotes = quotes(&text, None);
        let carrier = Carrier::new(&Article::default(), &quotes).said;
        assert!(quotes.len() > COMPARED && carrier.len() <= 2 * COMPARED, "{}", carrier.len());
        assert!(carrier.iter().all(|said| said.len() < 2 * RUN_WORDS));
    }

    /// How many of these voices carry the wording, if each has its own text.
    fn carried(articles: &[(usize, &str)], text: &str) -> usize {
        let member = |(at, &(voice, _)): (usize, &(usize, &str))| Member {
            id: format!("{at}"),
            voice,
            text: at,
            tie: None,
        };
        let story = Story { members: articles.iter().enumerate().map(member).collect(), ..Story::default() };
        let articles: Vec<Article> = story
            .ids()
            .zip(articles)
            .map(|(id, (_, text))| Article { id: id.clone(), text: (*text).into(), ..Article::default() })
            .collect();
        let carriers: Vec<Carrier> =
            articles.iter().map(|a| Carrier::new(a, &quotes(&a.text, None))).collect();
        voices(&carriers, &Wording::of(text), &story)
    }

    const SAID: &str = "“The winter took four boats from us and it will take more of them,”";

    #[test]
    fn a_wording_is_counted_once_a_voice_in_whatever_pieces() {
        let whole = format!("{SAID} said pilot Tom Reed.");
        let articles = [
            (0, whole.as_str()),
            (1, "“The winter took four boats from us,” said Tom Reed, “and it will take more of them.”"),
            (2, "Tom Reed, a pilot, said that it “will take more” of the boats."),
            (0, whole.as_str()),
            (3, "“It will take more of them,” said Eva Moor, who keeps the boats of the town."),
            (4, "“The winter has been hard on all of us here in town,” said Eva Moor."),
        ];
        assert_eq!(carried(&articles, SAID), 2);
        assert_eq!(carried(&articles, "“Nobody said this at any time in any of the papers.”"), 1);
    }
}

//! Articles in, how many independent outlets carry a wording out: the outlets of one owner are one voice, and so are
//! all copies of one text. Counts only what stands in quotation marks.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use super::Quote;
use super::wording::Wording;
use crate::model::Article;
use crate::text::words::{plain, words};

/// Words in a row that make a shingle (Broder, "On the resemblance and containment of documents", 1997).
const SHINGLE: usize = 5;
/// Shingles a text needs to be told a copy: the quotation itself is shared by all that carry it.
const ENOUGH: usize = 60;
/// Of ten shingles of the shorter text, those that a copy shares.
const SHARED_OF_TEN: usize = 6;

/// Quotations of an article that are compared, and words of a run of them that is not yet long enough.
const COMPARED: usize = 200;
const RUN_WORDS: usize = 100;

/// What an article quotes, and its text.
pub struct Carrier<'a> {
    article: &'a Article,
    said: Vec<Wording>,
    /// Hashes of its words in a row, sorted.
    shingles: Vec<u64>,
}

impl<'a> Carrier<'a> {
    /// `quotes` are those of the article's text, in order.
    pub fn new(article: &'a Article, quotes: &[Quote]) -> Self {
        Self { article, said: said(&article.text, quotes), shingles: shingles(&article.text) }
    }

    /// Whether it quotes the wording, or at least half of it.
    fn carries(&self, wording: &Wording) -> bool {
        self.said.iter().any(|said| 2 * said.len() >= wording.len() && said.is_like(wording))
    }

    fn is_of_one_voice_with(&self, other: &Self) -> bool {
        let (one, another) = (self.article.voice(), other.article.voice());
        !one.is_empty() && one == another || self.is_a_copy_of(other)
    }

    fn is_a_copy_of(&self, other: &Self) -> bool {
        let (long, short) = match self.shingles.len() > other.shingles.len() {
            true => (&self.shingles, &other.shingles),
            false => (&other.shingles, &self.shingles),
        };
        let shared = || short.iter().filter(|hash| long.binary_search(hash).is_ok()).count();
        short.len() >= ENOUGH && 10 * shared() >= SHARED_OF_TEN * short.len()
    }
}

fn shingles(text: &str) -> Vec<u64> {
    let words: Vec<u64> = words(text).map(|word| FxBuildHasher.hash_one(plain(word))).collect();
    let mut shingles: Vec<u64> = words.windows(SHINGLE).map(|words| FxBuildHasher.hash_one(words)).collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// The independent voices that carry a wording; at least the one it is taken from.
pub fn voices(carriers: &[Carrier], wording: &Wording) -> usize {
    let mut counted: Vec<&Carrier> = Vec::new();
    for carrier in carriers.iter().filter(|carrier| carrier.carries(wording)) {
        if !counted.iter().any(|known| known.is_of_one_voice_with(carrier)) {
            counted.push(carrier);
        }
    }
    counted.len().max(1)
}

/// Each quotation, and each run of them in one paragraph by one speaker as a whole: what one outlet breaks with
/// "she said", another prints in one piece.
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

    fn article(outlet: &str, text: &str) -> Article {
        Article { outlet: outlet.into(), text: text.into(), ..Article::default() }
    }

    #[test]
    fn an_article_that_quotes_one_person_all_day_is_read_in_no_time() {
        let text = "“We go on from here now,” Ann Lee said. ".repeat(5_000);
        let quotes = quotes(&text, None);
        let carrier = Carrier::new(&Article::default(), &quotes).said;
        assert!(quotes.len() > COMPARED && carrier.len() <= 2 * COMPARED, "{}", carrier.len());
        assert!(carrier.iter().all(|said| said.len() < 2 * RUN_WORDS));
    }

    fn carried(articles: &[Article], text: &str) -> usize {
        let carriers: Vec<Carrier> =
            articles.iter().map(|a| Carrier::new(a, &quotes(&a.text, None))).collect();
        voices(&carriers, &Wording::of(text))
    }

    const SAID: &str = "“The winter took four boats from us and it will take more of them,”";

    #[test]
    fn a_wording_is_counted_once_an_outlet_in_whatever_pieces() {
        let articles = [
            article("Gazette", &format!("{SAID} said pilot Tom Reed.")),
            article(
                "Herald",
                "“The winter took four boats from us,” said Tom Reed, “and it will take more of them.”",
            ),
            article("Courier", "Tom Reed, a pilot, said that it “will take more” of the boats."),
            article("Gazette", &format!("{SAID} pilot Tom Reed said on Monday.")),
            article("Ledger", "“The winter has been hard on all of us here in town,” said Eva Moor."),
        ];
        assert_eq!(carried(&articles, SAID), 2);
        assert_eq!(carried(&articles, "“Nobody said this at any time in any of the papers.”"), 1);
    }

    #[test]
    fn outlets_of_one_owner_are_one_voice() {
        let owned = |outlet| Article {
            owner: Some("Quay Press".into()),
            ..article(outlet, &format!("{SAID} said Tom Reed."))
        };
        assert_eq!(carried(&[owned("Gazette"), owned("Herald")], SAID), 1);
    }

    #[test]
    fn copies_of_one_report_are_one_voice() {
        let rest = "The pier of Brackwater froze over on Monday morning for the first time in eleven years, and the pilots \
            who bring the coal ships in were told to stay ashore until the council has met. Four boats went down at \
            their moorings in the night, the harbour office said, and a fifth was driven against the lighthouse steps, \
            where children were seen walking out to her over the ice before the police came and sent them home again.";
        let copy = |outlet, opening: &str| {
            article(outlet, &format!("{opening} {rest}\n\n{SAID} said pilot Tom Reed."))
        };
        let articles = [copy("Gazette", "BRACKWATER (XP) —"), copy("Herald", "By our staff:")];
        assert_eq!(carried(&articles, SAID), 1);
        assert_eq!(
            carried(&[articles[0].clone(), article("Ledger", &format!("{SAID} said Tom Reed."))], SAID),
            2
        );
    }
}

//! What a feed says of an article and what its page says in, whether the page is about it out. A wall that asks for consent, a
//! log-in or a sign of life, and "not found", are pages like any other, but for their words. Never reads a page itself.

use std::collections::BTreeSet;

use crate::{language::Lexicon, model::Article, text::words::words};

/// A page that has less than this share of the words that the feed gives is about something else. Of 256 public article
/// pages in many languages, measured by the first letters of the words of title and description in their heads, the two with
/// less gave a few sentences of a text that is sold; the next have .14 and .25.
const LEAST: f64 = 0.13;

/// Fewer words of a feed than this say too little to judge a page by.
const FEWEST: usize = 5;

/// Whether these paragraphs can be the text of the article. Where it cannot be told, because the words of a language are not
/// known or not apart, they are.
pub fn is_about(article: &Article, paragraphs: &[String]) -> bool {
    let lexicon = Lexicon::of_article(article);
    if lexicon.tag() == Lexicon::neutral().tag() {
        return true;
    }
    let keys = |text: &str| words(text).filter_map(|word| lexicon.key(word)).collect::<Vec<String>>();
    let told: BTreeSet<String> =
        [&article.title, &article.summary, &article.text].into_iter().flat_map(|text| keys(text)).collect();
    let said: BTreeSet<String> = paragraphs.iter().flat_map(|paragraph| keys(paragraph)).collect();
    told.len() < FEWEST || told.intersection(&said).count() as f64 >= LEAST * told.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(lang: &str, title: &str, summary: &str) -> Article {
        Article {
            title: title.into(),
            summary: summary.into(),
            lang: Some(lang.into()),
            ..Article::default()
        }
    }

    fn says(article: &Article, page: &str) -> bool {
        is_about(article, &[page.to_owned()])
    }

    #[test]
    fn a_wall_is_not_the_article_that_stands_behind_it() {
        let ferry =
            article("en", "Ferry to Kestrel Island sails again", "Both shafts of the ship were replaced.");
        assert!(says(
            &ferry,
            "After three weeks in dock the ferries sailed for the island, with new shafts."
        ));
        for wall in [
            "We and our 812 partners store and access information on your device, such as cookies. You may accept all.",
            "Checking your browser. This takes a few seconds. Please enable JavaScript to continue.",
            "The page you were looking for could not be found. It may have been removed or renamed.",
        ] {
            assert!(!says(&ferry, wall), "{wall}");
        }
        let mill = article("de", "Mühle von Aldersund mahlt wieder", "Der Müller verschenkt das erste Mehl.");
        assert!(says(&mill, "Nach neun Jahren mahlt die Mühle in Aldersund, und Mehl gibt es umsonst."));
        assert!(!says(&mill, "Wir und unsere Partner verwenden Cookies. Stimmen Sie zu, um weiterzulesen."));
    }

    #[test]
    fn a_page_is_believed_where_too_little_is_known_to_judge_it() {
        assert!(says(&article("en", "Ferry sails", ""), "Nothing of it is said here."));
        let harbour = article("ja", "港の再開が決まる、関係者が明らかに", "三週間ぶりに船が出る。");
        assert!(says(&harbour, "船会社は火曜日に発表した。"));
    }
}

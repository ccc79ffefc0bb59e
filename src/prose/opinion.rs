//! An article in, a verdict out: is it opinion, by its own labels? Never judges its tone.

use crate::{language::Lexicon, model::Article};

/// Whether the outlet itself labels the article as opinion.
pub fn is_opinion(article: &Article) -> bool {
    let lexicon = Lexicon::of_article(article);
    let label = |word: &str| lexicon.labels.opinion.has(word.trim());
    let in_title = article.title.split_once([':', '|']).is_some_and(|(before, _)| label(before));
    let path = article.url.split_once("://").map_or("", |(_, rest)| rest);
    in_title || article.categories.iter().any(|c| label(c)) || path.split('/').skip(1).any(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titled(title: &str, url: &str) -> Article {
        let lang = Some("en".to_owned());
        Article { title: title.to_owned(), url: url.to_owned(), lang, ..Article::default() }
    }

    #[test]
    fn an_outlets_own_label_is_believed_and_a_mere_word_is_not() {
        assert!(is_opinion(&titled("Opinion: The pier can wait", "")));
        assert!(is_opinion(&titled("The pier can wait", "http://gazette.example/opinion/2026/pier")));
        assert!(!is_opinion(&titled(
            "Court gives its opinion on the pier",
            "http://gazette.example/news/pier"
        )));
        assert!(!is_opinion(&titled("Minister: opinion polls are wrong", "http://opinion.example/news")));
    }
}

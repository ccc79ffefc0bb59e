//! A brief and its sources in, the promise to the reader checked: every printed word is in the article it names.
//! Never repairs one that is not.

use super::Articles;
use crate::{
    model::{Article, Brief},
    text::space::fold,
};

/// A passage, quotation or speaker not found in its source: the story is not printed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("not printed, because its {part} is not word for word in the article {url} ({outlet}): {text:?}")]
pub struct NotVerbatim {
    pub part: &'static str,
    pub text: String,
    pub outlet: String,
    pub url: String,
}

/// Checks every part of a brief against the article it names.
///
/// # Errors
/// The first part that is not a slice of its article's title, summary or text, white space folded.
pub fn verify(brief: &Brief, articles: &Articles) -> Result<(), NotVerbatim> {
    for passage in &brief.lead {
        check("lead", &passage.text, &passage.id, articles)?;
    }
    for quote in &brief.quotes {
        check("quotation", &quote.text, &quote.id, articles)?;
        if let Some(speaker) = &quote.speaker {
            check("speaker", speaker, &quote.id, articles)?;
        }
    }
    Ok(())
}

fn check(part: &'static str, text: &str, id: &str, articles: &Articles) -> Result<(), NotVerbatim> {
    match articles.get(id) {
        Some(article) => verify_words(part, text, article),
        None => Err(NotVerbatim { part, text: text.to_owned(), outlet: String::new(), url: String::new() }),
    }
}

/// Checks that `text` is a slice of the article, white space folded, and not empty.
///
/// # Errors
/// If it is not, with the name of the `part`.
pub fn verify_words(part: &'static str, text: &str, article: &Article) -> Result<(), NotVerbatim> {
    let wanted = fold(text);
    let sources = [&article.text, &article.summary, &article.title];
    if !wanted.is_empty() && sources.iter().any(|source| fold(source).contains(&wanted)) {
        return Ok(());
    }
    let (outlet, url) = (article.outlet.clone(), article.url.clone());
    Err(NotVerbatim { part, text: text.to_owned(), outlet, url })
}

//! JSON lines in, articles out: the input of `inspect stories` and `inspect brief`. A bad line is an error that
//! names file and line. Titles and summaries may be as feeds write them: their HTML is read as text.

use std::path::Path;

use anyhow::anyhow;
use jiff::{Timestamp, civil};
use serde::Deserialize;

use super::{Failure, read};
use crate::{agency, html, language, model::Article, text::space};

/// A line as people write it: a missing or null field is empty, unknown fields are ignored.
#[derive(Deserialize)]
struct Line {
    id: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
    url: Option<String>,
    summary: Option<String>,
    text: Option<String>,
    author: Option<String>,
    published: Option<String>,
}

/// Reads every article of `file`.
pub fn load(file: &Path) -> Result<Vec<Article>, Failure> {
    let bytes = read(file)?;
    let mut articles = Vec::new();
    for (index, line) in bytes.split(|&b| b == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let place = format!("{}, line {}", file.display(), index + 1);
        let line: Line = serde_json::from_slice(line)
            .map_err(|e| Failure::usage(anyhow!("{place}: not a JSON object of an article: {e}")))?;
        let article = article(line).map_err(|e| Failure::usage(anyhow!("{place}: {e}")))?;
        articles.push(article);
    }
    drop_doubles(file, &mut articles);
    language::settle(articles.iter_mut(), |_| false);
    Ok(articles)
}

fn article(line: Line) -> Result<Article, String> {
    let id = line.id.filter(|id| !id.is_empty()).ok_or("an article needs an \"id\"")?;
    let published = line.published.as_deref().map(str::trim).filter(|p| !p.is_empty());
    let published = published.map(timestamp).transpose()?;
    let mut article = Article {
        id,
        outlet: line.outlet.unwrap_or_default(),
        title: html::to_text(&line.title.unwrap_or_default()),
        url: line.url.unwrap_or_default(),
        summary: html::to_text(&line.summary.unwrap_or_default()),
        text: paragraphs(&line.text.unwrap_or_default()),
        authors: line.author.into_iter().filter(|a| !a.is_empty()).collect(),
        published,
        weight: 1.0,
        ..Article::default()
    };
    article.agency = agency::of(&article);
    Ok(article)
}

/// Plain text as people give it, every line a paragraph, as an article holds it.
fn paragraphs(text: &str) -> String {
    let paragraphs: Vec<String> = text.lines().map(space::fold).filter(|p| !p.is_empty()).collect();
    paragraphs.join("\n\n")
}

/// RFC 3339, or a bare date, which stands for its midnight in UTC.
fn timestamp(text: &str) -> Result<Timestamp, String> {
    let midnight = |date: civil::Date| date.to_zoned(jiff::tz::TimeZone::UTC).map(|z| z.timestamp());
    text.parse::<Timestamp>()
        .or_else(|_| text.parse::<civil::Date>().and_then(midnight))
        .map_err(|_| format!("\"published\" is {text:?}; it should be RFC 3339, as 2026-11-22T06:00:00Z"))
}

/// An id names one article: the first one that has it.
fn drop_doubles(file: &Path, articles: &mut Vec<Article>) {
    let (mut seen, before) = (std::collections::BTreeSet::new(), articles.len());
    articles.retain(|article| seen.insert(article.id.clone()));
    if articles.len() < before {
        let dropped = before - articles.len();
        tracing::warn!("{}: {dropped} lines repeat an id and are passed over", file.display());
    }
}

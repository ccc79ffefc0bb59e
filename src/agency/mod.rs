//! What an article says of its makers in, the news agency whose report it is out: by its byline, its dateline or its
//! last line. An outlet that shortens, re-headlines or tops an agency's report carries it still; one that only thanks an
//! agency for help does not. Knows names, never what a report is about.

mod byline;
mod known;
mod mark;
mod table;
#[cfg(test)]
mod tests;

use url::Url;

use crate::{language::Lexicon, model::Article, prose::byline::is_byline};

/// Stands for agencies that a byline does not name ("By WIRE SERVICES").
pub const WIRE: &str = "news agencies";

/// Paragraphs at the beginning that may be a byline or hold the dateline, and at the end that may be a credit.
const OPENING: usize = 3;
const ENDING: usize = 3;

/// The news agency whose report an article is: the outlet's own name, else the credit of its authors and text.
pub fn of(article: &Article) -> Option<String> {
    let its_own = || own(&article.outlet, &article.url).map(str::to_owned);
    let text: Vec<&str> = article.paragraphs().collect();
    let paragraphs = if text.is_empty() { vec![article.summary.as_str()] } else { text };
    let lexicon = Lexicon::of_article(article);
    its_own().or_else(|| credited(&article.authors, &paragraphs, lexicon))
}

/// The agency whose own outlet this is, by its name or the host of the article.
pub fn own(outlet: &str, url: &str) -> Option<&'static str> {
    known::by_name(outlet).or_else(|| known::by_host(host(url)?.trim_start_matches("www.")))
}

/// The agency whose report an outlet only carries: not the agency's own.
pub fn carried(article: &Article) -> Option<String> {
    article.agency.clone().filter(|agency| !is(agency, &article.outlet, &article.url))
}

/// Whether an outlet is the agency: listed as such, or, of an agency that is not listed, named by its mark ("Coastal Radio
/// Service", "CRS").
pub fn is(agency: &str, outlet: &str, url: &str) -> bool {
    let capitals = |text: &str| {
        text.split_whitespace()
            .filter_map(|word| word.chars().next())
            .filter(|c| c.is_uppercase())
            .collect::<String>()
    };
    let letters = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    own(outlet, url) == Some(agency)
        || letters(outlet) == letters(agency)
        || (!is_listed(agency) && capitals(outlet) == agency)
}

/// Whether an agency is one of the table, or stands for several.
pub fn is_listed(agency: &str) -> bool {
    agency == WIRE || known::by_name(agency) == Some(agency)
}

/// The agency whose report an article is, from its authors and its text. Nothing of a text that only thanks an agency.
pub fn credited(authors: &[String], paragraphs: &[&str], lexicon: &'static Lexicon) -> Option<String> {
    let by_authors = || byline::agency(&authors.join(", "), lexicon).map(str::to_owned);
    let by_dateline = || paragraphs.iter().take(OPENING).find_map(|p| mark::dateline(p));
    by_authors()
        .filter(|name| name != WIRE)
        .or_else(by_dateline)
        .or_else(|| signed(paragraphs, lexicon).map(str::to_owned))
        .or_else(by_authors)
}

/// The agency named in the lines that stand around a text and are no part of it: a byline above it, a credit below.
pub fn signed(paragraphs: &[&str], lexicon: &'static Lexicon) -> Option<&'static str> {
    let mut bylines = paragraphs.iter().take(OPENING).filter(|p| is_byline(p, lexicon));
    let by_line = bylines.find_map(|p| byline::agency(p, lexicon));
    by_line.or_else(|| paragraphs.iter().rev().take(ENDING).find_map(|p| mark::credit(p, lexicon)))
}

fn host(url: &str) -> Option<String> {
    Url::parse(url).ok()?.host_str().map(str::to_lowercase)
}

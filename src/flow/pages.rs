//! Stories in contention in, the same articles with their pages' text out. Asks for few pages, each once.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use futures_util::{StreamExt, stream};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::{PageCounts, Progress, pull::sentence, run::Desk};
use crate::{
    config::Pages,
    extract,
    fetch::{Kind, Reply, Request, Validators},
    model::{Article, Story},
    store,
};

/// Articles of one story that may be asked for their page: the ones a brief would quote.
const PER_STORY: usize = 3;
/// An entry with fewer words of its own than this has only a summary.
const THIN_WORDS: usize = 80;
/// The longest a page's text is looked for; hostile pages can keep a tree parser busy.
const READING: Duration = Duration::from_secs(10);
/// A page that could not be had is asked for again after this long.
const RETRY_AFTER: SignedDuration = SignedDuration::from_hours(6);

/// What is kept of a page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Kept {
    paragraphs: Vec<String>,
    authors: Vec<String>,
    lang: Option<String>,
    /// Why it could not be had.
    failure: Option<String>,
}

/// Asks for the pages of the articles that may be quoted and fills in their text. `policy` says what each
/// article's feed allows.
///
/// # Errors
/// Only those of the store; a page that cannot be had leaves its article as it is.
pub async fn fill_in(
    desk: &Desk<'_>,
    shortlist: &[&Story],
    articles: &mut BTreeMap<String, Article>,
    policy: &BTreeMap<String, Pages>,
    progress: &dyn Progress,
) -> Result<PageCounts, store::Error> {
    let wanted = wanted(shortlist, articles, policy, desk.config.fetch.max_pages);
    progress.begin("Reading articles", wanted.len());
    let mut counts = PageCounts::default();
    let mut answers = stream::iter(wanted)
        .map(|(id, url)| async move { (id, page(desk, &url).await) })
        .buffer_unordered(desk.config.fetch.concurrency);
    while let Some((id, answer)) = answers.next().await {
        let (kept, cached) = answer?;
        progress.step();
        match (kept.failure.is_some(), cached) {
            (true, _) => counts.failed += 1,
            (false, true) => counts.cached += 1,
            (false, false) => counts.fetched += 1,
        }
        if let Some(article) = articles.get_mut(&id) {
            merge(article, kept);
        }
    }
    Ok(counts)
}

/// The articles to ask for, with their addresses, story by story: the first few of each that are thin, one an
/// outlet, until the budget is used up.
fn wanted(
    shortlist: &[&Story],
    articles: &BTreeMap<String, Article>,
    policy: &BTreeMap<String, Pages>,
    budget: usize,
) -> Vec<(String, String)> {
    let mut wanted = Vec::new();
    for story in shortlist {
        let mut outlets = BTreeSet::new();
        let order = std::iter::once(&story.representative).chain(&story.members);
        let candidates = order.filter_map(|id| articles.get(id)).filter(|a| outlets.insert(&a.outlet));
        for article in candidates.take(PER_STORY) {
            let ask = match policy.get(&article.id) {
                Some(Pages::Always) => true,
                Some(Pages::Thin) => article.text.split_whitespace().count() < THIN_WORDS,
                Some(Pages::Never) | None => false,
            };
            if ask && article.url.starts_with("http") {
                wanted.push((article.id.clone(), article.url.clone()));
            }
        }
    }
    wanted.truncate(budget);
    wanted
}

/// The page at `url`, from the store or the network, and whether the store had it.
async fn page(desk: &Desk<'_>, url: &str) -> Result<(Kept, bool), store::Error> {
    let now = desk.clock.now();
    if let Some((body, fetched_at)) = desk.store.page(url).await? {
        let kept: Kept = serde_json::from_str(&body).unwrap_or_default();
        if kept.failure.is_none() || now.duration_since(fetched_at) < RETRY_AFTER {
            return Ok((kept, true));
        }
    }
    let kept = read(desk, url).await.unwrap_or_else(|failure| {
        tracing::info!("no text from the page {url}: {failure}");
        Kept { failure: Some(failure), ..Kept::default() }
    });
    let body = serde_json::to_string(&kept)
        .map_err(|source| store::Error::Value { what: format!("the page {url}"), source })?;
    desk.store.keep_page(url, &body, now).await?;
    Ok((kept, false))
}

async fn read(desk: &Desk<'_>, url: &str) -> Result<Kept, String> {
    let request = Request { url, kind: Kind::Page, validators: &Validators::default() };
    let fetched = match desk.fetcher.get(request).await {
        Ok(Reply::Fetched(fetched)) => fetched,
        Ok(Reply::NotModified) => {
            return Err("the server said \"not modified\" to a first request".to_owned());
        }
        Err(error) => return Err(sentence(&error)),
    };
    let reading = tokio::task::spawn_blocking(move || {
        let source = extract::Source { url: &fetched.url, content_type: fetched.content_type.as_deref() };
        extract::page(&fetched.body, &source)
    });
    let page = tokio::time::timeout(READING, reading)
        .await
        .map_err(|_| "its text was not found in time".to_owned())?;
    let page = page.map_err(|panic| format!("the extraction gave up: {panic}"))?;
    let page = page.map_err(|error| sentence(&error))?;
    Ok(Kept { paragraphs: page.paragraphs, authors: page.authors, lang: page.lang, failure: None })
}

/// The page's text takes the place of a shorter one; what the feed said of authors and language stays.
fn merge(article: &mut Article, kept: Kept) {
    let text = kept.paragraphs.join("\n\n");
    if text.len() > article.text.len() {
        article.text = text;
    }
    if article.authors.is_empty() {
        article.authors = kept.authors;
    }
    article.lang = article.lang.take().or(kept.lang);
}

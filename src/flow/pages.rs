//! Stories in contention in, the same articles with their pages' text out. Asks for few pages, each once.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use futures_util::{StreamExt, stream};
use serde::{Deserialize, Serialize};

use super::{PageCounts, Progress, articles::PagePolicy, holds, readers::sentence, robots, run::Desk};
use crate::{
    config::{FeedAddress, Pages},
    extract,
    fetch::{self, Kind, Reply, Request, Validators},
    model::{Article, Story},
    store,
    text::{
        agency,
        secret::{self, Secret},
    },
};

/// Articles of one story that may be asked for their page: the ones a brief would quote.
const PER_STORY: usize = 3;
/// An entry with fewer words of its own than this has only a summary.
const THIN_WORDS: usize = 80;
/// The longest a page's text is looked for; hostile pages can keep a tree parser busy.
const READING: Duration = Duration::from_secs(10);

/// What is kept of a page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Kept {
    paragraphs: Vec<String>,
    authors: Vec<String>,
    lang: Option<String>,
    /// Why there is nothing to be had of it; it is not asked for again.
    failure: Option<String>,
}

/// Why a page gave no text.
struct Failure {
    reason: String,
    /// It will be no better the next time.
    for_good: bool,
    /// It was not asked for.
    disallowed: bool,
}

/// Where the text of a page came from, or why there is none.
enum Source {
    Fetched,
    Cached,
    Failed,
    Disallowed,
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
    policy: &BTreeMap<String, PagePolicy>,
    progress: &dyn Progress,
) -> Result<PageCounts, store::Error> {
    let wanted = wanted(shortlist, articles, policy, desk.config.fetch.max_pages);
    progress.begin("Reading articles", wanted.len());
    let mut counts = PageCounts::default();
    let mut answers = stream::iter(wanted)
        .map(|(id, url)| async move {
            let login = policy.get(&id).and_then(|policy| policy.login.as_ref());
            let page = page(desk, &url, login).await;
            (id, page)
        })
        .buffer_unordered(desk.config.fetch.concurrency);
    while let Some((id, answer)) = answers.next().await {
        let (kept, source) = answer?;
        progress.step();
        match source {
            Source::Fetched => counts.fetched += 1,
            Source::Cached => counts.cached += 1,
            Source::Failed => counts.failed += 1,
            Source::Disallowed => counts.disallowed += 1,
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
    policy: &BTreeMap<String, PagePolicy>,
    budget: usize,
) -> Vec<(String, String)> {
    let mut wanted = Vec::new();
    for story in shortlist {
        let mut outlets = BTreeSet::new();
        let order = std::iter::once(&story.representative).chain(&story.members);
        let candidates = order.filter_map(|id| articles.get(id)).filter(|a| outlets.insert(&a.outlet));
        for article in candidates.take(PER_STORY) {
            let ask = match policy.get(&article.id).map(|policy| policy.ask) {
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

/// The text of the page of an article whose text was its page's, as it was read then; when `ask`, as it is now.
///
/// # Errors
/// Only those of the store; a page that cannot be had again counts as unchanged.
pub async fn text_again(
    desk: &Desk<'_>,
    told: &Article,
    login: Option<&FeedAddress>,
    ask: bool,
) -> Result<Option<String>, store::Error> {
    let url = told.url.as_str();
    let Some(body) = desk.store.page(url).await? else { return Ok(None) };
    let text = |kept: Kept| kept.paragraphs.join("\n\n");
    let then = text(serde_json::from_str(&body).unwrap_or_default());
    if then.is_empty() || (then != told.text && !ask) {
        return Ok(None);
    }
    match if ask { read(desk, url, login).await?.ok() } else { None } {
        Some(kept) => {
            keep(desk, url, &kept).await?;
            Ok(Some(text(kept)))
        }
        None => Ok(Some(then)),
    }
}

async fn keep(desk: &Desk<'_>, url: &str, kept: &Kept) -> Result<(), store::Error> {
    let body = serde_json::to_string(kept)
        .map_err(|source| store::Error::Value { what: format!("the page {url}"), source })?;
    desk.store.keep_page(url, &body, desk.clock.as_of()).await
}

/// The page at `url`, from the store or the network. What failed but may come right is not kept: the next run asks again.
async fn page(
    desk: &Desk<'_>,
    url: &str,
    login: Option<&FeedAddress>,
) -> Result<(Kept, Source), store::Error> {
    if let Some(body) = desk.store.page(url).await? {
        let kept: Kept = serde_json::from_str(&body).unwrap_or_default();
        let source = if kept.failure.is_some() { Source::Failed } else { Source::Cached };
        return Ok((kept, source));
    }
    let (kept, source, lasting) = match read(desk, url, login).await? {
        Ok(kept) => (kept, Source::Fetched, true),
        Err(failure) => {
            tracing::info!("no text from the page {}: {}", secret::hidden(url), failure.reason);
            let source = if failure.disallowed { Source::Disallowed } else { Source::Failed };
            (Kept { failure: Some(failure.reason), ..Kept::default() }, source, failure.for_good)
        }
    };
    if lasting {
        keep(desk, url, &kept).await?;
    }
    Ok((kept, source))
}

/// Asks for a page, where the site's robots.txt allows it, and reads it. A page of its feed's own origin is asked for with
/// the `login` of the feed.
async fn read(
    desk: &Desk<'_>,
    url: &str,
    login: Option<&FeedAddress>,
) -> Result<Result<Kept, Failure>, store::Error> {
    let with_login = login.and_then(|feed| feed.whole(None).ok()?.page(url));
    let url = with_login.as_ref().map_or(url, Secret::reveal);
    let request = Request { url, kind: Kind::Page, validators: &Validators::default() };
    let answer = desk.fetcher.get(request).await;
    robots::keep(desk).await?;
    holds::keep(desk).await?;
    Ok(extracted(answer).await)
}

async fn extracted(answer: Result<Reply, fetch::Error>) -> Result<Kept, Failure> {
    let failure = |reason: String| Failure { reason, for_good: false, disallowed: false };
    let fetched = match answer {
        Ok(Reply::Fetched(fetched)) => fetched,
        Ok(Reply::NotModified(_)) => return Err(failure("\"not modified\" to a first request".to_owned())),
        Err(error) => {
            let (for_good, disallowed) = (is_gone(&error), error.was_not_asked());
            return Err(Failure { for_good, disallowed, reason: sentence(&error) });
        }
    };
    let reading = tokio::task::spawn_blocking(move || {
        let source = extract::Source { url: &fetched.url, content_type: fetched.content_type.as_deref() };
        extract::page(&fetched.body, &source)
    });
    let for_good = |reason: String| Failure { for_good: true, ..failure(reason) };
    let page = tokio::time::timeout(READING, reading)
        .await
        .map_err(|_| for_good("its text was not found in time".to_owned()))?
        .map_err(|panic| for_good(format!("the extraction gave up: {panic}")))?
        .map_err(|error| for_good(sentence(&error)))?;
    Ok(Kept { paragraphs: page.paragraphs, authors: page.authors, lang: page.lang, failure: None })
}

/// Whether the server said that there is no such page for us (4xx but for those that ask to come back).
fn is_gone(error: &fetch::Error) -> bool {
    let fetch::Error::Status { status, .. } = error else { return false };
    (400..500).contains(status) && !matches!(status, 408 | 425 | 429)
}

/// The page's text takes the place of a shorter one; what the feed said of authors and language stays. An agency
/// that only the page credits is believed.
fn merge(article: &mut Article, kept: Kept) {
    let paragraphs: Vec<&str> = kept.paragraphs.iter().map(String::as_str).collect();
    article.agency = article.agency.take().or_else(|| agency::credited(&kept.authors, &paragraphs));
    let text = kept.paragraphs.join("\n\n");
    if text.len() > article.text.len() {
        article.text = text;
    }
    if article.authors.is_empty() {
        article.authors = kept.authors;
    }
    article.lang = article.lang.take().or(kept.lang);
}

//! Stories in contention in, the same articles with their pages' text out. Asks for few pages, each once.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use futures_util::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    super::{
        Progress, closed_hosts,
        desk::Desk,
        parsers::{Parsers, sentence},
    },
    articles::PagePolicy,
    robots,
};
use crate::{
    agency,
    config::Pages,
    edition, extract,
    fetch::{self, Kind, Reply, Request, Validators},
    language::Lexicon,
    model::{Article, Story},
    secret::{self, Secret},
    store,
};

/// Articles of one story that may be asked for their page: the ones a brief would quote.
const PER_STORY: usize = 3;
/// An entry with fewer words of its own than this has only a summary.
const THIN_WORDS: usize = 80;
/// The longest that pages are waited for, all of them, and for each of the pages of one host, which are asked for one after
/// another, the pause before it and this besides: an edition can do without.
const TIMEOUT: Duration = Duration::from_secs(60);
const PER_PAGE: Duration = Duration::from_secs(3);

/// The article pages of one compose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageCounts {
    pub fetched: usize,
    /// Found in the store, not asked for again.
    pub cached: usize,
    /// Asked for in vain; the entry's own text served.
    pub failed: usize,
    /// Not asked for, because the site's robots.txt or its host does not want it; the entry's own text served.
    pub disallowed: usize,
}

impl PageCounts {
    /// All that were wanted.
    pub fn all(&self) -> usize {
        self.fetched + self.cached + self.failed + self.disallowed
    }
}

/// What is kept of a page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Kept {
    pub paragraphs: Vec<String>,
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
    let urls = wanted.iter().map(|page| page.article.url.as_str());
    let timeout = timeout(urls, desk.config.fetch.host_delay);
    let (parsers, mut counts, count) = (Parsers::default(), PageCounts::default(), wanted.len());
    let mut answers = stream::iter(wanted)
        .map(|wanted| {
            let parsers = &parsers;
            async move { (page(desk, &wanted, parsers).await, wanted) }
        })
        .buffer_unordered(desk.config.fetch.concurrency);
    let over = tokio::time::sleep(timeout);
    tokio::pin!(over);
    loop {
        let next = tokio::select! {
            next = answers.next() => next,
            () = &mut over => {
                let without = count - counts.all();
                tracing::warn!("{without} article pages are done without: they took more than {} seconds", timeout.as_secs());
                counts.failed += without;
                None
            }
        };
        let Some((answer, wanted)) = next else { break };
        let (kept, source) = answer?;
        progress.step();
        match source {
            Source::Fetched => counts.fetched += 1,
            Source::Cached => counts.cached += 1,
            Source::Failed => counts.failed += 1,
            Source::Disallowed => counts.disallowed += 1,
        }
        if let Some(article) = articles.get_mut(&wanted.article.id) {
            merge(article, kept, wanted.policy);
        }
    }
    Ok(counts)
}

/// How long the pages at these addresses are waited for.
fn timeout<'a>(pages: impl Iterator<Item = &'a str>, host_delay: Duration) -> Duration {
    let mut of_host: BTreeMap<Option<String>, u32> = BTreeMap::new();
    for url in pages {
        let host = Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
        *of_host.entry(host).or_default() += 1;
    }
    let most = of_host.values().max().copied().unwrap_or_default();
    TIMEOUT.max((host_delay + PER_PAGE).saturating_mul(most))
}

/// A page to ask for.
struct Wanted<'a> {
    /// As its feed tells it.
    article: Article,
    policy: &'a PagePolicy,
}

/// The pages to ask for, story by story: the first few of each that are thin, one an
/// outlet, until the budget is used up.
fn wanted<'a>(
    shortlist: &[&Story],
    articles: &BTreeMap<String, Article>,
    policy: &'a BTreeMap<String, PagePolicy>,
    budget: usize,
) -> Vec<Wanted<'a>> {
    let mut wanted = Vec::new();
    for story in shortlist {
        let mut outlets = BTreeSet::new();
        let order = std::iter::once(&story.representative).chain(story.ids());
        let candidates = order.filter_map(|id| articles.get(id)).filter(|a| outlets.insert(&a.outlet));
        for article in candidates.take(PER_STORY) {
            let Some(policy) = policy.get(&article.id) else { continue };
            let ask = match policy.ask {
                Pages::Always => true,
                Pages::Thin => article.text.split_whitespace().count() < THIN_WORDS,
                Pages::Never => false,
            };
            if ask && article.url.starts_with("http") {
                wanted.push(Wanted { article: article.clone(), policy });
            }
        }
    }
    wanted.truncate(budget);
    wanted
}

/// The text of the page of an article whose text was its page's, as it was read then; with the rules for asking, as it is
/// now, unless what stands there now says nothing of the article, as its feed tells it today (`now`), and corrects nothing.
///
/// # Errors
/// Only those of the store; a page that cannot be had again counts as unchanged.
pub async fn text_again(
    desk: &Desk<'_>,
    told: &Article,
    now: &Article,
    policy: Option<&PagePolicy>,
) -> Result<Option<String>, store::Error> {
    let url = told.url.as_str();
    let Some(kept) = desk.store.page(url).await? else { return Ok(None) };
    let text = |kept: Kept| kept.paragraphs.join("\n\n");
    let then = text(kept);
    if then.is_empty() || (then != told.text && policy.is_none()) {
        return Ok(None);
    }
    let Some(policy) = policy else { return Ok(Some(then)) };
    let is_meant = |kept: &Kept| {
        let corrected = || Article { text: kept.paragraphs.join("\n\n"), ..told.clone() };
        says_something_of(now, kept) || edition::is_labelled_anew(told, &corrected())
    };
    match read(desk, url, policy, &Parsers::default()).await? {
        Ok(kept) if is_meant(&kept) => {
            keep(desk, url, &kept).await?;
            Ok(Some(text(kept)))
        }
        Ok(_) | Err(_) => Ok(Some(then)),
    }
}

async fn keep(desk: &Desk<'_>, url: &str, kept: &Kept) -> Result<(), store::Error> {
    desk.store.keep_page(url, kept, desk.clock.as_of()).await
}

/// Whether what was read can be the text of this article: a wall before it, or "not found", is not.
fn says_something_of(article: &Article, kept: &Kept) -> bool {
    kept.paragraphs.is_empty() || extract::is_about(article, &kept.paragraphs)
}

/// The page, from the store or the network. What failed but may come right is not kept: the next run asks again.
async fn page(
    desk: &Desk<'_>,
    wanted: &Wanted<'_>,
    parsers: &Parsers,
) -> Result<(Kept, Source), store::Error> {
    let url = wanted.article.url.as_str();
    let is_about = |kept: &Kept| says_something_of(&wanted.article, kept);
    let elsewhere =
        || Failure { reason: "it says nothing of its article".to_owned(), for_good: true, disallowed: false };
    if let Some(kept) = desk.store.page::<Kept>(url).await? {
        return Ok(match kept.failure.is_some() || !is_about(&kept) {
            true => (Kept::default(), Source::Failed),
            false => (kept, Source::Cached),
        });
    }
    let read = read(desk, url, wanted.policy, parsers).await?;
    let read = read.and_then(|kept| if is_about(&kept) { Ok(kept) } else { Err(elsewhere()) });
    let (kept, source, lasting) = match read {
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
/// the log-in of the feed.
async fn read(
    desk: &Desk<'_>,
    url: &str,
    policy: &PagePolicy,
    parsers: &Parsers,
) -> Result<Result<Kept, Failure>, store::Error> {
    let with_login = policy.login.as_ref().and_then(|feed| feed.whole(None).ok()?.page(url));
    let asked = with_login.as_ref().map_or(url, Secret::reveal);
    let (validators, allow_private) = (&Validators::default(), policy.allow_private);
    let request = Request { url: asked, kind: Kind::Page, validators, allow_private };
    let answer = desk.fetcher.get(request).await;
    robots::keep(desk).await?;
    closed_hosts::keep(desk).await?;
    Ok(extracted(url, answer, parsers).await)
}

async fn extracted(
    url: &str,
    answer: Result<Reply, fetch::Error>,
    parsers: &Parsers,
) -> Result<Kept, Failure> {
    let failure = |reason: String| Failure { reason, for_good: false, disallowed: false };
    let fetched = match answer {
        Ok(Reply::Fetched(fetched)) => fetched,
        Ok(Reply::NotModified(_)) => return Err(failure("\"not modified\" to a first request".to_owned())),
        Err(error) => {
            let (for_good, disallowed) = (is_gone(&error), error.was_not_asked());
            return Err(Failure { for_good, disallowed, reason: sentence(&error) });
        }
    };
    // Nobody knows what the last sentence of half a page lacks.
    if let Some(error) = fetched.broken_off.as_ref().filter(|_| !extract::is_ended(&fetched.body)) {
        return Err(failure(sentence(error)));
    }
    let for_good = |reason: String| Failure { for_good: true, ..failure(reason) };
    let page = parsers.page(fetched).await.map_err(for_good)?;
    if let Some(cut) = page.cut {
        tracing::info!("only the beginning of the page {} is read: {cut}", secret::hidden(url));
    }
    Ok(Kept { paragraphs: page.paragraphs, authors: page.authors, lang: page.lang, failure: None })
}

/// Whether the server said that there is no such page for us (4xx but for those that ask to come back).
fn is_gone(error: &fetch::Error) -> bool {
    let fetch::Error::Status { status, .. } = error else { return false };
    (400..500).contains(status) && !matches!(status, 408 | 425 | 429)
}

/// The page's text takes the place of a shorter one, and brings its language unless that was sure; what the feed said of
/// authors stays. An agency that only the page credits is believed.
fn merge(article: &mut Article, kept: Kept, policy: &PagePolicy) {
    let paragraphs: Vec<&str> = kept.paragraphs.iter().map(String::as_str).collect();
    let lexicon = Lexicon::of(article.lang.as_deref().or(kept.lang.as_deref()).unwrap_or_default());
    article.agency = article.agency.take().or_else(|| agency::credited(&kept.authors, &paragraphs, lexicon));
    let text = kept.paragraphs.join("\n\n");
    if text.len() > article.text.len() {
        article.text = text;
        article.lang = kept.lang.filter(|_| !policy.is_language_sure).or(article.lang.take());
    }
    if article.authors.is_empty() {
        article.authors = kept.authors;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_of_one_host_are_waited_for_as_long_as_asking_for_them_takes() {
        let second = Duration::from_secs(1);
        let page = |host: &str, n: usize| format!("https://{host}.example/{n}");
        let of_one: Vec<String> = (0..60).map(|n| page("harbour", n)).collect();
        let of_many: Vec<String> = (0..60).map(|n| page(&format!("outlet{n}"), n)).collect();
        let waited = |pages: &[String]| timeout(pages.iter().map(String::as_str), second);
        assert_eq!(waited(&of_one), 240 * second);
        assert_eq!(waited(&of_many), TIMEOUT);
    }
}

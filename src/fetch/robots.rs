//! The robots.txt of sites in, whether a page may be asked for out (RFC 9309). Each is fetched once, however
//! many pages wait for it; the findings are there to be stored for the next run. Never lets a forbidden page
//! through.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use robotxt::Robots as Rules;
use tokio::sync::OnceCell;
use url::Url;

use super::{Error, Fetched, Fetcher, Kind, Reply, Request, Validators};
use crate::text::panics;

/// As much of a file as counts: 500 KiB, and a byte to tell that there was more (RFC 9309, section 2.5).
pub const BYTES: u64 = 500 * 1024 + 1;

/// The longest pause granted to a site's `Crawl-delay`.
const LONGEST_DELAY: Duration = Duration::from_secs(10);

/// What became of asking for a site's robots.txt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its scheme, host and port, as in `https://www.example.org`.
    pub site: String,
    /// The file; empty when the site has none. `None` when the site could not be reached or failed.
    pub text: Option<String>,
}

/// What sites say in their robots.txt.
pub struct Robots {
    /// The name that the files know this program by.
    token: String,
    sites: Mutex<BTreeMap<String, Site>>,
    found: Mutex<Vec<Found>>,
}

#[derive(Clone, Default)]
struct Site {
    /// The rules as of this run; `None` when no page may be fetched.
    rules: Arc<OnceCell<Option<Arc<Rules>>>>,
    /// What counts when the site cannot be reached.
    before: Option<String>,
}

impl Robots {
    /// `user_agent` begins with the product's token.
    pub fn new(user_agent: &str) -> Robots {
        let is_token = |c: &char| c.is_ascii_alphabetic() || matches!(c, '-' | '_');
        let token = user_agent.chars().take_while(is_token).collect();
        Robots { token, sites: Mutex::default(), found: Mutex::default() }
    }

    fn rules(&self, text: &str) -> Arc<Rules> {
        let text = without_versions(text);
        let rules = panics::caught(|| Rules::parse(text.as_bytes(), self.token.as_str()));
        Arc::new(rules.unwrap_or_else(Rules::disallow_all))
    }

    fn site(&self, name: &str) -> Site {
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        sites.entry(name.to_owned()).or_default().clone()
    }
}

/// The pause between two requests that a site asks for, as far as it is granted.
fn pause(rules: &Rules) -> Option<Duration> {
    rules.crawl_delay().map(|delay| delay.min(LONGEST_DELAY))
}

/// A robots.txt with the names of programs as bare tokens (RFC 9309, section 2.2.1): `reveille/1.0 (x)` means `reveille`.
fn without_versions(text: &str) -> String {
    let is_token = |c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '_' | '*');
    let bare = |line: &str| {
        let (key, name) =
            line.split_once(':').filter(|(key, _)| key.trim().eq_ignore_ascii_case("user-agent"))?;
        let name = name.trim_start();
        let token = name.get(..name.find(|c: char| !is_token(c)).unwrap_or(name.len()))?;
        (!token.is_empty()).then(|| format!("{key}: {token}"))
    };
    let lines = text.split(['\n', '\r']).map(|line| bare(line).unwrap_or_else(|| line.to_owned()));
    lines.collect::<Vec<_>>().join("\n")
}

/// The site of an address: its scheme, host and port, which share one robots.txt (RFC 9309, section 2.3).
pub fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

impl Fetcher {
    /// Takes over what an earlier run found in a site's robots.txt. While it is `fresh` the site is not asked
    /// again; after that it counts when the site cannot be reached (RFC 9309, section 2.4).
    pub fn recall_robots(&self, site: &str, text: Option<String>, fresh: bool) {
        let rules = text.as_deref().filter(|_| fresh).map(|text| Some(self.robots.rules(text)));
        let site_of = Site { rules: Arc::new(OnceCell::new_with(rules)), before: text };
        let mut sites = self.robots.sites.lock().unwrap_or_else(PoisonError::into_inner);
        sites.entry(site.to_owned()).or_insert(site_of);
    }

    /// What was found since the last call.
    pub fn robots_found(&self) -> Vec<Found> {
        std::mem::take(&mut self.robots.found.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Lets a page through that its site's robots.txt allows, and spaces the requests as it asks for.
    pub(super) async fn check_robots(&self, url: &Url, allow_private: bool) -> Result<(), Error> {
        let site = self.robots.site(&origin(url));
        let ask = || self.ask_for_rules(url, allow_private, site.before.as_deref());
        let rules = site.rules.get_or_try_init(ask).await?;
        let Some(rules) = rules else { return Err(Error::RobotsUnreachable { url: url.to_string() }) };
        if let Some(pause) = pause(rules) {
            self.hosts.space(url.host_str().unwrap_or_default(), pause);
        }
        match rules.is_url_allowed(url) {
            true => Ok(()),
            false => Err(Error::Disallowed { url: url.to_string() }),
        }
    }

    async fn ask_for_rules(
        &self,
        page: &Url,
        allow_private: bool,
        before: Option<&str>,
    ) -> Result<Option<Arc<Rules>>, Error> {
        let Ok(url) = page.join("/robots.txt") else { return Ok(None) };
        let validators = &Validators::default();
        let request = Request { url: url.as_str(), kind: Kind::Robots, validators, allow_private };
        // Asked from within a request for a page.
        let text = text_of(Box::pin(self.get(request)).await)?;
        let rules = text.as_deref().or(before).map(|text| self.robots.rules(text));
        let found = Found { site: origin(page), text };
        self.robots.found.lock().unwrap_or_else(PoisonError::into_inner).push(found);
        Ok(rules)
    }
}

/// What an answer means (RFC 9309, section 2.3.1): a file; an empty one where the site has none (4xx, endless
/// redirects); `None` where it gave no answer. 429 is no answer. Nor is a request that was never sent, or not
/// for everybody.
fn text_of(answer: Result<Reply, Error>) -> Result<Option<String>, Error> {
    match answer {
        // Half a file may lack the rule that counts.
        Ok(Reply::Fetched(Fetched { broken_off: Some(_), .. })) => Ok(None),
        Ok(Reply::Fetched(fetched)) => Ok(Some(String::from_utf8_lossy(&fetched.body).into_owned())),
        Err(error @ (Error::LeftAlone { .. } | Error::Late { .. } | Error::Private { .. })) => Err(error),
        Err(Error::Redirects { .. }) => Ok(Some(String::new())),
        Err(Error::Status { status, .. }) if (400..500).contains(&status) && status != 429 => {
            Ok(Some(String::new()))
        }
        Err(_) | Ok(Reply::NotModified(_)) => Ok(None),
    }
}

#[cfg(test)]
mod tests;

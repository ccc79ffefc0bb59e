//! `[[feeds]]`: where entries come from, and what is known of their outlet.

use std::path::Path;

use serde::Deserialize;
use url::Url;

use super::{
    Fetch, Newsletter, Pages,
    document::{Document, Problem},
    value,
};

/// One feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// `http`, `https`, or `file` with an absolute path.
    pub url: Url,
    /// The publisher's name. Default: the host without "www.", or the file's name.
    pub outlet: String,
    /// The section its articles go to; none by default.
    pub section: Option<String>,
    /// The outlet's owner: outlets of one owner count as one voice; none by default.
    pub owner: Option<String>,
    /// Whether it is the home outlet's. Default: whether `outlet` is `[newsletter] outlet`.
    pub home: bool,
    /// Weight in the ranking, more than 0. Default: 1, ordinary.
    pub weight: f64,
    /// BCP 47 tag, for feeds that do not say or say it wrongly; none by default.
    pub language: Option<String>,
    /// Only entries with one of these words in the title are read; empty (the default): all.
    pub include: Vec<String>,
    /// Entries with one of these words in the title are left out; none by default.
    pub exclude: Vec<String>,
    /// When article pages are fetched. Default: `[fetch] pages`.
    pub pages: Pages,
}

/// One `[[feeds]]` table as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FeedTable {
    url: String,
    outlet: Option<String>,
    section: Option<String>,
    owner: Option<String>,
    home: Option<bool>,
    weight: Option<f64>,
    #[serde(default, deserialize_with = "value::some_language")]
    language: Option<String>,
    #[serde(default)]
    include: Vec<String>,
    #[serde(default)]
    exclude: Vec<String>,
    pages: Option<Pages>,
}

/// Fills in the defaults of every feed and checks addresses, sections and weights; no address may come twice.
pub(super) fn check(
    tables: Vec<FeedTable>,
    newsletter: &Newsletter,
    fetch: &Fetch,
    folder: &Path,
    document: &Document,
) -> Result<Vec<Feed>, Problem> {
    let mut feeds: Vec<Feed> = Vec::with_capacity(tables.len());
    let mut seen = std::collections::BTreeSet::new();
    for (place, table) in tables.into_iter().enumerate() {
        let span = |key| document.in_list("feeds", place, key);
        let url = address(&table.url, folder)
            .map_err(|(title, help)| Problem::at(span("url"), title).help(help))?;
        if !seen.insert(url.clone()) {
            let title = format!("the feed {} is listed twice", table.url);
            return Err(Problem::at(span("url"), title).label("already above").help("remove one of the two"));
        }
        if let Some(section) = &table.section {
            newsletter.check_section(section, span("section"))?;
        }
        let weight = table.weight.unwrap_or(1.0);
        if !(weight.is_finite() && weight > 0.0) {
            let help = "1.0 is ordinary, 2.0 counts double; leave a feed out by deleting its table";
            return Err(Problem::at(span("weight"), "a weight must be more than 0").help(help));
        }
        let outlet = table.outlet.unwrap_or_else(|| outlet_of(&url));
        feeds.push(Feed {
            home: table.home.unwrap_or(!outlet.is_empty() && outlet == newsletter.outlet),
            url,
            outlet,
            section: table.section,
            owner: table.owner,
            weight,
            language: table.language,
            include: table.include,
            exclude: table.exclude,
            pages: table.pages.unwrap_or(fetch.pages),
        });
    }
    Ok(feeds)
}

/// The address a feed's `url` means: `http(s)`, `file`, or a path relative to `folder`. An error is what is wrong
/// and what is allowed.
pub(super) fn address(text: &str, folder: &Path) -> Result<Url, (String, &'static str)> {
    const ALLOWED: &str = "write an http or https address, or a file relative to this one";
    if text.trim().is_empty() {
        return Err(("a feed needs an address".to_owned(), ALLOWED));
    }
    if text.contains("://") {
        let url =
            Url::parse(text).map_err(|error| (format!("`{text}` is not an address: {error}"), ALLOWED))?;
        if !url.username().is_empty() || url.password().is_some() {
            let what =
                "an address with a user name or a password in it would be printed in reports".to_owned();
            return Err((
                what,
                "feeds behind a log-in are not supported; ask the outlet for an address with a token",
            ));
        }
        return match url.scheme() {
            "http" | "https" | "file" => Ok(url),
            other => Err((format!("feeds cannot be read from `{other}:` addresses"), ALLOWED)),
        };
    }
    if text.starts_with("www.") {
        return Err((format!("`{text}` lacks its scheme"), "put https:// before it"));
    }
    Url::from_file_path(folder.join(text)).map_err(|()| (format!("`{text}` is not a path"), ALLOWED))
}

/// What to call an outlet that was given no name.
fn outlet_of(url: &Url) -> String {
    match url.host_str() {
        Some(host) => host.trim_start_matches("www.").to_owned(),
        None => {
            let name = url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default();
            name.split('.').next().unwrap_or_default().to_owned()
        }
    }
}

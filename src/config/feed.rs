//! `[[feeds]]` in, where entries come from and what is known of their outlet out. Never fetches one.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Deserializer, de::Error};

use super::{
    Environment, FeedAddress, Fetch, Newsletter, Pages, Password, document::Document, problem::Problem, value,
};
use crate::{secret::hidden, text::words::spoken};

/// One feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// `http`, `https`, or `file` with an absolute path; what is printed of it holds no secret.
    pub url: FeedAddress,
    /// The publisher's name. Default: the host without "www.", or the file's name.
    pub outlet: String,
    /// The section its articles go to; none by default.
    pub section: Option<String>,
    /// The outlet's owner: outlets of one owner count as one voice; none by default.
    pub owner: Option<String>,
    /// Whether it is the home outlet's. Default: whether `outlet` is `[newsletter] outlet`.
    pub home: bool,
    /// Whether its articles may speak for a story that others report. Default: yes, as they come.
    pub speaks: Speaks,
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
    /// Allows private addresses for this feed and its articles, whatever `[fetch]` says. Default: false.
    pub allow_private: bool,
}

/// When the articles of a feed may speak for a story: give it headline and lead.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Speaks {
    /// Whenever they are the best ones.
    #[default]
    First,
    /// Only where no other feed has a report.
    Last,
}

impl<'de> Deserialize<'de> for Speaks {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Speaks, D::Error> {
        match String::deserialize(from)?.as_str() {
            "first" => Ok(Speaks::First),
            "last" => Ok(Speaks::Last),
            word => Err(D::Error::custom(format!(
                "unknown choice `{word}`\nwrite \"first\" (as its articles come) or \"last\" (where no other feed has a report)"
            ))),
        }
    }
}

impl Feed {
    /// Whether its word lists admit an entry with this title; whole words, in any case.
    pub fn wants(&self, title: &str) -> bool {
        let title = spoken(title);
        let holds = |word: &String| title.contains(&spoken(word));
        (self.include.is_empty() || self.include.iter().any(holds)) && !self.exclude.iter().any(holds)
    }
}

/// One `[[feeds]]` table as written; never printed, its address may hold a password.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FeedTable {
    url: String,
    user: Option<String>,
    password_file: Option<PathBuf>,
    password_env: Option<String>,
    outlet: Option<String>,
    section: Option<String>,
    owner: Option<String>,
    home: Option<bool>,
    #[serde(default)]
    speaks: Speaks,
    weight: Option<f64>,
    #[serde(default, deserialize_with = "value::some_language")]
    language: Option<String>,
    #[serde(default)]
    include: Vec<String>,
    #[serde(default)]
    exclude: Vec<String>,
    pages: Option<Pages>,
    #[serde(default)]
    allow_private: bool,
}

/// Fills in the defaults of every feed and checks addresses, sections and weights; no address may come twice.
pub(super) fn check(
    tables: Vec<FeedTable>,
    newsletter: &Newsletter,
    fetch: &Fetch,
    folder: &Path,
    environment: Environment,
    document: &Document,
) -> Result<Vec<Feed>, Problem> {
    let mut feeds: Vec<Feed> = Vec::with_capacity(tables.len());
    for (place, table) in tables.into_iter().enumerate() {
        let span = |key| document.in_list("feeds", place, key);
        let wrong = |(title, help): (String, &str)| Problem::at(span("url"), title).help(help);
        let variable = table.password_env.as_deref();
        let password = Password::named(variable, table.password_file.as_deref(), folder, environment);
        let url = FeedAddress::new(&table.url, folder)
            .and_then(|url| url.with_login(table.user, password, fetch.allow_private || table.allow_private))
            .map_err(wrong)?;
        if feeds.iter().any(|other| other.url == url) {
            let title = format!("the feed {} is listed twice", hidden(&table.url));
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
            speaks: table.speaks,
            weight,
            language: table.language,
            include: table.include,
            exclude: table.exclude,
            pages: table.pages.unwrap_or(fetch.pages),
            allow_private: table.allow_private,
        });
    }
    set_apart(&mut feeds);
    Ok(feeds)
}

/// Numbers the feeds whose addresses differ only in a secret, in their order.
fn set_apart(feeds: &mut [Feed]) {
    let mut alike: BTreeMap<String, Vec<&mut Feed>> = BTreeMap::new();
    for feed in feeds {
        alike.entry(feed.url.as_str().to_owned()).or_default().push(feed);
    }
    // What follows a `#` may be a number as written.
    let mut taken: BTreeSet<String> = alike.keys().cloned().collect();
    for feed in alike.into_values().filter(|alike| alike.len() > 1).flatten() {
        for number in 1.. {
            feed.url.set_apart(number);
            if taken.insert(feed.url.as_str().to_owned()) {
                break;
            }
        }
    }
}

/// The name of an outlet that was given none.
fn outlet_of(url: &FeedAddress) -> String {
    match url.host_str() {
        Some(host) => host.trim_start_matches("www.").to_owned(),
        None => url.name().split('.').next().unwrap_or_default().to_owned(),
    }
}

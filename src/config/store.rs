//! `[store]` in, where the state is kept and for how long out. Never opens it.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use serde::{Deserialize, Deserializer, de::Error};

use super::{document::Document, place, problem::Problem, value};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Late deliveries, late bounces and an edition's memory of earlier ones need less.
const SHORTEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Where editions, deliveries and seen entries are kept, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    /// The SQLite file, absolute; it need not exist yet. Default: `state.db` beside `feeds.toml`, `daily.db` beside
    /// `daily.toml`; for a `feeds.toml` in `$XDG_CONFIG_HOME/reveille` in `$XDG_STATE_HOME/reveille`.
    pub file: PathBuf,
    /// Whether the configuration names it.
    pub is_named: bool,
    /// Editions are kept for this long. Default: 400 days.
    pub keep_editions: Duration,
    /// Who was sent them, and what the server said to it. Default: 60 days.
    pub keep_deliveries: Duration,
}

/// The table as it is written.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct StoreTable {
    url: Option<String>,
    #[serde(deserialize_with = "a_week_or_more")]
    keep_editions: Duration,
    #[serde(deserialize_with = "a_week_or_more")]
    keep_deliveries: Duration,
}

impl Default for StoreTable {
    fn default() -> StoreTable {
        StoreTable { url: None, keep_editions: 400 * DAY, keep_deliveries: 60 * DAY }
    }
}

impl StoreTable {
    /// The store of the configuration at `config`, which is absolute.
    pub(super) fn settle(self, config: &Path, document: &Document) -> Result<Store, Problem> {
        let StoreTable { url, keep_editions, keep_deliveries } = self;
        let is_named = url.is_some();
        Ok(Store { file: file(url.as_deref(), config, document)?, is_named, keep_editions, keep_deliveries })
    }
}

fn a_week_or_more<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    let length = value::duration(from)?;
    if length < SHORTEST {
        return Err(D::Error::custom("must be a week or more\nwrite for example \"400d\""));
    }
    Ok(length)
}

/// The database file that `[store] url` means.
fn file(url: Option<&str>, config: &Path, document: &Document) -> Result<PathBuf, Problem> {
    let Some(url) = url else { return Ok(place::default_store(config)) };
    let wrong = |title: String, help: &str| {
        Err(Problem::at(document.value(&["store", "url"]), title).label("this address").help(help))
    };
    let Some((scheme, rest)) = url.split_once(':') else {
        return wrong(
            format!("`{url}` is not the address of a store"),
            "write \"sqlite:state.db\", a file relative to this one",
        );
    };
    match scheme {
        "sqlite" => match rest.strip_prefix("//").unwrap_or(rest) {
            file if file.contains('?') => wrong(
                "a store takes no settings after `?`".into(),
                "write \"sqlite:state.db\", a file relative to this one",
            ),
            "" | ":memory:" => wrong("the store needs a file".into(), "write \"sqlite:state.db\""),
            file => Ok(config.with_file_name(file)),
        },
        "postgres" | "postgresql" => wrong(
            "PostgreSQL is not supported in this version, only SQLite".into(),
            "write \"sqlite:state.db\", a file relative to this one",
        ),
        _ => wrong(format!("unknown kind of store `{scheme}`"), "only \"sqlite:FILE\" is known"),
    }
}

//! `[fetch]`: how politely and how patiently the network is used.

use std::time::Duration;

use serde::{Deserialize, Deserializer, de::Error};

use super::{Secret, value};
use crate::text::public::Network;

/// When the pages of articles are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pages {
    /// When the entry holds only a summary.
    Thin,
    /// For every article in contention.
    Always,
    /// Never: the feed's own text must do.
    Never,
}

impl<'de> Deserialize<'de> for Pages {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Pages, D::Error> {
        let word = String::deserialize(from)?;
        match word.as_str() {
            "thin" => Ok(Pages::Thin),
            "always" => Ok(Pages::Always),
            "never" => Ok(Pages::Never),
            _ => Err(D::Error::custom(format!(
                "unknown choice `{word}`\nwrite \"thin\" (when an entry has only a summary), \"always\" or \"never\""
            ))),
        }
    }
}

/// How feeds and pages are fetched.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fetch {
    /// Private and loopback addresses are asked for every feed, else for those that say so. Default: false.
    pub allow_private: bool,
    /// Public addresses that count as private, as those of the network this machine is in; none by default.
    #[serde(deserialize_with = "value::networks")]
    pub private_networks: Vec<Network>,
    /// When article pages are fetched, unless a feed says otherwise. Default: thin.
    pub pages: Pages,
    /// Pause between two requests to one host. Default: 1 s.
    #[serde(deserialize_with = "value::duration")]
    pub host_delay: Duration,
    /// Longest wait for one answer, redirects and body included. Default: 15 s.
    #[serde(deserialize_with = "value::some_duration")]
    pub timeout: Duration,
    /// Most requests at once, over all hosts; at least 1. Default: 64.
    #[serde(deserialize_with = "value::at_least_one")]
    pub concurrency: usize,
    /// Replaces the program's own User-Agent.
    pub user_agent: Option<String>,
    /// An address or a page for the operators of the feeds, told in the User-Agent; else the newsletter's home page.
    pub contact: Option<String>,
    /// A proxy for every request: `http` or `https`; a log-in may stand in it.
    #[serde(deserialize_with = "value::secret_page")]
    pub proxy: Option<Secret>,
    /// Most article pages asked for in one run. Default: 60.
    pub max_pages: usize,
    /// Failures in a row, over a day or more, after which a feed is worth a word; 1: the first. Default: 3.
    #[serde(deserialize_with = "value::at_least_one")]
    pub warn_after: usize,
}

impl Default for Fetch {
    fn default() -> Fetch {
        Fetch {
            allow_private: false,
            private_networks: Vec::new(),
            pages: Pages::Thin,
            host_delay: Duration::from_secs(1),
            timeout: Duration::from_secs(15),
            concurrency: 64,
            user_agent: None,
            contact: None,
            proxy: None,
            max_pages: 60,
            warn_after: 3,
        }
    }
}

//! `feeds.toml` in, one checked [`Config`] out: every value parsed, every path absolute, every default filled
//! in. Never half a configuration.
//!
//! A file that cannot be used is an [`Error`] that marks the line and says what is allowed. Nothing below this
//! rank knows the configuration; `flow` and `cli` hand each module its own part.

pub mod dkim;
mod document;
mod draft;
mod edges;
pub mod edit;
mod error;
mod exposed;
mod feed;
mod feed_address;
mod fetch;
mod keys;
mod mail;
mod nearest;
mod newsletter;
mod oauth;
mod password;
mod place;
mod problem;
mod reader;
mod readers_file;
mod report;
mod secret;
mod slip;
mod splice;
mod store;
mod trust;
mod unclosed;
mod value;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use serde::Deserialize;
use url::Url;

use crate::{brief, cluster, model::Reader};
use document::Document;
use draft::Draft;
use feed::FeedTable;
use problem::Problem;
use reader::{Readers, RecipientTable};
use store::StoreTable;

pub use crate::secret::Secret;
pub use dkim::Dkim;
pub use error::Error;
pub use feed::{Feed, Speaks};
pub use feed_address::FeedAddress;
pub use fetch::{Fetch, Pages};
pub use mail::{Mail, Unsubscribe};
pub use newsletter::Newsletter;
pub use oauth::OAuth;
pub use password::Password;
pub use place::find;
pub use readers_file::{BadRow, Imported, Left, ReadersFile, harmless};
pub use report::Report;
pub use store::Store;

/// The shipped configuration, a working newsletter with every setting explained: what `reveille init` writes.
pub const STARTER: &str = include_str!("../../feeds.toml");

/// One newsletter, ready to be used.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The file it was read from, absolute.
    pub path: PathBuf,
    /// Whether a password or a token stands in that file.
    pub holds_secrets: bool,
    pub newsletter: Newsletter,
    /// In the order of the file; no address twice.
    pub feeds: Vec<Feed>,
    /// `[[recipients]]`, then those of `recipients_file`; no address twice.
    pub readers: Vec<Reader>,
    /// The `recipients_file`, and what is wrong in it.
    pub readers_file: Option<ReadersFile>,
    pub mail: Mail,
    pub fetch: Fetch,
    pub store: Store,
    pub report: Report,
    pub cluster: cluster::Options,
    pub brief: brief::Options,
}

/// The shape of the file; never printed, it may hold passwords.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    recipients_file: Option<PathBuf>,
    recipients_strict: bool,
    newsletter: Newsletter,
    mail: Mail,
    fetch: Fetch,
    store: StoreTable,
    report: Report,
    cluster: cluster::Options,
    brief: brief::Options,
    feeds: Vec<FeedTable>,
    recipients: Vec<RecipientTable>,
}

/// Reads a variable of the environment; `None` when it is unset or empty.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The environment of this process.
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

impl Config {
    /// Reads and checks the configuration at `path`, with what the environment adds to it: `SMTP_HOST`,
    /// `SMTP_PORT`, `SMTP_USERNAME`, `SMTP_PASSWORD`, `SMTP_PASSWORD_FILE`, `SMTP_CLIENT_SECRET` and
    /// `SMTP_CLIENT_SECRET_FILE` win over the file.
    ///
    /// # Errors
    /// The file is missing, unreadable or not sound; the error names line and column, and the remedy.
    pub fn load(path: &Path) -> Result<Config, Error> {
        Config::parse(path, &place::read(path)?, &environment)
    }

    /// Checks `source` as if it were the content of `path`.
    ///
    /// # Errors
    /// Those of [`Config::load`], but for the file itself: everything that is wrong, as far as it can be made out.
    pub fn parse(path: &Path, source: &str, environment: Environment) -> Result<Config, Error> {
        let path = std::path::absolute(path).map_err(|error| Error::unreadable(path, error))?;
        let mut draft = Draft::new(source);
        loop {
            match Config::checked(&path, draft.text(), environment) {
                Err(Stop::Problem(problem)) if draft.strike(problem.clone()) => {}
                Err(Stop::Error(error)) if draft.is_sound() => return Err(error),
                Ok(config) if draft.is_sound() => return Ok(config),
                _ => return Err(draft.error(&path, source)),
            }
        }
    }

    /// The configuration in `source`, or the first thing that is wrong.
    fn checked(path: &Path, source: &str, environment: Environment) -> Result<Config, Stop> {
        let document = Document::parse(source)?;
        keys::check(&document)?;
        let file: File = document.read()?;
        let folder = path.parent().unwrap_or(Path::new("/"));

        let mut newsletter = file.newsletter;
        newsletter.settle(folder, &document)?;
        let feeds = feed::check(file.feeds, &newsletter, &file.fetch, folder, environment, &document)?;
        newsletter.name_sections(feeds.iter().filter_map(|feed| feed.section.as_ref()));
        let mut readers = Readers::new(&newsletter);
        readers.add_tables(file.recipients, &document)?;
        let read = |name: PathBuf| {
            let list = folder.join(name);
            trust::check(&list).map_err(Error::from)?;
            let bytes = std::fs::read(&list).map_err(|error| {
                let span = document.value(&["recipients_file"]);
                let title = format!("cannot read the readers' file {}: {error}", list.display());
                Problem::at(span, title)
            })?;
            let read = readers_file::add(&list, &bytes, file.recipients_strict, &mut readers)?;
            Ok::<_, Stop>(read)
        };
        let readers_file = file.recipients_file.map(read).transpose()?;
        let readers = readers.list;
        let holds_secrets = holds_password(file.mail.smtp.as_ref())
            || holds_password(
                file.fetch.proxy.as_ref().and_then(|url| Url::parse(url.reveal()).ok()).as_ref(),
            )
            || feeds.iter().any(|feed| feed.url.holds_secret());
        let mut mail = file.mail;
        mail.settle(folder, environment)?;
        let mut report = file.report;
        report.settle(folder);
        let store = file.store.settle(path, &document)?;
        trust::check_state(&store.file).map_err(Error::from)?;
        Ok(Config {
            newsletter,
            feeds,
            readers,
            readers_file,
            mail,
            fetch: file.fetch,
            store,
            report,
            cluster: file.cluster,
            brief: file.brief,
            path: path.to_owned(),
            holds_secrets,
        })
    }
}

/// What ended a check.
enum Stop {
    /// At a place in the file.
    Problem(Problem),
    Error(Error),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Stop {
        Stop::Problem(problem)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Error(error)
    }
}

fn holds_password(url: Option<&Url>) -> bool {
    url.is_some_and(|url| url.password().is_some())
}

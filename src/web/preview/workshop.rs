//! The files of a newsletter in, its digest out, remade after a change with no more work than the change
//! needs. Works on a copy of the state, which is never kept and leaves the lock to a run.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use crate::{
    clock::{self, Clock},
    config::Config,
    fetch::Fetcher,
    flow::{self, Desk, Fault, Pulled, Report, Silent},
    mailer::Stop,
    model::{Edition, Identity},
    render::{Look, Notice},
    secret::hidden,
    store::Store,
};

/// A digest, and what it was made of.
#[derive(Debug, Clone)]
pub struct Digest {
    pub config: Arc<Config>,
    pub look: Arc<Look>,
    /// `None` when there is nothing new.
    pub edition: Option<Arc<Edition>>,
    /// How the feeds were when they were last asked.
    pub feeds: Arc<Pulled>,
    /// The notes at the end of the editor's copy.
    pub for_editor: Arc<Vec<Notice>>,
    /// The store's.
    pub identity: Arc<Identity>,
}

/// Why no new digest was made.
#[derive(Debug)]
pub enum Trouble {
    /// The files cannot be used.
    Files(String),
    /// A step failed; trying again without a change is useless.
    Step(String),
}

/// Makes digests.
pub struct Workshop {
    path: PathBuf,
    /// The moment asked for; the time of the last pull when none was.
    at: Option<String>,
    clock: Clock,
    store: Store,
    pub(super) stop: Stop,
}

impl Workshop {
    /// One that goes on from `digest`, made at the time of `clock`, with its own copy of the state, until it is told to stop.
    pub fn new(digest: &Digest, at: Option<String>, clock: Clock, store: Store, stop: &Stop) -> Workshop {
        Workshop { path: digest.config.path.clone(), at, clock, store, stop: stop.clone() }
    }

    /// The configuration and the look that the files describe now.
    pub fn read(&self) -> Result<(Config, Look), Trouble> {
        let config = Config::load(&self.path).and_then(Config::with_feeds).map_err(in_files)?;
        let look = config.look().map_err(in_files)?;
        Ok((config, look))
    }

    /// The digest that the files describe. It composes again only if the stories may differ from those of
    /// `last`, and pulls again only if the feeds differ; until then its moment stays the same.
    pub async fn make(&mut self, config: Config, look: Look, last: &Digest) -> Result<Digest, Trouble> {
        let mut next = Digest { config: Arc::new(config), look: Arc::new(look), ..last.clone() };
        let (config, look) = (&*next.config, &*next.look);
        if composes_alike(config, &last.config) {
            return Ok(next);
        }
        let pulls = !urls(config).is_subset(&urls(&last.config));
        if pulls {
            let at = self.at.as_deref().and_then(|at| clock::moment(at, &config.newsletter.timezone));
            self.clock = at.map_or_else(Clock::system, Clock::as_if);
        }
        let fetcher = Fetcher::new(&config.fetch_options()).map_err(in_files)?;
        let clock = self.clock;
        let (store, fetcher) = (&mut self.store, &fetcher);
        let desk = Desk::new(config, store, (fetcher, look), clock, &self.stop);
        let mut report = Report::default();
        let made = match pulls {
            true => flow::preview(&desk, &mut report, &Silent).await,
            false => flow::recompose(&desk, &Silent).await,
        };
        let in_a_step = |fault: Fault| Trouble::Step(fault.to_string());
        let edition = made.map_err(in_a_step)?;
        next.for_editor = Arc::new(flow::for_editor(&desk, clock.as_of()).await.map_err(in_a_step)?);
        if pulls {
            next.feeds = Arc::new(report.pulled);
        }
        next.edition = edition.map(Arc::new);
        Ok(next)
    }
}

fn in_files(error: impl Into<anyhow::Error>) -> Trouble {
    Trouble::Files(hidden(&format!("{:#}", error.into())))
}

/// Whether two configurations make the same edition of the same entries, whoever reads it and however it is
/// sent.
fn composes_alike(one: &Config, other: &Config) -> bool {
    let part = |config: &Config| {
        let Config { newsletter, feeds, fetch, cluster, brief, .. } = config.clone();
        (newsletter, feeds, fetch, cluster, brief, config.mail.postal_address.clone())
    };
    part(one) == part(other)
}

fn urls(config: &Config) -> BTreeSet<&str> {
    config.feeds.iter().map(|feed| feed.url.as_str()).collect()
}

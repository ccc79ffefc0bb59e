//! The files of a newsletter in, its digest out, made anew when they change with no more work than the change asks for.
//! Works on a copy of the state: a run goes on beside it, and nothing of it stays.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use super::{Failure, Options, desk};
use crate::{
    cli::{preview::compose, terminal::Verbosity},
    clock::Clock,
    config::Config,
    flow::{self, Desk, Fault, FeedCounts, Report, Silent},
    model::Edition,
    render::Look,
    store::Store,
};

/// A digest, and what it was made of.
#[derive(Debug, Clone)]
pub struct Issue {
    pub config: Arc<Config>,
    pub look: Arc<Look>,
    /// None when there is nothing new.
    pub edition: Option<Arc<Edition>>,
    /// How the feeds were when they were last asked.
    pub feeds: Arc<FeedCounts>,
    /// What stands at the end of the editor's copy.
    pub for_editor: Arc<Vec<String>>,
    /// The store's.
    pub secret: Arc<Vec<u8>>,
}

/// Why no new digest was made.
#[derive(Debug)]
pub enum Trouble {
    /// The files cannot be used as they are.
    Files(String),
    /// A step failed; trying again without a change is of no use.
    Step(String),
}

/// Makes digests.
pub struct Workshop {
    path: PathBuf,
    /// The moment asked for; the time of the last pull when none was.
    at: Option<String>,
    clock: Clock,
    store: Store,
}

impl Workshop {
    /// Pulls and composes the first digest as `preview` does, then works on a copy of what was pulled.
    pub async fn open(
        config: Config,
        options: &Options,
        verbosity: Verbosity,
    ) -> Result<(Workshop, Issue), Failure> {
        let at = options.at.clone();
        let (fetcher, look) = (desk::fetcher(&config)?, desk::look(&config)?);
        let clock = desk::trial_clock(at.as_deref(), &config.newsletter.timezone)?;
        let newsletters = desk::store(&config).await?;
        // As of another moment, what is pulled now would be remembered with a wrong date.
        let early = if at.is_some() { Some(newsletters.scratch().await?) } else { None };
        let used = early.as_ref().unwrap_or(&newsletters);
        let (fetcher, ignore_schedule) = (&fetcher, options.now);
        let desk = Desk { config: &config, store: used, fetcher, look: &look, clock, ignore_schedule };
        let mut report = Report::default();
        let made = compose(&desk, &mut report, verbosity).await;
        if let Some(copy) = &early {
            newsletters.keep_closed_hosts_of(copy).await?;
        }
        let edition = made?;
        let for_editor = flow::for_editor(&desk, clock.as_of()).await.map_err(desk::failure)?;
        let store = match early {
            Some(copy) => copy,
            None => newsletters.scratch().await?,
        };
        newsletters.close().await;
        let issue = Issue {
            look: Arc::new(look),
            edition: edition.map(Arc::new),
            feeds: Arc::new(report.feeds),
            for_editor: Arc::new(for_editor),
            secret: Arc::new(store.secret().await?),
            config: Arc::new(config),
        };
        Ok((Workshop { path: issue.config.path.clone(), at, clock, store }, issue))
    }

    /// The configuration and the look as the files have them now.
    pub fn read(&self) -> Result<(Config, Look), Trouble> {
        let config = desk::newsletter(Some(&self.path)).map_err(in_files)?;
        let look = desk::look(&config).map_err(in_files)?;
        Ok((config, look))
    }

    /// The digest as the files want it. Composed anew only if they want other stories than `last` had, and pulled anew
    /// only if they name other feeds; the moment it is made for stays the same until then.
    pub async fn make(&mut self, config: Config, look: Look, last: &Issue) -> Result<Issue, Trouble> {
        let mut next = Issue { config: Arc::new(config), look: Arc::new(look), ..last.clone() };
        let (config, look) = (&*next.config, &*next.look);
        if composes_alike(config, &last.config) {
            return Ok(next);
        }
        let pulls = !urls(config).is_subset(&urls(&last.config));
        if pulls {
            self.clock =
                desk::trial_clock(self.at.as_deref(), &config.newsletter.timezone).map_err(in_files)?;
        }
        let (fetcher, clock) = (desk::fetcher(config).map_err(in_files)?, self.clock);
        let (store, fetcher) = (&self.store, &fetcher);
        let desk = Desk { config, store, fetcher, look, clock, ignore_schedule: false };
        let mut report = Report::default();
        let made = match pulls {
            true => flow::preview(&desk, &mut report, &Silent).await,
            false => flow::recompose(&desk, &mut report, &Silent).await,
        };
        let in_a_step = |fault: Fault| Trouble::Step(fault.to_string());
        let edition = made.map_err(in_a_step)?;
        next.for_editor = Arc::new(flow::for_editor(&desk, clock.as_of()).await.map_err(in_a_step)?);
        if pulls {
            next.feeds = Arc::new(report.feeds);
        }
        next.edition = edition.map(Arc::new);
        Ok(next)
    }
}

fn in_files(failure: Failure) -> Trouble {
    Trouble::Files(failure.told())
}

/// Whether two configurations make the same edition of the same entries; who reads it, and how it is sent, is no
/// part of that.
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

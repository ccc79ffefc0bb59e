//! A configuration in, its feeds as `doctor` judges them out. Never judges one itself.

use crate::{
    config::Config,
    doctor::{Feed, Feeds},
};

/// The feeds, in the order of the configuration.
pub fn feeds(config: &Config) -> Feeds {
    let feed = |feed: &crate::config::Feed| Feed {
        outlet: feed.outlet.clone(),
        url: feed.url.to_string(),
        section: feed.section.clone(),
    };
    Feeds {
        feeds: config.feeds.iter().map(feed).collect(),
        zone: config.newsletter.timezone.clone(),
        warn_after: config.fetch.warn_after,
    }
}

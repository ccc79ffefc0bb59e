//! `reveille feeds`: lists, adds and removes the feeds of a configuration, and says how they are doing. Never
//! fetches one.

mod health;

use std::path::Path;

use clap::Subcommand;

use super::{Failure, Status, say, table::aligned, wait};
use crate::{
    config::{self, Config, Feed, Pages, Speaks, edit},
    secret::hidden,
};

#[derive(Debug, Subcommand)]
pub enum Feeds {
    /// Prints every feed with its outlet and section
    List,
    /// Says how every feed is doing: last success, what failed, when it is due
    Health {
        /// As of this moment (RFC 3339, or a local time of the newsletter)
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        /// Prints one JSON list
        #[arg(long)]
        json: bool,
    },
    /// Adds a feed to the configuration
    Add {
        /// An http or https address, or a file
        url: String,
        /// The publisher's name [default: the host]
        #[arg(long)]
        outlet: Option<String>,
        /// The section its stories go to
        #[arg(long)]
        section: Option<String>,
        /// Its owner: outlets of one owner count as one voice
        #[arg(long)]
        owner: Option<String>,
    },
    /// Removes a feed from the configuration, with its comments
    Remove {
        /// Its address, or its outlet if that has one feed only
        feed: String,
    },
}

/// Runs one of the commands on the configuration.
pub fn run(command: Feeds, given: Option<&Path>) -> Result<Status, Failure> {
    let path = config::find(given);
    let done = match command {
        Feeds::List => listed(&Config::load(&path).map_err(Failure::config)?.feeds),
        Feeds::Health { at, json } => return wait(health::run(given, at.as_deref(), json)),
        Feeds::Add { url, outlet, section, owner } => {
            let new = edit::NewFeed { url: as_seen_from(&path, url), outlet, section, owner };
            let config = edit::add_feed(&path, &new).map_err(Failure::edit)?;
            format!("Added {}: {} in {}\n", hidden(&new.url), count(&config), path.display())
        }
        Feeds::Remove { feed } => {
            let config = edit::remove_feed(&path, &feed).map_err(Failure::edit)?;
            format!("Removed {}: {} in {}\n", hidden(&feed), count(&config), path.display())
        }
    };
    say(&done)
}

fn count(config: &Config) -> String {
    match config.feeds.len() {
        1 => "1 feed".to_owned(),
        feeds => format!("{feeds} feeds"),
    }
}

/// A file named on the command line is meant from the working folder; one named in the configuration, from its
/// folder.
fn as_seen_from(config: &Path, url: String) -> String {
    match std::path::absolute(&url) {
        Ok(file) if !url.contains("://") && file.exists() => {
            let folder = std::path::absolute(config).ok();
            let below =
                folder.as_deref().and_then(Path::parent).and_then(|folder| file.strip_prefix(folder).ok());
            below.unwrap_or(&file).display().to_string()
        }
        _ => url,
    }
}

fn listed(feeds: &[Feed]) -> String {
    let row = |feed: &Feed| {
        let section = feed.section.clone().unwrap_or_default();
        [feed.outlet.clone(), section, feed.url.to_string(), notes(feed)]
    };
    aligned(["OUTLET", "SECTION", "ADDRESS", "NOTES"], &feeds.iter().map(row).collect::<Vec<_>>())
}

/// What is not ordinary about a feed.
fn notes(feed: &Feed) -> String {
    let mut notes = Vec::new();
    if feed.home {
        notes.push("home".to_owned());
    }
    if let Some(owner) = &feed.owner {
        notes.push(format!("owner {owner}"));
    }
    if feed.speaks == Speaks::Last {
        notes.push("speaks last".to_owned());
    }
    if feed.weight != 1.0 {
        notes.push(format!("weight {}", feed.weight));
    }
    if !feed.include.is_empty() {
        notes.push(format!("only {}", feed.include.join(", ")));
    }
    if !feed.exclude.is_empty() {
        notes.push(format!("without {}", feed.exclude.join(", ")));
    }
    match feed.pages {
        Pages::Thin => {}
        Pages::Always => notes.push("pages always".to_owned()),
        Pages::Never => notes.push("pages never".to_owned()),
    }
    notes.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_aligned_and_notes_what_is_not_ordinary() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("feeds.toml");
        let source = r#"
            [newsletter]
            outlet = "Harbour Post"
            [[feeds]]
            url = "https://harbour.example/rss"
            outlet = "Harbour Post"
            section = "Sea"
            [[feeds]]
            url = "https://hill.example/rss"
            speaks = "last"
            weight = 0.5
            exclude = ["quiz", "live"]
            owner = "Hill & Co"
            pages = "never"
        "#;
        std::fs::write(&path, source).unwrap();
        insta::assert_snapshot!(listed(&Config::load(&path).unwrap().feeds), @r"
        OUTLET        SECTION  ADDRESS                      NOTES
        Harbour Post  Sea      https://harbour.example/rss  home
        hill.example           https://hill.example/rss     owner Hill & Co; speaks last; weight 0.5; without quiz, live; pages never
        ");
    }

    #[test]
    fn a_file_is_named_from_the_configurations_folder() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("saved.xml");
        std::fs::write(&file, "").unwrap();
        let named = file.display().to_string();
        assert_eq!(as_seen_from(&folder.path().join("feeds.toml"), named.clone()), "saved.xml");
        assert_eq!(as_seen_from(Path::new("/elsewhere/feeds.toml"), named.clone()), named);
        assert_eq!(
            as_seen_from(Path::new("feeds.toml"), "https://a.example/f".into()),
            "https://a.example/f"
        );
    }
}

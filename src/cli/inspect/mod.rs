//! `reveille inspect`: one editorial stage alone, files in, JSON lines on standard output. No state, no network.

mod article;
mod articles;
mod brief;
mod feed;
mod quotes;
mod stories;

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Subcommand;
use serde::Serialize;

use super::{Failure, Status, hand_over, setup};

/// The stages that can be looked at.
#[derive(Debug, Subcommand)]
pub enum Inspect {
    /// Prints the entries of a feed document, a JSON line each, in feed order
    Feed {
        /// The feed's bytes
        file: PathBuf,
        /// Its address; relative links are resolved against it
        #[arg(long)]
        url: String,
    },
    /// Prints an article page's own text and its metadata
    Article {
        /// The page's HTML
        file: PathBuf,
        /// Its address
        #[arg(long)]
        url: String,
    },
    /// Groups articles (JSON lines) into stories; prints a line per story, largest first
    Stories {
        /// JSON lines: {"id","outlet","title","url","summary","text","author","published"}
        file: PathBuf,
        /// Adds to each line a "why": {"certainty", "pairs", "links": [{"a", "b", "probability", "same_text",
        /// "evidence": [{"name", "value", "points"}], "names", "numbers", "words"}], "outsiders": [{"headline",
        /// "articles", "strength", "needed", "closest", "only_here", "only_there"}]}: how many pairs there are, the pairs that
        /// hold the story together, and the stories that came nearest but were kept apart
        #[arg(long)]
        explain: bool,
    },
    /// Prints the direct quotations of a plain text with their speakers
    Quotes {
        /// Plain text, paragraphs separated by blank lines
        file: PathBuf,
    },
    /// Makes the brief of one story's articles (JSON lines)
    Brief {
        /// JSON lines as for `stories`, all of one story
        file: PathBuf,
    },
}

/// Runs one stage and prints what it made, with the settings of `config` if one is named, else the defaults.
pub fn run(command: Inspect, config: Option<&Path>) -> Result<Status, Failure> {
    let config = config.map(|path| setup::config(Some(path))).transpose()?;
    match command {
        Inspect::Feed { file, url } => feed::print(&file, &url),
        Inspect::Article { file, url } => article::print(&file, &url),
        Inspect::Stories { file, explain } => {
            stories::print(&file, &config.map(|c| c.cluster).unwrap_or_default(), explain)
        }
        Inspect::Quotes { file } => quotes::print(&file),
        Inspect::Brief { file } => brief::print(&file, &config.map(|c| c.brief).unwrap_or_default()),
    }
}

/// The bytes of an input file; a file that cannot be read is bad input.
fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(file)
        .with_context(|| format!("cannot read {}: does it exist, and may it be read?", file.display()))
        .map_err(Failure::usage)
}

/// Prints one JSON line per item, each as soon as it is made: together they may be longer than what they are made of.
fn print_lines<T: Serialize>(items: impl IntoIterator<Item = T>) -> Result<Status, Failure> {
    for item in items {
        hand_over(&(serde_json::to_string(&item)? + "\n"))?;
    }
    Ok(Status::Done)
}

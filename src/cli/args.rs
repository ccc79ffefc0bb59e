//! What can be typed: the commands, their options and their help.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::{feeds::Feeds, init::Init, inspect::Inspect, recipients::Recipients};

/// A morning paper made from feeds: one story once, in the outlets' own words, mailed once a day.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true)]
pub struct Args {
    /// The configuration [default: $REVEILLE_CONFIG, else ./feeds.toml if it exists, else
    /// $XDG_CONFIG_HOME/reveille/feeds.toml]
    #[arg(short, long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Writes a configuration to begin with, every setting explained
    Init(Init),
    /// Lists, adds and removes feeds
    #[command(subcommand)]
    Feeds(Feeds),
    /// Lists, adds and removes the readers that the newsletter is mailed to
    #[command(subcommand)]
    Recipients(Recipients),
    /// Runs one editorial stage alone, on files: "why did it do that?"
    #[command(subcommand)]
    Inspect(Inspect),
}

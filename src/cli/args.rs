//! What can be typed: the commands, their options and their help.

use clap::{Parser, Subcommand};

use super::inspect::Inspect;

/// A morning paper made from feeds: one story once, in the outlets' own words, mailed once a day.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Runs one editorial stage alone, on files: "why did it do that?"
    #[command(subcommand)]
    Inspect(Inspect),
}

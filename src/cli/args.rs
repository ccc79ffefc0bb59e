//! What can be typed: the commands, their options and their help.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::{
    backup, check, demo, dkim::Dkim, doctor, explain, feeds::Feeds, history, init::Init, inspect::Inspect,
    login, preview, pull, receive, recipients::Recipients, resend, run, template::Template,
    terminal::Verbosity, test_email,
};

const EXAMPLES: &str = "\
Examples:
  reveille demo --output out            see a digest made from bundled feeds
  reveille init                         write a commented feeds.toml to start from
  reveille check                        do feeds and mail server answer, is the domain in order?
  reveille preview --open               look at today's digest; nothing is sent
  reveille preview --serve              the same on a page that follows your edits
  reveille test-email you@example.com   the same by mail, marked as a test
  reveille explain 3                    why the third story is as it is, and where it is
  reveille run                          mail it: once a day, however often it is run
  reveille pull                         store what the feeds bring, often; nothing is mailed
  reveille history                      what was mailed, to how many, and how it ended
  reveille doctor                       why no mail came, and what to type

Exit status: 0 done or nothing new, 1 internal error, 2 usage or bad input, 3 configuration,
4 no or too few feeds could be read, 5 some mail not delivered, 75 a message could not be received now.";

/// A morning paper made from feeds: one story once, in the outlets' own words, mailed once a day.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, after_help = EXAMPLES)]
pub struct Args {
    /// The newsletter's configuration [default: $REVEILLE_CONFIG, ./feeds.toml, else feeds.toml in
    /// $XDG_CONFIG_HOME/reveille]
    #[arg(short, long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[command(flatten)]
    pub verbosity: Verbosity,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Pulls, composes and mails today's edition; the verb for cron
    Run(run::Options),
    /// Stores what the feeds bring, and nothing else; for cron, every half hour
    Pull(pull::Options),
    /// Prints the digest that a run would mail now, or writes it to a file; sends nothing
    Preview(preview::Options),
    /// Sends the digest that a run would mail now to one address, marked as a test
    TestEmail(test_email::Options),
    /// Makes a whole digest from bundled feeds, without a network
    Demo(demo::Options),
    /// Says why an edition is as it is, story by story, and what was left out
    Explain(explain::Options),
    /// Lists past editions, and says who was sent each of them and who was not
    History(history::Options),
    /// Mails a sealed edition once more: to one reader, to those without it, to new ones or to all
    Resend(resend::Options),
    /// Copies the whole state into one file, also during a run
    Backup(backup::Options),
    /// Makes the state that of this configuration, after it was that of another
    Adopt,
    /// Checks that the configuration is sound, feeds and mail server answer, and receivers will trust the sender
    Check(check::Options),
    /// Says why no mail came: what is wrong and what to type. Contacts nobody and changes nothing
    Doctor(doctor::Options),
    /// Writes a configuration to start from, every setting explained
    Init(Init),
    /// Lists, adds and removes feeds, and says how they are doing
    #[command(subcommand)]
    Feeds(Feeds),
    /// Lists, adds and removes the readers that the newsletter is mailed to
    #[command(subcommand)]
    Recipients(Recipients),
    /// Reads what comes back: bounces, complaints and unsubscribe requests; the verb for a mail server's pipe
    Receive(receive::Options),
    /// Logs in at the mail provider, where that takes more than a password (OAuth 2.0)
    Login(login::Options),
    /// Makes a key that signs the mail
    #[command(subcommand)]
    Dkim(Dkim),
    /// Writes the built-in templates to a folder, for you to change
    #[command(subcommand)]
    Template(Template),
    /// Runs one editorial stage alone, on files: "why did it do that?"
    #[command(subcommand)]
    Inspect(Inspect),
}

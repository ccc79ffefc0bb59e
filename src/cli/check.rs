//! `reveille check`: is the configuration sound, do the feeds answer, does the mail server let us in?

use std::path::Path;

use super::{Failure, Status, desk, say, summary};
use crate::{
    config::Config,
    flow::{self, Checked, Letterhead},
    mailer::Post,
};

/// What `check` can be told.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Prints one JSON object
    #[arg(long)]
    json: bool,
}

/// Stands in for the store's secret: a check leaves no state.
const NO_SECRET: [u8; 32] = [0; 32];

/// Checks everything a run needs, and says what was found.
pub async fn run(config: Option<&Path>, options: Options) -> Result<Status, Failure> {
    let config = desk::newsletter(config)?;
    let (fetcher, look) = (desk::fetcher(&config)?, desk::look(&config)?);
    if config.mail.from.is_some() {
        Letterhead::new(&config, &look, &NO_SECRET).map_err(Failure::config)?;
    }
    let post = desk::smtp_server(&config)?.map(Post::Smtp);
    let checked = flow::check(&config, &fetcher, post.as_ref()).await;
    summary::json(options.json, &checked)?;
    if !options.json {
        say(&found(&config, &checked))?;
    }
    let read = checked.feeds.iter().filter(|feed| feed.problem.is_none()).count();
    Ok(match (read, &checked.mail_problem) {
        (0, _) => Status::NoFeed,
        (_, Some(_)) => Status::Undelivered,
        _ => Status::Done,
    })
}

/// What was found, a line each.
fn found(config: &Config, checked: &Checked) -> String {
    let (feeds, readers) = (config.feeds.len(), config.readers.len());
    let mut lines = format!("{}: sound; {feeds} feeds, {readers} readers\n", config.path.display());
    for feed in &checked.feeds {
        lines += &match &feed.problem {
            None => format!("  ok    {}: {} entries\n", feed.outlet, feed.entries),
            Some(problem) => format!("  FAIL  {}: {problem}\n", feed.outlet),
        };
    }
    for step in &checked.mail_steps {
        lines += &format!("  ok    mail: {step}\n");
    }
    if let Some(problem) = &checked.mail_problem {
        lines += &format!("  FAIL  mail: {problem}\n");
    }
    for (missing, what) in [
        (config.mail.smtp.is_none(), "no server is configured ([mail] smtp)"),
        (config.mail.from.is_none(), "no sender is configured ([mail] from)"),
        (config.readers.is_empty(), "no reader is configured ([[recipients]])"),
    ] {
        if missing {
            lines += &format!("  --    mail: {what}: `run` cannot mail yet\n");
        }
    }
    lines
}

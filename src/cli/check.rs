//! `reveille check`: is the configuration sound, do the feeds answer, does the mail server let us in?

use std::path::Path;

use super::{Failure, Status, desk, summary};
use crate::{flow, mailer::Post};

/// What `check` can be told.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Prints one JSON object
    #[arg(long)]
    json: bool,
}

/// Checks everything a run needs, and says what was found.
pub async fn run(config: Option<&Path>, options: Options) -> Result<Status, Failure> {
    let config = desk::config(config)?;
    let fetcher = desk::fetcher(&config)?;
    let post = desk::smtp_server(&config)?.map(Post::Smtp);
    let checked = flow::check(&config, &fetcher, post.as_ref()).await;
    summary::json(options.json, &checked)?;
    if !options.json {
        println!(
            "{}: sound; {} feeds, {} readers",
            config.path.display(),
            config.feeds.len(),
            config.readers.len()
        );
        for feed in &checked.feeds {
            match &feed.problem {
                None => println!("  ok    {}: {} entries", feed.outlet, feed.entries),
                Some(problem) => println!("  FAIL  {}: {}: {problem}", feed.outlet, feed.url),
            }
        }
        for step in &checked.mail_steps {
            println!("  ok    mail: {step}");
        }
        match (&checked.mail_problem, &post) {
            (Some(problem), _) => println!("  FAIL  mail: {problem}"),
            (None, None) => println!("  --    mail: no server is configured ([mail] smtp)"),
            (None, Some(_)) => {}
        }
    }
    let read = checked.feeds.iter().filter(|feed| feed.problem.is_none()).count();
    Ok(match (read, &checked.mail_problem) {
        (0, _) if !checked.feeds.is_empty() => Status::NoFeed,
        (_, Some(_)) => Status::Undelivered,
        _ => Status::Done,
    })
}

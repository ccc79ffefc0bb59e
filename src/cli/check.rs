//! `reveille check`: is the configuration sound, do the feeds answer, does the mail server let us in, will receivers
//! take the sender for who it says it is?

use std::{
    net::{IpAddr, SocketAddr},
    path::Path,
};

use serde::Serialize;
use serde_json::Value;

use super::{Failure, Status, promise::promise, say, setup, summary};
use crate::{
    clock::Clock,
    config::Config,
    dns::Dns,
    flow::{self, Checked, Earlier, Letterhead, Report},
    mailer::Post,
    model::Identity,
    sender::{Finding, Verdict},
};

/// What `check` can be told.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Prints one JSON object
    #[arg(long)]
    json: bool,
    /// Contacts nobody: checks only the configuration, the templates and the DKIM key
    #[arg(long)]
    offline: bool,
    /// Asks this DNS server (ADDRESS or ADDRESS:PORT) about the sender's domain, instead of the machine's
    #[arg(long, value_name = "ADDRESS", value_parser = server, conflicts_with = "offline")]
    dns: Option<SocketAddr>,
}

/// The port of a DNS server.
const DNS_PORT: u16 = 53;

/// Checks everything a run needs, and says what was found.
pub async fn run(config: Option<&Path>, options: Options) -> Result<Status, Failure> {
    let (clock, mut checked) = (Clock::system(), Checked::default());
    let ended = examine(config, &options, &mut checked).await;
    let report =
        Report { pulled: checked.pulled(), seconds: clock.elapsed().as_secs_f64(), ..Report::default() };
    summary::account(options.json, &ended, &Account { run: promise(&report), checked: &checked })?;
    ended
}

/// What `--json` prints: the account of a run that only asked the feeds, and the results of the other checks.
#[derive(Serialize)]
struct Account<'a> {
    #[serde(flatten)]
    run: Value,
    #[serde(flatten)]
    checked: &'a Checked,
}

async fn examine(config: Option<&Path>, options: &Options, checked: &mut Checked) -> Result<Status, Failure> {
    let config = setup::newsletter(config)?;
    let (fetcher, look) = (setup::fetcher(&config)?, setup::look(&config)?);
    let letterhead = match config.mail.from {
        Some(_) => Some(Letterhead::new(&config, &look, &Identity::NOBODY).map_err(Failure::config)?),
        None => None,
    };
    let post = config.mail_server().map_err(Failure::config)?.map(Post::Smtp);
    if options.offline {
        *checked = Checked::offline(&config);
    } else {
        let dns = options.dns.map_or_else(Dns::system, Dns::at);
        let past = past(&config).await?;
        *checked = flow::check(&config, &fetcher, post.as_ref(), letterhead.as_ref(), &dns, &past).await;
    }
    if !options.json {
        say(&found(&config, checked))?;
    }
    let fails = checked.feeds.iter().any(|feed| feed.problem.is_some());
    Ok(match (fails, checked.fails_to_mail()) {
        (true, _) => Status::NoFeed,
        (_, true) => Status::Undelivered,
        _ => Status::Done,
    })
}

/// What earlier runs know of the feeds; nothing before the first run.
async fn past(config: &Config) -> Result<Earlier, Failure> {
    let now = Clock::system().as_of();
    if !config.store.file.exists() {
        return Ok(Earlier { now, ..Earlier::default() });
    }
    let store = setup::store_beside(config).await?;
    let (records, closed_hosts) = (store.feeds().await, store.closed_hosts().await);
    store.close().await;
    Ok(Earlier { records: records?, closed_hosts: closed_hosts?, now })
}

/// The findings, one a line.
fn found(config: &Config, checked: &Checked) -> String {
    let feeds = summary::count(config.feeds.len(), "feed", "feeds");
    let readers = summary::count(config.readers.len(), "reader", "readers");
    let mut lines = format!("{}: sound; {feeds}, {readers}\n", config.path.display());
    let editor = config.newsletter.editor.as_ref().map(|editor| config.reader(editor.as_ref()));
    if let Some(Err(stranger)) = editor {
        lines += &format!("  WARN  [newsletter] editor is told nothing: {stranger}\n");
    }
    if let Some(file) = &config.readers_file {
        lines.extend(
            file.bad_rows.iter().map(|row| format!("  WARN  {}\n", summary::bad_row(&file.path, row))),
        );
        if !file.unread.is_empty() {
            let columns = file.unread.join(", ");
            lines += &format!("  --    {}: nothing is read of the columns {columns}\n", file.path.display());
        }
    }
    lines.extend(checked.exposed.iter().map(|file| format!("  WARN  {file}\n")));
    for feed in &checked.feeds {
        lines += &match &feed.problem {
            None => {
                let entries = summary::count(feed.entries, "entry", "entries");
                format!("  ok    {}: {entries}\n", feed.outlet)
            }
            Some(problem) => format!("  FAIL  {}: {problem}\n", feed.outlet),
        };
        lines.extend(feed.left_out.iter().map(|told| format!("  --    {}: {told}\n", feed.outlet)));
        if let Some(notice) = &feed.notice {
            lines += &format!("  WARN  {} {notice}\n", feed.outlet);
        }
    }
    for step in &checked.mail_steps {
        lines += &format!("  ok    mail: {step}\n");
    }
    for concern in &checked.concerns {
        let mark = if concern.is_grave { "FAIL" } else { "WARN" };
        lines += &format!("  {mark}  {}: {}\n", concern.about, concern.text);
    }
    if let Some(problem) = &checked.mail_problem {
        lines += &format!("  FAIL  mail: {problem}\n");
    }
    lines.extend(checked.sender.iter().map(about_sender));
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

/// One finding, with the record that would mend it on a line of its own, as the forms of DNS services want it.
fn about_sender(finding: &Finding) -> String {
    let mark = match finding.verdict {
        Verdict::Good => "ok  ",
        Verdict::Bad => "WARN",
        Verdict::Unknown => "--  ",
    };
    let line = format!("  {mark}  {}: {}", finding.about, finding.text);
    match &finding.record {
        Some(record) => format!("{line}:\n          {record}\n"),
        None => line + "\n",
    }
}

/// An address, with or without a port.
fn server(text: &str) -> Result<SocketAddr, String> {
    let bare =
        text.trim_matches(['[', ']']).parse::<IpAddr>().map(|address| SocketAddr::new(address, DNS_PORT));
    text.parse().or(bare).map_err(|_| "write an address, such as 192.0.2.53 or 192.0.2.53:53".to_owned())
}

//! One edition in: its stories, its deliveries by outcome and the readers who have not got it out. Never
//! shows a whole address unasked.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::{
    super::{
        day::no_edition,
        table::{noted, wrapped},
    },
    Failure, Options, json, minute, stretch,
};
use crate::{
    config::Config,
    flow::{Completion, PastEdition},
    model::{DeliveryState, Edition, Outcome},
    secret::{mask, mask_all},
    store::{Dispatch, Store},
};

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Account {
    #[serde(flatten)]
    issue: PastEdition,
    headlines: Vec<Headline>,
    /// Messages that were not sent; with `--readers` all.
    messages: Vec<Message>,
}

#[derive(Debug, Serialize)]
struct Headline {
    headline: String,
    outlet: String,
    url: String,
}

#[derive(Debug, Serialize)]
struct Message {
    /// The address, masked unless `--readers` asks for it.
    reader: String,
    state: &'static str,
    attempts: u32,
    reason: Option<String>,
    /// The folder it was written to.
    folder: Option<String>,
    changed_at: Timestamp,
    /// When it was asked for, if it is a copy.
    copy_asked_at: Option<Timestamp>,
}

/// The account of a day's edition, as asked for.
pub async fn told(
    config: &Config,
    store: &Store,
    date: Date,
    options: &Options,
    now: Timestamp,
) -> Result<String, Failure> {
    let Some(past) = store.past(date).await? else { return without(store, date, options).await };
    let shown = |dispatch: &Dispatch| options.readers || dispatch.state != DeliveryState::Sent;
    let messages = store.dispatches(date).await?.into_iter().filter(shown);
    let messages = messages.map(|dispatch| message(dispatch, options.readers)).collect();
    let headlines = store.edition(date).await?.map_or_else(Vec::new, |edition| headlines(&edition));
    let account = Account { issue: PastEdition::new(&past, now), headlines, messages };
    if options.json { json(&account) } else { Ok(text(&account, config)) }
}

/// What is to be said of a day that has no edition.
async fn without(store: &Store, date: Date, options: &Options) -> Result<String, Failure> {
    let days = store.quiet_days(usize::MAX).await?;
    let Some(day) = days.iter().find(|day| day.date == date) else {
        return Err(Failure::usage(no_edition(Some(date))));
    };
    if options.json {
        return json(day);
    }
    let stories = if day.stories == 1 { "1 story".to_owned() } else { format!("{} stories", day.stories) };
    Ok(format!(
        "No edition on {date}: {stories}, which were too few for one. They wait for the next; `reveille explain --edition {date}` \
         says more.\n"
    ))
}

fn headlines(edition: &Edition) -> Vec<Headline> {
    let headline = |slot: &crate::model::Slot| Headline {
        headline: slot.headline.clone(),
        outlet: slot.outlet.clone(),
        url: slot.url.clone(),
    };
    edition.slots().map(headline).collect()
}

fn message(dispatch: Dispatch, in_full: bool) -> Message {
    let Dispatch { email, state, attempts, outcome, changed_at, asked_at } = dispatch;
    let folder = match &outcome {
        Some(Outcome::Written(folder) | Outcome::Filed(folder)) => Some(folder.clone()),
        _ => None,
    };
    let reason = outcome.filter(|outcome| *outcome != Outcome::Sent).map(|outcome| outcome.to_string());
    Message {
        reader: if in_full { email } else { mask(&email) },
        state: word(state),
        attempts,
        reason: reason.map(|reason| if in_full { reason } else { mask_all(&reason) }),
        folder,
        changed_at,
        copy_asked_at: asked_at,
    }
}

fn word(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Pending => "not tried",
        DeliveryState::Sending => "no answer",
        DeliveryState::Sent => "sent",
        DeliveryState::Deferred => "put off",
        DeliveryState::Refused => "refused",
        DeliveryState::Withdrawn => "left",
        DeliveryState::Written => "not mailed",
        DeliveryState::Filed => "filed",
    }
}

fn text(account: &Account, config: &Config) -> String {
    let (issue, zone) = (&account.issue, &config.newsletter.timezone);
    let sealed = minute(issue.sealed_at, zone);
    let mut text = format!("Edition of {} (number {}), sealed at {sealed}\n\n", issue.date, issue.number);
    if account.headlines.is_empty() {
        text += &format!("Its stories, {}, are not kept any more.\n", issue.stories);
    }
    for (number, story) in (1..).zip(&account.headlines) {
        text +=
            &wrapped(&format!("{number:>3}  "), "     ", &format!("{} ({})", story.headline, story.outlet));
    }
    text += &format!("\n{}", wrapped("", "", &numbers(account)));
    if !issue.readers_known {
        text += "Who they were is not kept any more.\n";
    }
    if account.messages.is_empty() {
        return text;
    }
    let row = |message: &Message| {
        let copy = message.copy_asked_at.map_or("", |_| "copy ");
        let last = message.changed_at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
        let cells =
            [message.reader.clone(), format!("{copy}{}", message.state), message.attempts.to_string(), last];
        (cells, message.reason.clone().into_iter().collect())
    };
    let rows = account.messages.iter().map(row).collect();
    text + "\n" + &noted(["READER", "MESSAGE", "TRIED", "LAST CHANGE"], rows)
}

/// The outcomes in words, those that there are.
fn numbers(account: &Account) -> String {
    let issue = &account.issue;
    let open = match issue.state {
        Completion::GivenUp => "open and tried no more (`reveille resend` can)",
        _ => "open, to be tried again by the next run",
    };
    let folder = account.messages.iter().find_map(|message| message.folder.as_deref()).unwrap_or("files");
    let filed = format!("written to {folder}, which counts as delivered");
    let written = format!("written to {folder} and mailed to nobody: the next run mails them");
    let parts = [
        (issue.sent, "sent"),
        (issue.filed, filed.as_str()),
        (issue.refused, "refused by the mail server"),
        (issue.written, written.as_str()),
        (issue.open - issue.written, open),
        (issue.withdrawn, "readers no more before it was sent"),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let readers =
        if issue.readers == 1 { "1 reader".to_owned() } else { format!("{} readers", issue.readers) };
    let within = match issue.seconds {
        Some(seconds) => format!(" The last message went out {} after sealing.", stretch(seconds)),
        None => String::new(),
    };
    let copies = match issue.copies {
        0 => String::new(),
        1 => " 1 copy was sent on request.".to_owned(),
        copies => format!(" {copies} copies were sent on request."),
    };
    match parts.is_empty() {
        true => format!("{readers}."),
        false => format!("{readers}: {}.{within}{copies}", parts.join(", ")),
    }
}

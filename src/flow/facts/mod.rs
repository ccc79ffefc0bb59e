//! A configuration in, the facts for a diagnosis out. Reads beside a run at work, contacts nobody, never
//! changes anything.

mod machine;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{deliver::LATE, figures::Figures, health, letter::Letterhead, owner, parsers::sentence};
use crate::{
    config::{self, Config},
    doctor::{ComposedDay, Facts, Faults, Known, Settings, State},
    model::{Identity, Omission, Reasons},
    schedule,
    secret::hidden,
    store::{self, Store},
    token::{self, Key},
};

/// Entries seen this recently count as what feeds hold now.
const LATELY: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What was done since this time yesterday.
const YESTERDAY: SignedDuration = SignedDuration::from_hours(24);

/// All that can be found out about this newsletter; `command` is how the program is called for it.
pub async fn facts(config: &Config, command: String, now: Timestamp) -> Facts {
    Facts {
        now,
        settings: settings(config),
        command,
        state: state(config, now).await,
        machine: machine::look(config),
        faults: faults(config),
    }
}

fn settings(config: &Config) -> Settings {
    let mail = &config.mail;
    let server = mail.smtp.as_ref().and_then(|url| {
        let usual = if url.scheme() == "smtps" { 465 } else { 587 };
        Some((url.host_str()?.to_owned(), url.port().unwrap_or(usual)))
    });
    Settings {
        path: config.path.clone(),
        state: config.store.file.clone(),
        feeds: health::feeds(config),
        min_stories: config.newsletter.min_stories,
        readers: config.readers.len(),
        chosen_sections: config.readers.iter().flat_map(|reader| reader.sections.iter().cloned()).collect(),
        server,
        has_sender: mail.from.is_some(),
        lacks_password: matches!(config.mail_server(), Err(config::Error::NoPassword { .. })),
    }
}

/// What is wrong with the files that the configuration names.
fn faults(config: &Config) -> Faults {
    let mut faults = Faults::default();
    let told = |error: &dyn std::error::Error| hidden(&sentence(error));
    match config.look() {
        Err(error) => faults.templates = Some(told(&error)),
        Ok(look) if config.mail.from.is_some() => {
            let letterhead = Letterhead::new(config, &look, &Identity::NOBODY);
            faults.key = letterhead.err().map(|error| told(&error));
        }
        Ok(_) => {}
    }
    faults.password = match config.mail_server() {
        // Told apart: another shell may know it.
        Ok(_) | Err(config::Error::NoPassword { .. }) => None,
        Err(error) => Some(told(&error)),
    };
    faults.footer_without_way_out = config.lacks_way_out();
    faults.exposed = config.exposed().iter().map(|exposed| exposed.path().to_owned()).collect();
    faults
}

/// What the state of this newsletter holds.
async fn state(config: &Config, now: Timestamp) -> State {
    if !config.store.file.exists() {
        let left_behind = owner::left_none_behind(config).await.err();
        return left_behind.map_or(State::Missing, |error| State::Foreign(error.to_string()));
    }
    match Store::look(&config.store.file).await {
        Ok(store) => match owner::examine(&store, config).await {
            Err(another @ owner::Error::Another { .. }) => State::Foreign(another.to_string()),
            _ => read(store, config, now).await,
        },
        Err(store::Error::OtherVersion { .. }) => State::OtherVersion,
        Err(error) => State::Unreadable(error.to_string()),
    }
}

/// Reads a store opened for a look. A store that a run begins to change during the look seems damaged but is
/// not, so a damaged one is read a second time.
async fn read(store: Store, config: &Config, now: Timestamp) -> State {
    let mut known = all_of(store, config, now).await;
    if known.damage.is_some()
        && let Ok(store) = Store::look(&config.store.file).await
    {
        known = all_of(store, config, now).await;
    }
    State::Known(Box::new(known))
}

async fn all_of(store: Store, config: &Config, now: Timestamp) -> Known {
    let mut known = Known::default();
    let read = fill_in(&store, config, now, &mut known).await;
    store.close().await;
    // What was read before serves.
    if let Err(error) = read {
        known.damage.get_or_insert_with(|| error.to_string());
    }
    known
}

/// Reads as much as can be read, the most reliable first.
async fn fill_in(
    store: &Store,
    config: &Config,
    now: Timestamp,
    known: &mut Known,
) -> Result<(), store::Error> {
    known.damage = store.damage().await?.map(|damage| format!("SQLite says: {}", damage.replace('\n', " ")));
    known.runs = store.runs().await?;
    let last: Option<Figures> = known.runs.first().and_then(|run| serde_json::from_str(&run.body).ok());
    known.held_until = last.and_then(|figures| figures.held_until);
    known.last = store.last_sealed().await?;
    known.undelivered = store.undelivered_alike(schedule::back(now, LATE)).await?;
    known.feeds = store.feeds().await?;
    known.composed = store.reasons(None).await?.as_ref().map(day);
    known.held_entries = store.held_entries(schedule::back(now, LATELY), now).await?;
    let configured = |url: &str| config.feeds.iter().any(|feed| feed.url.as_str() == url);
    known.turnover = store.turnover(schedule::back(now, LATELY)).await?;
    known.turnover.retain(|turnover| configured(&turnover.feed));
    known.pulls = store.pulls(schedule::back(now, YESTERDAY)).await?;
    known.held_entries.retain(|held| configured(&held.feed));
    known.feeds.retain(|url, _| configured(url));
    known.suppressed = suppressed(store, config).await?;
    let wishes = store.wishes().await?;
    let of_readers = wishes.iter().filter(|wish| wish.is_readers).count();
    known.wishes = (of_readers, wishes.len() - of_readers);
    Ok(())
}

fn day(reasons: &Reasons) -> ComposedDay {
    let told = |omission: &Option<Omission>| matches!(omission, Some(Omission::PrintedBefore { .. }));
    ComposedDay {
        date: reasons.date,
        articles: reasons.articles,
        stories: reasons.stories,
        printed: reasons.printed.len(),
        told_before: reasons.left_out.iter().filter(|story| told(&story.left_out)).count(),
    }
}

/// How many readers are suppressed, by cause.
async fn suppressed(store: &Store, config: &Config) -> Result<BTreeMap<&'static str, usize>, store::Error> {
    let (list, mut causes) = (store.suppressions().await?, BTreeMap::new());
    let key = Key::new(&store.identity().await?.secret);
    for reader in &config.readers {
        if let Some(suppression) = list.get(&token::pseudonym(&key, &reader.email)) {
            *causes.entry(suppression.cause.word()).or_default() += 1;
        }
    }
    Ok(causes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::Entry, store::NewEntry};

    #[tokio::test]
    async fn a_state_that_a_run_changed_behind_the_look_is_not_called_damaged() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("feeds.toml");
        let text = "[store]\nurl = \"sqlite:state.db\"\n[[feeds]]\nurl = \"https://quay.example/rss\"\n";
        std::fs::write(&path, text).expect("written");
        let config = Config::load(&path).expect("a configuration");
        let now: Timestamp = "2026-11-22T13:00:00Z".parse().expect("a timestamp");
        let file = &config.store.file;
        Store::open(file).await.expect("a store").close().await;

        let look = Store::look(file).await.expect("a look");
        let run = Store::open(file).await.expect("a store");
        let entry = |n: usize| NewEntry {
            entry: Entry { key: n.to_string(), title: "Tide ".repeat(400), ..Entry::default() },
            ..NewEntry::default()
        };
        let found: Vec<NewEntry> = (0..100).map(entry).collect();
        run.keep_feed(config.feeds[0].url.as_str(), &Default::default(), &found, now).await.expect("kept");
        run.close().await;
        let State::Known(known) = read(look, &config, now).await else { panic!("it can be read") };
        assert_eq!((known.damage, known.held_entries.len()), (None, 1));
    }
}

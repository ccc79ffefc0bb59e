//! `reveille recipients`: lists, adds, removes and forgets the readers of a configuration, and shows and
//! restores suppressed ones. Never sends anything.

use std::{collections::BTreeMap, path::Path};

use anyhow::anyhow;
use clap::Subcommand;

use super::{Failure, Status, say, setup, summary, table::aligned, wait};
use crate::{
    clock::Clock,
    config::{self, Config, edit},
    mailer,
    model::Reader,
    store::Erased,
    token::{self, Key},
};

#[derive(Debug, Subcommand)]
pub enum Recipients {
    /// Prints every reader, including those of the recipients_file, and which of them are suppressed
    List,
    /// Adds a reader to the configuration
    Add {
        /// The mail address
        email: String,
        /// The name beside the address
        #[arg(long, default_value = "")]
        name: String,
        /// A section this reader wants beside the top stories; may be given several times [default: all]
        #[arg(long = "section", value_name = "SECTION")]
        sections: Vec<String>,
    },
    /// Removes a reader from the configuration
    Remove {
        /// The mail address, or the token in the subject of an unsubscribe mail
        reader: String,
    },
    /// Erases a reader from configuration and state; a pseudonym stays, so that no import brings the reader back
    Forget {
        /// The mail address
        email: String,
    },
    /// Prints who is suppressed, and why
    Suppressed,
    /// Takes somebody off the list of the suppressed, to be mailed again
    Restore {
        /// The mail address
        email: String,
    },
}

/// Runs one of the commands on the configuration.
pub fn run(command: Recipients, given: Option<&Path>) -> Result<Status, Failure> {
    let path = config::find(given);
    let done = match command {
        Recipients::List => {
            let config = Config::load(&path).map_err(Failure::config)?;
            summary::bad_rows(&config);
            wait(list(&config))?
        }
        Recipients::Add { email, name, sections } => {
            let new = Reader { email, name, sections };
            let config = edit::add_recipient(&path, &new).map_err(Failure::edit)?;
            format!("Added {}: {} in {}\n", new.email, count(&config), path.display())
        }
        Recipients::Remove { reader } => {
            let email = if reader.contains('@') { reader } else { address_of(&reader, &path)? };
            let config = edit::remove_recipient(&path, &email).map_err(Failure::edit)?;
            format!("Removed {email}: {} in {}\n", count(&config), path.display())
        }
        Recipients::Forget { email } => wait(forgotten(&path, &email))?,
        Recipients::Suppressed => wait(suppressed(&Config::load(&path).map_err(Failure::config)?))?,
        Recipients::Restore { email } => wait(restored(&path, &email))?,
    };
    say(&done)
}

/// The reader whose unsubscribe token this is: an unsubscribe mail may come from another address than the
/// reader's.
fn address_of(token: &str, path: &Path) -> Result<String, Failure> {
    let config = Config::load(path).map_err(Failure::config)?;
    let identity = wait(async {
        let store = setup::store_beside(&config).await?;
        let identity = store.identity().await?;
        store.close().await;
        Ok(identity)
    })?;
    let key = Key::new(&identity.secret);
    let mut readers = config.readers.iter().map(|reader| &reader.email);
    readers.find(|email| token::verify(&key, email, token)).cloned().ok_or_else(|| {
        Failure::usage(anyhow!("that is neither the address nor the unsubscribe token of a reader"))
    })
}

async fn forgotten(path: &Path, email: &str) -> Result<String, Failure> {
    let email = mailer::address(email).map_err(Failure::usage)?.to_string();
    let config = Config::load(path).map_err(Failure::config)?;
    // Before anything is changed, for all of it or nothing is done.
    let store = setup::store(&config).await?;
    if config.readers.iter().any(|reader| Reader::key(&reader.email) == Reader::key(&email)) {
        edit::remove_recipient(path, &email).map_err(Failure::edit)?;
    }
    let name = token::pseudonym(&Key::new(&store.identity().await?.secret), &email);
    let Erased { deliveries, traces } = store.forget_reader(&name, &email, Clock::system().now()).await?;
    store.close().await;
    let done = format!(
        "Forgot {email}: no reader any more, {deliveries} deliveries erased, mailed nothing whoever adds it again"
    );
    match traces {
        None => Ok(done + "\n"),
        Some(error) => Err(anyhow!(error).context(format!(
            "{done}. But pages of the state file that nothing uses may still hold it until that can be written anew: make \
             room for a second state file, and type the same again"
        )))?,
    }
}

async fn restored(path: &Path, email: &str) -> Result<String, Failure> {
    let email = mailer::address(email).map_err(Failure::usage)?.to_string();
    let store = setup::store_beside(&Config::load(path).map_err(Failure::config)?).await?;
    let name = token::pseudonym(&Key::new(&store.identity().await?.secret), &email);
    let was_there = store.restore(&name).await?;
    store.close().await;
    match was_there {
        true => Ok(format!("Restored {email}: as a reader, mailed again from the next edition on\n")),
        false => Err(Failure::usage(anyhow!("{email} is not suppressed"))),
    }
}

/// The list; where the address is no longer known, the beginning of the pseudonym is shown.
async fn suppressed(config: &Config) -> Result<String, Failure> {
    let store = setup::store_beside(config).await?;
    let key = Key::new(&store.identity().await?.secret);
    let configured = config.readers.iter().map(|reader| reader.email.clone());
    let readers = store.addressees().await?.into_iter().chain(configured);
    let known: BTreeMap<String, String> =
        readers.map(|email| (token::pseudonym(&key, &email), email)).collect();
    let mut rows = Vec::new();
    for (name, suppression) in store.suppressions().await? {
        let unknown = || format!("({})", name.chars().take(12).collect::<String>());
        let since = suppression.since.to_zoned(config.newsletter.timezone.clone()).date();
        let email = known.get(&name).cloned().unwrap_or_else(unknown);
        rows.push([email, suppression.cause.word().to_owned(), since.to_string()]);
    }
    store.close().await;
    rows.sort();
    Ok(aligned(["ADDRESS", "WHY", "SINCE"], &rows))
}

fn count(config: &Config) -> String {
    match config.readers.len() {
        1 => "1 reader".to_owned(),
        readers => format!("{readers} readers"),
    }
}

/// The readers; without a state everybody is mailed, and none is made.
async fn list(config: &Config) -> Result<String, Failure> {
    let (mut why_not, file) = (BTreeMap::new(), &config.store.file);
    if file.exists() {
        let store = setup::store_beside(config).await?;
        let key = Key::new(&store.identity().await?.secret);
        let mut suppressed = store.suppressions().await?;
        store.close().await;
        for Reader { email, .. } in &config.readers {
            if let Some(suppression) = suppressed.remove(&token::pseudonym(&key, email)) {
                let since = suppression.since.to_zoned(config.newsletter.timezone.clone()).date();
                why_not.insert(email.as_str(), format!("no: {} {since}", suppression.cause.word()));
            }
        }
    }
    Ok(listed(&config.readers, &why_not))
}

fn listed(readers: &[Reader], why_not: &BTreeMap<&str, String>) -> String {
    let row = |reader: &Reader| {
        let sections = if reader.sections.is_empty() { "all".to_owned() } else { reader.sections.join(", ") };
        let mailed = why_not.get(reader.email.as_str()).cloned().unwrap_or_else(|| "yes".to_owned());
        [reader.email.clone(), reader.name.clone(), sections, mailed]
    };
    aligned(["ADDRESS", "NAME", "SECTIONS", "MAILED"], &readers.iter().map(row).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_without_sections_gets_all_and_one_who_left_nothing() {
        let readers = [
            Reader { email: "ada@example.net".into(), name: "Ada Vale".into(), sections: vec![] },
            Reader {
                email: "bo@example.net".into(),
                sections: vec!["Sea".into(), "Land".into()],
                ..Reader::default()
            },
        ];
        let why_not = BTreeMap::from([("bo@example.net", "no: bounced 2026-11-20".to_owned())]);
        insta::assert_snapshot!(listed(&readers, &why_not), @r"
        ADDRESS          NAME      SECTIONS   MAILED
        ada@example.net  Ada Vale  all        yes
        bo@example.net             Sea, Land  no: bounced 2026-11-20
        ");
    }
}

//! `reveille recipients`: lists and edits the readers, erases one, says who is suppressed and who asks to be, and takes both
//! lists out and in. Never sends anything.

mod left;
mod transfer;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::anyhow;
use clap::Subcommand;

use super::{Failure, Status, complain, say, setup, summary, table::aligned, wait};
use crate::{
    clock::Clock,
    config::{self, Config, edit},
    flow::Suppressions,
    mailer,
    model::Reader,
    store::{Cause, Erased, Store, Suppression},
    text::shell,
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
    /// Removes a reader from the configuration; one who is named by a token asked to leave, and is suppressed, too
    Remove {
        /// The mail address, or the token in the subject of an unsubscribe mail
        reader: String,
    },
    /// Has somebody mailed nothing more, whoever adds the address again: who asked to leave
    Suppress {
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
    /// Prints who asks to leave by a mail that proves nothing, and what to type
    Wishes,
    /// Takes somebody off the list of the suppressed, to be mailed again, and forgets their wish to leave
    Restore {
        /// The mail address
        email: String,
    },
    /// Prints readers and suppressed as CSV: keep it, for a lost state knows nobody who left
    Export,
    /// Suppresses whom a CSV names as suppressed, and adds its readers to the configuration
    Import {
        /// As `export` prints it, or any table of readers; only the addresses must be there. A row that cannot be used is named,
        /// and the others are taken
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// Runs one of the commands on the configuration.
pub fn run(command: Recipients, given: Option<&Path>) -> Result<Status, Failure> {
    let path = config::find(given);
    let load = || Config::load(&path).map_err(Failure::config);
    let done = match command {
        Recipients::List => {
            let config = load()?;
            summary::bad_rows(&config);
            wait(list(&config))?
        }
        Recipients::Add { email, name, sections } => wait(added(&path, Reader { email, name, sections }))?,
        Recipients::Remove { reader } => wait(removed(&path, &reader))?,
        Recipients::Suppress { reader } => wait(suppress(&load()?, &reader))?,
        Recipients::Forget { email } => wait(forgotten(&path, &email))?,
        Recipients::Suppressed => wait(left::suppressed(&load()?))?,
        Recipients::Wishes => wait(left::wishes(&load()?))?,
        Recipients::Restore { email } => wait(restored(&load()?, &email))?,
        Recipients::Export => wait(transfer::export(&load()?))?,
        Recipients::Import { file } => return wait(transfer::import(&path, &file)),
    };
    say(&done)
}

/// The address as addresses are compared everywhere, its domain in ASCII.
fn address(email: &str) -> Result<String, Failure> {
    Ok(mailer::address(email).map_err(Failure::usage)?.to_string())
}

async fn added(path: &Path, new: Reader) -> Result<String, Failure> {
    let config = Config::load(path).map_err(Failure::config)?;
    // Whoever asked to leave is not added by somebody else's list.
    if let Some(why) = suppression(&config, &new.email).await? {
        let (email, since) = (&new.email, since(&config, &why));
        return Err(Failure::usage(anyhow!(
            "{email} is mailed nothing, {} since {since}, and is not added. If the reader wants mail again, type \
             `reveille recipients restore {}` first",
            why.cause.word(),
            shell::last(email)
        )));
    }
    let config = edit::add_recipient(path, &new).map_err(Failure::edit)?;
    Ok(format!("Added {}: {} in {}\n", new.email, count(&config), path.display()))
}

/// Why somebody is suppressed; without a state nobody is, and none is made.
async fn suppression(config: &Config, email: &str) -> Result<Option<Suppression>, Failure> {
    let Ok(email) = mailer::address(email) else { return Ok(None) };
    if !config.store.file.exists() {
        return Ok(None);
    }
    let store = setup::store_beside(config).await?;
    let found = async { Suppressions::of(&store).await?.find(email.as_ref()).await }.await;
    store.close().await;
    found.map_err(setup::failure)
}

fn since(config: &Config, why: &Suppression) -> String {
    why.since.to_zoned(config.newsletter.timezone.clone()).date().to_string()
}

/// An address is taken off the configuration. A token is a reader's own wish to leave, which must outlive the line.
async fn removed(path: &Path, reader: &str) -> Result<String, Failure> {
    let config = Config::load(path).map_err(Failure::config)?;
    if reader.contains('@') {
        let left = edit::remove_recipient(path, reader).map_err(Failure::edit)?;
        return Ok(format!("Removed {reader}: {} in {}\n", count(&left), path.display()));
    }
    let store = setup::store_beside(&config).await?;
    let email = async {
        let email = reader_of(&config, &store, reader).await?;
        suppress_in(&store, &email).await?;
        Ok::<_, Failure>(email)
    };
    let email = email.await;
    store.close().await;
    let email = email?;
    match edit::remove_recipient(path, &email) {
        Ok(left) => Ok(format!(
            "Removed {email}, who asked to leave and is mailed nothing more, whoever adds the address again: {} in {}\n",
            count(&left),
            path.display()
        )),
        // A reader of the readers' file, or one whose line is gone already.
        Err(config::Error::Refused { .. }) => Ok(format!(
            "{email} asked to leave and is mailed nothing more; {} does not name it\n",
            path.display()
        )),
        Err(error) => Err(Failure::edit(error)),
    }
}

async fn suppress(config: &Config, reader: &str) -> Result<String, Failure> {
    let store = setup::store_beside(config).await?;
    let done = async {
        let email = match reader.contains('@') {
            true => address(reader)?,
            false => reader_of(config, &store, reader).await?,
        };
        let is_new = suppress_in(&store, &email).await?;
        let already = if is_new { "" } else { " (as before)" };
        Ok(format!("{email} is mailed nothing more{already}, whoever adds the address again\n"))
    };
    let done = done.await;
    store.close().await;
    done
}

async fn suppress_in(store: &Store, email: &str) -> Result<bool, Failure> {
    let at = Clock::system().now();
    let done = async { Suppressions::of(store).await?.suppress(email, Cause::Unsubscribed, at).await };
    done.await.map_err(setup::failure)
}

/// The reader, present or former, whose unsubscribe token this is: an unsubscribe mail may come from another address than
/// the reader's.
async fn reader_of(config: &Config, store: &Store, token: &str) -> Result<String, Failure> {
    let key = Key::new(&store.identity().await?.secret);
    let configured = config.readers.iter().map(|reader| reader.email.clone());
    let mut readers = configured.chain(store.addressees().await?);
    readers.find(|email| token::verify(&key, email, token)).ok_or_else(|| {
        Failure::usage(anyhow!("that is neither the address nor the unsubscribe token of a reader"))
    })
}

async fn forgotten(path: &Path, email: &str) -> Result<String, Failure> {
    let email = address(email)?;
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

async fn restored(config: &Config, email: &str) -> Result<String, Failure> {
    let email = address(email)?;
    let store = setup::store_beside(config).await?;
    let name = token::pseudonym(&Key::new(&store.identity().await?.secret), &email);
    let (was_there, asked) = (store.restore(&name).await?, store.drop_wish(&email).await?);
    store.close().await;
    match (was_there, asked) {
        (true, _) => Ok(format!("Restored {email}: as a reader, mailed again from the next edition on\n")),
        (false, true) => Ok(format!("{email} stays as it was; the wish to leave is forgotten\n")),
        (false, false) => Err(Failure::usage(anyhow!("{email} is not suppressed"))),
    }
}

fn count(config: &Config) -> String {
    match config.readers.len() {
        1 => "1 reader".to_owned(),
        readers => format!("{readers} readers"),
    }
}

/// The readers; without a state everybody is mailed, and none is made.
async fn list(config: &Config) -> Result<String, Failure> {
    let mut remarks = BTreeMap::new();
    if config.store.file.exists() {
        let store = setup::store_beside(config).await?;
        let key = Key::new(&store.identity().await?.secret);
        let (mut suppressed, wishes) = (store.suppressions().await?, store.wishes().await?);
        store.close().await;
        for Reader { email, .. } in &config.readers {
            if let Some(why) = suppressed.remove(&token::pseudonym(&key, email)) {
                remarks.insert(email.as_str(), format!("no: {} {}", why.cause.word(), since(config, &why)));
            } else if wishes.iter().any(|wish| wish.email == Reader::key(email)) {
                remarks
                    .insert(email.as_str(), "yes, but asks to leave: reveille recipients wishes".to_owned());
            }
        }
    }
    Ok(listed(&config.readers, &remarks))
}

fn listed(readers: &[Reader], remarks: &BTreeMap<&str, String>) -> String {
    let row = |reader: &Reader| {
        let sections = if reader.sections.is_empty() { "all".to_owned() } else { reader.sections.join(", ") };
        let mailed = remarks.get(reader.email.as_str()).cloned().unwrap_or_else(|| "yes".to_owned());
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
        let remarks = BTreeMap::from([("bo@example.net", "no: bounced 2026-11-20".to_owned())]);
        insta::assert_snapshot!(listed(&readers, &remarks), @r"
        ADDRESS          NAME      SECTIONS   MAILED
        ada@example.net  Ada Vale  all        yes
        bo@example.net             Sea, Land  no: bounced 2026-11-20
        ");
    }
}

//! A state and a configuration in, whether the state is this newsletter's out. Two newsletters in one state would mail
//! nothing and withdraw each other's mail; so a state knows whose it is, and refuses another.
//!
//! An editor may change the title, the sender, the file's name and its folder. A second newsletter beside the first has
//! a file of its own, while the first one's is still there.

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use crate::{
    config::Config,
    model::Owner,
    store::{self, Store},
};

/// Why a state cannot be used for a newsletter.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(
        "the state {} belongs to another newsletter, \"{title}\" of {}: name one of its own in {}, such as \
         [store] url = \"sqlite:{suggested}\". If it is the same newsletter, `reveille adopt` makes the state its own",
        state.display(), other.display(), config.display()
    )]
    Another { state: PathBuf, title: String, other: PathBuf, config: PathBuf, suggested: String },
    /// Its configuration was renamed, and the default name of the state with it.
    #[error(
        "{} has no state yet, but {} is that of \"{title}\" of {}, which is gone: if it is the same newsletter, add to \
         {} [store] url = \"sqlite:{name}\"; else name a new state there, such as \"sqlite:{suggested}\"",
        config.display(), state.display(), other.display(), config.display()
    )]
    LeftBehind {
        state: PathBuf,
        name: Box<str>,
        title: Box<str>,
        other: PathBuf,
        config: PathBuf,
        suggested: Box<str>,
    },
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Makes sure that the state is this newsletter's, and notes what it is called now; a state that is nobody's becomes its
/// own.
///
/// # Errors
/// [`Error::Another`] when it is another's; those of the store.
pub async fn confirm(store: &Store, config: &Config) -> Result<(), Error> {
    let known = store.owner().await?;
    allowed(known.as_ref(), config)?;
    let given = owner(config, &config.store.file);
    if known.as_ref() != Some(&given) {
        store.keep_owner(&given).await?;
    }
    Ok(())
}

/// The same without changing anything.
///
/// # Errors
/// As for [`confirm`].
pub async fn examine(store: &Store, config: &Config) -> Result<(), Error> {
    allowed(store.owner().await?.as_ref(), config)
}

/// Makes the state this newsletter's, whosever it was. Returns whose.
///
/// # Errors
/// Those of the store.
pub async fn adopt(store: &Store, config: &Config) -> Result<Option<Owner>, Error> {
    let before = store.owner().await?;
    store.keep_owner(&owner(config, &config.store.file)).await?;
    Ok(before)
}

/// Makes sure that a newsletter whose state is still to be made under its default name has none beside it from before its
/// file was renamed: with a new state it would mail everything again, also to those who left.
///
/// # Errors
/// [`Error::LeftBehind`].
pub async fn left_none_behind(config: &Config) -> Result<(), Error> {
    if config.store.is_named || config.store.file.exists() {
        return Ok(());
    }
    for state in fs::read_dir(folder_of(&config.store.file)).into_iter().flatten().flatten() {
        let state = state.path();
        if state.extension().is_none_or(|extension| extension != "db") {
            continue;
        }
        // What is no state of ours is nobody's.
        let Ok(store) = Store::look(&state).await else { continue };
        let known = store.owner().await;
        store.close().await;
        let Ok(Some(known)) = known else { continue };
        let other = plain(&folder_of(&state).join(&known.file));
        if !other.is_file() && belongs(&known, &owner(config, &state), false) {
            let name = state.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let (title, suggested) = (known.title, suggested(config));
            return Err(Error::LeftBehind {
                state,
                name: name.into(),
                title: title.into(),
                other,
                config: config.path.clone(),
                suggested: suggested.into(),
            });
        }
    }
    Ok(())
}

fn allowed(known: Option<&Owner>, config: &Config) -> Result<(), Error> {
    let (Some(known), state) = (known, &config.store.file) else { return Ok(()) };
    let other = plain(&folder_of(state).join(&known.file));
    let is_elsewhere = other.is_file() && !is_same(&other, &config.path);
    if belongs(known, &owner(config, state), is_elsewhere) {
        return Ok(());
    }
    let (title, suggested) = (known.title.clone(), suggested(config));
    Err(Error::Another { state: state.clone(), title, other, config: config.path.clone(), suggested })
}

/// A name for a state of the configuration's own.
fn suggested(config: &Config) -> String {
    format!("{}.db", config.path.file_stem().unwrap_or_default().to_string_lossy())
}

/// Whether a state that was last used by `known` may be used by `given`. `is_elsewhere`: the configuration that used it is
/// another file, and still there.
fn belongs(known: &Owner, given: &Owner, is_elsewhere: bool) -> bool {
    let is_same_sender = known.sender.is_some() && known.sender == given.sender;
    match (&known.id, &given.id) {
        (Some(known), Some(given)) => known == given,
        _ if known.file == given.file => true,
        _ => !is_elsewhere && (known.title == given.title || is_same_sender),
    }
}

/// What `config` would be noted as in the state at `state`.
fn owner(config: &Config, state: &Path) -> Owner {
    Owner {
        id: config.newsletter.id.clone(),
        file: seen_from(folder_of(state), &config.path),
        title: config.newsletter.title.clone(),
        sender: config.mail.from.as_ref().map(|from| from.email.to_string().to_lowercase()),
    }
}

fn folder_of(file: &Path) -> &Path {
    file.parent().unwrap_or(Path::new("/"))
}

/// The way from a folder to a file, both absolute, as they were named: what links lead to may be another file
/// after every change.
fn seen_from(folder: &Path, file: &Path) -> String {
    let (folder, file) = (plain(folder), plain(file));
    let shared = folder.components().zip(file.components()).take_while(|(one, other)| one == other).count();
    let up = folder.components().skip(shared).map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(file.components().skip(shared)).collect();
    way.to_string_lossy().into_owned()
}

/// The path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}

fn is_same(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn daily() -> Owner {
        Owner {
            id: None,
            file: "daily.toml".into(),
            title: "Daily Headlines".into(),
            sender: Some("headlines@news.example.com".into()),
        }
    }

    #[test]
    fn a_newsletter_may_be_renamed_and_moved_but_not_beside_itself() {
        let retitled = Owner { title: "The Daily".into(), sender: Some("a@other.example".into()), ..daily() };
        assert!(belongs(&daily(), &retitled, false), "the same file under any title and sender");
        let renamed = Owner { file: "../morning/feeds.toml".into(), ..daily() };
        assert!(belongs(&daily(), &renamed, false), "the old file is gone");
        assert!(!belongs(&daily(), &renamed, true), "a copy beside it");
        let moved_and_retitled = Owner { title: "The Daily".into(), ..renamed.clone() };
        assert!(belongs(&daily(), &moved_and_retitled, false), "the sender is the same");
        let sports = Owner { file: "sports.toml".into(), ..retitled };
        assert!(!belongs(&daily(), &sports, true) && !belongs(&daily(), &sports, false));
    }

    #[test]
    fn an_id_says_it_whatever_else_is_said() {
        let with = |id: &str, file: &str| Owner { id: Some(id.into()), file: file.into(), ..daily() };
        assert!(belongs(&with("daily", "a.toml"), &with("daily", "b.toml"), true));
        assert!(!belongs(&with("daily", "a.toml"), &with("sports", "a.toml"), false));
        assert!(belongs(&daily(), &with("daily", "daily.toml"), false), "an id that is new");
        assert!(!belongs(&with("daily", "daily.toml"), &Owner { file: "copy.toml".into(), ..daily() }, true));
    }

    #[test]
    fn a_file_is_seen_from_the_folder_of_the_state() {
        let seen = |folder: &str, file: &str| seen_from(Path::new(folder), Path::new(file));
        assert_eq!(seen("/news", "/news/daily.toml"), "daily.toml");
        assert_eq!(
            seen("/var/lib/./x/../reveille", "/etc/reveille/daily.toml"),
            "../../../etc/reveille/daily.toml"
        );
        assert_eq!(seen("/news/state", "/news/daily.toml"), "../daily.toml");
    }
}

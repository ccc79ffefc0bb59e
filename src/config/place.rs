//! What was typed and the environment in, where the configuration is and where its state goes by default out.
//! Never leaves half a file.

use std::{
    fs::{self, OpenOptions},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use etcetera::{BaseStrategy, choose_base_strategy};

use super::{Error, trust};
use crate::text::encoding;

/// The configuration to use: `given`, else `$REVEILLE_CONFIG`, else `feeds.toml` in this folder, else
/// `$XDG_CONFIG_HOME/reveille/feeds.toml` if there is one. The file need not exist.
pub fn find(given: Option<&Path>) -> PathBuf {
    let here = Path::new("feeds.toml");
    given
        .map(Path::to_owned)
        .or_else(|| std::env::var_os("REVEILLE_CONFIG").filter(|name| !name.is_empty()).map(PathBuf::from))
        .or_else(|| here.exists().then(|| here.to_owned()))
        .or_else(|| user_file().filter(|file| file.exists()))
        .unwrap_or_else(|| here.to_owned())
}

/// The text of a configuration.
pub(super) fn read(path: &Path) -> Result<String, Error> {
    trust::check(path)?;
    let bytes = fs::read(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Error::Missing { path: path.to_owned() },
        _ => Error::unreadable(path, error),
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let (good, bytes) = (error.utf8_error().valid_up_to(), error.into_bytes());
        let text = encoding::saved(&bytes);
        // UTF-16 is wrong from its first byte on.
        let number = bytes.iter().take(good).filter(|byte| **byte == b'\n').count();
        let line = text.lines().nth(number).unwrap_or_default().trim().to_owned();
        Error::Encoding { path: path.to_owned(), number: number + 1, line }
    })
}

/// Replaces the file at `path` by `text` in one step: a crash leaves the old file or the new one. Links are
/// followed, permissions kept.
pub(super) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let new = path.with_file_name(name);
    let written = (|| {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        // Until it has the rights of the old one it is its owner's alone, whatever the umask.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&new)?;
        file.set_permissions(fs::metadata(&path)?.permissions())?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, &path)
    })();
    if written.is_err() {
        // Best effort: the error to report is the first one.
        let _ = fs::remove_file(&new);
    }
    written
}

/// The database of the configuration at `config` (absolute) when it names none.
pub(super) fn default_store(config: &Path) -> PathBuf {
    let state = choose_base_strategy().ok().and_then(|places| places.state_dir());
    store_of(config, user_file().as_deref(), state.as_deref())
}

/// A configuration at `user_file` keeps its state in `state`, any other beside itself, under a name of its own:
/// several newsletters may share a folder.
fn store_of(config: &Path, user_file: Option<&Path>, state: Option<&Path>) -> PathBuf {
    match state {
        Some(folder) if user_file == Some(config) => folder.join("reveille").join("state.db"),
        _ if config.file_name() == Some("feeds.toml".as_ref()) => config.with_file_name("state.db"),
        _ => config.with_extension("db"),
    }
}

fn user_file() -> Option<PathBuf> {
    Some(choose_base_strategy().ok()?.config_dir().join("reveille").join("feeds.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn state_is_kept_beside_a_named_configuration_and_in_the_state_folder_for_the_users_own() {
        let (user, state) =
            (Path::new("/home/ada/.config/reveille/feeds.toml"), Path::new("/home/ada/.state"));
        let store = |config| store_of(config, Some(user), Some(state));
        assert_eq!(store(user), Path::new("/home/ada/.state/reveille/state.db"));
        assert_eq!(store(Path::new("/news/feeds.toml")), Path::new("/news/state.db"));
        assert_eq!(store(Path::new("/news/daily.toml")), Path::new("/news/daily.db"));
        assert_eq!(store_of(user, Some(user), None), user.with_file_name("state.db"));
    }

    #[test]
    fn a_configuration_that_is_named_is_the_one() {
        assert_eq!(find(Some(Path::new("other.toml"))), Path::new("other.toml"));
    }
}

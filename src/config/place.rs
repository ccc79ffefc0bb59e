//! Where the configuration is looked for, read and written, and where its state goes by default.

use std::{
    fs::{self, OpenOptions},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use etcetera::{BaseStrategy, choose_base_strategy};

use super::Error;

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
    fs::read_to_string(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Error::Missing { path: path.to_owned() },
        _ => Error::unreadable(path, error),
    })
}

/// Puts `text` in the place of the file at `path` in one step: a crash leaves the old file or the new one. Links
/// are followed, permissions kept.
pub(super) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let new = path.with_file_name(name);
    let written = (|| {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&new)?;
        file.set_permissions(fs::metadata(&path)?.permissions())?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, &path)
    })();
    if written.is_err() {
        // Best effort: the error to be told is the one that came first.
        let _ = fs::remove_file(&new);
    }
    written
}

/// The database of the configuration at `config` (absolute) when it names none.
pub(super) fn default_store(config: &Path) -> PathBuf {
    let of_the_user = user_file().is_some_and(|file| file == config);
    let state = choose_base_strategy().ok().and_then(|places| places.state_dir()).filter(|_| of_the_user);
    match state {
        Some(folder) => folder.join("reveille").join("state.db"),
        None => config.with_file_name("state.db"),
    }
}

fn user_file() -> Option<PathBuf> {
    Some(choose_base_strategy().ok()?.config_dir().join("reveille").join("feeds.toml"))
}

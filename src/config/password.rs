//! Settings in, where a password is out: in the configuration, the environment, or a file of its own. Never
//! read before it is needed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Deserializer};

use super::{Environment, Error, Secret, trust};

/// Where the password is. A file is read when its password is used, so that a preview needs no secret of the mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Password {
    #[default]
    None,
    Given(Secret),
    /// Absolute; its first line is the password.
    File(PathBuf),
    /// A variable of the environment that is not set.
    Unset(String),
}

impl Password {
    /// The one that `variable` holds, else the one in `file` (relative to `folder`), whichever are named.
    pub(super) fn named(
        variable: Option<&str>,
        file: Option<&Path>,
        folder: &Path,
        environment: Environment,
    ) -> Password {
        match (variable.and_then(environment), file, variable) {
            (Some(password), ..) => Password::Given(Secret::new(password)),
            (None, Some(file), _) => Password::File(folder.join(file)),
            (None, None, Some(variable)) => Password::Unset(variable.to_owned()),
            (None, None, None) => Password::None,
        }
    }

    /// The password, read from its file if it has one. A blank one is none: no log-in is tried with it.
    ///
    /// # Errors
    /// The file cannot be read or begins with an empty line, or the variable is not set.
    pub fn read(&self) -> Result<Option<Secret>, Error> {
        match self {
            Password::None => Ok(None),
            Password::Given(secret) => Ok(Some(secret.clone()).filter(|secret| !is_blank(secret.reveal()))),
            Password::File(path) => {
                trust::check(path)?;
                let text = fs::read_to_string(path).map_err(|error| Error::unreadable(path, error))?;
                // Some editors begin a file with a mark.
                let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
                let first = text.lines().next().filter(|line| !is_blank(line));
                first
                    .map(|line| Some(Secret::new(line)))
                    .ok_or_else(|| Error::NoSecret { path: path.clone() })
            }
            Password::Unset(name) => Err(Error::variable(name, "is not set, and is to hold a password")),
        }
    }

    /// The file that holds it, if one does.
    pub(super) fn file(&self) -> Option<&Path> {
        match self {
            Password::File(path) => Some(path),
            Password::None | Password::Given(_) | Password::Unset(_) => None,
        }
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Password, D::Error> {
        PathBuf::deserialize(from).map(Password::File)
    }
}

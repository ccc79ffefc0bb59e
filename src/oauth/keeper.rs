//! The file of a refresh token: a token in, the same out at the next run. Nobody but its owner can read it, and it is
//! replaced whole or not at all.

use std::{
    fs,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use super::Error;
use crate::secret::Secret;

/// Where a refresh token is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeper(PathBuf);

impl Keeper {
    pub fn at(file: PathBuf) -> Keeper {
        Keeper(file)
    }

    pub fn file(&self) -> &Path {
        &self.0
    }

    /// The token kept.
    ///
    /// # Errors
    /// There is none, or its file cannot be read.
    pub fn read(&self) -> Result<Secret, Error> {
        match fs::read_to_string(&self.0) {
            Ok(text) if !text.trim().is_empty() => Ok(Secret::new(text.trim())),
            Ok(_) => Err(self.missing()),
            Err(error) if error.kind() == ErrorKind::NotFound => Err(self.missing()),
            Err(error) => Err(Error::Keeping { reason: format!("{}: {error}", self.0.display()) }),
        }
    }

    /// Keeps this token in place of the one before.
    ///
    /// # Errors
    /// Its folder cannot be written to; the token before is still there.
    pub fn keep(&self, token: &Secret) -> Result<(), Error> {
        let write = || {
            let folder = self.0.parent().filter(|folder| !folder.as_os_str().is_empty());
            fs::create_dir_all(folder.unwrap_or(Path::new(".")))?;
            // Made readable by its owner alone.
            let mut new = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
            new.write_all(token.reveal().as_bytes())?;
            new.write_all(b"\n")?;
            new.as_file().sync_all()?;
            new.persist(&self.0)?;
            Ok(())
        };
        write().map_err(|error: std::io::Error| Error::Keeping {
            reason: format!("{} cannot be written: {error}", self.0.display()),
        })
    }

    fn missing(&self) -> Error {
        Error::NoLogin { file: self.0.display().to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_kept_for_its_owner_alone_and_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let keeper = Keeper::at(folder.path().join("new").join("state.oauth"));
        assert!(matches!(keeper.read(), Err(Error::NoLogin { .. })));
        for token in ["first", "second"] {
            keeper.keep(&Secret::new(token)).unwrap();
            assert_eq!(keeper.read().unwrap().reveal(), token);
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(keeper.file()).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(fs::read_dir(folder.path().join("new")).unwrap().count(), 1, "nothing is left behind");
    }
}

//! One process at a time: a lock file beside the database, released by the operating system however the
//! process ends.

use std::{
    ffi::OsString,
    fs::{File, OpenOptions, TryLockError},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use super::Error;

/// Held for as long as the value lives.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Takes the lock of the store at `path`, making its folder where needed.
pub fn take(path: &Path) -> Result<Lock, Error> {
    let lock = beside(path);
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let unusable = |source| Error::Folder { path: folder.to_owned(), source };
    std::fs::create_dir_all(folder).map_err(unusable)?;
    let file = open_private(&lock).map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(Lock { _file: file }),
        Err(TryLockError::WouldBlock) => Err(Error::Busy { path: path.to_owned(), lock }),
        Err(TryLockError::Error(source)) => Err(unusable(source)),
    }
}

/// Makes the file at `path`, if it is not there yet, readable and writable by its owner alone.
pub fn make_private(path: &Path) -> Result<(), Error> {
    open_private(path).map(drop).map_err(|source| Error::Folder { path: path.to_owned(), source })
}

fn open_private(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path)
}

fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".lock");
    name.into()
}

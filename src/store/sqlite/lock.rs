//! One process at a time: lock files beside the database, released by the operating system however the process
//! ends. One user alone: these files are never readable by anybody else.

use std::{
    ffi::OsString,
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io,
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
    let lock = beside(path, ".lock");
    try_at(path, &lock)?.ok_or_else(|| Error::Busy { path: path.to_owned(), lock })
}

/// Takes the turn to pull into the store at `path`; `None` while another process has it.
pub fn take_turn(path: &Path) -> Result<Option<Lock>, Error> {
    try_at(path, &beside(path, ".pull"))
}

/// Takes the lock of this file beside the store at `path`; `None` when it is taken.
fn try_at(path: &Path, lock: &Path) -> Result<Option<Lock>, Error> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let unusable = |source| Error::Folder { path: folder.to_owned(), source };
    make_folder(folder).map_err(unusable)?;
    let file = open_private(lock).map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock { _file: file })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(source)) => Err(unusable(source)),
    }
}

/// Makes the database at `path`, if it is not there yet, readable and writable by its owner alone; SQLite
/// gives the files beside it the same rights.
pub fn make_private(path: &Path) -> Result<(), Error> {
    let unusable = |source| Error::Folder { path: path.to_owned(), source };
    open_private(path).map(drop).map_err(unusable)?;
    for log in ["-wal", "-shm"].map(|ending| beside(path, ending)) {
        narrow(&log);
    }
    Ok(())
}

/// Makes a folder that only its owner can look into, and its parents; an existing folder stays as it is.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Opens a file, making it where needed, readable by its owner alone whatever the umask.
fn open_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    narrow(path);
    Ok(file)
}

/// Revokes rights that another program, or a copy, gave to anybody but the owner. A file of another owner
/// stays as it is.
#[cfg(unix)]
fn narrow(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path).map_or(0, |about| about.permissions().mode());
    if mode & 0o077 != 0 && fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o700)).is_ok() {
        let before = mode & 0o777;
        tracing::info!(
            "{} was open to others (mode {before:o}); now it is its owner's alone",
            path.display()
        );
    }
}

/// The standard library does not show such rights on other systems.
#[cfg(not(unix))]
fn narrow(_: &Path) {}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}

//! A copy and a path in, the file written out: a reader's own copy for its owner alone, whatever the umask and whoever
//! could read the file before.

use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::Path,
};

/// Writes the copy, in place of what was there.
///
/// # Errors
/// It cannot be written, or not be made its owner's alone.
pub fn write(path: &Path, copy: &[u8], is_private: bool) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    if is_private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let mut file = options.open(path)?;
    #[cfg(unix)]
    if is_private && file.metadata()?.is_file() {
        file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    }
    file.write_all(copy)
}

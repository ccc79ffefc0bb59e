//! A copy and a path in, the file written out: a reader's own copy for its owner alone, whatever the umask, and whoever owned
//! the file before or has it open.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

/// Writes the copy, in place of what was there. What is no file, as a terminal or a pipe, is written to.
///
/// # Errors
/// It cannot be written, or the file there not be replaced.
pub fn write(path: &Path, copy: &[u8], is_private: bool) -> io::Result<()> {
    let is_no_file = fs::metadata(path).is_ok_and(|there| !there.is_file());
    if !is_private || is_no_file {
        return fs::write(path, copy);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".reveille-").suffix(".part").tempfile_in(folder)?;
    file.write_all(copy)?;
    file.persist(path)?;
    Ok(())
}

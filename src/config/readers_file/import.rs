//! A table of people from elsewhere in, whom it would have mailed and whom not out. Changes neither the configuration nor the
//! state.

use std::path::Path;

use super::{
    super::{Error, Newsletter, reader::Readers},
    Left, Purpose, ReadersFile, read,
};
use crate::model::Reader;

/// What a table holds.
#[derive(Debug)]
pub struct Imported {
    /// Each once; somebody may be among those who left as well.
    pub readers: Vec<Reader>,
    pub left: Vec<Left>,
    /// What is wrong in it.
    pub file: ReadersFile,
}

impl Imported {
    /// Reads the table at `path`, which holds `bytes`, for this newsletter.
    ///
    /// # Errors
    /// Nobody is in it, and not because it is empty.
    pub fn read(path: &Path, bytes: &[u8], newsletter: &Newsletter) -> Result<Imported, Error> {
        let mut readers = Readers::new(newsletter);
        let (file, left) = read(path, bytes, Purpose::Import, &mut readers)?;
        Ok(Imported { readers: readers.list, left, file })
    }
}

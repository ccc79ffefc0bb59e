//! `inspect article`: an article page in, its text and metadata out.

use std::path::Path;

use super::{Failure, Status, print_lines, read};
use crate::extract;

/// Prints the article in `file` as one JSON line.
pub fn print(file: &Path, url: &str) -> Result<Status, Failure> {
    let page = extract::page(&read(file)?, &extract::Source { url, content_type: None }).map_err(|e| {
        anyhow::Error::new(e).context(format!("cannot read {} as an article", file.display()))
    })?;
    if let Some(cut) = page.cut {
        tracing::warn!("{}: only its beginning is read: {cut}", file.display());
    }
    print_lines([page])
}

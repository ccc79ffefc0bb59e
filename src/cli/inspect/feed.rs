//! `inspect feed`: a feed document in, a line per entry out.

use std::path::Path;

use super::{Failure, json_lines, read};
use crate::parse;

/// The entries of the feed in `file`, a JSON line each.
pub fn lines(file: &Path, url: &str) -> Result<String, Failure> {
    let feed = parse::feed(&read(file)?, &parse::Source { url, content_type: None })
        .map_err(|e| anyhow::Error::new(e).context(format!("cannot read {} as a feed", file.display())))?;
    json_lines(feed.entries)
}

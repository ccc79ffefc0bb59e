//! `inspect feed`: a feed document in, a line per entry out.

use std::path::Path;

use serde::Serialize;

use super::{Failure, Status, print_lines, read};
use crate::{html, model::Entry, parse};

/// An entry as it is printed: as it is stored, and what it holds besides as safe HTML; null where there is only a summary.
#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    entry: Entry,
    content: Option<String>,
}

/// Prints the entries of the feed in `file`, a JSON line each.
pub fn print(file: &Path, url: &str) -> Result<Status, Failure> {
    let feed = parse::feed(&read(file)?, &parse::Source { url, content_type: None })
        .map_err(|e| anyhow::Error::new(e).context(format!("cannot read {} as a feed", file.display())))?;
    print_lines(feed.entries.into_iter().map(|entry| {
        let content = (!entry.blocks.is_empty()).then(|| html::safe(&entry.blocks));
        Line { entry, content }
    }))
}

//! `inspect brief`: the articles of one story in, its brief out.

use std::path::Path;

use super::{Failure, Status, articles, print_lines};
use crate::{brief, cluster};

/// Prints the brief of the articles in `file` as one JSON line.
pub fn print(file: &Path, options: &brief::Options) -> Result<Status, Failure> {
    let articles = articles::load(file)?;
    let members: Vec<_> = articles.iter().collect();
    print_lines([brief::brief(&cluster::one_story(&members), &members, options)])
}

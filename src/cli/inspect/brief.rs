//! `inspect brief`: the articles of one story in, its brief out.

use std::path::Path;

use super::{Failure, articles, json_lines};
use crate::{brief, cluster};

/// The brief of the articles in `file` as one JSON line.
pub fn lines(file: &Path, options: &brief::Options) -> Result<String, Failure> {
    let articles = articles::load(file)?;
    let members: Vec<_> = articles.iter().collect();
    json_lines([brief::brief(&cluster::one_story(&members), &members, options)])
}

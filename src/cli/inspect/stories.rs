//! `inspect stories`: articles in, a line per story out, largest first.

use std::path::Path;

use super::{Failure, articles, json_lines};
use crate::cluster;

/// The stories of the articles in `file`, a JSON line each.
pub fn lines(file: &Path, options: &cluster::Options) -> Result<String, Failure> {
    let articles = articles::load(file)?;
    json_lines(cluster::stories(&articles, options))
}

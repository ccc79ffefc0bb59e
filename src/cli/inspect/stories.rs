//! `inspect stories`: articles in, a line per story out, largest first; on request with the reasons.

use std::path::Path;

use serde::Serialize;

use super::{Failure, Status, articles, print_lines};
use crate::{
    cluster,
    model::{Story, Why},
};

/// A story's line with why it is one.
#[derive(Serialize)]
struct Explained<'a> {
    #[serde(flatten)]
    story: &'a Story,
    why: Why,
}

/// Prints the stories of the articles in `file`, a JSON line each.
pub fn print(file: &Path, options: &cluster::Options, explain: bool) -> Result<Status, Failure> {
    let articles = articles::load(file)?;
    let judged = cluster::judge(&articles, &cluster::Past::default(), options);
    if !explain {
        return print_lines(judged.stories);
    }
    let stories: Vec<&Story> = judged.stories.iter().collect();
    let whys = judged.why(&stories);
    print_lines(stories.into_iter().zip(whys).map(|(story, why)| Explained { story, why }))
}

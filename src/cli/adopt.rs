//! `reveille adopt`: a configuration and a state that another one used in, the state made its own out. Changes nothing
//! else in it.

use std::path::Path;

use anyhow::anyhow;

use super::{Failure, Status, say, setup};
use crate::{flow::owner, model::Owner, store::Store};

/// Takes the state over.
pub async fn run(config: Option<&Path>) -> Result<Status, Failure> {
    let config = setup::config(config)?;
    let (state, file) = (config.store.file.display(), config.path.display());
    if !config.store.file.exists() {
        return Err(Failure::usage(anyhow!("{state}: there is no state yet to take over")));
    }
    let store = Store::open(&config.store.file).await?;
    let before = owner::adopt(&store, &config).await;
    store.close().await;
    let from = |Owner { title, file, .. }| format!(", before that of \"{title}\" of {file}");
    say(&format!("{state} is now the state of {file}{}\n", before?.map(from).unwrap_or_default()))
}

//! `reveille template`: the built-in words and look, written out for an editor to change.

use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::{
    Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};

use super::{Failure, Status, say};
use crate::render::ThemeName;

/// What can be done with the templates.
#[derive(Debug, Subcommand)]
pub enum Template {
    #[command(about = "Writes them to a folder; name it in feeds.toml as [newsletter] templates = \"DIR\"")]
    Eject {
        /// The folder; made where needed, its files never overwritten
        folder: PathBuf,
        /// The theme to start from
        #[arg(long, value_name = "NAME", default_value = ThemeName::default().as_str(), value_parser = themes())]
        theme: ThemeName,
    },
}

fn themes() -> impl TypedValueParser<Value = ThemeName> {
    PossibleValuesParser::new(ThemeName::ALL.map(ThemeName::as_str))
        .map(|name| ThemeName::ALL.into_iter().find(|theme| theme.as_str() == name).unwrap_or_default())
}

/// Writes every template; if one of them is there already, that is an error and nothing is written.
pub fn run(Template::Eject { folder, theme }: Template) -> Result<Status, Failure> {
    let templates = theme.templates();
    if let Some((name, _)) = templates.iter().find(|(name, _)| folder.join(name).exists()) {
        return Err(Failure::usage(anyhow!(
            "{} is there already: name another folder",
            folder.join(name).display()
        )));
    }
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let mut said = String::new();
    for (name, text) in templates {
        let path = folder.join(name);
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        said.push_str(&format!("{}\n", path.display()));
    }
    said.push_str("Change them, and name their folder in feeds.toml: [newsletter] templates = \"…\"\n");
    say(&said)
}

//! `reveille init`: a path in, the starter configuration in a new file and what to type next out. Never
//! fetches anything.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, anyhow};
use clap::Args;

use super::{Failure, Status, say};
use crate::{config::STARTER, text::shell::quoted};

#[derive(Debug, Args)]
pub struct Init {
    /// Where to write it [default: feeds.toml]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replaces a file that is there already
    #[arg(long)]
    force: bool,
}

/// Writes the starter; a file that is there already is left alone unless it is to be replaced.
pub fn run(init: &Init, config: Option<&Path>) -> Result<Status, Failure> {
    let file = init.output.as_deref().or(config).unwrap_or(Path::new("feeds.toml"));
    write(file, init.force)?;
    let option = match file.to_str() {
        Some("feeds.toml" | "./feeds.toml") => String::new(),
        _ => format!(" --config {}", quoted(&file.to_string_lossy())),
    };
    say(&format!(
        "Wrote {}: a newsletter of real outlets, every setting explained. Next:

  reveille preview{option} --output page.html   # today's digest; nothing is sent
  reveille recipients add{option} you@example.com
  reveille run{option}                          # mails it, once a day; fill in [mail] before
",
        file.display()
    ))
}

fn write(file: &Path, force: bool) -> Result<(), Failure> {
    if let Some(folder) = file.parent() {
        let mut new = fs::DirBuilder::new();
        new.recursive(true);
        // Whoever may write in it may replace the configuration.
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut new, 0o755);
        new.create(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).create_new(!force).truncate(force);
    // It will hold the readers' addresses, and may hold a password.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let opened = options.open(file);
    match opened {
        Ok(mut opened) => Ok(opened
            .write_all(STARTER.as_bytes())
            .with_context(|| format!("cannot write {}", file.display()))?),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Err(Failure::usage(anyhow!("{} is there already: --force replaces it", file.display())))
        }
        Err(error) => {
            Err(anyhow::Error::new(error).context(format!("cannot write {}", file.display())).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_is_replaced_only_by_force() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("news").join("feeds.toml");
        write(&file, false).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), STARTER);
        fs::write(&file, "mine").unwrap();
        let failure = write(&file, false).unwrap_err();
        assert_eq!(failure.status, Status::Usage);
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
        write(&file, true).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), STARTER);
    }
}

//! `reveille backup`: the state in, a copy of it in one file out, even during a run. Never changes the state.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use anyhow::{Context, anyhow};

use super::{Failure, Status, say, setup, terminal::Verbosity};
use crate::store::{Holdings, Store};

/// What `backup` can be told.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Where the copy goes
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Replaces a file that is there already
    #[arg(long)]
    force: bool,
}

/// Copies, checks that the copy is sound and gives it its name; until then there is no file of that name.
pub async fn run(config: Option<&Path>, options: Options, verbosity: Verbosity) -> Result<Status, Failure> {
    let config = setup::config(config)?;
    let (state, file) = (&config.store.file, &options.file);
    if !state.exists() {
        return Err(Failure::usage(anyhow!("{}: there is no state yet to make a copy of", state.display())));
    }
    refuse_to_overwrite(file, state, options.force)?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Readable by its owner alone from the start, and removed when anything fails.
    let copy = tempfile::Builder::new().prefix(".reveille-").suffix(".part").tempfile_in(folder);
    let copy =
        copy.with_context(|| format!("cannot write to {}", folder.display())).map_err(Failure::usage)?;
    Store::copy_file(state, copy.path()).await?;
    let holdings = Holdings::of_copy(copy.path()).await?;
    let size =
        put(copy, file, folder, options.force).with_context(|| format!("cannot write {}", file.display()))?;
    if verbosity.is_quiet() { Ok(Status::Done) } else { say(&account(file, size, &holdings)) }
}

fn refuse_to_overwrite(file: &Path, state: &Path, force: bool) -> Result<(), Failure> {
    let of_the_state = ["", "-wal", "-shm", ".lock"].map(|end| {
        let mut name = state.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    });
    let same = |other: &PathBuf| match (fs::canonicalize(file), fs::canonicalize(other)) {
        (Ok(file), Ok(other)) => file == other,
        _ => false,
    };
    let refused = |why: &str| Err(Failure::usage(anyhow!("{}: {why}", file.display())));
    if of_the_state.iter().any(same) {
        return refused("that is the state itself: name another file");
    }
    match fs::metadata(file) {
        Ok(there) if there.is_dir() => refused("that is a folder: name a file in it"),
        Ok(_) if !force => refused("there is a file already; --force replaces it"),
        _ => Ok(()),
    }
}

/// Flushes the copy to the disk and gives it its name. Returns its size in bytes.
fn put(copy: tempfile::NamedTempFile, file: &Path, folder: &Path, force: bool) -> io::Result<u64> {
    copy.as_file().sync_all()?;
    let size = copy.as_file().metadata()?.len();
    match force {
        true => copy.persist(file)?,
        false => copy.persist_noclobber(file)?,
    };
    File::open(folder)?.sync_all()?;
    Ok(size)
}

fn account(file: &Path, size: u64, holdings: &Holdings) -> String {
    let newest = holdings.newest.map_or_else(String::new, |date| format!(", the newest of {date}"));
    let Holdings { editions, deliveries, entries, suppressed, .. } = holdings;
    format!(
        "Wrote {}, {}, and read it through: it is sound.\nEditions: {editions}{newest}; deliveries: {deliveries}; entries: \
         {entries}; suppressed readers: {suppressed}.\nKeep it as secret as the state.\n",
        file.display(),
        megabytes(size)
    )
}

fn megabytes(bytes: u64) -> String {
    match bytes {
        ..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

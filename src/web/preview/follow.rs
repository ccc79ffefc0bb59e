//! The files of a newsletter in, polled; a new digest whenever they change out. Never writes one of them.
//!
//! Modification times are polled: a handful of files a few times a second costs nothing, works on every file system and
//! with every editor, and needs no library.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use super::{
    Board, Shown,
    workshop::{Digest, Trouble, Workshop},
};
use crate::config::Config;

/// How often the files are polled. A change counts once two polls in a row agree: editors write in steps.
const EVERY: Duration = Duration::from_millis(150);

/// Polls after which unusable files are read again though none has changed: the fault may be in a file that
/// only they name.
const RETRY: u32 = 8;

/// A file's time and size; none when it is not there.
type Stamp = (PathBuf, Option<(SystemTime, u64)>);

/// Follows the files for ever.
pub async fn follow(mut workshop: Workshop, board: &Board) {
    let mut watch = Watch::default();
    let mut in_files = false;
    loop {
        tokio::time::sleep(EVERY).await;
        if watch.wants_reading(stamps(&board.borrow().digest.config), in_files) {
            in_files = renew(&mut workshop, board).await;
        }
    }
}

/// The times and sizes of the files.
#[derive(Debug, Default)]
struct Watch {
    /// Just before they were last read: what is written while a digest is made counts as a change. Empty at
    /// first, because the first digest was begun before the first poll.
    read: Option<Vec<Stamp>>,
    /// At the last poll.
    last: Vec<Stamp>,
    /// Polls since they were last read.
    looks: u32,
}

impl Watch {
    /// Takes the next poll. Returns whether to read the files; `again` says that they could not be used.
    fn wants_reading(&mut self, now: Vec<Stamp>, again: bool) -> bool {
        let settled = now == self.last;
        self.last = now;
        self.looks += 1;
        let changed = self.read.as_ref() != Some(&self.last);
        if !settled || !(changed || again && self.looks >= RETRY) {
            return false;
        }
        (self.read, self.looks) = (Some(self.last.clone()), 0);
        true
    }
}

/// Makes the digest that the files describe and shows it. Returns whether they cannot be used.
async fn renew(workshop: &mut Workshop, board: &Board) -> bool {
    let shown = board.borrow().clone();
    let (config, look) = match workshop.read() {
        Ok(files) => files,
        Err(trouble) => return show(board, &shown, Err(trouble)),
    };
    if config == *shown.digest.config && look == *shown.digest.look && shown.trouble.is_none() {
        return false;
    }
    board.send_modify(|board| {
        let Shown { version, digest, trouble, .. } = &**board;
        *board = Arc::new(Shown {
            version: *version,
            digest: digest.clone(),
            trouble: trouble.clone(),
            busy: true,
        });
    });
    let made = workshop.make(config, look, &shown.digest).await;
    show(board, &shown, made)
}

fn show(board: &Board, last: &Shown, made: Result<Digest, Trouble>) -> bool {
    let (digest, trouble, in_files) = match made {
        Ok(digest) => (digest, None, false),
        Err(Trouble::Files(text)) => (last.digest.clone(), Some(text), true),
        Err(Trouble::Step(text)) => (last.digest.clone(), Some(text), false),
    };
    let same = trouble.is_some() && trouble == last.trouble;
    if !same || board.borrow().busy {
        board.send_replace(Arc::new(Shown { version: last.version + 1, digest, trouble, busy: false }));
    }
    in_files
}

/// Every file the digest depends on, the feeds aside.
fn stamps(config: &Config) -> Vec<Stamp> {
    let mut files = vec![config.path.clone()];
    files.extend(config.readers_file.as_ref().map(|file| file.path.clone()));
    files.extend(config.mail.dkim.as_ref().map(|dkim| dkim.key_file.clone()));
    if let Some(folder) = &config.newsletter.templates {
        files.extend(below(folder));
    }
    files.into_iter().map(|file| (file.clone(), stamp(&file))).collect()
}

/// A folder and what is right in it, in order.
fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    found.push(folder.to_owned());
    found.sort();
    found
}

fn stamp(file: &Path) -> Option<(SystemTime, u64)> {
    let known = std::fs::metadata(file).ok()?;
    Some((known.modified().ok()?, known.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(sizes: &[u64]) -> Vec<Stamp> {
        sizes.iter().map(|size| (PathBuf::from("a file"), Some((SystemTime::UNIX_EPOCH, *size)))).collect()
    }

    /// What is answered to looks at files of these sizes.
    fn looks(watch: &mut Watch, looks: &[&[u64]]) -> Vec<bool> {
        looks.iter().map(|sizes| watch.wants_reading(files(sizes), false)).collect()
    }

    #[test]
    fn files_are_read_once_at_first_and_then_when_a_change_has_settled() {
        let mut watch = Watch::default();
        assert_eq!(looks(&mut watch, &[&[1], &[1], &[1]]), [false, true, false]);
        assert_eq!(looks(&mut watch, &[&[2], &[3], &[3], &[3]]), [false, false, true, false]);
        assert_eq!(looks(&mut watch, &[&[3, 7], &[3, 7], &[3, 7]]), [false, true, false], "one more file");
    }

    #[test]
    fn what_is_written_while_a_digest_is_made_is_read_afterwards() {
        let mut watch = Watch::default();
        assert_eq!(looks(&mut watch, &[&[1], &[1]]), [false, true]);
        assert_eq!(
            looks(&mut watch, &[&[2], &[2], &[2]]),
            [false, true, false],
            "written before the next look"
        );
    }

    #[test]
    fn files_that_cannot_be_used_are_read_again_after_a_while() {
        let mut watch = Watch::default();
        looks(&mut watch, &[&[1], &[1]]);
        let answers: Vec<bool> = (0..RETRY).map(|_| watch.wants_reading(files(&[1]), true)).collect();
        assert_eq!(answers.iter().position(|read| *read), Some(RETRY as usize - 1));
    }
}

//! The files of a newsletter, looked at again and again, in; a new digest on the board whenever they change out.
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
    workshop::{Issue, Trouble, Workshop},
};
use crate::config::Config;

/// How often the files are looked at. A change counts once two looks in a row agree: editors write in steps.
const EVERY: Duration = Duration::from_millis(150);

/// Looks after which files that could not be used are read again though none of them changed: what is wrong may be with
/// a file that only they name.
const RETRY: u32 = 8;

/// A file's time and size; none when it is not there.
type Stamp = (PathBuf, Option<(SystemTime, u64)>);

/// Follows the files for ever.
pub async fn follow(mut workshop: Workshop, board: &Board) {
    let mut known = stamps(&board.borrow().issue.config);
    let mut last = known.clone();
    let (mut waiting, mut in_files) = (0, false);
    loop {
        tokio::time::sleep(EVERY).await;
        let now = stamps(&board.borrow().issue.config);
        let settled = now == last;
        last = now;
        waiting += 1;
        let again = in_files && waiting >= RETRY;
        if !settled || (last == known && !again) {
            continue;
        }
        waiting = 0;
        in_files = renew(&mut workshop, board).await;
        // A new configuration may name other files.
        known = if in_files { last.clone() } else { stamps(&board.borrow().issue.config) };
        last = known.clone();
    }
}

/// Makes what the files want and shows it. Returns whether they cannot be used.
async fn renew(workshop: &mut Workshop, board: &Board) -> bool {
    let shown = board.borrow().clone();
    let (config, look) = match workshop.read() {
        Ok(files) => files,
        Err(trouble) => return show(board, &shown, Err(trouble)),
    };
    if config == *shown.issue.config && look == *shown.issue.look && shown.trouble.is_none() {
        return false;
    }
    board.send_modify(|board| {
        let Shown { version, issue, trouble, .. } = &**board;
        *board =
            Arc::new(Shown { version: *version, issue: issue.clone(), trouble: trouble.clone(), busy: true });
    });
    let made = workshop.make(config, look, &shown.issue).await;
    show(board, &shown, made)
}

fn show(board: &Board, last: &Shown, made: Result<Issue, Trouble>) -> bool {
    let (issue, trouble, in_files) = match made {
        Ok(issue) => (issue, None, false),
        Err(Trouble::Files(text)) => (last.issue.clone(), Some(text), true),
        Err(Trouble::Step(text)) => (last.issue.clone(), Some(text), false),
    };
    let same = trouble.is_some() && trouble == last.trouble;
    if !same || board.borrow().busy {
        board.send_replace(Arc::new(Shown { version: last.version + 1, issue, trouble, busy: false }));
    }
    in_files
}

/// Every file the digest depends on, the feeds aside.
fn stamps(config: &Config) -> Vec<Stamp> {
    let mut files = vec![config.path.clone()];
    files.extend(config.readers_file.clone());
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

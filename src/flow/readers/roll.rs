//! The readers of the configuration and those of the last edition in, who is missing and who is back out. A file may be
//! read while it is half written: who is missing from it is mailed nothing, and everything once they are back. Never mails
//! anybody.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};

use super::{
    super::desk::{Desk, Fault},
    suppress::Suppressions,
};
use crate::{model::Reader, secret::mask, store::Listed};

/// A list may lose this many readers, or a tenth of them, and nothing is said.
const FEW: usize = 3;
const FEW_PER_TEN: usize = 1;

/// Missing readers who are named.
const NAMED: usize = 3;

/// Readers of the last edition whom the configuration does not have any more, and who did not ask to leave.
#[derive(Debug, Default)]
pub struct Missing {
    last: Option<Date>,
    /// Their addresses in lower case.
    readers: Vec<String>,
}

/// Compares the readers with those of the last edition, before anything is mailed or withdrawn: says it when many are
/// missing, and more than earlier runs for the edition of `date` said, and has those mailed what they missed since `since` who are
/// back.
///
/// # Errors
/// Those of the store.
pub async fn call(
    desk: &Desk<'_>,
    date: Date,
    since: Timestamp,
    said_before: usize,
) -> Result<Missing, Fault> {
    let suppressions = Suppressions::of(desk.store).await?;
    let readers = suppressions.spare(&desk.config.readers).await?;
    let back = desk.store.readmit(since, &readers, desk.clock.now()).await?;
    if back > 0 {
        tracing::info!("back on the list: what {back} deliveries had missed is mailed");
    }
    let list = desk.store.last_list().await?;
    let configured: BTreeSet<String> =
        desk.config.readers.iter().map(|reader| Reader::key(&reader.email)).collect();
    let is_gone = |listed: &&Listed| !configured.contains(&listed.email);
    let gone: Vec<Reader> = list.iter().filter(is_gone).map(|listed| reader(&listed.email)).collect();
    let readers: Vec<String> =
        suppressions.spare(&gone).await?.into_iter().map(|reader| reader.email).collect();
    let last = list.first().map(|listed| listed.date);
    // Of an edition that is out, only what is still to be withdrawn is news; of one that waits, what no run has said before.
    let is_news = match last < Some(date) {
        true => readers.len() > said_before,
        false => list.iter().any(|listed| listed.is_open && readers.contains(&listed.email)),
    };
    if let Some(last) = last.filter(|_| is_news && is_many(readers.len(), list.len())) {
        tell(desk, &readers, list.len(), last);
    }
    Ok(Missing { last, readers })
}

impl Missing {
    /// How many they are.
    pub fn number(&self) -> usize {
        self.readers.len()
    }

    /// Notes in the edition of `date`, just sealed, who is missing, so that they get it if they are back in time.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn note(&self, desk: &Desk<'_>, date: Date) -> Result<(), Fault> {
        match self.last {
            Some(last) if last < date && !self.readers.is_empty() => {
                Ok(desk.store.note_missing(date, last, &self.readers, desk.clock.now()).await?)
            }
            _ => Ok(()),
        }
    }
}

fn is_many(missing: usize, listed: usize) -> bool {
    missing > FEW && missing * 10 > listed * FEW_PER_TEN
}

fn tell(desk: &Desk<'_>, missing: &[String], listed: usize, last: Date) {
    let file = desk.config.readers_file.as_ref().map_or(&desk.config.path, |file| &file.path).display();
    let named: Vec<String> = missing.iter().take(NAMED).map(|email| mask(email)).collect();
    tracing::warn!(
        "{} of the {listed} readers of the edition of {last} are on the list no more ({}{}): is {file} whole? They are mailed \
         nothing; who is back by the next run gets what was missed",
        missing.len(),
        named.join(", "),
        if missing.len() > NAMED { ", …" } else { "" },
    );
}

fn reader(email: &str) -> Reader {
    Reader { email: email.to_owned(), ..Reader::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_a_tenth_is_many_unless_it_is_a_handful() {
        assert!(is_many(4, 5) && is_many(11, 100) && is_many(101, 1000));
        assert!(!is_many(3, 4) && !is_many(10, 100) && !is_many(4, 1000));
    }
}

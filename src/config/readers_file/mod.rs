//! The `recipients_file`: a table of readers as any spreadsheet saves it, or one address a line. Bytes in, readers out,
//! with every row that cannot be used as it stands. Does not open the file.

mod columns;
mod import;
mod sheet;

use std::path::{Path, PathBuf};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{
    Error,
    error::line,
    problem::{Problem, Span},
    reader::{Readers, RecipientTable},
    value,
};
use crate::{language::date, store::Cause, text::encoding};
use columns::Column;
pub use import::Imported;
use sheet::Row;
pub use sheet::harmless;

/// What was found in the `recipients_file` beside readers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadersFile {
    /// Absolute.
    pub path: PathBuf,
    /// In the order of the file.
    pub bad_rows: Vec<BadRow>,
    /// The titles of columns of which nothing is read.
    pub unread: Vec<String>,
}

/// A row that cannot be used as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// From 1.
    pub line: usize,
    /// Its first line.
    pub text: String,
    /// What is wrong, in one line.
    pub why: String,
    /// Whether nobody is mailed for its sake. Otherwise only a part of it is left out.
    pub is_skipped: bool,
}

/// Somebody whom the table says to be mailed nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// With its domain in ASCII.
    pub email: String,
    pub cause: Cause,
    /// As far as the table says so.
    pub since: Option<Date>,
}

/// As much of a row as is shown of it.
const SHOWN: usize = 80;

/// Adds every reader of the file at `path`, which holds `bytes`.
///
/// # Errors
/// It names not one reader, or, when it is read `strictly`, some row is bad; then the error names all of them.
pub(super) fn add(
    path: &Path,
    bytes: &[u8],
    strictly: bool,
    readers: &mut Readers,
) -> Result<ReadersFile, Error> {
    Ok(read(path, bytes, Purpose::List { strictly }, readers)?.0)
}

/// What a table is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// To be mailed to.
    List { strictly: bool },
    /// To be taken in once: who left is as welcome as who did not.
    Import,
}

/// Adds the readers, and returns who left beside what was found.
fn read(
    path: &Path,
    bytes: &[u8],
    purpose: Purpose,
    readers: &mut Readers,
) -> Result<(ReadersFile, Vec<Left>), Error> {
    let text = encoding::saved(bytes).replace("\r\n", "\n").replace('\r', "\n");
    let (mark, rows) = sheet::rows(&text);
    let nobody = || {
        let first = rows.first().map(|row| row.span.clone());
        let problem = Problem::at(first, "there is no mail address in this file");
        let help = "write one address a line, or a table with a column `email`";
        let help = match purpose {
            Purpose::List { .. } => {
                format!("{help}; if nobody is to be in it, take `recipients_file` out")
            }
            Purpose::Import => help.to_owned(),
        };
        Error::marked(path, &text, vec![problem.help(help)])
    };
    let (columns, has_titles) = columns::columns(&rows).ok_or_else(nobody)?;
    let demands_cause = has_titles && purpose == Purpose::Import && says_who_left(&rows, &columns);
    let mut table = Table { mark, columns, demands_cause, bad: Vec::new(), left: Vec::new(), readers };
    let before = table.readers.list.len();
    for row in &rows[usize::from(has_titles)..] {
        table.add(row);
    }
    let is_nobody = table.readers.list.len() == before && table.left.is_empty();
    let Table { columns, bad, left, .. } = table;
    let strictly = purpose == Purpose::List { strictly: true };
    if !bad.is_empty() && (strictly || is_nobody) {
        return Err(Error::marked(path, &text, bad.into_iter().map(|(problem, _)| problem).collect()));
    }
    if is_nobody && purpose != Purpose::Import {
        return Err(nobody());
    }
    let told = |(problem, is_skipped): (Problem, bool)| {
        let span = problem.span.clone().unwrap_or_default();
        let first = text.get(span.clone()).unwrap_or_default().lines().next().unwrap_or_default();
        let text_of_row = first.chars().take(SHOWN).collect();
        BadRow { line: line(&text, span.start), text: text_of_row, why: problem.in_a_line(), is_skipped }
    };
    let file = ReadersFile {
        path: path.to_owned(),
        bad_rows: bad.into_iter().map(told).collect(),
        unread: if has_titles { unread(&rows, &columns) } else { Vec::new() },
    };
    Ok((file, left))
}

/// The titles of the columns that hold something the newsletter has no use for.
fn unread(rows: &[Row], columns: &[Column]) -> Vec<String> {
    let titles = rows.first().and_then(|row| row.cells.as_ref()).into_iter().flatten();
    let unread = titles.zip(columns).filter(|(title, column)| **column == Column::Other && !title.is_empty());
    unread.map(|(title, _)| title.clone()).collect()
}

/// Whether the states of a table are causes, as in an export of ours, and not where somebody lives: it says since when, or some
/// state is one.
fn says_who_left(rows: &[Row], columns: &[Column]) -> bool {
    let states = rows.iter().filter_map(|row| row.cells.as_ref()).flat_map(|cells| columns.iter().zip(cells));
    let mut states = states.filter(|(column, _)| **column == Column::State);
    columns.contains(&Column::Since) || states.any(|(_, state)| state.parse::<Cause>().is_ok())
}

/// A table being read.
struct Table<'r, 'n> {
    mark: char,
    columns: Vec<Column>,
    /// Whether a state that is no cause is a fault.
    demands_cause: bool,
    /// With whether the row is skipped.
    bad: Vec<(Problem, bool)>,
    left: Vec<Left>,
    readers: &'r mut Readers<'n>,
}

impl Table<'_, '_> {
    fn add(&mut self, row: &Row) {
        if let Err(problem) = self.try_add(row) {
            self.bad.push((problem, true));
        }
    }

    fn try_add(&mut self, row: &Row) -> Result<(), Problem> {
        let place = || Some(row.span.clone());
        let Some(cells) = &row.cells else {
            let title = "a quotation mark is opened in this line and never closed";
            return Err(Problem::at(place(), title).help("put one at the end of the value, or none"));
        };
        if cells.iter().skip(self.columns.len()).any(|cell| !cell.is_empty()) {
            let help = format!("put a value that holds a `{}` in double quotes", self.mark);
            return Err(Problem::at(place(), "this line has more values than there are columns").help(help));
        }
        let of = |wanted: Column| {
            let both = self.columns.iter().zip(cells).filter(move |(column, _)| **column == wanted);
            both.map(|(_, cell)| cell.as_str()).filter(|cell| !cell.is_empty())
        };
        let email = of(Column::Email).next().unwrap_or_default().to_owned();
        if email.is_empty() {
            return Err(Problem::at(place(), "this line has no mail address"));
        }
        match of(Column::State).next().map(str::parse) {
            Some(Ok(cause)) => {
                let since = of(Column::Since).next().map(str::to_owned);
                return self.part(&email, cause, since.as_deref(), row.span.clone());
            }
            Some(Err(why)) if self.demands_cause => return Err(Problem::at(place(), why)),
            Some(Err(_)) | None => {}
        }
        let apart = if self.mark == ',' { [';', ';'] } else { [';', ','] };
        let named = of(Column::Sections).flat_map(|cell| cell.split(apart)).map(str::trim);
        let named: Vec<String> = named.filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let name = of(Column::Name).collect::<Vec<_>>().join(" ");
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        self.take(RecipientTable { email, name, sections: named }, row.span.clone())
    }

    /// Notes somebody who left. A date that cannot be read costs nobody their peace.
    fn part(&mut self, email: &str, cause: Cause, since: Option<&str>, span: Span) -> Result<(), Problem> {
        let mailbox =
            value::parse_recipient(email).map_err(|message| Problem::told(Some(span.clone()), &message))?;
        let date = |text: &str| text.parse().ok().or_else(|| Some(day(date::parse(text)?)));
        let read = since.and_then(date);
        if let Some(since) = since.filter(|_| read.is_none()) {
            let title = format!("`{since}` leaves open which day it is, and today is taken");
            self.bad.push((Problem::at(Some(span), title).help("write for example \"2026-11-22\""), false));
        }
        self.left.push(Left { email: mailbox.email.to_string(), cause, since: read });
        Ok(())
    }

    /// Takes a reader without the sections that the newsletter has not got: nobody misses the edition for one.
    fn take(&mut self, mut recipient: RecipientTable, span: Span) -> Result<(), Problem> {
        let mut unknown = Vec::new();
        recipient.sections.retain(|section| {
            match self.readers.newsletter.check_section(section, Some(span.clone())) {
                Ok(()) => true,
                Err(problem) => {
                    unknown.push((problem, false));
                    false
                }
            }
        });
        self.readers.add(recipient, |_| Some(span.clone()))?;
        self.bad.append(&mut unknown);
        Ok(())
    }
}

fn day(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests;

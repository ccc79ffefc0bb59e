//! The text of a table as a spreadsheet saves it in, its rows of cells with their places out. Never takes a cell for
//! more than text.

use csv::{ReaderBuilder, StringRecord};

use super::super::problem::Span;

/// What cells are apart by: the comma, and what spreadsheets write where the comma is a decimal mark.
const MARKS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A line of the table; several when a quoted cell holds line breaks.
#[derive(Debug)]
pub struct Row {
    pub span: Span,
    /// Without the blanks around them; none when the line's quotation marks do not pair.
    pub cells: Option<Vec<String>>,
}

/// The rows of the table, which is apart by the mark that the first line shows, and that mark. Lines without a word are
/// no rows.
pub fn rows(text: &str) -> (char, Vec<Row>) {
    let (mark, mut from) = mark(text);
    let mut rows = Vec::new();
    // A quotation mark that is never closed swallows what follows: that line alone is given up.
    while let Some(broken) = read(text, from, mark, &mut rows) {
        from = broken.end;
        rows.push(Row { span: broken, cells: None });
    }
    (char::from(mark), rows)
}

/// Reads rows from the byte `from` on; the line at which it stopped, when quotation marks do not pair there.
fn read(text: &str, from: usize, mark: u8, rows: &mut Vec<Row>) -> Option<Span> {
    let rest = text.get(from..)?;
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(mark).from_reader(rest.as_bytes());
    let (mut record, mut start) = (StringRecord::new(), from);
    while reader.read_record(&mut record).is_ok_and(|more| more) {
        let end = usize::try_from(reader.position().byte()).map_or(text.len(), |read| from + read);
        let raw = text.get(start..end).unwrap_or_default();
        let blank = raw.len() - raw.trim_start_matches('\n').len();
        let span = start + blank..end - (raw.len() - raw.trim_end_matches('\n').len());
        start = end;
        let raw = text.get(span.clone()).unwrap_or_default();
        if let Some(first) = raw.find('\n').filter(|_| !pairs(raw, char::from(mark))) {
            return Some(span.start..span.start + first);
        }
        let cells: Vec<String> = record.iter().map(|cell| bare(cell).to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { span, cells: Some(cells) });
        }
    }
    None
}

/// Whether every quotation mark that opens a cell is closed at that cell's end.
fn pairs(raw: &str, mark: char) -> bool {
    let mut rest = raw;
    loop {
        rest = match rest.strip_prefix('"') {
            Some(quoted) => {
                let doubled = quoted.replace("\"\"", "  ");
                let Some(end) = doubled.find('"') else { return false };
                &quoted[end + 1..]
            }
            None => &rest[rest.find([mark, '\n']).unwrap_or(rest.len())..],
        };
        match rest.strip_prefix([mark, '\n']) {
            Some(next) => rest = next,
            None => return rest.trim().is_empty(),
        }
    }
}

/// What the cells are apart by, and where the table begins: behind a line that only says the mark, as `sep=;`.
fn mark(text: &str) -> (u8, usize) {
    let start = text.len() - text.trim_start().len();
    let first = text[start..].lines().next().unwrap_or_default();
    let said = first.trim_matches('"').trim_end_matches('\r');
    if let Some([mark]) = said.strip_prefix("sep=").map(str::as_bytes)
        && MARKS.contains(mark)
    {
        return (*mark, start + first.len());
    }
    let unquoted: Vec<&str> = first.split('"').step_by(2).collect();
    let count =
        |mark: &u8| unquoted.iter().map(|part| part.matches(char::from(*mark)).count()).sum::<usize>();
    // Of those that are as many the first: the comma.
    (MARKS.into_iter().rev().max_by_key(count).unwrap_or(b','), 0)
}

/// Without blanks around it, those included that only look like nothing, and without the mark of [`harmless`].
fn bare(cell: &str) -> &str {
    let cell = cell.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
    });
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

/// The cell for a table that a spreadsheet may open: what it would take for a formula stands behind an apostrophe (OWASP,
/// "CSV Injection"), which [`rows`] takes off again.
pub fn harmless(cell: &str) -> String {
    let mark = if is_formula(cell) { "'" } else { "" };
    format!("{mark}{cell}")
}

/// Whether a spreadsheet may take the cell for a formula, were it not for apostrophes before it.
fn is_formula(cell: &str) -> bool {
    let shown = cell.trim_start_matches(|c: char| c == '\'' || c.is_whitespace());
    shown.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Option<Vec<String>>> {
        rows(text).1.into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn the_first_line_shows_what_cells_are_apart_by() {
        for (text, mark) in [
            ("email,name\n", ','),
            ("email;name\n", ';'),
            ("email\tname\n", '\t'),
            ("email|name\n", '|'),
            ("email\nann@example.net\n", ','),
            ("\"a,b,c\";name\n", ';'),
            ("sep=;\nann@example.net,x;y\n", ';'),
            ("\"sep=\t\"\na,b\n", '\t'),
        ] {
            assert_eq!(rows(text).0, mark, "{text}");
        }
        assert_eq!(cells("sep=;\na;b\n"), [Some(vec!["a".to_owned(), "b".to_owned()])]);
    }

    #[test]
    fn rows_know_their_places_and_blank_ones_are_none() {
        let text = "\n\na, b\u{a0}\n,,\n \n\"c\nd\",\"e \"\"f\"\"\"\n";
        let places: Vec<&str> = rows(text).1.iter().map(|row| &text[row.span.clone()]).collect();
        assert_eq!(places, ["a, b\u{a0}", "\"c\nd\",\"e \"\"f\"\"\""]);
        let words = |all: [&str; 2]| Some(all.map(str::to_owned).to_vec());
        assert_eq!(cells(text), [words(["a", "b"]), words(["c\nd", "e \"f\""])]);
    }

    #[test]
    fn what_a_spreadsheet_takes_for_a_formula_is_written_behind_an_apostrophe_and_read_back() {
        for formula in ["=1+1", "+47 1", "-1", "@ann", "＝1", "'=1", "''=1"] {
            let written = harmless(formula);
            assert_eq!(written, format!("'{formula}"));
            assert_eq!(cells(&format!("{written}\n")), [Some(vec![formula.to_owned()])]);
        }
        assert_eq!(harmless("\t=1"), "'\t=1");
        for text in ["Ann", "a=1", "'t Hooft", "''", ""] {
            assert_eq!(harmless(text), text);
        }
        assert_eq!(cells("'t Hooft,'\n"), [Some(vec!["'t Hooft".to_owned(), "'".to_owned()])]);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_costs_its_line_alone() {
        let one = |word: &str| Some(vec![word.to_owned()]);
        assert_eq!(cells("a\n\"b\nc\nd\n"), [one("a"), None, one("c"), one("d")]);
        let next = Some(vec!["d, e".to_owned(), "f".to_owned()]);
        assert_eq!(cells("\"b\n\"d, e\",f\n"), [None, next]);
        assert_eq!(cells("a \"quoted\" word\n"), [one("a \"quoted\" word")]);
    }
}

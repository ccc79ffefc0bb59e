//! Rows of text in, aligned columns for people out. Never prints them.

/// Lines end here.
pub const WIDTH: usize = 80;

/// Columns are no wider: one long cell is no reason to push all others apart.
const WIDEST: usize = 100;

/// The rows below the header `titles`, each column as wide as its widest cell (in characters), two blanks apart. No
/// line ends in blanks.
pub fn aligned<const N: usize>(titles: [&str; N], rows: &[[String; N]]) -> String {
    let titles = titles.map(str::to_owned);
    let all = || std::iter::once(&titles).chain(rows);
    let widths: [usize; N] = std::array::from_fn(|column| {
        all().map(|row| row[column].chars().count()).max().unwrap_or(0).min(WIDEST)
    });
    let mut text = String::new();
    for row in all() {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// The same with notes below a row where there is something to say beside it.
pub fn noted<const N: usize>(titles: [&str; N], rows: Vec<([String; N], Vec<String>)>) -> String {
    let (rows, notes): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let notes = std::iter::once(Vec::new()).chain(notes);
    let lines = aligned(titles, &rows);
    let whole = |(line, notes): (&str, Vec<String>)| {
        let notes = notes.iter().map(|note| wrapped("    ", "    ", note));
        format!("{line}\n{}", notes.collect::<String>())
    };
    lines.lines().zip(notes).map(whole).collect()
}

/// Words in lines of their own, broken at blanks, the first behind `first`, the others behind `other`; an address that does
/// not fit has a line to itself.
pub fn wrapped(first: &str, other: &str, text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let width = |line: &String| other.len() + line.chars().count() + 1 + word.chars().count();
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if width(line) <= WIDTH => *line += &format!(" {word}"),
            _ => lines.push(word.to_owned()),
        }
    }
    let indents = std::iter::once(first).chain(std::iter::repeat(other));
    indents.zip(&lines).map(|(indent, line)| format!("{indent}{line}\n")).collect()
}

/// A text as far as it fits into so many characters.
pub fn short(text: &str, width: usize) -> String {
    match text.chars().count() <= width {
        true => text.to_owned(),
        false => text.chars().take(width.saturating_sub(1)).chain(['…']).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_endless_cell_pushes_nothing_apart() {
        let rows = [["a".repeat(100_000), "x".to_owned()], ["b".to_owned(), "y".to_owned()]];
        let table = aligned(["NAME", "N"], &rows);
        assert!(table.contains("aaa  x\n"));
        assert!(table.lines().skip(2).all(|line| line.len() == WIDEST + 3), "{}", table.len());
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [["Ä".to_owned(), "one".to_owned()], ["longer".to_owned(), String::new()]];
        assert_eq!(aligned(["NAME", "N"], &rows), "NAME    N\nÄ       one\nlonger\n");
    }
}

//! Rows of text in, aligned columns out, for people to read.

/// The rows below the header `titles`, each column as wide as its widest cell (in characters), two blanks apart. No
/// line ends in blanks.
pub fn aligned<const N: usize>(titles: [&str; N], rows: &[[String; N]]) -> String {
    let titles = titles.map(str::to_owned);
    let all = || std::iter::once(&titles).chain(rows);
    let widths: [usize; N] =
        std::array::from_fn(|column| all().map(|row| row[column].chars().count()).max().unwrap_or(0));
    let mut text = String::new();
    for row in all() {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [["Ä".to_owned(), "one".to_owned()], ["longer".to_owned(), String::new()]];
        assert_eq!(aligned(["NAME", "N"], &rows), "NAME    N\nÄ       one\nlonger\n");
    }
}

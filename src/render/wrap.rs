//! Text in, lines of a given width out. Never breaks an address.

use unicode_segmentation::UnicodeSegmentation;

/// Columns of the text part.
pub(super) const WIDTH: usize = 72;

/// Breaks `text` at white space into lines of at most 72 columns, the first indented by `first`, the others
/// by `rest`. A word wider than a line is broken between characters, unless it holds an address.
pub fn wrap(text: &str, first: &str, rest: &str) -> String {
    let mut lines = String::from(first);
    let mut column = width(first);
    let mut fresh = true;
    for word in text.split_whitespace().flat_map(|word| pieces(word, WIDTH.saturating_sub(width(rest)))) {
        let wide = width(&word);
        if !fresh && column + 1 + wide > WIDTH {
            lines.push('\n');
            lines.push_str(rest);
            column = width(rest);
        } else if !fresh {
            lines.push(' ');
            column += 1;
        }
        lines.push_str(&word);
        column += wide;
        fresh = false;
    }
    lines.push('\n');
    lines
}

fn pieces(word: &str, most: usize) -> Vec<String> {
    if width(word) <= most || word.contains("://") {
        return vec![word.to_owned()];
    }
    let mut pieces = vec![String::new()];
    let mut column = 0;
    for cluster in word.graphemes(true) {
        let wide = width(cluster);
        if column + wide > most {
            pieces.push(String::new());
            column = 0;
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push_str(cluster);
        }
        column += wide;
    }
    pieces
}

/// Columns of a terminal: two for East Asian wide characters and emoji (Unicode UAX #11, by block), else one a
/// grapheme.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let wide = |c: char| {
        matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
            | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}')
    };
    text.graphemes(true).map(|cluster| if cluster.chars().any(wide) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_width_and_their_indent() {
        let wrapped = wrap(&"word ".repeat(40), "- ", "  ");
        assert!(wrapped.lines().all(|line| line.len() <= WIDTH));
        assert!(wrapped.lines().skip(1).all(|line| line.starts_with("  word")));
        assert_eq!(wrapped.split_whitespace().filter(|w| *w == "word").count(), 40);
    }

    #[test]
    fn an_address_stays_whole_and_other_endless_words_do_not() {
        let address = format!("https://a.example/{}", "x".repeat(100));
        assert!(
            wrap(&format!("see <{address}> here"), "", "").lines().any(|line| line == format!("<{address}>"))
        );
        let endless = wrap(&"語".repeat(100), "", "");
        assert_eq!(endless.lines().map(width).collect::<Vec<_>>(), [72, 72, 56]);
    }
}

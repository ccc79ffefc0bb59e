//! Text in, lines of a given width out. Never breaks an address.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns of the text part.
pub(super) const WIDTH: usize = 72;

/// White space at which a line never breaks; printed as a space.
pub(super) const GLUE: char = '\u{a0}';

/// Breaks `text` at white space, and between ideographs, into lines of at most 72 columns, the first indented by
/// `first`, the others by `rest`. A word wider than a line is broken between characters, unless it is an address. No
/// line begins with "From ", which mailbox files would turn into ">From " (RFC 4155).
pub fn wrap(text: &str, first: &str, rest: &str) -> String {
    let mut lines = String::from(first);
    let mut column = width(first);
    let mut fresh = true;
    for word in text.split(|c: char| c.is_whitespace() && c != GLUE).filter(|word| !word.is_empty()) {
        for (place, piece) in pieces(word, WIDTH.saturating_sub(width(rest))).into_iter().enumerate() {
            let wide = width(&piece);
            let gap = usize::from(place == 0);
            if !fresh && column + gap + wide > WIDTH {
                lines.push('\n');
                lines.push_str(rest);
                column = width(rest);
            } else if (!fresh && gap > 0) || (column == 0 && piece == "From") {
                lines.push(' ');
                column += 1;
            }
            lines.push_str(&piece);
            column += wide;
            fresh = false;
        }
    }
    lines.push('\n');
    lines
}

/// The pieces of a word that may stand on lines of their own.
fn pieces(word: &str, most: usize) -> Vec<String> {
    let bare = word.trim_start_matches(['<', '(', '[', '"', '“', '«']);
    if ["https://", "http://", "mailto:"].iter().any(|scheme| bare.starts_with(scheme)) {
        return vec![word.to_owned()];
    }
    let mut pieces = vec![String::new()];
    let (mut column, mut before) = (0, None);
    for cluster in word.graphemes(true) {
        let cluster = if cluster.starts_with(GLUE) { " " } else { cluster };
        let wide = width(cluster);
        if column + wide > most || may_break(before, cluster) {
            pieces.push(String::new());
            column = 0;
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push_str(cluster);
        }
        column += wide;
        before = cluster.chars().next_back();
    }
    pieces
}

/// Whether a line may break between a character and the cluster after it without a space: next to an ideograph or
/// kana, unless one of the two is punctuation that belongs with its other neighbour (Unicode UAX #14, classes ID, OP,
/// CL, NS).
pub(super) fn may_break(before: Option<char>, after: &str) -> bool {
    let ideographic = |c| {
        matches!(c, '\u{2e80}'..='\u{312f}' | '\u{31c0}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff9f}'
            | '\u{20000}'..='\u{3fffd}')
    };
    let opens = |c| "「『（［｛〈《【〔〖“‘([{".contains(c);
    let stays = |c| {
        "、。，．・：；？！」』）］｝〉》】〕〗”’)]},.:;?!…‥ーぁぃぅぇぉっゃゅょァィゥェォッャュョヵヶ々〻ゝゞヽヾ％".contains(c)
    };
    let (Some(before), Some(after)) = (before, after.chars().next()) else { return false };
    (ideographic(before) || ideographic(after)) && !opens(before) && !stays(after)
}

/// Width in terminal columns (Unicode UAX #11): two for East Asian wide characters and emoji, none for combining
/// marks.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(text: &str) -> Vec<usize> {
        text.lines().map(width).collect()
    }

    #[test]
    fn lines_keep_their_width_and_their_indent() {
        let wrapped = wrap(&"word ".repeat(40), "- ", "  ");
        assert!(wrapped.lines().all(|line| line.len() <= WIDTH));
        assert!(wrapped.lines().skip(1).all(|line| line.starts_with("  word")));
        assert_eq!(wrapped.split_whitespace().filter(|w| *w == "word").count(), 40);
    }

    #[test]
    fn an_address_stays_whole_and_other_endless_words_do_not() {
        for address in
            [format!("https://a.example/{}", "x".repeat(100)), format!("mailto:{}", "x".repeat(100))]
        {
            let wrapped = wrap(&format!("see <{address}> here"), "", "");
            assert!(wrapped.lines().any(|line| line == format!("<{address}>")), "{wrapped}");
        }
        assert_eq!(widths(&wrap(&"語".repeat(100), "", "")), [72, 72, 56]);
        let disguised = wrap(&format!("{}://", "x".repeat(100)), "", "");
        assert_eq!(widths(&disguised), [72, 31]);
    }

    #[test]
    fn ideographs_part_anywhere_but_before_a_closing_mark_and_after_an_opening_one() {
        let line = "港".repeat(35);
        assert_eq!(wrap(&format!("{line}船。"), "", ""), format!("{line}\n船。\n"));
        assert_eq!(wrap(&format!("{line}「船」"), "", ""), format!("{line}\n「船」\n"));
        assert_eq!(wrap(&format!("NHK {line}"), "", ""), format!("NHK {}\n港\n", "港".repeat(34)));
    }

    #[test]
    fn marks_drawn_onto_letters_and_joined_emoji_take_no_room_of_their_own() {
        assert_eq!(["e\u{301}", "👩‍🚒", "港", "ك"].map(width), [1, 2, 2, 1]);
        let dotted = "e\u{301}".repeat(80);
        assert_eq!(widths(&wrap(&dotted, "", "")), [72, 8]);
    }

    #[test]
    fn glued_words_stay_on_one_line_and_are_printed_with_a_space() {
        let wrapped = wrap(&format!("{} Gazette\u{a0}[1]", "x".repeat(64)), "", "");
        assert_eq!(wrapped, format!("{}\nGazette [1]\n", "x".repeat(64)));
    }

    #[test]
    fn no_line_begins_as_a_mailbox_file_begins_a_message() {
        let first = wrap("From the harbor", "", "");
        let second = wrap(&format!("{} From the harbor", "x".repeat(70)), "", "");
        assert_eq!((first.as_str(), second.lines().last()), (" From the harbor\n", Some("From the harbor")));
    }
}

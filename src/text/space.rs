//! Text in, the same text out with each run of white space folded to one space. Never changes a word, except that
//! control characters are removed.

/// Folds every run of white space (line breaks and no-break spaces included) to one space, trims both ends and drops
/// all other control characters.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace().filter(|word| !word.chars().all(char::is_control)) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        match word.contains(char::is_control) {
            true => folded.extend(word.chars().filter(|c| !c.is_control())),
            false => folded.push_str(word),
        }
    }
    folded
}

/// Bytes of printable ASCII that a text begins with, its words one space apart; `behind` is the byte before it. Most texts
/// are little else, and such a stretch can be copied as it is.
pub fn folded(text: &str, behind: Option<u8>) -> usize {
    let mut before = behind.unwrap_or(b' ');
    let ends = |byte: u8| {
        let ends = !matches!(byte, b' '..=b'~') || byte == b' ' && before == b' ';
        before = byte;
        ends
    };
    text.bytes().position(ends).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::{fold, folded};

    #[test]
    fn a_stretch_ends_before_what_is_no_ascii_and_before_a_second_space() {
        for (text, length) in
            [("a b", 3), ("a  b", 2), (" a", 0), ("ab\tc", 2), ("abé", 2), ("a\u{7f}", 1), ("", 0)]
        {
            assert_eq!(folded(text, None), length, "{text:?}");
        }
        assert_eq!((folded(" a ", Some(b'.')), folded(" a", Some(b' '))), (3, 0));
    }

    #[test]
    fn runs_of_white_space_become_one_space() {
        assert_eq!(fold(" a\u{a0}\n\tb  c "), "a b c");
        assert_eq!(fold(" \n "), "");
    }

    #[test]
    fn control_characters_go() {
        assert_eq!(fold("fer\u{1}ry \u{7f}\u{1b} sails\u{0}"), "ferry sails");
    }
}

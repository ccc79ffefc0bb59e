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

#[cfg(test)]
mod tests {
    use super::fold;

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

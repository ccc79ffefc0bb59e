//! White space: text in, the same text with runs of white space folded to one space. Never changes a word.

/// Folds every run of white space (line breaks and no-break spaces included) to one space and trims both ends.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
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
}

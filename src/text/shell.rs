//! A word in, the same word as it is typed into a shell out: whatever a stranger put into it, it stays one word, and as the
//! last one ([`last`]) no option.

/// A word quoted for a shell: bare where that is safe, otherwise in single quotes.
pub fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+=:,@%".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

/// The last words of a command line: the word quoted, and marked as no option if it looks like one.
pub fn last(word: &str) -> String {
    if word.starts_with('-') { format!("-- {}", quoted(word)) } else { quoted(word) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stays_one_word_and_no_option() {
        for (word, typed) in [
            ("ann@example.net", "ann@example.net"),
            ("o'hara@example.net", r"'o'\''hara@example.net'"),
            ("`id`@example.net", "'`id`@example.net'"),
            ("a;reboot@example.net", "'a;reboot@example.net'"),
            ("$HOME", "'$HOME'"),
            ("", "''"),
            ("--all@example.net", "-- --all@example.net"),
            ("-$a", "-- '-$a'"),
        ] {
            assert_eq!(last(word), typed);
        }
    }
}

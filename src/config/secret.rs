//! A password that cannot be printed by accident, neither as a value nor within the file's text.

use std::{fmt, sync::LazyLock};

use regex::{Captures, Regex};

/// A secret text: its `Debug` and `Display` print `***`, and it is never serialised.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(text.into())
    }

    /// The text itself, for the one place that must have it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("***")
    }
}

/// The text of a configuration with the passwords in it made stars, as many as they have bytes.
pub(super) fn masked(source: &str) -> String {
    static IN_ADDRESS: LazyLock<Regex> = LazyLock::new(|| regex(r#"(://[^/\s:@'"]*:)([^\s'"]+)@"#));
    static UNDER_KEY: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?i)(\b\w*(?:password|passwd|secret|token)\s*=\s*)([^\r\n]+)"));
    let stars = |found: &Captures| format!("{}{}", &found[1], "*".repeat(found[2].len()));
    let text = IN_ADDRESS.replace_all(source, |found: &Captures| stars(found) + "@");
    UNDER_KEY.replace_all(&text, stars).into_owned()
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of this file is sound")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_in_a_text_become_stars() {
        let masks = |text: &str, masked_text: &str| {
            assert_eq!(masked(text), masked_text);
            assert_eq!(masked(text).len(), text.len());
        };
        masks("smtp = 'smtps://bo:bo@mail.example'", "smtp = 'smtps://bo:**@mail.example'");
        masks("password = 'säß'\nuser = 'bo'", "password = *******\nuser = 'bo'");
        masks(
            "smtp = 'smtp://[::1]:2525'\nfrom = 'a@b.example'",
            "smtp = 'smtp://[::1]:2525'\nfrom = 'a@b.example'",
        );
        masks("password_file = '/run/key'", "password_file = '/run/key'");
    }

    #[test]
    fn a_secret_is_not_printed() {
        let secret = Secret::new("hunter2");
        assert_eq!(format!("{secret} {secret:?} {:?}", Some(&secret)), "*** *** Some(***)");
        assert_eq!(secret.reveal(), "hunter2");
    }
}

//! The answer to EHLO in, what the server can do out. Never minds the case of a keyword (RFC 5321 section 4.1.1.1).

use super::answer::Answer;

/// What a server says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Offers {
    /// The name it gives itself; may be empty.
    pub name: String,
    /// Each extension with its parameters, in capitals.
    extensions: Vec<Vec<String>>,
}

impl Offers {
    pub fn of(answer: &Answer) -> Offers {
        let mut lines = answer.lines.iter();
        let name = lines.next().and_then(|line| line.split_whitespace().next()).unwrap_or_default();
        // Servers older than RFC 4954 write `AUTH=LOGIN`.
        let parts = |line: &String| {
            line.split([' ', '\t', '='])
                .filter(|part| !part.is_empty())
                .map(str::to_ascii_uppercase)
                .collect()
        };
        Offers { name: name.to_owned(), extensions: lines.map(parts).collect() }
    }

    /// Whether it announces this extension.
    pub fn has(&self, keyword: &str) -> bool {
        self.extensions.iter().any(|parts| parts.first().is_some_and(|first| first == keyword))
    }

    /// The ways to log in that it announces, over all its lines of AUTH.
    pub fn mechanisms(&self) -> impl Iterator<Item = &str> {
        let of_auth =
            self.extensions.iter().filter(|parts| parts.first().is_some_and(|first| first == "AUTH"));
        of_auth.flat_map(|parts| parts.iter().skip(1).map(String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offers(lines: &[&str]) -> Offers {
        Offers::of(&Answer { code: 250, lines: lines.iter().map(|&line| line.to_owned()).collect() })
    }

    #[test]
    fn keywords_count_in_any_case_and_in_the_old_form() {
        let offers =
            offers(&["mail.example says hello", "pipelining", "auth login", "AUTH=Plain XOAUTH2", "size 9"]);
        assert_eq!(offers.name, "mail.example");
        assert!(offers.has("PIPELINING") && offers.has("SIZE") && !offers.has("SMTPUTF8"));
        assert_eq!(offers.mechanisms().collect::<Vec<&str>>(), ["LOGIN", "PLAIN", "XOAUTH2"]);
    }

    #[test]
    fn a_server_that_says_only_its_name_or_nothing_offers_nothing() {
        assert_eq!(offers(&["PIPELINING"]), Offers { name: "PIPELINING".to_owned(), extensions: Vec::new() });
        assert_eq!(offers(&["", ""]).mechanisms().count(), 0);
        assert_eq!(offers(&[]), Offers::default());
    }
}

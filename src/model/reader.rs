//! A recipient of the newsletter. Never holds what was mailed.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Someone the edition is mailed to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader {
    /// The address as configured, with its domain in ASCII (IDNA).
    pub email: String,
    /// Display name; empty when unknown.
    #[serde(default)]
    pub name: String,
    /// Sections this reader wants; empty means all.
    #[serde(default)]
    pub sections: Vec<String>,
}

impl Reader {
    /// The identity of a reader: the address in lower case, in any script, its letters composed (NFC). Mail servers may
    /// distinguish `Bo@` from `bo@` (RFC 5321 section 2.4), and the one `é` from the other; people never do.
    pub fn key(email: &str) -> String {
        if email.is_ascii() {
            return email.to_ascii_lowercase();
        }
        email.nfc().flat_map(char::to_lowercase).nfc().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_is_one_however_the_address_is_written() {
        for spelling in
            ["Jos\u{e9}@x.example", "jose\u{301}@x.example", "JOSE\u{301}@X.example", "JOS\u{c9}@x.Example"]
        {
            assert_eq!(Reader::key(spelling), "jos\u{e9}@x.example");
        }
        assert_eq!(Reader::key("\u{1e9b}\u{323}@x.example"), Reader::key("\u{17f}\u{323}\u{307}@x.example"));
    }
}

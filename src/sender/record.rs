//! The name and value of a TXT record in, the forms DNS services accept out. Never publishes it.

use std::fmt;

use serde::Serialize;

/// Octets of the longest string in a TXT record (RFC 1035 section 3.3); a longer value is split into several.
const LONGEST_STRING: usize = 255;

/// A TXT record to be published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Record {
    /// The full name, without the final dot.
    pub name: String,
    /// ASCII without quotation marks or backslashes.
    pub value: String,
}

impl Record {
    /// As one or more lines of a zone file (RFC 1035 section 5.1).
    pub fn zone(&self) -> String {
        let strings: Vec<String> = self
            .value
            .as_bytes()
            .chunks(LONGEST_STRING)
            .map(|piece| format!("\"{}\"", String::from_utf8_lossy(piece)))
            .collect();
        match &strings[..] {
            [one] => format!("{}. IN TXT {one}", self.name),
            several => format!("{}. IN TXT ( {} )", self.name, several.join("\n    ")),
        }
    }
}

/// As web forms accept it: name and value on one line.
impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} TXT {}", self.name, self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_value_is_split_into_strings_a_zone_file_can_hold() {
        let short = Record { name: "_dmarc.news.example".into(), value: "v=DMARC1; p=none".into() };
        assert_eq!(short.zone(), "_dmarc.news.example. IN TXT \"v=DMARC1; p=none\"");
        let long = Record { name: "a.news.example".into(), value: "x".repeat(300) };
        let zone = long.zone();
        let strings: Vec<&str> = zone.split('"').skip(1).step_by(2).collect();
        assert_eq!(strings.iter().map(|string| string.len()).collect::<Vec<_>>(), [255, 45]);
        assert!(zone.starts_with("a.news.example. IN TXT ( \"") && zone.ends_with("\" )"), "{zone}");
    }
}

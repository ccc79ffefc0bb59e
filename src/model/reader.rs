//! A recipient of the newsletter. Never holds what was mailed.

use serde::{Deserialize, Serialize};

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
    /// The identity of a reader: the address in lower case, in any script. Mail servers may distinguish `Bo@` from
    /// `bo@` (RFC 5321 section 2.4); people never do.
    pub fn key(email: &str) -> String {
        email.to_lowercase()
    }
}

//! Who a newsletter is to its readers and to receivers of its mail, whatever it is called. Never made from a title, a
//! sender or a folder alone: an editor may change those, and links that were mailed must go on working.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a state made once and keeps.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// Random; signs unsubscribe tokens, envelope tags, Message-IDs and pseudonyms.
    pub secret: [u8; 32],
    /// The List-Id (RFC 2919) of the mail that was sent first, which later mail keeps; `None` before that.
    pub list_id: Option<String>,
}

impl Identity {
    /// Stands in where nothing is sent and no state is at hand: whatever it signs counts for nothing.
    pub const NOBODY: Identity = Identity { secret: [0; 32], list_id: None };
}

/// The configuration that a state belongs to, as it was when it was last used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// `[newsletter] id`.
    pub id: Option<String>,
    /// The file of the configuration, seen from the folder of the state, so that both can move together.
    pub file: String,
    pub title: String,
    /// The address in `From`.
    pub sender: Option<String>,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").field("list_id", &self.list_id).finish_non_exhaustive()
    }
}

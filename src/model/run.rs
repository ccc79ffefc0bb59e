//! A run as recorded in the store. Never holds an edition.

use jiff::Timestamp;

/// One run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Run {
    pub id: i64,
    /// Its process id.
    pub pid: u32,
    pub started: Timestamp,
    /// None if it is still going, or something ended it before it could say how it went.
    pub ended: Option<Timestamp>,
    /// The exit status, once it has ended.
    pub status: Option<u8>,
    /// What went wrong.
    pub error: Option<String>,
    /// Its figures: JSON supplied by the caller.
    pub body: String,
}

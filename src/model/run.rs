//! A run as its diary has it.

use jiff::Timestamp;

/// One run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Run {
    pub id: i64,
    /// The process that was at work.
    pub pid: u32,
    pub started: Timestamp,
    /// None: it is under way, or something ended it before it could say how it went.
    pub ended: Option<Timestamp>,
    /// The exit status of one that ended.
    pub status: Option<u8>,
    /// What was wrong.
    pub error: Option<String>,
    /// Its figures, JSON of what the caller gave.
    pub body: String,
}

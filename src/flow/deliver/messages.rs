//! The messages of a run, counted.

use serde::Serialize;

/// The messages of one run, over all editions it mailed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct MessageCounts {
    /// Handed to the mail server, or meant to be: one reader may be tried more than once.
    pub tried: u64,
    /// Of those, to readers who had been tried before, by this run or an earlier one.
    pub retries: u64,
    /// Taken by the server.
    pub sent: u64,
    /// Bytes of the messages taken, without SMTP's own.
    pub bytes: u64,
    /// Bytes of the largest of them.
    pub largest: u64,
}

impl MessageCounts {
    /// Takes note of one more attempt: a message of so many bytes, if the server took it.
    pub fn tried(&mut self, again: bool, taken: Option<u64>) {
        let bytes = taken.unwrap_or(0);
        let sent = u64::from(taken.is_some());
        self.add(MessageCounts { tried: 1, retries: u64::from(again), sent, bytes, largest: bytes });
    }

    /// Adds those of another edition.
    pub fn add(&mut self, others: MessageCounts) {
        self.tried += others.tried;
        self.retries += others.retries;
        self.sent += others.sent;
        self.bytes += others.bytes;
        self.largest = self.largest.max(others.largest);
    }
}

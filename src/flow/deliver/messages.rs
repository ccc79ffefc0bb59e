//! Attempts to deliver in, the counts of a run's messages out. Never holds a message.

use serde::Serialize;

/// The messages of one run, over all editions it mailed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct MessageCounts {
    /// Attempts: messages handed to the mail server or meant to be. One reader may be tried more than once.
    pub tried: u64,
    /// Of those, attempts for readers already tried, in this run or an earlier one.
    pub retries: u64,
    /// Accepted by the server.
    pub sent: u64,
    /// Bytes of the accepted messages, without those of SMTP itself.
    pub bytes: u64,
    /// Bytes of the largest of them.
    pub largest: u64,
}

impl MessageCounts {
    /// Counts one more attempt, with the message's size in bytes if the server accepted it.
    pub fn tried(&mut self, again: bool, taken: Option<u64>) {
        let bytes = taken.unwrap_or(0);
        let sent = u64::from(taken.is_some());
        self.add(MessageCounts { tried: 1, retries: u64::from(again), sent, bytes, largest: bytes });
    }

    /// Adds the counts of another edition.
    pub fn add(&mut self, others: MessageCounts) {
        self.tried += others.tried;
        self.retries += others.retries;
        self.sent += others.sent;
        self.bytes += others.bytes;
        self.largest = self.largest.max(others.largest);
    }
}

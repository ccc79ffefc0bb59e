//! A mail server's refusal in, what it says of the reader out.

use crate::model::{Meaning, Reply, Status};

/// How a message could not be delivered to a reader, the least telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Failure {
    /// It is about the sender: says something of the newsletter, nothing of the reader.
    Policy,
    /// 4.x: not within the time the server tried.
    Soft,
    /// Any other 5.x: never this message; perhaps the next.
    Hard,
    /// There is no such address.
    Unknown,
}

impl Failure {
    fn of(class: u16, meaning: Meaning) -> Failure {
        match (class, meaning) {
            (_, meaning) if meaning.is_the_senders() => Failure::Policy,
            (5, Meaning::NoSuchReader) => Failure::Unknown,
            (5, _) => Failure::Hard,
            _ => Failure::Soft,
        }
    }
}

/// Told by a bounce.
impl From<Status> for Failure {
    fn from(status: Status) -> Failure {
        Failure::of(status.class, status.meaning())
    }
}

/// Told in the midst of an SMTP conversation.
impl From<&Reply> for Failure {
    fn from(reply: &Reply) -> Failure {
        Failure::of(reply.code / 100, reply.meaning())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_senders_fault_is_not_the_readers() {
        let failure = |code, text: &str| Failure::from(&Reply::new(code, text));
        assert_eq!(failure(550, "5.1.7 bad sender's mailbox"), Failure::Policy);
        assert_eq!(failure(550, "5.1.1 unknown"), Failure::Unknown);
        assert_eq!(failure(552, "full"), Failure::Hard);
        assert_eq!(failure(450, "4.2.1 busy"), Failure::Soft);
    }
}

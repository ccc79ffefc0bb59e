//! A mail server's refusal in, what it says about the reader out. Never blames a reader for the sender's faults.

use crate::model::{Meaning, Reply, Status};

/// How delivery to a reader failed, least telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Failure {
    /// It concerns the sender: it says something about the newsletter, nothing about the reader.
    Policy,
    /// 4.x: the server gave up after trying for a while.
    Soft,
    /// Any other 5.x: this message never; perhaps the next one.
    Hard,
    /// The address does not exist.
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

/// As reported by a bounce.
impl From<Status> for Failure {
    fn from(status: Status) -> Failure {
        Failure::of(status.class, status.meaning())
    }
}

/// As reported during the SMTP session.
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
        assert_eq!(failure(450, "4.1.1 not known yet"), Failure::Soft, "for now");
    }
}

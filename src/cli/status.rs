//! Errors in, exit statuses out, one per class of what the caller can do about it. Never prints them.

use std::process::ExitCode;

use crate::{config, secret::hidden};

/// How a command ended, for cron and scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Done, or nothing new.
    Done = 0,
    /// A fault of the program or of the machine it runs on.
    Internal = 1,
    /// The command line or its input cannot be used.
    Usage = 2,
    /// The configuration cannot be used.
    Config = 3,
    /// Not one feed could be read, or so few that the edition waits; when everything is checked, not every one.
    NoFeed = 4,
    /// Some reader has not got the edition.
    Undelivered = 5,
    /// A message could not be received now: EX_TEMPFAIL of sysexits, at which a mail server tries again.
    TryAgain = 75,
}

impl Status {
    /// What is wrong when a command ends with this status but no error; `None` when nothing is.
    pub fn trouble(self) -> Option<&'static str> {
        match self {
            Status::Done => None,
            Status::Internal => Some("something in the program or on this machine failed"),
            Status::Usage => Some("the command line or its input cannot be used"),
            Status::Config => Some("the configuration cannot be used"),
            Status::NoFeed => Some("feeds could not be read"),
            Status::Undelivered => Some("some reader is without the edition"),
            Status::TryAgain => Some("try again"),
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(status as u8)
    }
}

/// A command that could not do its work: the status to end with and the error to print.
#[derive(Debug)]
pub struct Failure {
    pub status: Status,
    pub error: anyhow::Error,
}

impl Failure {
    /// The error with its causes, without secrets that it may quote.
    pub fn told(&self) -> String {
        hidden(&format!("{:#}", self.error))
    }

    /// Bad usage or input: status 2.
    pub fn usage(error: impl Into<anyhow::Error>) -> Failure {
        Failure { status: Status::Usage, error: error.into() }
    }

    /// A configuration that cannot be used: status 3.
    pub fn config(error: impl Into<anyhow::Error>) -> Failure {
        Failure { status: Status::Config, error: error.into() }
    }

    /// What kept a configuration from being changed: a change that was refused is bad usage.
    pub fn edit(error: config::Error) -> Failure {
        match error {
            config::Error::Refused { .. } => Failure::usage(error),
            config::Error::Unwritable { .. } => Failure::from(error),
            _ => Failure::config(error),
        }
    }
}

/// Anything not classified is internal: status 1.
impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure { status: Status::Internal, error: error.into() }
    }
}

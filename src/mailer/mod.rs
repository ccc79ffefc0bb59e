//! Mail going out: parts of a message and an envelope in, an SMTP server's answer (or a file) out. Never decides who
//! gets what, never tries a second time on its own, and knows no step of the pipeline.

mod address;
pub mod dkim;
mod header;
pub mod message;
mod outbox;
mod pace;
mod reply;
pub mod smtp;
mod stop;

use std::path::PathBuf;

use crate::model::{Outcome, Reply};

pub use address::{Mailbox, address, mailto};
pub use lettre::Address;
pub use message::{Encoded, List, Outline, Subject, build, list_id};
pub use outbox::Outbox;
pub use pace::Pace;
pub use stop::Stop;

/// Where messages go.
#[derive(Debug, Clone)]
pub enum Post {
    /// To a server.
    Smtp(smtp::Options),
    /// Into this folder, a file a message.
    Outbox {
        folder: PathBuf,
        /// Whether a message in it counts as delivered.
        counts: bool,
    },
}

impl Post {
    /// The same, which ends in order once `stop` is asked for.
    pub fn stopped_by(self, stop: &Stop) -> Post {
        match self {
            Post::Smtp(options) => Post::Smtp(smtp::Options { stop: stop.clone(), ..options }),
            // A file is written in no time.
            outbox => outbox,
        }
    }

    /// Whether messages are written for somebody to look at, and are still to be mailed.
    pub fn is_for_looking(&self) -> bool {
        matches!(self, Post::Outbox { counts: false, .. })
    }

    /// Opens one connection; a caller may have several at once.
    pub async fn connect(&self) -> Result<Connection, Error> {
        Ok(match self {
            Post::Smtp(options) => Connection::Smtp(Box::new(smtp::Session::open(options).await?)),
            Post::Outbox { folder, counts } => Connection::Outbox(Outbox::open(folder, *counts).await?),
        })
    }

    /// Tries everything short of sending a message from `sender`, and says how far it got.
    pub async fn probe(&self, sender: Option<&Address>) -> Probe {
        match self {
            Post::Smtp(options) => smtp::probe(options, sender).await,
            Post::Outbox { folder, counts } => match Outbox::open(folder, *counts).await {
                Ok(_) => {
                    let steps = vec![format!("messages go to {}", folder.display())];
                    Probe { steps, problem: None, name: None }
                }
                Err(error) => Probe { steps: Vec::new(), problem: Some(error), name: None },
            },
        }
    }
}

/// What [`Post::probe`] found.
#[derive(Debug)]
pub struct Probe {
    /// What succeeded, in order, as phrases for the operator.
    pub steps: Vec<String>,
    /// What failed; `None` when a message could be sent.
    pub problem: Option<Error>,
    /// What the server calls itself, if it says so.
    pub name: Option<String>,
}

/// An open way to the server or the folder.
#[derive(Debug)]
pub enum Connection {
    Smtp(Box<smtp::Session>),
    Outbox(Outbox),
}

impl Connection {
    /// Sends one message. `file_stem` names its file in an outbox and must be the same for the same delivery.
    pub async fn send(&mut self, envelope: &Envelope, message: &[u8], file_stem: &str) -> Outcome {
        match self {
            Connection::Smtp(session) => session.send(envelope, message).await,
            Connection::Outbox(outbox) => outbox.put(message, file_stem).await,
        }
    }

    /// Says goodbye to the server.
    pub async fn quit(self) {
        if let Connection::Smtp(session) = self {
            session.quit().await;
        }
    }
}

/// Who a bounce goes to and who gets the message: what the server acts on, whatever the headers say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// One address per reader (VERP) makes a bounce name its reader.
    pub from: Address,
    pub to: Address,
}

/// What can go wrong outside the sending of one message, by what the caller can do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The configuration must be changed.
    #[error("mail server setting: {0}")]
    Configuration(String),
    /// Not an address: skip this reader, or correct it.
    #[error("{text:?} is not a mail address: {why}")]
    Address { text: String, why: String },
    /// A message cannot be built of these parts.
    #[error("cannot put {value:?} into the header {header}: {why}")]
    Message { header: &'static str, value: String, why: String },
    /// No connection to the server: try again later.
    #[error(
        "cannot reach the mail server {server}: {reason}; check its name, port and certificate, and that it runs"
    )]
    Down { server: String, reason: String },
    /// The server is there and takes no mail now: try again later.
    #[error("the mail server {server} takes no mail now: {reply}")]
    Closed { server: String, reply: Reply },
    /// No encrypted connection: check the name, the port and the certificate.
    #[error(
        "cannot reach the mail server {server}: {reason}; check its name, port and certificate, and that it runs"
    )]
    Insecure { server: String, reason: String },
    /// The server does not take our word for who we are: check user and password.
    #[error("the mail server {server} refuses the login: {reply}; check user and password")]
    Denied { server: String, reply: Reply },
    /// There is no access token to log in with: the reason says what to do.
    #[error("no access token for the mail server {server}: {reason}")]
    NoToken { server: String, reason: String },
    /// The program is to stop, and the message was not begun.
    #[error("stopped before the message was begun")]
    Stopped,
    /// The server takes no mail from this sender.
    #[error(
        "the mail server {server} takes no mail from {sender}: {reply}; in [mail], write an address that this log-in may send from"
    )]
    Sender { server: String, sender: Address, reply: Reply },
    /// The folder cannot be made.
    #[error("cannot make the outbox folder {}: {source}", folder.display())]
    Outbox { folder: PathBuf, source: std::io::Error },
}

/// The outcome of a message for which there is no connection.
impl From<Error> for Outcome {
    fn from(error: Error) -> Outcome {
        match error {
            Error::Denied { reply, .. } => Outcome::NoLogin(reply),
            Error::Closed { reply, .. } => Outcome::Closed(reply),
            Error::Stopped => Outcome::Lost(error.to_string()),
            Error::Insecure { .. } => Outcome::Insecure(error.to_string()),
            _ => Outcome::Down(error.to_string()),
        }
    }
}

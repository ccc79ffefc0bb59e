//! One connection at work: envelopes and messages in, an [`Outcome`] each out. A refused message does not cost the
//! connection, a lost connection is renewed at the next message. Never offers a begun message a second time.

use std::fmt;

use super::{
    Options,
    dial::connect,
    line::{Line, answer, leave},
    transaction,
};
use crate::{
    mailer::{
        Envelope, Error,
        reply::{Fault, Step},
    },
    model::Outcome,
};

/// A connection to the server and what it has carried.
pub struct Session {
    options: Options,
    /// `None` after a loss, until the next message.
    line: Option<Line>,
    /// Messages tried on this connection.
    used: usize,
}

/// Why a message did not get through.
enum Failed {
    NoConnection(Error),
    At(Step, Fault),
}

impl Session {
    /// Connects, encrypts and logs in.
    pub async fn open(options: &Options) -> Result<Session, Error> {
        let line = connect(options).await?;
        Ok(Session { options: options.clone(), line: Some(line), used: 0 })
    }

    /// Sends one message to one reader.
    pub async fn send(&mut self, envelope: &Envelope, message: &[u8]) -> Outcome {
        let reused = self.line.is_some() && self.used > 0;
        let result = match self.attempt(envelope, message).await {
            // Servers hang up on a connection that was idle; the message was not begun, so this is no second copy.
            Err(Failed::At(Step::Mail, Fault::Lost(_))) if reused => self.attempt(envelope, message).await,
            result => result,
        };
        let outcome = match result {
            Ok(()) => Outcome::Sent,
            Err(Failed::At(step, fault)) => fault.outcome(step),
            Err(Failed::NoConnection(error)) => error.into(),
        };
        outcome.reworded(|text| self.options.known.hidden(text))
    }

    /// Says goodbye to the server.
    pub async fn quit(mut self) {
        if let Some(mut line) = self.line.take() {
            leave(&mut line).await;
        }
    }

    /// One transaction, unless the program is to stop, after which the connection is kept if it can be used again.
    async fn attempt(&mut self, envelope: &Envelope, message: &[u8]) -> Result<(), Failed> {
        let stop = self.options.stop.clone();
        let begun = async {
            self.options.pace.turn().await;
            self.take_line().await
        };
        let line = tokio::select! {
            biased;
            () = stop.asked() => Err(Error::Stopped),
            line = begun => line,
        };
        let mut line = line.map_err(Failed::NoConnection)?;
        self.used += 1;
        let result = transaction::send(&self.options, &mut line, envelope, message).await;
        let usable = match &result {
            _ if line.lost => false,
            Ok(()) => true,
            Err((_, fault)) if fault.ends_connection() => false,
            Err(_) => answer(&self.options, "RSET", line.talk.command("RSET\r\n")).await.is_ok(),
        };
        self.line = usable.then_some(line);
        result.map_err(|(step, fault)| Failed::At(step, fault))
    }

    /// The open connection, or a new one if there is none, or it has carried its share, or the server said something on it
    /// since (that it leaves, most often).
    async fn take_line(&mut self) -> Result<Line, Error> {
        match self.line.take() {
            Some(line) if self.used < self.options.per_connection && line.talk.is_quiet() => return Ok(line),
            Some(mut spent) => leave(&mut spent).await,
            None => {}
        }
        let line = connect(&self.options).await?;
        self.used = 0;
        Ok(line)
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open = self.line.is_some();
        f.debug_struct("Session").field("options", &self.options).field("open", &open).finish_non_exhaustive()
    }
}

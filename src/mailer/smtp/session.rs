//! One connection at work: envelopes and messages in, an [`Outcome`] each out. A refused message does not cost the
//! connection, a lost connection is renewed at the next message. Never offers a begun message a second time.

use std::{
    fmt, iter,
    pin::pin,
    sync::atomic::{AtomicBool, Ordering},
};

use lettre::transport::smtp::{
    client::AsyncSmtpConnection,
    commands::{Data, Mail, Rcpt, Rset},
    extension::{Extension, MailBodyParameter, MailParameter},
    response::{Response, Severity},
};
use tokio::time::timeout;

use super::{
    Options,
    dial::{answer, connect, leave},
};
use crate::mailer::{
    Envelope, Error, Outcome,
    reply::{Fault, Step, said},
};

/// A connection to the server and what it has carried.
pub struct Session {
    options: Options,
    /// None after a loss, until the next message.
    connection: Option<AsyncSmtpConnection>,
    /// Messages tried on this connection.
    used: usize,
}

/// Why a message did not get through.
enum Stop {
    NoConnection(Error),
    At(Step, Fault),
}

impl Session {
    /// Connects, encrypts and logs in.
    pub async fn open(options: &Options) -> Result<Session, Error> {
        let connection = connect(options).await?;
        Ok(Session { options: options.clone(), connection: Some(connection), used: 0 })
    }

    /// Sends one message to one reader.
    pub async fn send(&mut self, envelope: &Envelope, message: &[u8]) -> Outcome {
        let reused = self.connection.is_some() && self.used > 0;
        let result = match self.attempt(envelope, message).await {
            // Servers hang up on a connection that was idle; the message was not begun, so this is no second copy.
            Err(Stop::At(Step::Mail, Fault::Lost(_))) if reused => self.attempt(envelope, message).await,
            result => result,
        };
        match result {
            Ok(reply) => Outcome::Sent { reply },
            Err(Stop::At(step, fault)) => fault.outcome(step),
            Err(Stop::NoConnection(Error::Denied { server, reply })) => {
                Outcome::SenderRefused { reply: format!("{server} refuses the login: {reply}") }
            }
            Err(Stop::NoConnection(error)) => Outcome::Down { reason: error.to_string() },
        }
    }

    /// Takes leave of the server.
    pub async fn quit(mut self) {
        if let Some(mut connection) = self.connection.take() {
            leave(&mut connection).await;
        }
    }

    /// One transaction, after which the connection is kept if it can be used again.
    async fn attempt(&mut self, envelope: &Envelope, message: &[u8]) -> Result<String, Stop> {
        self.options.pace.turn().await;
        let mut connection = self.take_connection().await.map_err(Stop::NoConnection)?;
        self.used += 1;
        let result = transaction(&self.options, &mut connection, envelope, message).await;
        let usable = match &result {
            Ok(_) => true,
            Err((_, fault)) if fault.ends_connection() => false,
            Err(_) => answer(&self.options, "RSET", connection.command(Rset)).await.is_ok(),
        };
        self.connection = usable.then_some(connection);
        result.map_err(|(step, fault)| Stop::At(step, fault))
    }

    /// The open connection, or a new one if there is none or it has carried its share.
    async fn take_connection(&mut self) -> Result<AsyncSmtpConnection, Error> {
        match self.connection.take() {
            Some(connection) if self.used < self.options.per_connection => return Ok(connection),
            Some(mut spent) => leave(&mut spent).await,
            None => {}
        }
        let connection = connect(&self.options).await?;
        self.used = 0;
        Ok(connection)
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open = self.connection.is_some();
        f.debug_struct("Session").field("options", &self.options).field("open", &open).finish_non_exhaustive()
    }
}

/// MAIL, RCPT, DATA and the message (RFC 5321 section 3.3), and the server's last word.
async fn transaction(
    options: &Options,
    connection: &mut AsyncSmtpConnection,
    envelope: &Envelope,
    message: &[u8],
) -> Result<String, (Step, Fault)> {
    let parameters = parameters(connection, envelope).map_err(|fault| (Step::Rcpt, fault))?;
    let mail = connection.command(Mail::new(Some(envelope.from.clone()), parameters));
    expect(Severity::PositiveCompletion, answer(options, "MAIL", mail).await)
        .map_err(|fault| (Step::Mail, fault))?;
    let rcpt = connection.command(Rcpt::new(envelope.to.clone(), Vec::new()));
    expect(Severity::PositiveCompletion, answer(options, "RCPT", rcpt).await)
        .map_err(|fault| (Step::Rcpt, fault))?;
    let data = connection.command(Data);
    expect(Severity::PositiveIntermediate, answer(options, "DATA", data).await)
        .map_err(|fault| (Step::Data, fault))?;
    let response = text(options, connection, message).await?;
    Ok(said(response.code().into(), &response.message().collect::<Vec<_>>().join(" ")))
}

/// What MAIL must announce: nothing, unless an address is not ASCII (RFC 6531).
fn parameters(connection: &AsyncSmtpConnection, envelope: &Envelope) -> Result<Vec<MailParameter>, Fault> {
    let is_ascii = |address: &lettre::Address| AsRef::<str>::as_ref(address).is_ascii();
    if is_ascii(&envelope.from) && is_ascii(&envelope.to) {
        Ok(Vec::new())
    } else if connection.server_info().supports_feature(Extension::SmtpUtfEight) {
        Ok(vec![MailParameter::SmtpUtfEight, MailParameter::Body(MailBodyParameter::EightBitMime)])
    } else {
        let text = "5.6.7 the server takes ASCII addresses only".to_owned();
        Err(Fault::Refusal { code: 553, text })
    }
}

/// The message and its final dot. Whether the dot may have been written decides between "not sent" and "unknown", and
/// how long the answer is waited for.
async fn text(
    options: &Options,
    connection: &mut AsyncSmtpConnection,
    message: &[u8],
) -> Result<Response, (Step, Fault)> {
    // The final dot brings its own CRLF: with the message's last one it would make an empty line.
    let message = message.strip_suffix(b"\r\n").unwrap_or(message);
    let dotted = AtomicBool::new(false);
    let end = iter::from_fn(|| {
        dotted.store(true, Ordering::Relaxed);
        None
    });
    let mut sending = pin!(connection.message_iter(iter::once(message).chain(end)));
    let mut result = timeout(options.timeout, &mut sending).await;
    let mut waited = options.timeout;
    if result.is_err() && dotted.load(Ordering::Relaxed) {
        result = timeout(options.final_timeout, &mut sending).await;
        waited += options.final_timeout;
    }
    let step = if dotted.load(Ordering::Relaxed) { Step::Dot } else { Step::Text };
    let late = || Err(Fault::Lost(format!("no answer to the message within {waited:?}")));
    let answered = result.map_or_else(|_| late(), |answer| answer.map_err(Fault::from));
    expect(Severity::PositiveCompletion, answered).map_err(|fault| (step, fault))
}

/// An answer of the kind that is due here. Any other means that client and server are out of step.
fn expect(due: Severity, answered: Result<Response, Fault>) -> Result<Response, Fault> {
    let response = answered?;
    match response.code().severity == due {
        true => Ok(response),
        false => Err(Fault::Lost(format!("the server gave the answer {} out of place", response.code()))),
    }
}

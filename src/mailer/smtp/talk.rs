//! A stream to a mail server in, commands said and answers heard over it out. Never takes an answer for one to a command
//! that was not said yet, if it is asked.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};

use super::answer::{Answer, Draft};
use crate::{
    mailer::{header::clean, reply::Fault},
    model::Reply,
};

/// What SMTP is spoken over: in clear or encrypted.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// A conversation over a stream.
pub(super) struct Talk<S> {
    stream: BufReader<S>,
    draft: Draft,
}

impl<S: Stream> Talk<S> {
    pub fn over(stream: S) -> Talk<S> {
        Talk { stream: BufReader::new(stream), draft: Draft::default() }
    }

    /// Says a command, its line end included, or several, and hears the answer to the first.
    ///
    /// # Errors
    /// A refusal (4xx, 5xx), or no usable answer.
    pub async fn command(&mut self, text: &str) -> Result<Answer, Fault> {
        self.say(text).await.map_err(lost)?;
        self.hear().await
    }

    /// The next answer.
    ///
    /// # Errors
    /// As for [`Talk::command`].
    pub async fn hear(&mut self) -> Result<Answer, Fault> {
        loop {
            let bytes = self.stream.fill_buf().await.map_err(lost)?;
            if bytes.is_empty() {
                return Err(Fault::Lost("the server hung up".to_owned()));
            }
            let (taken, answer) = self.draft.take(bytes).map_err(Fault::Lost)?;
            self.stream.consume(taken);
            if let Some(answer) = answer {
                return judged(answer);
            }
        }
    }

    /// What an answer that broke off says all the same, if it says something.
    pub fn broken_off(&mut self) -> Option<Result<Answer, Fault>> {
        self.draft.broken_off().map(judged)
    }

    /// Whether the server has said nothing that it was not asked for, as far as was read.
    pub fn is_quiet(&self) -> bool {
        self.stream.buffer().is_empty()
    }

    /// The stream; none when more was read from it than was asked for.
    pub fn into_stream(self) -> Option<S> {
        self.is_quiet().then(|| self.stream.into_inner())
    }

    async fn say(&mut self, text: &str) -> io::Result<()> {
        self.stream.write_all(text.as_bytes()).await?;
        self.stream.flush().await
    }
}

/// Tells a refusal from the rest.
fn judged(answer: Answer) -> Result<Answer, Fault> {
    match answer.code {
        400.. => Err(Fault::Refusal(Reply::new(answer.code, clean(&answer.text())))),
        _ => Ok(answer),
    }
}

fn lost(error: io::Error) -> Fault {
    Fault::Lost(error.to_string())
}

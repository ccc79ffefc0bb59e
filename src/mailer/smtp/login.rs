//! User and secret in, the server's word on them out. Never tries again what was refused, on no connection of a run:
//! log-ins that are refused again and again lock accounts.

use std::sync::Arc;

use tokio::sync::Mutex;

use super::{
    Options,
    line::{Line, answer},
    sasl::{Credentials, Exchange, Mechanism, Proof},
};
use crate::{
    mailer::{Error, reply::Fault},
    model::Reply,
    secret::{Known, Secret},
};

/// What became of the log-ins so far, shared by all connections of a run.
#[derive(Debug, Clone, Default)]
pub struct Logins(Arc<Mutex<Past>>);

#[derive(Debug, Default)]
enum Past {
    #[default]
    Nothing,
    Accepted,
    /// No other is tried.
    Failed(Failure),
}

/// Why nobody is logged in.
#[derive(Debug, Clone)]
enum Failure {
    /// There is no token, and so nothing was tried.
    NoToken(String),
    At(Fault),
}

impl Failure {
    fn error(self, options: &Options) -> Error {
        let server = options.server();
        match self {
            Failure::NoToken(reason) => Error::NoToken { server, reason },
            Failure::At(Fault::Refusal(reply)) if reply.is_for_now() => Error::Closed { server, reply },
            Failure::At(Fault::Refusal(reply)) => Error::Denied { server, reply },
            Failure::At(Fault::Lost(reason)) => Error::Down { server, reason },
        }
    }
}

/// Logs in, if the options say as whom. The first connection is alone at that, so that what is wrong is tried once.
pub(super) async fn login(options: &Options, line: &mut Line) -> Result<(), Error> {
    let Some(credentials) = &options.credentials else { return Ok(()) };
    let mut past = options.logins.0.lock().await;
    let tried = match &*past {
        Past::Failed(failure) => return Err(failure.clone().error(options)),
        Past::Nothing => attempt(options, line, credentials).await,
        Past::Accepted => {
            drop(past);
            let tried = attempt(options, line, credentials).await;
            past = options.logins.0.lock().await;
            tried
        }
    };
    match &tried {
        Ok(()) if matches!(*past, Past::Nothing) => *past = Past::Accepted,
        // Another connection may fare better.
        Ok(()) | Err(Failure::At(Fault::Lost(_))) => {}
        Err(failure) => *past = Past::Failed(failure.clone()),
    }
    tried.map_err(|failure| failure.error(options))
}

/// One log-in; nothing of the secret is left in what the server says to it.
async fn attempt(options: &Options, line: &mut Line, credentials: &Credentials) -> Result<(), Failure> {
    let Credentials { user, proof } = credentials;
    let unable = |why: String| Failure::At(Fault::Refusal(Reply::new(504, format!("5.5.4 {why}"))));
    let mechanism = Mechanism::choose(&line.offers, proof).map_err(unable)?;
    let secret = match proof {
        Proof::Password(password) => password.clone(),
        Proof::Token(tokens) => tokens.token().await.map_err(Failure::NoToken)?,
    };
    let result = exchange(options, line, mechanism, user, &secret).await;
    result.map_err(|(fault, said)| {
        let known = Known::new(said.into_iter().chain([secret.reveal().to_owned()]));
        let hidden = |text: &str| options.known.hidden(&known.hidden(text));
        Failure::At(match fault {
            Fault::Refusal(reply) => Fault::Refusal(Reply { text: hidden(&reply.text), ..reply }),
            Fault::Lost(reason) => Fault::Lost(hidden(&reason)),
        })
    })
}

/// The exchange itself; with a fault comes what was said, for a server may repeat it.
async fn exchange(
    options: &Options,
    line: &mut Line,
    mechanism: Mechanism,
    user: &str,
    secret: &Secret,
) -> Result<(), (Fault, Vec<String>)> {
    let server = (options.host.as_str(), options.port);
    let (mut exchange, first) = Exchange::begin(mechanism, user, secret, server);
    let mut said: Vec<String> = first.split(' ').skip(2).map(str::to_owned).collect();
    let mut answered = answer(options, "AUTH", line.talk.command(&format!("{first}\r\n"))).await;
    while let Ok(challenge) = answered.as_ref()
        && challenge.code == 334
    {
        let Some(next) = exchange.go_on(&challenge.text()) else {
            return Err((Fault::Lost("the server asks on and on at AUTH".to_owned()), said));
        };
        answered = answer(options, "AUTH", line.talk.command(&format!("{next}\r\n"))).await;
        said.push(next);
    }
    match answered {
        Ok(done) if done.code < 300 => Ok(()),
        Ok(other) => Err((Fault::Lost(format!("the server gave the answer {} to AUTH", other.code)), said)),
        Err(Fault::Refusal(reply)) => {
            let text = match exchange.complaint.as_deref() {
                None => reply.text,
                Some("") => format!("{} (it is the access token that is refused)", reply.text),
                Some(about) => format!("{} (the access token is refused: {about})", reply.text),
            };
            Err((Fault::Refusal(Reply { text, ..reply }), said))
        }
        Err(lost) => Err((lost, said)),
    }
}

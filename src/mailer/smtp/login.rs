//! User and password in, the server's word on them out (RFC 4954). Never tries again what was refused, on no connection
//! of a run: log-ins that are refused again and again lock accounts.

use std::sync::Arc;

use base64::{Engine, prelude::BASE64_STANDARD};
use tokio::sync::Mutex;

use super::{
    Options,
    line::{Line, answer},
};
use crate::{
    mailer::{Error, reply::Fault},
    model::Reply,
    secret::Secret,
};

/// Who logs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    pub user: String,
    pub password: Secret,
}

/// What became of the log-ins so far, shared by all connections of a run.
#[derive(Debug, Clone, Default)]
pub struct Logins(Arc<Mutex<Known>>);

#[derive(Debug, Clone, Default)]
enum Known {
    #[default]
    Nothing,
    Accepted,
    Refused(Reply),
}

/// A way to log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mechanism {
    /// RFC 4616.
    Plain,
    Login,
}

/// Logs in, if the options say as whom. The first connection is alone at that, so that a wrong password is tried once.
pub(super) async fn login(options: &Options, line: &mut Line) -> Result<(), Error> {
    let Some(credentials) = &options.credentials else { return Ok(()) };
    let mut known = options.logins.0.lock().await;
    if let Known::Refused(reply) = &*known {
        return Err(refused(options, reply.clone()));
    }
    let result = match &*known {
        Known::Nothing => try_once(options, line, credentials).await,
        _ => {
            drop(known);
            let result = try_once(options, line, credentials).await;
            known = options.logins.0.lock().await;
            result
        }
    };
    match result {
        Ok(()) => {
            if !matches!(*known, Known::Refused(_)) {
                *known = Known::Accepted;
            }
            Ok(())
        }
        Err(Fault::Refusal(reply)) => {
            let reply = Reply { text: options.known.hidden(&reply.text), ..reply };
            *known = Known::Refused(reply.clone());
            Err(refused(options, reply))
        }
        Err(Fault::Lost(reason)) => {
            Err(Error::Down { server: options.server(), reason: options.known.hidden(&reason) })
        }
    }
}

fn refused(options: &Options, reply: Reply) -> Error {
    match reply.is_for_now() {
        true => Error::Closed { server: options.server(), reply },
        false => Error::Denied { server: options.server(), reply },
    }
}

async fn try_once(options: &Options, line: &mut Line, credentials: &Credentials) -> Result<(), Fault> {
    let mechanism = choose(line)?;
    let Credentials { user, password } = credentials;
    let (first, mut further) = match mechanism {
        Mechanism::Plain => {
            let whole = BASE64_STANDARD.encode(format!("\0{user}\0{}", password.reveal()));
            (format!("AUTH PLAIN {whole}"), vec![whole])
        }
        Mechanism::Login => {
            let asked = [password.reveal(), user].map(|text| BASE64_STANDARD.encode(text));
            ("AUTH LOGIN".to_owned(), asked.to_vec())
        }
    };
    let mut said = answer(options, "AUTH", line.talk.command(&format!("{first}\r\n"))).await?;
    while said.code == 334 {
        let next =
            further.pop().ok_or_else(|| Fault::Lost("the server asks on and on at AUTH".to_owned()))?;
        said = answer(options, "AUTH", line.talk.command(&format!("{next}\r\n"))).await?;
    }
    match said.code {
        200..300 => Ok(()),
        code => Err(Fault::Lost(format!("the server gave the answer {code} to AUTH"))),
    }
}

/// The first way of ours that the server offers.
fn choose(line: &Line) -> Result<Mechanism, Fault> {
    let offered: Vec<&str> = line.offers.mechanisms().collect();
    let ours = [("PLAIN", Mechanism::Plain), ("LOGIN", Mechanism::Login)];
    let known = ours.into_iter().find(|(name, _)| offered.contains(name));
    known.map(|(_, mechanism)| mechanism).ok_or_else(|| {
        let only = if offered.is_empty() { String::new() } else { format!(", only {}", offered.join(" ")) };
        let text = format!("5.5.4 it offers neither AUTH PLAIN nor AUTH LOGIN on this connection{only}");
        Fault::Refusal(Reply::new(504, text))
    })
}

//! Getting to a server: options in, a connection that is greeted, encrypted and logged in out, or why not.
//! Never sends a message.

use std::{future::Future, net::SocketAddr, time::Duration};

use lettre::transport::smtp::{
    authentication::Mechanism,
    client::{AsyncSmtpConnection, AsyncTokioStream, TlsParameters},
    commands::{Ehlo, Noop},
    extension::ClientId,
};
use tokio::net::{TcpStream, lookup_host};

use super::{
    Options, Tls,
    tls::Encrypted,
    wire::{Count, Wire},
};
use crate::{
    mailer::{Error, Probe, reply::Fault},
    model::Reply,
};

/// How long a server may take over QUIT: nothing depends on the answer.
const FAREWELL: Duration = Duration::from_secs(2);

/// An open connection.
pub(super) struct Line {
    pub smtp: AsyncSmtpConnection,
    /// Whether the server takes several commands at once (RFC 2920).
    pub pipelining: bool,
    /// What went out through it.
    pub count: Count,
    /// Client and server are out of step: the connection is of no more use.
    pub lost: bool,
}

/// A connection ready for its first message.
pub(super) async fn connect(options: &Options) -> Result<Line, Error> {
    options.check()?;
    let stream = dial(options).await?;
    let mut line = greet(options, stream).await?;
    login(options, &mut line.smtp).await?;
    Ok(line)
}

/// Does everything short of sending a message with the server of `options`, and says how far it got.
pub async fn probe(options: &Options) -> Probe {
    let mut steps = Vec::new();
    let problem = walk(options, &mut steps).await.err();
    Probe { steps, problem }
}

async fn walk(options: &Options, steps: &mut Vec<String>) -> Result<(), Error> {
    options.check()?;
    let stream = dial(options).await?;
    let peer = stream.peer_addr().map_or_else(|_| options.server(), |address| address.to_string());
    steps.push(format!("connected to {} ({peer})", options.server()));
    let mut line = greet(options, stream).await?;
    steps.push(format!("the server calls itself {}", line.smtp.server_info().name()));
    steps.push(match options.tls {
        Tls::Implicit => "encrypted from the first byte, certificate good".to_owned(),
        Tls::Required => "encrypted by STARTTLS, certificate good".to_owned(),
        Tls::None => "not encrypted: it is this machine".to_owned(),
    });
    login(options, &mut line.smtp).await?;
    steps.push(match options.credentials {
        Some(_) => "logged in".to_owned(),
        None => "no user is configured: no login".to_owned(),
    });
    answer(options, "NOOP", line.smtp.command(Noop)).await.map_err(|fault| failed(options, fault))?;
    steps.push("the server answers and takes commands".to_owned());
    leave(&mut line).await;
    Ok(())
}

/// Says QUIT and ignores the answer.
pub(super) async fn leave(line: &mut Line) {
    // The server may be gone already.
    let _ = tokio::time::timeout(FAREWELL, line.smtp.quit()).await;
}

/// The result of `step`, within the time a server has for one.
pub(super) async fn answer<T>(
    options: &Options,
    name: &str,
    step: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
) -> Result<T, Fault> {
    match tokio::time::timeout(options.timeout, step).await {
        Ok(answer) => answer.map_err(Fault::from),
        Err(_) => Err(Fault::Lost(format!("no answer to {name} within {:?}", options.timeout))),
    }
}

/// A TCP stream that sends every write at once. Without that each message would wait some 40 ms for the server's
/// delayed acknowledgement (RFC 1122 section 4.2.3.2) between its text and its final dot.
async fn dial(options: &Options) -> Result<Wire, Error> {
    let lookup = tokio::time::timeout(options.timeout, lookup_host((options.host.as_str(), options.port)));
    let addresses: Vec<SocketAddr> = match lookup.await {
        Ok(found) => found.map_err(|error| down(options, &error.to_string()))?.collect(),
        Err(_) => return Err(down(options, "the name could not be looked up in time")),
    };
    let mut reason = "the name has no address".to_owned();
    for address in addresses {
        if options.tls == Tls::None && !address.ip().is_loopback() {
            reason = format!("{address} is another machine, which is not spoken to without TLS");
            continue;
        }
        match tokio::time::timeout(options.timeout, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                stream.set_nodelay(true).map_err(|error| down(options, &error.to_string()))?;
                return Ok(Wire::new(stream));
            }
            Ok(Err(error)) => reason = format!("{address}: {error}"),
            Err(_) => reason = format!("{address} did not answer within {:?}", options.timeout),
        }
    }
    Err(down(options, &reason))
}

/// The server's greeting, EHLO and TLS.
async fn greet(options: &Options, stream: Wire) -> Result<Line, Error> {
    let (us, count) = (hello(options, &stream), stream.count());
    let stream: Box<dyn AsyncTokioStream> = match options.tls {
        Tls::Implicit => Box::new(encrypt(options, stream).await?),
        Tls::Required | Tls::None => Box::new(stream),
    };
    let greeting = AsyncSmtpConnection::connect_with_transport(stream, &us);
    let mut smtp = answer(options, "EHLO", greeting).await.map_err(|fault| failed(options, fault))?;
    if options.tls == Tls::Required {
        let parameters =
            TlsParameters::new(options.host.clone()).map_err(|error| down(options, &error.to_string()))?;
        answer(options, "STARTTLS", smtp.starttls(parameters, &us)).await.map_err(|fault| match fault {
            Fault::Lost(reason) => insecure(options, &reason),
            refusal => failed(options, refusal),
        })?;
    }
    let pipelining = pipelines(options, &mut smtp, us).await.map_err(|fault| failed(options, fault))?;
    Ok(Line { smtp, pipelining, count, lost: false })
}

async fn encrypt(options: &Options, stream: Wire) -> Result<Encrypted, Error> {
    match tokio::time::timeout(options.timeout, Encrypted::over(stream, &options.host)).await {
        Ok(encrypted) => encrypted.map_err(|error| insecure(options, &error.to_string())),
        Err(_) => Err(insecure(options, &format!("no handshake within {:?}", options.timeout))),
    }
}

/// Whether the server announces PIPELINING. lettre does not keep that, so EHLO is sent again, which is
/// allowed at any time (RFC 5321 section 4.1.4); a server that objects counts as one without it.
async fn pipelines(options: &Options, smtp: &mut AsyncSmtpConnection, us: ClientId) -> Result<bool, Fault> {
    match answer(options, "EHLO", smtp.command(Ehlo::new(us))).await {
        Ok(response) => Ok(response.message().any(|line| line.trim().eq_ignore_ascii_case("PIPELINING"))),
        Err(fault) if fault.ends_connection() => Err(fault),
        Err(_) => Ok(false),
    }
}

async fn login(options: &Options, connection: &mut AsyncSmtpConnection) -> Result<(), Error> {
    let Some(credentials) = &options.credentials else { return Ok(()) };
    let mechanisms = [Mechanism::Plain, Mechanism::Login];
    if !mechanisms.iter().any(|&mechanism| connection.server_info().supports_auth_mechanism(mechanism)) {
        let reply = Reply::new(504, "5.5.4 it offers neither AUTH PLAIN nor AUTH LOGIN on this connection");
        return Err(Error::Denied { server: options.server(), reply });
    }
    match answer(options, "AUTH", connection.auth(&mechanisms, credentials)).await {
        Ok(_) => Ok(()),
        Err(Fault::Refusal(reply)) => {
            let reply = Reply { text: options.known.hidden(&reply.text), ..reply };
            Err(match reply.is_for_now() {
                true => Error::Closed { server: options.server(), reply },
                false => Error::Denied { server: options.server(), reply },
            })
        }
        Err(Fault::Lost(reason)) => Err(down(options, &options.known.hidden(&reason))),
    }
}

/// Our name for EHLO (RFC 5321 section 4.1.4): a full name, else the address we speak from.
fn hello(options: &Options, stream: &Wire) -> ClientId {
    if let Some(name) = &options.hello {
        return ClientId::Domain(name.clone());
    }
    match (ClientId::default(), stream.local_addr()) {
        (ClientId::Domain(name), _) if name.contains('.') => ClientId::Domain(name),
        (_, Ok(SocketAddr::V4(address))) => ClientId::Ipv4(*address.ip()),
        (_, Ok(SocketAddr::V6(address))) => ClientId::Ipv6(*address.ip()),
        (name, Err(_)) => name,
    }
}

/// Why there is no connection to a server that was reached.
fn failed(options: &Options, fault: Fault) -> Error {
    match fault {
        Fault::Refusal(reply) => Error::Closed { server: options.server(), reply },
        Fault::Lost(reason) => down(options, &reason),
    }
}

fn insecure(options: &Options, reason: &str) -> Error {
    Error::Insecure { server: options.server(), reason: format!("TLS: {reason}") }
}

fn down(options: &Options, reason: &str) -> Error {
    Error::Down { server: options.server(), reason: reason.to_owned() }
}

//! Getting to a server: options in, a connection that is greeted, encrypted and logged in out, or why not.
//! Never sends a message, and hears nothing under TLS that was said in clear.

use std::net::{IpAddr, SocketAddr};

use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::client::TlsStream;

use super::{
    Options, Tls,
    line::{Line, answer, leave},
    login::login,
    offers::Offers,
    sasl::{Credentials, Proof},
    talk::{Stream, Talk},
    tls::encrypted,
    wire::Wire,
};
use crate::{
    mailer::{Address, Error, Probe, header::clean, reply::Fault},
    model::Reply,
};

/// A connection ready for its first message; none any more once the program is to stop.
pub(super) async fn connect(options: &Options) -> Result<Line, Error> {
    tokio::select! {
        biased;
        () = options.stop.asked() => Err(Error::Stopped),
        line = reach(options) => line,
    }
}

async fn reach(options: &Options) -> Result<Line, Error> {
    options.check()?;
    let stream = dial(options).await?;
    let mut line = greet(options, stream).await?;
    login(options, &mut line).await?;
    Ok(line)
}

/// Does everything short of sending a message from `sender` with the server of `options`, and says how far it got.
pub async fn probe(options: &Options, sender: Option<&Address>) -> Probe {
    let (mut steps, mut name) = (Vec::new(), None);
    let problem = walk(options, sender, &mut steps, &mut name).await.err();
    Probe { steps, problem, name }
}

async fn walk(
    options: &Options,
    sender: Option<&Address>,
    steps: &mut Vec<String>,
    called: &mut Option<String>,
) -> Result<(), Error> {
    options.check()?;
    if let Some(Credentials { proof: Proof::Token(tokens), .. }) = &options.credentials {
        let missing = |reason| Error::NoToken { server: options.server(), reason };
        tokens.token().await.map_err(missing)?;
        steps.push("an access token is handed out".to_owned());
    }
    let stream = dial(options).await?;
    let peer = stream.peer_addr().map_or_else(|_| options.server(), |address| address.to_string());
    steps.push(format!("connected to {} ({peer})", options.server()));
    let mut line = greet(options, stream).await?;
    *called = Some(clean(&line.offers.name)).filter(|name| !name.is_empty());
    steps.push(match line.offers.name.as_str() {
        "" => "the server answers, without a name".to_owned(),
        name => format!("the server calls itself {}", clean(name)),
    });
    steps.push(match options.tls {
        Tls::Implicit => "encrypted from the first byte, certificate good".to_owned(),
        Tls::Required => "encrypted by STARTTLS, certificate good".to_owned(),
        Tls::None => "not encrypted: it is this machine".to_owned(),
    });
    login(options, &mut line).await?;
    steps.push(match options.credentials {
        Some(_) => "logged in".to_owned(),
        None => "no user is configured: no login".to_owned(),
    });
    answer(options, "NOOP", line.talk.command("NOOP\r\n")).await.map_err(|fault| failed(options, fault))?;
    steps.push("the server answers and takes commands".to_owned());
    if let Some(sender) = sender.filter(|sender| sender.to_string().is_ascii()) {
        offer(options, &mut line, sender).await?;
        steps.push(format!("the server takes mail from {sender}"));
    }
    leave(&mut line).await;
    Ok(())
}

/// Begins a message from `sender`, and takes it back.
async fn offer(options: &Options, line: &mut Line, sender: &Address) -> Result<(), Error> {
    let mail = format!("MAIL FROM:<{sender}>\r\n");
    match answer(options, "MAIL", line.talk.command(&mail)).await {
        Ok(_) => {
            let taken_back = answer(options, "RSET", line.talk.command("RSET\r\n")).await;
            taken_back.map(drop).map_err(|fault| failed(options, fault))
        }
        Err(Fault::Refusal(reply)) => {
            Err(Error::Sender { server: options.server(), sender: sender.clone(), reply })
        }
        Err(fault) => Err(failed(options, fault)),
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

/// The server's greeting, TLS, and EHLO: said once, and anew under the TLS that STARTTLS began (RFC 3207 section 4.2).
async fn greet(options: &Options, wire: Wire) -> Result<Line, Error> {
    let (us, count) = (hello(options, &wire), wire.count());
    let mut talk: Talk<Box<dyn Stream>> = match options.tls {
        Tls::Implicit => greeted::<Box<dyn Stream>>(options, Box::new(encrypt(options, wire).await?)).await?,
        Tls::Required => Talk::over(Box::new(starttls(options, wire, &us).await?)),
        Tls::None => greeted::<Box<dyn Stream>>(options, Box::new(wire)).await?,
    };
    let offers = ehlo(options, &mut talk, &us).await.map_err(|fault| failed(options, fault))?;
    Ok(Line { talk, offers, count, lost: false })
}

/// The talk over `stream`, once the server has greeted.
async fn greeted<S: Stream>(options: &Options, stream: S) -> Result<Talk<S>, Error> {
    let mut talk = Talk::over(stream);
    answer(options, "the connection", talk.hear()).await.map_err(|fault| failed(options, fault))?;
    Ok(talk)
}

/// The same stream, encrypted. Whatever was said behind the server's consent came in clear, from anybody: then the
/// connection is given up.
async fn starttls(options: &Options, wire: Wire, us: &str) -> Result<TlsStream<Wire>, Error> {
    let mut talk = greeted(options, wire).await?;
    let offers = ehlo(options, &mut talk, us).await.map_err(|fault| failed(options, fault))?;
    if !offers.has("STARTTLS") {
        return Err(insecure(options, "the server does not offer STARTTLS"));
    }
    answer(options, "STARTTLS", talk.command("STARTTLS\r\n")).await.map_err(|fault| match fault {
        Fault::Lost(reason) => insecure(options, &reason),
        refusal => failed(options, refusal),
    })?;
    let injected = "answers came before the encryption, so somebody on the way may have written them";
    encrypt(options, talk.into_stream().ok_or_else(|| insecure(options, injected))?).await
}

async fn encrypt(options: &Options, wire: Wire) -> Result<TlsStream<Wire>, Error> {
    match tokio::time::timeout(options.timeout, encrypted(wire, &options.host)).await {
        Ok(encrypted) => encrypted.map_err(|error| insecure(options, &error.to_string())),
        Err(_) => Err(insecure(options, &format!("no handshake within {:?}", options.timeout))),
    }
}

/// What the server can do: nothing more than any, if it does not know EHLO (RFC 5321 section 3.2).
async fn ehlo<S: Stream>(options: &Options, talk: &mut Talk<S>, us: &str) -> Result<Offers, Fault> {
    let offered = match answer(options, "EHLO", talk.command(&format!("EHLO {us}\r\n"))).await {
        Err(Fault::Refusal(Reply { code: 500 | 502, .. })) => {
            answer(options, "HELO", talk.command(&format!("HELO {us}\r\n"))).await
        }
        offered => offered,
    };
    offered.map(|answer| Offers::of(&answer))
}

/// Our name for EHLO (RFC 5321 section 4.1.4): a full name, else the address we speak from.
fn hello(options: &Options, wire: &Wire) -> String {
    let full = |name: &String| name.contains('.') && name.bytes().all(|byte| byte.is_ascii_graphic());
    let host = || hostname::get().ok()?.into_string().ok().filter(full);
    let address = || {
        wire.local_addr().map_or_else(
            |_| "localhost".to_owned(),
            |address| match address.ip() {
                IpAddr::V4(address) => format!("[{address}]"),
                IpAddr::V6(address) => format!("[IPv6:{address}]"),
            },
        )
    };
    options.hello.clone().or_else(host).unwrap_or_else(address)
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
